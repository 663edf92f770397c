"""To-dos: what waits for a person, counted as the lists count it, with its age."""

import re
from datetime import timedelta

from app.alerts import rules, sweep
from app.alerts.rules import NewRule
from app.approvals import deciding
from app.core import clock, db
from app.core.db import commit
from app.home import todos
from app.intake import inbound
from app.intake.pages import records_in
from app.integrations import jobs
from app.production import work_orders
from app.sales import orders
from tests import make
from tests.browse import browser_of, program_of
from tests.sales import sample
from tests.stories import thread
from tests.world import MORNING, TODAY, World


async def full(world: World) -> None:
    """Something of everything that waits."""
    sheet = "订单号,HL-1\n物料,数量,单位,单价\nHL-25-8841,5,千支,268\n".encode()
    await commit(inbound.receive, await records_in("a.csv", sheet), "file", "a.csv", sheet, by=world.xiaolan)
    order = await sample.confirmed(world, due_date=TODAY + timedelta(days=4))
    await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    await thread.released(world, await sample.confirmed(world))
    rule = NewRule(kind="due", name="规则", stage="begun", notice=7, role="sales")
    await commit(rules.write, rule, by=world.admin)
    await sweep.sweep()
    await make.approval_rule(conditions=())
    await commit(orders.confirm, (await sample.draft(world)).number, by=world.xiaolan)


async def test_everybody_sees_what_waits_for_them_and_nothing_else(world: World) -> None:
    await full(world)
    assert {t["key"]: t["count"] for t in await todos.of(world.xiaolan)} == {
        "alerts": 1,
        "intake": 1,
        "to_confirm": 1,
    }
    assert {t["key"]: t["count"] for t in await todos.of(world.liuyang)} == {"unreleased": 1, "to_plan": 1}
    assert {t["key"]: t["count"] for t in await todos.of(world.chenzong)} == {"approvals": 1}
    assert await todos.of(world.nobody) == []


async def test_every_to_do_counts_what_its_list_shows_and_its_things_open(world: World) -> None:
    await full(world)
    seen = 0
    for who in (world.xiaolan, world.liuyang, world.chenzong):
        async with browser_of(who) as client:
            for todo in await todos.of(who):
                page = await client.get(todo["href"])
                assert page.status_code == 200, todo["href"]
                if todo["key"] != "approvals":
                    assert page.text.count("data-href=") == todo["count"], todo["key"]
                for thing in todo["things"]:
                    assert (await client.get(thing["href"])).status_code == 200, thing["href"]
                    seen += 1
            page = (await client.get("/todos")).text
            assert page.count('<section class="card" id=') == len(await todos.of(who))
            home = (await client.get("/")).text
            assert all(todo["label"] in home for todo in await todos.of(who))
    assert seen >= 6


async def test_what_came_back_waits_for_who_asked_until_it_is_asked_again_or_gone(world: World) -> None:
    async def back() -> list[int]:
        return [t["count"] for t in await todos.of(world.xiaolan) if t["key"] == "came_back"]

    await make.approval_rule(conditions=())
    orders_of = [(await sample.draft(world, customer_order_number=n)).number for n in ("PO-1", "PO-2")]
    for order in orders_of:
        request = (await commit(orders.confirm, order, by=world.xiaolan)).value
        await commit(deciding.send_back, request.number, "价格再谈", by=world.chenzong)
    assert await back() == [2]
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(f"/orders/{orders_of[0]}")).text
        assert "陈总：价格再谈" in page and f'href="/orders/{orders_of[0]}/edit"' in page
    await commit(orders.confirm, orders_of[0], by=world.xiaolan)
    assert await back() == [1]
    await commit(orders.cancel, orders_of[1], "不要了", by=world.xiaolan)
    assert await back() == []


async def test_what_did_not_get_out_is_the_administrators_to_do(world: World) -> None:
    for n, state in enumerate(("failed", "unknown", "done")):
        async with db.DB.transaction():
            await jobs.write("mail", "message", f"key-{n}", f"消息 {n}", "user1/now", {"user": 1})
        await db.rows("update integration_jobs set state = {} where key = {}", state, f"key-{n}")
    (todo,) = [t for t in await todos.of(world.admin) if t["key"] == "calls"]
    assert (todo["count"], todo["things"][0]["label"]) == (2, "消息 0")
    async with browser_of(world.admin) as client:
        assert (await client.get(todo["href"])).text.count("data-href=") == 2
        assert (await client.get(todo["things"][0]["href"])).status_code == 200
    assert [t for t in await todos.of(world.xiaolan) if t["key"] == "calls"] == []


async def test_a_to_do_says_how_long_its_oldest_thing_waits(world: World) -> None:
    await full(world)
    for later, said in (
        (timedelta(minutes=20), "20 分钟"),
        (timedelta(hours=5), "5 小时"),
        (timedelta(days=3), "3 天"),
    ):
        clock.move_to(MORNING + later + timedelta(seconds=30))
        assert next(t for t in await todos.of(world.xiaolan) if t["key"] == "intake")["age"] == said


async def test_programs_read_what_waits(world: World) -> None:
    await full(world)
    async with program_of(world.chenzong) as client:
        (item,) = (await client.get("/api/v1/todos")).json()["items"]
        assert (item["key"], item["count"]) == ("approvals", 1)
        assert re.fullmatch(r"/inbox/AP\d+-\d+", item["things"][0]["href"])
