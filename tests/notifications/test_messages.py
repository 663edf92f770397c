"""Messages leave the house once each, by the way that was chosen, and what became of each is seen."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.integrations import jobs
from app.notifications import notices
from app.people.actors import HOUSE
from tests.notifications.outside import choose, happened, jobs_as, pass_, robot, tell
from tests.notifications.ways import AT_ONCE, IN_A_DIGEST, TOPICS
from tests.simulators import wecom
from tests.world import MORNING, World


@pytest.mark.slow
async def test_a_day_of_messages_with_time_outs_quotas_and_token_errors(
    world: World, at_once: wecom.WeCom
) -> None:
    """Every message arrives once, is visible, and was tried again where that was needed."""
    faults: list[str | int] = ["lost", 42001, "late", -1, 45009, "500", 40014, 6000]
    sent = []
    for n in range(24):
        at_once.faults.extend([faults[n % len(faults)]] if n % 2 == 0 else [])
        if n == 10:
            at_once.tokens = dict.fromkeys(at_once.tokens, 0.0)  # they end before their time
        if n == 15:
            at_once.tokens.clear()
        await tell([world.xiaolan.user_id], await happened(1, f"SO-{n:02d}"), f"/orders/SO-{n:02d}")
        sent.append(f"SO-{n:02d}")
        await pass_(20)
    for _ in range(6):
        await pass_(5)
    told = [next(s for s in sent if s in card["title"]) for card in at_once.cards]
    assert sorted(told) == sent
    assert {state for state, _code, _tries in await jobs_as()} == {"done"}
    assert sum(tries for _s, _c, tries in await jobs_as()) > len(sent)
    notices_ = {f"/notices/{row['id']}" for row in await db.rows("select id from notices")}
    assert all(any(card["url"].endswith(n) for n in notices_) for card in at_once.cards)
    assert at_once.calls.count("gettoken") < 10


async def test_what_comes_together_goes_as_one_message(world: World, at_once: wecom.WeCom) -> None:
    for n in range(40):
        await tell([world.xiaolan.user_id], await happened(1, f"SO-{n:02d}"))
    await pass_(1)
    (card,) = at_once.cards
    assert (
        card["title"] == "40 条新通知"
        and card["url"].endswith("/notices")
        and len(card["description"].encode()) <= 512
    )
    assert await pass_(60) == 0


async def test_the_same_event_told_twice_is_sent_once(world: World, at_once: wecom.WeCom) -> None:
    event = await happened(1, "SO-1")
    for _ in range(3):
        await tell([world.xiaolan.user_id], event)
        await pass_(1)
    assert len(at_once.cards) == 1


async def test_a_digest_comes_on_working_days_and_repeats_nothing(
    world: World, connected: wecom.WeCom
) -> None:
    await choose(world, "xiaolan", wecom="xiaolan", topics=IN_A_DIGEST)
    clock.move_to(datetime(2026, 12, 12, 2, 0, tzinfo=UTC))  # Saturday 10:00
    read, kept = await happened(1, "SO-READ"), await happened(1, "SO-KEPT")
    await tell([world.xiaolan.user_id], read)
    await tell([world.xiaolan.user_id], kept)
    await db.rows("update notices set read_at = {} where event = {}", clock.now(), read["id"])
    await pass_(60 * 30)
    assert connected.cards == []  # Sunday
    await pass_(60 * 17)
    (card,) = connected.cards
    assert "SO-KEPT" in card["title"] and "SO-READ" not in json.dumps(card)
    await tell([world.xiaolan.user_id], kept)
    await tell([world.xiaolan.user_id], await happened(1, "SO-NEXT"))
    await pass_(60 * 24)
    assert len(connected.cards) == 2 and "SO-NEXT" in connected.cards[1]["title"]


async def test_all_that_was_read_at_the_bell_is_not_sent(world: World, at_once: wecom.WeCom) -> None:
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    await commit(notices.read_all, by=world.xiaolan)
    await pass_(1)
    assert (at_once.cards, await jobs_as()) == ([], [("dropped", "", 0)])


async def test_quiet_hours_hold_messages_back_until_the_morning(world: World, at_once: wecom.WeCom) -> None:
    await choose(world, "xiaolan", wecom="xiaolan", topics=AT_ONCE, quiet_from="21:00", quiet_until="07:00")
    for hour in (14, 20):  # 22:00, and 04:00 of the next day
        clock.move_to(datetime(2026, 12, 8, hour, 0, tzinfo=UTC))
        await tell([world.xiaolan.user_id], await happened(1, f"SO-{hour}"))
        await pass_(30)
    assert at_once.cards == []
    clock.move_to(datetime(2026, 12, 8, 23, 6, tzinfo=UTC))
    await pass_(0)
    assert len(at_once.cards) == 1 and at_once.cards[0]["title"] == "2 条新通知"


@pytest.mark.parametrize(
    ("wrong", "code"), [("trusted", "60020"), ("person", "81013"), ("secret", "40001"), ("agent", "40056")]
)  # fmt: skip
async def test_what_only_an_administrator_can_mend_is_given_up_and_told_once(
    world: World, at_once: wecom.WeCom, wrong: str, code: str
) -> None:
    from app.integrations import channels
    from tasks import events

    if wrong == "trusted":
        at_once.trusted = False
    elif wrong == "person":
        at_once.people.clear()
    else:
        new = {"secret": "another"} if wrong == "secret" else {"agent": "7"}
        values = {"corp": wecom.CORP, "agent": str(wecom.AGENT), "secret": "", "url": at_once.url, **new}  # type: ignore[attr-defined]
        await commit(channels.set_up, "wecom", values, by=world.admin)
    for n in range(3):
        await tell([world.xiaolan.user_id], await happened(1, f"SO-{n}"))
        await pass_(1)
    assert await jobs_as() == [("failed", code, 1)] * 3
    await events.settle()
    told = await db.rows(
        'select n.href, u.login from notices n join users u on u.id = n."user" join events e on e.id = n.event'
        " where e.name = 'integration_job.failed'"
    )
    assert [(t["login"], t["href"].startswith("/integration-jobs/")) for t in told] == [("admin", True)]
    at_once.trusted, at_once.people = True, {"xiaolan"}
    values = {"corp": wecom.CORP, "agent": str(wecom.AGENT), "secret": wecom.SECRET, "url": at_once.url}  # type: ignore[attr-defined]
    await commit(channels.set_up, "wecom", values, by=world.admin)
    for row in await db.rows("select id from integration_jobs order by id"):
        await commit(jobs.retry, row["id"], by=world.admin)
    await pass_(1)
    assert len(at_once.cards) == 3


@pytest.mark.slow
async def test_time_outs_without_end_are_left_to_a_person_before_the_platform_forgets(
    world: World, at_once: wecom.WeCom
) -> None:
    at_once.faults.extend(["late"] * 50)
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    for _ in range(12 * 6):
        at_once.skipped += 300
        await pass_(5)
    ((state, code, tries),) = await jobs_as()
    assert (state, code) == ("unknown", "timeout") and 4 < tries < 9
    assert len(at_once.cards) == 1
    began = await db.one("select first_at, began_at from integration_jobs")
    assert began is not None and began["began_at"] - began["first_at"] < timedelta(hours=4)


async def test_a_call_that_its_process_never_settled_is_found_again(
    world: World, at_once: wecom.WeCom
) -> None:
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    clock.move_to(clock.now() + timedelta(minutes=1))
    from app.notifications import sending

    (id_,) = await jobs.due(clock.now())
    await commit(jobs.claim, id_, sending.prepare, by=HOUSE)  # and then the power went
    assert await pass_(1) == 0
    await pass_(5)
    await pass_(2)
    assert len(at_once.cards) == 1 and (await jobs_as())[0][0] == "done"


async def test_no_secret_is_kept_logged_or_shown(
    world: World, at_once: wecom.WeCom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await robot("群", wecom.ROBOT_KEY, "other")
    at_once.faults.extend(["lost", 93000])
    await tell([world.xiaolan.user_id], await happened(1, "SO-1"))
    await pass_(1)
    await pass_(5)
    secrets = [wecom.SECRET, wecom.ROBOT_KEY, *at_once.tokens]
    kept = json.dumps(
        [
            await db.rows(f"select * from {t}")
            for t in ("integration_jobs", "channel_settings", "group_robots", "events")
        ],
        default=str,
    )
    assert [s for s in secrets if s in caplog.text or s in kept] == []


async def test_who_chose_nothing_or_has_no_address_hears_at_the_bell_only(
    world: World, connected: wecom.WeCom
) -> None:
    never = {topic: {"wecom": "", "mail": ""} for topic in TOPICS}
    await choose(world, "xiaolan", wecom="xiaolan", topics=never)
    await tell([world.xiaolan.user_id, world.zhoumin.user_id], await happened(1, "SO-1"))
    await pass_(60 * 24)
    assert (connected.calls, await jobs_as(), await db.value("select count(*) from notices")) == ([], [], 2)


async def test_a_moved_clock_sends_what_is_due_in_its_order(world: World, at_once: wecom.WeCom) -> None:
    assert clock.now() - MORNING < timedelta(minutes=1)
    for n in range(3):
        await tell([world.xiaolan.user_id], await happened(1, f"SO-{n}"))
        clock.move_to(clock.now() + timedelta(minutes=5))
        await pass_(0)
    assert ["SO-0" in at_once.cards[0]["title"], "SO-2" in at_once.cards[2]["title"]] == [True, True]
