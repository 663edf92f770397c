"""Orders by the hundred: the standard file, the fast grid, and making what is clear at once, in time."""

import io
import time
from datetime import date
from typing import Any

import pytest
import python_calamine as calamine

from app.core import db
from app.core.db import commit
from app.intake import inbound, standard
from app.intake.many_pages import make_next
from app.intake.proposing import propose
from app.intake.readers import read
from app.intake.sources import records_in
from tests import make
from tests.browse import browser_of
from tests.intake.files.writing import rows_to_xlsx
from tests.world import World

HEAD = ["客户", "客户单号", "客户料号", "数量", "单位", "单价", "计价单位", "交期"]


def flat(orders: int, lines: int = 2, **changed: Any) -> bytes:
    rows: list[list[Any]] = [HEAD]
    for o in range(orders):
        for n in range(lines):
            rows.append(
                [
                    "宁波恒立",
                    f"PO-{o:05d}",
                    "HL-25-8841",
                    100 + o,
                    "千支",
                    268 + n,
                    "千支",
                    date(2027, 1, 1 + (o + n) % 28),
                ]
            )
    return rows_to_xlsx(("订单", rows))


async def test_the_standard_file_is_downloaded_filled_and_read_without_a_touch(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.get("/intake/template.xlsx")
        assert answer.status_code == 200
        book = calamine.load_workbook(io.BytesIO(answer.content))
        heads = book.get_sheet_by_index(0).to_python()[0]
    assert heads == list(standard.headings().values())
    values = {
        "客户": "HENGLI",
        "客户单号": "T-1",
        "客户料号": "HL-25-8841",
        "数量": 5,
        "单位": "千件",
        "单价": 268,
        "计价单位": "千件",
        "交期": date(2027, 1, 8),
    }
    async with browser_of(world.xiaolan) as client:
        filled = rows_to_xlsx(("订单", [heads, [values.get(h) for h in heads]]))
        await client.post("/intake", files={"file": ("orders.xlsx", filled)})
    assert await db.value("select count(*) from inbound_orders where state = 'new' and doubts = 0") == 1


async def test_the_grid_takes_several_orders_and_what_is_left_empty_is_as_above(world: World) -> None:
    rows = [
        {"customer_name": "宁波恒立", "customer_order_number": "G-1", "customer_item": "HL-25-8841", "quantity": "5", "unit": "千支",
         "unit_price": "268", "price_unit": "千支", "due_date": "2027-01-08"},
        {"customer_item": "HL-25-8841", "quantity": "7", "unit": "千支", "unit_price": "268", "price_unit": "千支"},
        {"customer_order_number": "G-2", "customer_item": "HL-25-8841", "quantity": "9", "unit": "千支", "unit_price": "268", "price_unit": "千支"},
    ]  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        assert (await client.get("/intake/grid")).status_code == 200
        data = {
            f"rows-{i}-{field}": row.get(field, "")
            for i, row in enumerate(rows)
            for field in standard.HEADINGS
        }
        answer = await client.post("/intake/grid", data=data)
        assert answer.status_code == 303, answer.text
        empty = await client.post("/intake/grid", data={"rows-0-quantity": " "})
        assert empty.status_code == 422 and 'role="alert"' in empty.text
        wrong = await client.post("/intake/grid", data={"rows-0-customer_name": "只有名字"})
        assert wrong.status_code in (303, 422)
    found = await db.rows(
        "select customer_order_number, doubts from inbound_orders where channel = 'direct' and doubts = 0 order by id"
    )
    assert [tuple(r.values()) for r in found] == [("G-1", 0), ("G-2", 0)]


async def test_the_kind_of_a_line_is_read_and_a_word_that_is_none_is_asked_about(world: World) -> None:
    told = {
        "customer_name": "宁波恒立",
        "customer_item": "HL-25-8841",
        "quantity": "5",
        "unit": "千支",
        "due_date": "2027-01-08",
    }
    rows = [
        told | {"customer_order_number": "K-1", "kind": "样品"}, told | {"kind": "备品", "unit_price": "0"},
        told | {"customer_order_number": "K-2", "kind": "寄存", "unit_price": "268", "price_unit": "千支"},
    ]  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        assert 'value="备品"' in (await client.get("/intake/grid")).text
        data = {
            f"rows-{i}-{field}": row.get(field, "")
            for i, row in enumerate(rows)
            for field in standard.HEADINGS
        }
        assert (await client.post("/intake/grid", data=data)).status_code == 303
    first, second = await db.rows("select number from inbound_orders order by id")
    clear, doubtful = [
        await propose(inbound.reading_of(await inbound.find(row["number"], world.xiaolan)), world.hengli.id)
        for row in (first, second)
    ]
    assert [line["kind"].value for line in clear.lines] == ["sample", "spare"]
    assert not any(line["kind"].doubtful for line in clear.lines)
    assert (doubtful.lines[0]["kind"].value, doubtful.lines[0]["kind"].doubtful) == ("normal", True)


async def test_everything_clear_is_made_at_once_and_what_is_doubtful_waits(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await client.post("/intake", files={"file": ("a.xlsx", flat(5))})
        doubtful = rows_to_xlsx(
            ("a", [["订单号：D-1"], ["物料编码", "名称", "数量"], ["HL-25-8841", "螺栓", 5]])
        )
        await client.post("/intake", files={"file": ("b.xlsx", doubtful)})
        assert "5 张订单没有任何疑点" in (await client.get("/intake")).text
        answer = await client.post("/intake/clear", data={"confirm": "1"})
        assert answer.status_code == 200 and "已做 5 / 5 张" in answer.text, answer.text
    assert await db.value("select count(*) from sales_orders where state = 'confirmed'") == 5
    assert await db.value("select count(*) from inbound_orders where state = 'new'") == 1
    assert await db.value("select count(*) from attachments where subject_kind = 'sales_order'") == 5


async def test_one_that_cannot_be_made_waits_and_holds_up_no_other(world: World) -> None:
    gone = await make.item("GONE", usual_price_micro=0)
    await make.customer_item(world.hengli.id, "HL-GONE", gone.id)
    data = flat(3)
    async with browser_of(world.xiaolan) as client:
        await client.post("/intake", files={"file": ("a.xlsx", data)})
        rows = [HEAD, ["宁波恒立", "PO-X", "HL-GONE", 5, "千支", 268, "千支", date(2027, 1, 8)]]
        await client.post("/intake", files={"file": ("b.xlsx", rows_to_xlsx(("a", rows)))})
        await db.rows("update items set active = {} where code = 'GONE'", False)
        answer = await client.post("/intake/clear")
        assert "已做 3" in answer.text and "1 张没有做成" in answer.text
        assert (await client.post("/intake/clear")).status_code == 200
    assert await db.value("select count(*) from sales_orders") == 3
    assert await db.value("select doubts from inbound_orders where customer_order_number = 'PO-X'") == 1


async def test_what_could_not_be_confirmed_is_counted(world: World) -> None:
    await make.approval_rule(conditions=[["amount_cny", ">", "1"]])
    async with browser_of(world.xiaolan) as client:
        await client.post("/intake", files={"file": ("a.xlsx", flat(2))})
        answer = await client.post("/intake/clear", data={"confirm": "1"})
        assert "已做 2 / 2 张" in answer.text and "2 张在等审批" in answer.text
        assert 'href="/orders?state=waiting"' in answer.text


@pytest.mark.slow
async def test_a_thousand_orders_are_taken_in_and_made_in_time(world: World) -> None:
    """Measured in the processor's seconds, which do not depend on who else works here."""
    data = flat(1000)
    began = time.process_time()
    assert sum(len(order.lines) for order in read("a.xlsx", data).orders) == 2000
    assert time.process_time() - began <= 2
    records = await records_in("a.xlsx", data)
    began = time.process_time()
    await commit(inbound.receive, records, "file", "a.xlsx", data, by=world.xiaolan)
    assert time.process_time() - began <= 5
    began, made = time.process_time(), 1
    while made:
        made, left_out, *_confirmed = await make_next(200, False, world.xiaolan)
        assert left_out == 0
    assert time.process_time() - began <= 8
    assert await db.value("select count(*) from sales_orders") == 1000


async def test_who_may_not_makes_nothing(world: World) -> None:
    async with browser_of(world.chenzong) as client:
        assert (await client.get("/intake/grid")).status_code == 403
        assert (await client.post("/intake/clear")).status_code == 403
        assert (await client.post("/intake/grid", data={"rows-0-quantity": "5"})).status_code == 403
