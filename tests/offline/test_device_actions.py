"""What devices did is booked once, kept with its own time, and refused only for a reason from the closed
list.
"""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core import clock, db
from app.core.db import commit
from app.offline import intake, parked
from app.offline.actions import ACTIONS
from app.people import devices
from tasks import events
from tests.browse import program_of
from tests.offline.tablet import Tablet, action, code_of, tablet_of
from tests.production import floor
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def tablet(world: World) -> Any:
    async with tablet_of(world) as found:
        yield found


@pytest.fixture
async def first(world: World) -> str:
    """The first operation of a released work order of 5,000 bolts."""
    work_order = await floor.released(world)
    return f"{work_order.number}/10"


@pytest.fixture
async def jianguo(world: World) -> str:
    return await code_of("王建国")


def report(operation: str, person: str | None, good: str = "500", **more: Any) -> dict[str, Any]:
    return action("operation.report", person, operation=operation, good=good, unit="件", **more)


async def good_q(operation: str) -> int:
    number, _, seq = operation.partition("/")
    return await db.value(
        "select o.good_q from work_order_operations o join work_orders w on w.id = o.work_order where"
        " w.number = {} and o.seq = {}",
        number,
        int(seq),
    )


async def parked_reasons() -> list[str]:
    return [
        r["reason"]
        for r in await db.rows("select reason from parked_actions where state = 'parked' order by id")
    ]


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


async def test_a_refused_action_is_parked_and_holds_nobody_up(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    answers = await tablet.post(
        report("WO20990101-0001/10", jianguo),
        report(first, jianguo, "-5"),
        report(first, "P-GHOST"),
        {**report(first, jianguo), "name": "operation.explode"},
        {**report(first, jianguo), "happened_at": "yesterday"},
        {**report(first, jianguo), "payload": []},
        report(first, jianguo, "300"),
    )
    assert [a["status"] for a in answers] == ["refused"] * 6 + ["flagged"]
    reasons = ["unknown_subject", "malformed", "unknown_person", "malformed", "malformed", "malformed"]
    assert [a["reason"] for a in answers[:6]] == reasons == await parked_reasons()
    assert all(a["result"]["detail"] for a in answers[:6])
    assert await good_q(first) == 300_000


async def test_a_refused_action_sent_again_is_refused_again_and_parked_once(
    tablet: Tablet, jianguo: str
) -> None:
    sent = report("WO20990101-0001/10", jianguo)
    once, again = await tablet.post(sent), await tablet.post(sent)
    assert once == again and once[0]["status"] == "refused"
    assert await parked_reasons() == ["unknown_subject"]


async def test_what_is_no_action_at_all_is_answered_too(tablet: Tablet, first: str, jianguo: str) -> None:
    odd: list[Any] = [
        None,
        7,
        "x",
        [],
        {},
        {"id": 5},
        {"id": "../../etc"},
        {**report(first, jianguo), "id": "a" * 99},
    ]
    odd.append(report(first, jianguo, "1" * 20_000))
    odd.append(
        {**report(first, jianguo), "payload": {"operation": first, "good": {"deep": []}, "unit": "件"}}
    )
    odd.append({**report(first, jianguo), "payload": {"operation": "\x00", "good": "1", "unit": "件"}})
    answers = await tablet.post(*odd, report(first, jianguo, "1"))
    assert [(a["status"], a["reason"]) for a in answers[:-1]] == [("refused", "malformed")] * len(odd)
    assert answers[-1]["status"] == "flagged"


async def test_nan_infinity_and_huge_numbers_are_no_quantities(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    ids = [f"odd-number-{n}" for n in range(4)]
    body = ",".join(
        f'{{"id": "{id}", "name": "operation.report", "person": "{jianguo}",'
        f' "payload": {{"operation": "{first}", "good": {good}, "unit": "件"}}}}'
        for id, good in zip(ids, ("NaN", "Infinity", "1e30", '"９９ｘ"'), strict=True)
    )
    answer = await tablet.client.post("/api/v1/device-actions", content=f"[{body}]".encode())
    assert [(a["id"], a["reason"]) for a in answer.json()] == [(id, "malformed") for id in ids]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b"[" * 100_000, 400),
        (b'"\xff"', 400),
        (b"[" + b'"x",' * 300 + b"1]", 413),
        (b" " * 3_000_000, 413),
    ],
)
async def test_a_body_that_is_no_batch_gets_a_sentence(tablet: Tablet, body: bytes, status: int) -> None:
    answer = await tablet.client.post("/api/v1/device-actions", content=body)
    assert answer.status_code == status and answer.json()["detail"]


async def test_a_payload_of_a_megabyte_is_refused_and_the_rest_goes_on(
    tablet: Tablet, first: str, jianguo: str
) -> None:
    answers = await tablet.post(report(first, jianguo, note="x" * 1_000_000), report(first, jianguo, "2"))
    assert [a["status"] for a in answers] == ["refused", "flagged"]
    assert await db.value("select length(body) from parked_actions where state = 'parked'") == 16_000


async def test_a_crashing_action_is_parked_raw_and_never_a_500(
    tablet: Tablet, first: str, jianguo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(fact: Any) -> Any:
        await db.rows("update work_orders set remark = 'half done'")
        raise ZeroDivisionError

    broken = {
        **ACTIONS,
        "operation.pause": type(ACTIONS["operation.pause"])(ACTIONS["operation.pause"].label, crash),
    }
    monkeypatch.setattr("app.offline.booking.ACTIONS", broken)
    sent = action("operation.pause", jianguo, operation=first, reason="meal")
    answers = await tablet.post(sent, report(first, jianguo))
    assert [(a["status"], a["reason"]) for a in answers] == [
        ("refused", "crashed"),
        ("flagged", "not_started"),
    ]
    assert await db.value("select count(*) from work_orders where remark = 'half done'") == 0
    assert (await tablet.post(sent))[0] == answers[0]
    assert await parked_reasons() == ["crashed"]


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


async def test_the_office_books_a_parked_action_after_all(world: World, tablet: Tablet, first: str) -> None:
    sent = report(first, "P-NEW")
    assert (await tablet.post(sent))[0]["reason"] == "unknown_person"
    row = await db.one("select id from parked_actions")
    assert row
    await db.rows("update people set code = 'P-NEW' where name = '王建国'")
    with pytest.raises(Exception, match="forbidden"):
        await commit(parked.retry, row["id"], by=world.nobody)
    await commit(parked.retry, row["id"], by=world.admin)
    assert await good_q(first) == 500_000
    with pytest.raises(Exception, match="not_now"):
        await commit(parked.retry, row["id"], by=world.admin)
    changed = {**report(first, "P-NEW"), "replaces": sent["id"]}
    assert (await tablet.post(changed))[0]["result"] == {"booked_already": True}
    assert await good_q(first) == 500_000


async def test_what_the_device_sends_again_the_office_need_not_book(
    world: World, tablet: Tablet, first: str, jianguo: str
) -> None:
    sent = report(first, "P-GHOST")
    await tablet.post(sent)
    await tablet.post({**report(first, jianguo), "replaces": sent["id"]})
    assert await db.value("select state from parked_actions where action = {}", sent["id"]) == "replaced"
    assert await good_q(first) == 500_000


async def test_an_id_used_for_something_else_is_refused(tablet: Tablet, first: str, jianguo: str) -> None:
    sent = report(first, jianguo)
    await tablet.post(sent)
    other = await tablet.post({**sent, "payload": {**sent["payload"], "good": "9"}})
    assert (other[0]["status"], other[0]["reason"]) == ("refused", "malformed")
    assert await good_q(first) == 500_000


async def test_a_batch_has_a_limit(tablet: Tablet) -> None:
    assert (
        await tablet.client.post("/api/v1/device-actions", json=[{}] * (intake.MOST + 1))
    ).status_code == 413


async def test_the_office_is_told_of_what_could_not_be_booked(
    world: World, tablet: Tablet, first: str
) -> None:
    await tablet.post(report(first, "P-GHOST"))
    await events.settle()
    told = await db.rows('select "user", href from notices where href like {}', "/device-actions/%")
    assert [row["user"] for row in told] == [world.liuyang.user_id, world.admin.user_id]


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
