"""A file that is sent again of an order whose line comes in several deliveries: the deliveries are compared, and what differs is carried out."""

import io
from datetime import date
from typing import Any

import python_calamine as calamine

from app.core import db
from tasks import events
from tests.browse import browser_of
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_gathering import FEBRUARY, JANUARY, MARCH, file, row, taken
from tests.intake.test_inbound import accept
from tests.world import World


async def ordered(client: Any) -> str:
    first = file(row(10, 5, FEBRUARY), row(10, 3, JANUARY), row(20, 7, MARCH))
    answer = await accept(client, f"/intake/{await taken(client, first)}", confirm="1")
    assert answer.status_code == 303, answer.text
    return str(await db.value("select number from sales_orders"))


async def points() -> list[tuple[str, int, str, str]]:
    rows = await db.rows(
        "select p.what, p.line_no, p.stands, p.asks from change_points p join change_requests r on r.id = p.request"
        " where r.state = 'open' order by p.seq"
    )
    return [tuple(each.values()) for each in rows]  # type: ignore[misc]


async def test_the_same_deliveries_are_the_same_file(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await ordered(client)
        await taken(client, file(row(20, 7, MARCH), row(10, 3, JANUARY), row(10, 5, FEBRUARY)))
    await events.settle()
    assert await db.value("select state from inbound_orders order by id desc limit 1") == "same"


async def test_the_same_sum_and_first_day_but_otherwise_shared_out_is_told_by_delivery(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await ordered(client)
        await taken(
            client,
            file(row(10, 3, JANUARY), row(10, 1, FEBRUARY), row(10, 4, date(2027, 2, 20)), row(20, 7, MARCH)),
        )
    await events.settle()
    assert await points() == [
        ("deliveries", 1, "2027-02-08: 5,000 支", "2027-02-08: 1,000 支"), ("deliveries", 1, "", "2027-02-20: 4,000 支")
    ]  # fmt: skip


async def test_a_moved_a_dropped_and_a_cut_delivery_are_carried_out_in_one_go(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        number = await ordered(client)
        await taken(client, file(row(10, 5, date(2027, 2, 20)), row(20, 7, MARCH)))
        await events.settle()
        assert await points() == [
            ("quantity", 1, "8,000 支", "5,000 支"), ("deliveries", 1, "2027-01-08: 3,000 支", ""),
            ("deliveries", 1, "2027-02-08: 5,000 支", "2027-02-20: 5,000 支"),
        ]  # fmt: skip
        request = await db.value("select number from change_requests where state = 'open'")
        shown = (await client.get(f"/change-requests/{request}")).text
        assert "分批" in shown and f"/orders/{number}/amend?request={request}" in shown
        page = (await client.get(f"/orders/{number}/amend?request={request}")).text
        assert (
            'name="changes-0-quantity" value="0"' in page
            and 'value="2027-02-20"' in page
            and "需另行处理" not in page
        )
        sent = {"request": request, "cause": "customer", "reason": "改单"}
        for n, (seq, quantity, day) in enumerate(((1, "0", "2027-01-08"), (2, "5", "2027-02-20"))):
            sent |= {
                f"changes-{n}-line_no": "1",
                f"changes-{n}-seq": str(seq),
                f"changes-{n}-quantity": quantity,
                f"changes-{n}-due_date": day,
            }
        done = await client.post(f"/orders/{number}/amend", data=sent)
        assert done.status_code == 303, done.text
        await taken(client, file(row(10, 5, date(2027, 2, 20)), row(20, 7, MARCH)))
    await events.settle()
    assert await db.value("select state from inbound_orders order by id desc limit 1") == "same"
    assert await db.value("select state from change_requests") == "made"


async def test_one_day_for_what_stands_in_parts_differs_too(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await ordered(client)
        await taken(client, file(row(10, 8, JANUARY), row(20, 7, MARCH)))
    await events.settle()
    assert sorted(await points()) == sorted([
        ("deliveries", 1, "2027-01-08: 3,000 支", "2027-01-08: 8,000 支"), ("deliveries", 1, "2027-02-08: 5,000 支", "")
    ])  # fmt: skip


async def test_lines_are_called_as_the_customer_calls_them(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await ordered(client)
        address = f"/intake/{await taken(client, file(row(10, 5, FEBRUARY), row(10, 3, JANUARY), row(20, 9, MARCH)))}"
        await events.settle()
        assert "第 20 行" in (await client.get(address)).text
        request = await db.value("select number from change_requests")
        shown = (await client.get(f"/change-requests/{request}")).text
        assert "第 20 行" in shown and "第 2 行" not in shown
        told = await db.rows("select line_no, their_line from change_points")
        assert [tuple(each.values()) for each in told] == [(2, "20")]


async def test_the_template_and_the_grid_have_a_column_for_line_numbers_that_may_stay_empty(
    world: World,
) -> None:
    async with browser_of(world.xiaolan) as client:
        book = calamine.load_workbook(io.BytesIO((await client.get("/intake/template.xlsx")).content))
        heads = book.get_sheet_by_index(0).to_python()[0]
        assert "行号" in heads
        line = {
            "客户": "宁波恒立",
            "客户单号": "T-1",
            "客户料号": "HL-25-8841",
            "单位": "千支",
            "单价": 268,
            "计价单位": "千支",
        }
        numbered = [
            line | {"行号": 10, "数量": 3, "交期": JANUARY}, line | {"行号": 10, "数量": 5, "交期": FEBRUARY},
            line | {"行号": "", "数量": 7, "交期": MARCH},
        ]  # fmt: skip
        number = await taken(
            client, rows_to_xlsx(("1", [heads, *([each.get(h) for h in heads] for each in numbered)]))
        )
        page = (await client.get(f"/intake/{number}")).text
        assert 'name="lines-0-schedules-1-quantity"' in page and '<span class="no">10</span>' in page
        assert await db.value("select doubts from inbound_orders") == 0
        entered = {f"rows-0-{n}": v for n, v in {
            "customer_name": "宁波恒立", "customer_order_number": "G-7", "line_no": "30", "customer_item": "HL-25-8841", "quantity": "5",
            "unit": "千支", "unit_price": "268", "price_unit": "千支", "due_date": "2027-01-08",
        }.items()}  # fmt: skip
        done = await client.post("/intake/grid", data=entered)
        assert done.status_code == 303
        assert '<span class="no">30</span>' in (await client.get(done.headers["location"])).text
