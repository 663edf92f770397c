"""What cannot be booked is refused for a reason from the closed list, and parked until the office or its device settles it."""

from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.offline import intake, parked
from app.offline.actions import ACTIONS
from tasks import events
from tests.offline.tablet import Tablet, action, good_q, report
from tests.world import World


async def parked_reasons() -> list[str]:
    return [
        r["reason"]
        for r in await db.rows("select reason from parked_actions where state = 'parked' order by id")
    ]


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


async def test_a_batch_has_a_limit(tablet: Tablet) -> None:
    assert (
        await tablet.client.post("/api/v1/device-actions", json=[{}] * (intake.MOST + 1))
    ).status_code == 413


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


async def test_an_id_used_for_something_else_is_refused(tablet: Tablet, first: str, jianguo: str) -> None:
    sent = report(first, jianguo)
    await tablet.post(sent)
    other = await tablet.post({**sent, "payload": {**sent["payload"], "good": "9"}})
    assert (other[0]["status"], other[0]["reason"]) == ("refused", "malformed")
    assert await good_q(first) == 500_000


async def test_the_office_is_told_of_what_could_not_be_booked(
    world: World, tablet: Tablet, first: str
) -> None:
    await tablet.post(report(first, "P-GHOST"))
    await events.settle()
    told = await db.rows('select "user", href from notices where href like {}', "/device-actions/%")
    assert [row["user"] for row in told] == [world.liuyang.user_id, world.admin.user_id]


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
