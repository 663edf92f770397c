"""What devices did is booked once and kept with its own time."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

from app.core import clock, db
from app.core.db import commit
from app.offline.actions import ACTIONS
from app.people import devices
from tests.browse import program_of
from tests.offline.tablet import Tablet, action, good_q, report, tablet_of
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]


def test_the_device_and_the_server_know_the_same_actions() -> None:
    source = (ROOT / "pwa" / "offline" / "actions.js").read_text(encoding="utf-8")
    listed = source[source.index("export const ACTIONS") : source.index("export const HELD_MS")]
    assert set(re.findall(r'^  "([a-z_.]+)"', listed, re.MULTILINE)) == set(ACTIONS)


async def test_a_shift_of_actions_is_booked_in_its_order(tablet: Tablet, first: str, jianguo: str) -> None:
    answers = await tablet.post(
        action("operation.start", jianguo, operation=first, machine="HEAD-01"),
        report(
            first,
            jianguo,
            "500",
            weight="20.1",
            scrap=[{"reason": "setup", "quantity": "0.402", "unit": "kg"}],
        ),
        action("operation.pause", jianguo, operation=first, reason="meal"),
        action("operation.resume", jianguo, operation=first),
        report(first, jianguo, "700"),
    )
    assert [a["status"] for a in answers] == ["done"] * 5
    assert answers[-1]["result"] == {"operation": first, "state": "running", "good": "1200", "scrap": "10"}
    row = await db.one("select person, device, hand_entered from operation_reports order by id limit 1")
    assert row and row["person"] and row["device"]
    assert await db.value("select actor from events where name = 'operation.reported' limit 1") == "王建国"


async def test_the_same_action_sent_twice_books_once_and_answers_the_same(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    sent = report(first, jianguo)
    once, again = await tablet.post(sent), await tablet.post(sent)
    assert once[0]["status"] == "flagged" and once[0]["reason"] == "not_started"
    assert again[0] == {**once[0], "status": "replayed"}
    assert await good_q(first) == 500_000


async def test_one_action_from_many_senders_at_once_books_once(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    sent = report(first, jianguo)
    answers = [a[0]["status"] for a in await asyncio.gather(*(tablet.post(sent) for _ in range(8)))]
    assert sorted(set(answers)) == ["flagged", "replayed"] and answers.count("flagged") == 1
    assert await good_q(first) == 500_000


async def test_two_devices_report_on_one_job(world: World, tablet: Tablet, first: str, jianguo: str) -> None:
    async with tablet_of(world) as other:
        await tablet.post(action("operation.start", jianguo, operation=first, machine="HEAD-01"))
        await asyncio.gather(
            *(t.post(report(first, jianguo, n)) for t, n in ((tablet, "100"), (other, "30"), (tablet, "7")))
        )
    assert await good_q(first) == 137_000


async def test_a_fact_keeps_its_time_and_a_clock_that_runs_ahead_is_flagged(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    earlier, ahead = clock.now() - timedelta(hours=7), clock.now() + timedelta(hours=2)
    start = action(
        "operation.start", jianguo, operation=first, machine="HEAD-01", happened_at=earlier.isoformat()
    )
    answers = await tablet.post(start, report(first, jianguo, happened_at=ahead.isoformat()))
    assert [(a["status"], a["reason"]) for a in answers] == [("done", None), ("flagged", "clock")]
    assert await db.value("select happened_at from events where name = 'operation.started'") == earlier
    assert await db.value("select happened_at from operation_reports") <= clock.now()


async def test_nobody_signed_on_is_booked_and_flagged(tablet: Tablet, first: str) -> None:
    answer = await tablet.act("operation.start", None, operation=first, machine="HEAD-01")
    assert (answer["status"], answer["reason"]) == ("flagged", "nobody")


async def test_undo_names_the_report_by_its_action(tablet: Tablet, first: str, jianguo: str) -> None:
    sent = report(first, jianguo)
    answers = await tablet.post(sent, action("operation.undo_report", jianguo, report_action=sent["id"]))
    assert [a["status"] for a in answers] == ["flagged", "done"]
    assert await good_q(first) == 0


async def test_trouble_called_from_the_floor_is_an_exception(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    answer = await tablet.act("exception.report", jianguo, kind="machine", operation=first, machine="HEAD-01")
    assert answer["status"] == "done" and answer["result"]["number"].startswith("PE")
    job = next(j for j in (await tablet.snapshot())["jobs"] if j["operation"] == first)
    assert job["exception"]["kind"] == "machine"


async def test_a_revoked_device_is_turned_away_even_beside_a_login(
    world: World, tablet: Tablet, first: str, jianguo: str
) -> None:
    await commit(devices.revoke, tablet.code, by=world.admin)
    assert (
        await tablet.client.post("/api/v1/device-actions", json=[report(first, jianguo)])
    ).status_code == 401
    assert (await tablet.client.get("/api/v1/device/snapshot")).status_code == 401
    assert await good_q(first) == 0


async def test_a_program_posts_for_a_device_if_its_user_may_report(
    world: World, tablet: Tablet, first: str, jianguo: str
) -> None:
    sent = {**report(first, jianguo), "device": tablet.code}
    async with program_of(world.nobody) as client:
        assert (await client.post("/api/v1/device-actions", json=[sent])).status_code == 403
    async with program_of(world.admin) as client:
        ghost = {**report(first, jianguo), "device": "DEV999"}
        answers = (await client.post("/api/v1/device-actions", json=[sent, ghost])).json()
        assert [(a["status"], a["reason"]) for a in answers] == [
            ("flagged", "not_started"),
            ("refused", "unknown_device"),
        ]
        await commit(devices.revoke, tablet.code, by=world.admin)
        again = {**report(first, jianguo), "device": tablet.code}
        assert (await client.post("/api/v1/device-actions", json=[again])).json()[0]["reason"] == "revoked"
    assert await good_q(first) == 500_000


async def test_an_operation_is_called_done_below_its_quantity_for_a_reason(
    world: World, tablet: Tablet, first: str, jianguo: str
) -> None:
    await tablet.post(report(first, jianguo))
    for reason in ("", "because"):
        assert (await tablet.act("operation.finish", jianguo, operation=first, reason=reason))[
            "reason"
        ] == "malformed"
    done = action("operation.finish", jianguo, operation=first, reason="material")
    assert [(await tablet.post(done))[0]["status"] for _ in range(2)] == ["done", "replayed"]
    number, _, seq = first.partition("/")
    state = "select o.state from work_order_operations o join work_orders w on w.id = o.work_order where w.number = {} and o.seq = {}"
    assert await db.value(state, number, int(seq)) == "done"
    told = await db.rows("select facts from events where name = 'operation.closed'")
    assert len(told) == 1 and "Material used up" in str(told[0]["facts"])
