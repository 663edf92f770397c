"""The device's picture of the factory: enough to work without a network, and only the floor's business."""

import hashlib
import json
import re
from datetime import timedelta

from app.core import clock
from app.core.db import commit
from app.people import badges
from app.production import operations, work_orders
from app.scanning import codes
from tests.browse import browser_of
from tests.offline.tablet import code_of, tablet_of
from tests.production import floor
from tests.stories import thread
from tests.world import World


async def test_a_tablet_gets_the_jobs_of_its_team_in_the_order_of_the_plan(world: World) -> None:
    early, late = await floor.released(world), await floor.released(world, customer_order_number="PO-2")
    now, machine = clock.now(), world.headers[0].id
    plan = {}
    for work_order, begins in ((early, 5), (late, 1)):
        first, second, _ = await floor.steps(work_order)
        plan[first.id] = (machine, now + timedelta(hours=begins), now + timedelta(hours=begins + 4))
        plan[second.id] = (world.rollers[0].id, now + timedelta(hours=60), now + timedelta(hours=61))
    await commit(operations.plan, plan, by=world.liuyang)
    async with tablet_of(world) as tablet:
        books = await tablet.snapshot()
    assert [j["operation"] for j in books["jobs"]] == [f"{late.number}/10", f"{early.number}/10"]
    job = books["jobs"][0]
    assert (job["item_name"], job["spec"], job["customer"]) == (
        "六角法兰面螺栓 M10×45",
        "8.8 达克罗",
        "宁波恒立",
    )
    assert (job["quantity"], job["unit"], job["unit_label"], job["weight_per_thousand"]) == (
        "5000",
        "件",
        "支",
        "40.20",
    )
    assert (job["machine"], job["state"], job["previous_done"]) == ("HEAD-01", "ready", True)
    assert job["planned_start"] == clock.local(now + timedelta(hours=1)).isoformat(timespec="seconds")
    assert codes.parse(job["scan"]).id == (await floor.steps(late))[0].id
    assert [m["code"] for m in books["machines"]] == ["HEAD-01", "HEAD-02", "ROLL-01"]
    assert {r["code"] for r in books["scrap_reasons"]} >= {"setup", "crack"} and books["pause_reasons"][0][
        "label"
    ]


async def test_what_lies_ready_before_its_time_is_known_by_its_traveller(world: World) -> None:
    """The floor runs ahead of the plan: the parts are here, though the step is planned for the day after tomorrow."""
    work_order = await floor.released(world)
    now, (first, second, third) = clock.now(), await floor.steps(work_order)
    plan = {
        first.id: (world.headers[0].id, now, now + timedelta(hours=1)),
        second.id: (world.rollers[0].id, now + timedelta(hours=60), now + timedelta(hours=61)),
        third.id: (world.packers[0].id, now + timedelta(hours=62), now + timedelta(hours=63)),
    }
    await commit(operations.plan, plan, by=world.liuyang)
    async with tablet_of(world) as tablet:
        assert [j["seq"] for j in (await tablet.snapshot())["jobs"]] == [10]
        await floor.report(world, work_order, 10, "500")
        before, after = (await tablet.snapshot())["jobs"]
        assert (before["seq"], before["previous"], before["previous_done"]) == (10, None, True)
        assert (after["seq"], after["previous"], after["previous_done"]) == (20, before["operation"], True)


async def test_people_of_the_team_are_known_by_the_fingerprint_of_their_badge(world: World) -> None:
    person, token = (await commit(badges.give, [await code_of("王建国")], by=world.admin)).value[0]
    async with tablet_of(world) as tablet:
        people = (await tablet.snapshot())["people"]
    assert [(p["id"], p["name"], p["initials"]) for p in people] == [(person.code, "王建国", "王")]
    assert people[0]["badge_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert "HEAD-01" in people[0]["machines"]


async def test_a_scanner_gets_what_is_to_be_put_away_and_picked(world: World) -> None:
    order = await thread.confirmed(world)
    work_order = await thread.released(world, order)
    await thread.made(world, work_order)
    async with tablet_of(world, "pda", "") as scanner:
        receipt = (await scanner.snapshot())["receipts"][0]
        assert (receipt["work_order"], receipt["done"], receipt["received"], receipt["unit"]) == (
            work_order.number,
            "120000",
            "0",
            "支",
        )
        assert len(receipt["scans"]) == 3
        await thread.stored(world, work_order)
        await thread.picked(world, order, 20_000_000)
        books = await scanner.snapshot()
    assert books["receipts"] == []
    line = books["picks"][0]["lines"][0]
    assert (line["quantity"], line["picked"], line["bin"]) == ("120000", "20000", "A-01-01")
    assert [(lot["lot"], lot["available"]) for lot in line["lots"]] == [(work_order.number, "100000")]
    assert {b["code"] for b in books["bins"]} == {"A-01-01", "A-01-02"}


async def test_a_device_learns_neither_prices_nor_contacts_nor_secrets(world: World) -> None:
    await thread.delivered(world)
    async with tablet_of(world, "pda", "") as scanner:
        text = json.dumps(await scanner.snapshot(), ensure_ascii=False).lower()
    assert not any(word in text for word in ("price", "恒山路", "pin_hash", "phone", "token"))
    # The price as people or the books write it; moments and codes have such digits too.
    assert not re.search(r"(?<![\w.+:-])(268|268\.0+|268000000|32232)(?![\w.:-])", text)


async def test_nothing_new_is_answered_shortly(world: World) -> None:
    work_order = await floor.released(world)
    async with tablet_of(world) as tablet:
        cursor = (await tablet.snapshot())["cursor"]
        again = await tablet.snapshot(cursor)
        assert again["unchanged"] is True and "jobs" not in again and again["clock"]
        await commit(operations.start, f"{work_order.number}/10", by=world.jianguo)
        assert "jobs" in await tablet.snapshot(cursor)


async def test_what_is_held_or_done_long_ago_is_not_shown(world: World) -> None:
    held, done = await floor.released(world), await floor.released(world, customer_order_number="PO-2")
    await commit(work_orders.hold, held.number, by=world.liuyang)
    await commit(operations.start, f"{done.number}/10", machine="HEAD-01", by=world.jianguo)
    await floor.through(world, done)
    async with tablet_of(world) as tablet:
        jobs = (await tablet.snapshot())["jobs"]
        assert [(j["operation"], j["state"]) for j in jobs] == [(f"{done.number}/10", "done")]
        clock.move_to(clock.now() + timedelta(hours=13))
        assert (await tablet.snapshot())["jobs"] == []


async def test_a_person_with_a_login_is_no_device(world: World) -> None:
    async with browser_of(world.admin) as client:
        answer = await client.get("/api/v1/device/snapshot")
        assert answer.status_code == 401 and answer.json()["code"] == "not_a_device"
