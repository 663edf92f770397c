"""One line of a customer's order in several rows, each with its day, becomes one line in several deliveries."""

from datetime import date
from typing import Any

from app.core import db
from app.intake import inbound
from app.intake.gathering import gathered
from app.intake.proposing import propose
from app.sales import schedules
from tests.browse import browser_of, program_of
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_inbound import accept, take_in
from tests.world import World

HEADS = ["项次", "物料编码", "名称规格", "数量", "单位", "单价", "计价单位", "交期"]


def file(*rows: list[Any]) -> bytes:
    return rows_to_xlsx(("订单", [["订单号：S-1", "需方：宁波恒立工程机械有限公司"], HEADS, *rows]))


def row(no: Any, quantity: Any, day: date, code: str = "HL-25-8841", price: Any = 268) -> list[Any]:
    return [no, code, "六角法兰面螺栓 M10×45", quantity, "千支", price, "千支", day]


JANUARY, FEBRUARY, MARCH = date(2027, 1, 8), date(2027, 2, 8), date(2027, 3, 8)


async def taken(client: Any, data: bytes) -> str:
    answer = await client.post("/intake", files={"file": ("s.xlsx", data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rpartition("/")[2]


async def test_rows_of_one_line_become_its_deliveries(world: World) -> None:
    data = file(row(10, 5, FEBRUARY), row(10, 3, JANUARY, price=None), row(20, 7, MARCH))
    async with browser_of(world.xiaolan) as client:
        number = await taken(client, data)
        read = await inbound.find(number, world.xiaolan)
        proposal = await propose(inbound.reading_of(read), read.customer)
        assert proposal.doubts == 0
        page = (await client.get(f"/intake/{number}")).text
        assert (
            'name="lines-0-schedules-1-quantity"' in page
            and 'name="lines-1-schedules-0-quantity"' not in page
        )
        form = {k: v for k, v in proposal.values().items() if k != "lines-0-due_date"} | {
            "version": str(read.version)
        }
        wrong = await client.post(
            f"/intake/{number}/accept", data=form | {"lines-0-schedules-0-quantity": "4"}
        )
        assert wrong.status_code == 422 and 'value="4"' in wrong.text
        assert (await client.post(f"/intake/{number}/accept", data=form)).status_code == 303
    lines = await db.rows("select id, entered, quantity_q from sales_order_lines order by line_no")
    assert [(line["entered"], line["quantity_q"]) for line in lines] == [("8", 8_000_000), ("7", 7_000_000)]
    kept = await schedules.of_order(await db.value("select id from sales_orders"))
    parts = [(part["requested_date"], part["quantity_q"]) for part in kept[lines[0]["id"]]]
    assert parts == [(JANUARY, 3_000_000), (FEBRUARY, 5_000_000)] and len(kept[lines[1]["id"]]) == 1


async def test_days_across_become_deliveries_and_the_next_file_needs_no_touch(world: World) -> None:
    def across(number: str, *days: str) -> bytes:
        rows = [
            [f"订单号：{number}", "需方：宁波恒立工程机械有限公司"], ["物料编码", "名称规格", "单价", *days, "合计"],
            ["HL-25-8841", "六角法兰面螺栓 M10×45", 268, 3, None, 5, 8], ["合计", None, None, 3, None, 5, 8],
        ]  # fmt: skip
        return rows_to_xlsx(("要货", rows))

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, across("D-1", "1月8日", "1月15日", "2月8日"))
        page = (await client.get(address)).text
        assert 'name="lines-0-schedules-1-quantity"' in page and 'data-cell="要货!D2"' in page
        settled = {"lines-0-unit": "千件", "lines-0-price_unit": "千件"}
        assert (await accept(client, address)).status_code == 422, "the unit is asked"
        assert (await accept(client, address, **settled)).status_code == 303
        again = await take_in(client, across("D-2", "3月8日", "3月15日", "4月8日"))
        assert (await accept(client, again)).status_code == 303
    assert await db.rows("select touches from inbound_orders order by id") == [{"touches": 2}, {"touches": 0}]
    parts = await db.rows("select requested_date, quantity_q from delivery_schedules order by id")
    assert [(p["requested_date"], p["quantity_q"]) for p in parts] == [
        (JANUARY, 3_000_000), (FEBRUARY, 5_000_000), (date(2027, 3, 8), 3_000_000), (date(2027, 4, 8), 5_000_000),
    ]  # fmt: skip


async def test_a_program_sees_the_deliveries_and_accepts_them(world: World) -> None:
    async with program_of(world.xiaolan) as api:
        sent = await api.post(
            "/api/v1/inbound-orders", files={"file": ("s.xlsx", file(row(10, 5, JANUARY), row(10, 3, MARCH)))}
        )
        [line] = sent.json()["lines"]
        assert (line["quantity"]["value"], [p["quantity"]["value"] for p in line["schedules"]]) == (
            "8",
            ["5", "3"],
        )
        done = await api.post(f"/api/v1/inbound-orders/{sent.json()['id']}/accept", json={})
        assert done.status_code == 201
    assert await db.value("select count(*) from delivery_schedules") == 2


async def test_a_day_that_is_past_is_asked_about_at_its_delivery(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        number = await taken(client, file(row(10, 5, date(2026, 12, 1)), row(10, 3, MARCH)))
        read = await inbound.find(number, world.xiaolan)
    proposal = await propose(inbound.reading_of(read), read.customer)
    assert [part["due_date"].doubtful for part in proposal.schedules[0]] == [True, False]
    assert (
        not proposal.lines[0]["due_date"].doubtful and read.doubts == proposal.doubts == 2
    )  # the order's own day too


def fields(**values: str) -> dict[str, Any]:
    return {
        "cell": "",
        "fields": {
            n: {"value": v, "text": v, "cell": "", "doubtful": False, "label": ""} for n, v in values.items()
        },
    }


def test_only_rows_that_are_one_line_are_gathered() -> None:
    first = {
        "line_no": "10",
        "customer_item": "A",
        "quantity": "5",
        "unit": "件",
        "unit_price": "2",
        "due_date": "2027-01-08",
    }
    for other in (
        {"line_no": "20"}, {"line_no": ""}, {"customer_item": "B"}, {"unit": "千件"}, {"unit_price": "3"}, {"due_date": ""},
        {"due_date": "2027-01-08"}, {"quantity": ""},
    ):  # fmt: skip
        lines = [fields(**first), fields(**(first | {"due_date": "2027-02-08"} | other))]
        assert gathered(lines) == lines, other
    [one] = gathered(
        [
            fields(**first, amount="10"),
            fields(**(first | {"due_date": "2027-02-08", "quantity": "2.5", "amount": "5"})),
        ]
    )
    assert (one["fields"]["quantity"]["value"], one["fields"]["amount"]["value"]) == ("7.5", "15")
