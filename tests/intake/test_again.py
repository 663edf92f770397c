"""The same order number again: the same file says so, a changed one is compared line by line and kept as a change request."""

from datetime import date
from typing import Any

from app.amendments import change_requests
from app.core import db
from app.core.db import commit
from tasks import events
from tests import make
from tests.browse import browser_of, program_of
from tests.intake.files.writing import rows_to_csv, rows_to_xlsx
from tests.intake.test_inbound import accept, take_in
from tests.world import World, events_of

HEAD = ["序号", "物料编码", "名称规格", "数量（千支）", "单价（元/千支）", "交期"]
FIRST = [
    [1, "HL-1", "法兰面螺栓", 120, 268.6, date(2026, 12, 28)],
    [2, "HL-2", "六角螺母", 60, 52, date(2026, 12, 28)],
    [3, "HL-3", "平垫圈", 80, 31.5, date(2027, 1, 15)],
]
SECOND = [
    [1, "HL-1", "法兰面螺栓", 100, 268.6, date(2026, 12, 28)],
    [2, "HL-3", "平垫圈", 80, 31.5, date(2027, 1, 8)],
    [3, "HL-4", "弹簧垫圈", 20, 18, date(2027, 1, 8)],
]


async def stocked(world: World) -> None:
    """Four items that the customer has numbers for."""
    for n, name in enumerate(("法兰面螺栓", "六角螺母", "平垫圈", "弹簧垫圈"), 1):
        item = await make.item(f"W-{n}", name=name, spec=f"{n}", usual_price_micro=0)
        await make.customer_item(world.hengli.id, f"HL-{n}", item.id)


def file(lines: list[list[Any]], number: str = "PO-77") -> bytes:
    rows = [["宁波恒立工程机械有限公司 采购订单"], [f"订单编号：{number}" if number else "急"], HEAD, *lines]
    return rows_to_xlsx(("订单", rows))


async def test_a_file_sent_again_with_changes_gives_exactly_those_differences(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        made = await accept(client, await take_in(client, file(FIRST)), confirm="1")
        assert made.status_code == 303, made.text
        address = await take_in(client, file(SECOND), "改.xlsx")
        page = (await client.get(address)).text
        await events.settle()
        assert "丢失" not in page and await db.value("select count(*) from sales_orders") == 1
        request = await db.one("select * from change_requests")
        assert request is not None and request["state"] == "open" and request["points"] == 4
        assert request["number"] in (await client.get(address)).text
        shown = (await client.get(f"/change-requests/{request['number']}")).text
        assert "删掉的行" in shown and "新增的行" in shown
        order = made.headers["location"]
        assert f"{request['number']} 等人决定" in (await client.get(order)).text
        closed = await client.post(
            f"/change-requests/{request['number']}/close", data={"note": "照旧", "version": "1"}
        )
        assert closed.status_code == 303
        assert "等人决定" not in (await client.get(order)).text
    points = await db.rows(
        "select what, line_no, customer_item, stands, asks from change_points order by seq"
    )
    assert [tuple(p.values()) for p in points] == [
        ("quantity", 1, "HL-1", "120,000 支", "100,000 支"),
        ("due_date", 3, "HL-3", "2027-01-15", "2027-01-08"),
        ("dropped_line", 2, "HL-2", "60,000 支", ""),
        ("new_line", 0, "HL-4", "", "20 千支"),
    ]
    order = await db.one("select id, state, gross from sales_orders")
    assert order is not None and order["state"] == "confirmed", "it blocks nothing and changes nothing"
    assert "change_request.asked" in await events_of("sales_order", order["id"])


async def test_the_same_file_again_makes_nothing_and_says_which_order_it_is(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        await accept(client, await take_in(client, file(FIRST)))
        address = await take_in(client, file(FIRST), "again.xlsx")
        number = await db.value("select number from sales_orders")
        assert f"内容与 {number} 完全相同" in (await client.get(address)).text
        other_layout = [["物料编码", "数量(支)", "单价(元/支)", "交期", "订单号"], *[
            [x[1], x[3] * 1000, str(round(x[4] / 1000, 6)), x[5].isoformat(), "PO-77"] for x in FIRST]]  # fmt: skip
        await take_in(client, rows_to_csv(other_layout), "同单.csv")
    await events.settle()
    states = [r["state"] for r in await db.rows("select state from inbound_orders order by id")]
    assert states == ["accepted", "same", "same"]
    assert await db.value("select count(*) from sales_orders") == 1
    assert await db.value("select count(*) from change_requests") == 0


async def test_the_same_order_by_another_way_is_found_and_told(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        await accept(client, await take_in(client, file(FIRST)))
        number = await db.value("select number from sales_orders")
        address = await take_in(client, file(FIRST, "PO-78"), "mail.xlsx")
        page = (await client.get(address)).text
        assert f"{number} 的明细和交期完全相同" in page
        address = await take_in(client, file(FIRST, ""), "ohne.xlsx")
        assert f"{number} 的明细和交期完全相同" in (await client.get(address)).text
    assert await db.value("select count(*) from inbound_orders where state = 'new' and doubts > 0") == 2


async def test_two_files_that_wait_for_the_same_are_told_before_either_is_made(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        first = await take_in(client, file(FIRST))
        again = await take_in(client, file(FIRST), "b.xlsx")
        assert first.rpartition("/")[2] in (await client.get(again)).text
    assert await db.value("select state from inbound_orders order by id desc limit 1") == "same"


async def test_a_waiting_order_is_held_against_the_order_made_meanwhile(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        first, second = await take_in(client, file(FIRST)), await take_in(client, file(SECOND), "b.xlsx")
        await accept(client, first)
        answer = await client.post(
            f"{second}/compare", data={"customer": "HENGLI", "customer_order_number": "PO-77"}
        )
        assert answer.status_code == 303, answer.text
    await events.settle()
    assert await db.value("select points from change_requests") == 4


async def test_a_newer_file_takes_the_place_of_the_open_request_and_nothing_is_lost(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        await accept(client, await take_in(client, file(FIRST)))
        await take_in(client, file(SECOND), "b.xlsx")
        await events.settle()
        await take_in(client, file(SECOND), "b2.xlsx")
        await take_in(client, file(SECOND[:2]), "c.xlsx")
        await events.settle()
    found = await db.rows("select state, points from change_requests order by id")
    assert [tuple(r.values()) for r in found] == [("superseded", 4), ("open", 3)]


async def test_a_change_request_is_closed_with_a_note_and_can_be_opened_again(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client, program_of(world.xiaolan) as program:
        await accept(client, await take_in(client, file(FIRST)))
        await take_in(client, file(SECOND), "b.xlsx")
        await events.settle()
        number = await db.value("select number from change_requests")
        address = f"/change-requests/{number}"
        assert number in (await client.get("/change-requests")).text
        refused = await client.post(f"{address}/close", data={"note": " "})
        assert refused.status_code == 422 and "请写明处理结果" in refused.text
        assert (await client.post(f"{address}/close", data={"note": "客户撤回"})).status_code == 303
        assert "客户撤回" in (await client.get(address)).text
        assert (await client.post(f"{address}/close", data={"note": "again"})).status_code == 409
        assert (await client.post(f"{address}/reopen")).status_code == 303
        told = (await program.get(f"/api/v1{address}")).json()
        assert [d["what"] for d in told["differences"]] == [
            "quantity",
            "due_date",
            "dropped_line",
            "new_line",
        ]
        assert (await program.get("/api/v1/change-requests")).json()["items"][0]["id"] == number
        assert (await program.post(f"/api/v1{address}/close", json={"note": "ok"})).json()[
            "state"
        ] == "closed"
    async with browser_of(world.nobody) as client:
        assert (await client.get("/change-requests")).status_code == 403
        assert (await client.post(f"{address}/close", data={"note": "x"})).status_code in (403, 404)


async def test_a_reaction_run_twice_keeps_one_request(world: World) -> None:
    await stocked(world)
    async with browser_of(world.xiaolan) as client:
        await accept(client, await take_in(client, file(FIRST)))
        await take_in(client, file(SECOND), "b.xlsx")
        await events.settle()
    inbound = await db.value("select inbound_order from change_requests")

    async def ask(*, by: Any) -> Any:
        return await change_requests.ask(inbound)

    await commit(ask, by=world.admin)
    assert await db.value("select count(*) from change_requests") == 1
