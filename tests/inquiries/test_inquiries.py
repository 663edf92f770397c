"""Taking inquiries in, answering them in time, winning and losing them."""

from datetime import timedelta
from typing import Any

import pytest

from app.alerts import sweep
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.home import todos
from app.inquiries import inquiries
from app.inquiries.inquiries import Lost
from app.inquiries.reading import lines_of
from app.insight import first_reply
from app.quotations import accepting, quotations
from app.quotations.accepting import Acceptance
from tests.inquiries.sample import bolts, inquiry, taken
from tests.quotations.sample import quotation
from tests.world import MORNING, TODAY, World, events_of


async def refused(verb: Any, *args: Any, by: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, by=by, **more)
    return caught.value


async def wrong(world: World, *lines: Any, **more: Any) -> dict[str, str]:
    found = await refused(inquiries.write, inquiry(*lines, **more), by=world.xiaolan)
    assert isinstance(found, Invalid)
    assert not await db.value("select count(*) from inquiries")
    return {field: refusal.reason.code for field, refusal in found.refusals.items()}


async def test_an_inquiry_keeps_what_was_said_and_is_found_by_it(world: World) -> None:
    made = await taken(world, bolts(), bolts(item="", spec="U形螺栓 M12 发黑", target_price="", quantity="2"))
    assert (made.number, made.state, made.asker, made.line_count) == (
        "IQ20261208-0001", "new", "宁波恒立工程机械有限公司", 2,
    )  # fmt: skip
    first, second = await lines_of(made.id)
    assert (first["code"], first["quantity"], first["unit"], first["target_micro"], first["price_unit"]) == (
        "FB-M10X45-88D", "5 / 50", "千件", 250_000_000, "千件",
    )  # fmt: skip
    assert (second["code"], second["spec"]) == (None, "U形螺栓 M12 发黑")
    words = await db.value(
        "select text from search_texts where kind = 'inquiry' and subject_id = {}", made.id
    )
    assert "m12" in words and "hengli" in words
    assert await events_of("customer", world.hengli.id) == ["inquiry.written"]


async def test_somebody_who_is_no_customer_yet_becomes_one_later(world: World) -> None:
    made = await taken(world, customer="", asker="义乌新客户", contact="微信 abc")
    assert (made.customer, made.asker) == (None, "义乌新客户")
    known = inquiry(customer="HENGLI", asker="义乌新客户")
    changed = (await commit(inquiries.edit, made.number, known, by=world.xiaolan, version=made.version)).value
    assert changed.customer == world.hengli.id
    assert await events_of("customer", world.hengli.id) == ["inquiry.edited"]
    assert (
        await refused(inquiries.edit, made.number, known, by=world.xiaolan, version=1)
    ).reason.code == "stale"


async def test_what_is_wrong_is_told_at_its_field(world: World) -> None:
    assert await wrong(world, customer="", asker="") == {"asker": "nobody_asked"}
    assert await wrong(world, customer="NOBODY") == {"customer": "unknown", "asker": "nobody_asked"}
    assert await wrong(world, said="") == {"said": "nothing_asked"}
    assert await wrong(world, received_at=clock.now() + timedelta(minutes=5)) == {
        "received_at": "received_in_the_future"
    }
    assert await wrong(world, channel="pigeon") == {"channel": "not_a_choice"}
    assert await wrong(world, currency="DOUBLOONS") == {"currency": "not_a_choice"}
    assert await wrong(world, bolts(target_price="cheap", unit="furlong")) == {
        "lines-0-target_price": "not_a_number", "lines-0-unit": "unknown_unit",
    }  # fmt: skip
    assert await wrong(world, bolts(item="", spec="")) == {"lines-0-spec": "nothing_asked"}


async def test_a_name_that_is_no_item_stays_as_they_said_it(world: World) -> None:
    made = await taken(world, bolts(item="M99 什么都有", spec="镀锌"))
    [line] = await lines_of(made.id)
    assert (line["item"], line["spec"]) == (None, "M99 什么都有 镀锌")


async def test_the_first_reply_is_counted_in_working_hours(world: World) -> None:
    """Asked on Monday at 17:00 and answered on Tuesday at 9:30: the night does not count."""
    evening = await taken(world, minutes_ago=16 * 60)
    clock.move_to(MORNING + timedelta(minutes=30))
    await commit(inquiries.answer, evening.number, "电话里说了", by=world.xiaolan)
    done = await inquiries.find(evening.number, world.xiaolan)
    [wait] = await first_reply.waits([done.to_dict()])
    assert wait is not None and wait < timedelta(hours=4)
    assert (done.state, done.answer) == ("answered", "电话里说了")
    assert (await refused(inquiries.answer, evening.number, "", by=world.xiaolan)).reason.code == "not_now"


async def test_the_median_of_the_month_is_that_of_the_replies(world: World) -> None:
    for minutes in (10, 30, 200):
        made = await taken(world)
        clock.move_to(clock.now() + timedelta(minutes=minutes))
        await commit(inquiries.answer, made.number, "", by=world.xiaolan)
        clock.move_to(MORNING)
    await taken(world)
    clock.move_to(MORNING + timedelta(hours=5))
    found = await first_reply.replies(TODAY.replace(day=1), TODAY)
    assert (found.total, found.in_time, found.minutes) == (3, 2, 30)
    nothing = await first_reply.replies(TODAY - timedelta(days=60), TODAY - timedelta(days=30))
    assert (nothing.total, nothing.minutes) == (0, None)


async def test_an_inquiry_without_a_reply_is_an_alert_and_a_to_do_until_it_has_one(world: World) -> None:
    made = await taken(world)
    clock.move_to(MORNING + timedelta(hours=3))
    await sweep.sweep()
    alert = await db.one("select kind, label, href, level, owner_person from alerts where closed_at is null")
    assert alert == {
        "kind": "inquiry", "label": made.number, "href": f"/inquiries/{made.number}", "level": 2, "owner_person": world.xiaolan.person_id,
    }  # fmt: skip
    waiting = {todo["key"]: todo for todo in await todos.of(world.xiaolan)}
    assert [thing["label"] for thing in waiting["inquiries"]["things"]] == [made.number]
    await commit(inquiries.answer, made.number, "", by=world.xiaolan)
    await sweep.sweep()
    assert not await db.value("select count(*) from alerts where kind = 'inquiry' and closed_at is null")
    assert "inquiries" not in {todo["key"] for todo in await todos.of(world.xiaolan)}


async def test_the_limit_is_that_of_the_rule(world: World) -> None:
    assert await first_reply.limit() == timedelta(hours=2)
    await sweep.sweep()
    await db.rows("update alert_rules set warning = 3, escalation = 5 where kind = 'inquiry'")
    assert await first_reply.limit() == timedelta(hours=3)


async def test_a_quotation_answers_its_inquiry_and_wins_it(world: World) -> None:
    asked = await taken(world, bolts())
    new = quotation()
    new = type(new)(**{**vars(new), "inquiry": asked.number})
    made = (await commit(quotations.write, new, by=world.xiaolan)).value
    assert (await inquiries.find(asked.number, world.xiaolan)).state == "new"
    await commit(quotations.send, made.number, by=world.xiaolan)
    answered = await inquiries.find(asked.number, world.xiaolan)
    assert (answered.state, answered.answer, answered.answered_at) == (
        "answered",
        made.number,
        answered.answered_at,
    )
    newer = (await commit(quotations.revise, made.number, by=world.xiaolan)).value
    await commit(quotations.send, newer.number, by=world.xiaolan)
    assert (await inquiries.find(asked.number, world.xiaolan)).answered_at == answered.answered_at
    await commit(accepting.accept, newer.number, Acceptance(), by=world.xiaolan)
    won = await inquiries.find(asked.number, world.xiaolan)
    assert won.state == "won"
    names = await events_of("inquiry", asked.id)
    assert names[:1] == ["inquiry.written"] and names[-2:] == ["inquiry.won", "quotation.accepted"]


async def test_a_lost_inquiry_is_opened_again_as_it_was(world: World) -> None:
    made = await taken(world)
    assert isinstance(await refused(inquiries.lose, made.number, Lost("because"), by=world.xiaolan), Invalid)
    lost = (await commit(inquiries.lose, made.number, Lost("no_need", "项目停了"), by=world.xiaolan)).value
    assert (lost.state, lost.lost_reason, lost.lost_note) == ("lost", "no_need", "项目停了")
    assert (await commit(inquiries.reopen, made.number, by=world.xiaolan)).value.state == "new"
    await commit(inquiries.answer, made.number, "", by=world.xiaolan)
    await commit(inquiries.lose, made.number, Lost("price"), by=world.xiaolan)
    assert (await refused(inquiries.edit, made.number, inquiry(), by=world.xiaolan)).reason.code == "not_now"
    assert (await commit(inquiries.reopen, made.number, by=world.xiaolan)).value.state == "answered"


async def test_who_may_not_write_or_see_is_refused(world: World) -> None:
    made = await taken(world)
    for by in (world.nobody, world.jianguo, world.zhoumin):
        assert (await refused(inquiries.write, inquiry(), by=by)).status == 403
        for verb, args in (
            (inquiries.edit, (inquiry(),)), (inquiries.answer, ("",)), (inquiries.lose, (Lost("price"),)), (inquiries.reopen, ()),
        ):  # fmt: skip
            assert (await refused(verb, made.number, *args, by=by)).status == 403
        with pytest.raises(Refused):
            await inquiries.find(made.number, by)
    rights = {**world.chenzong.rights, "inquiries:inquiry:see": "own"}
    own = type(world.chenzong)(**{**vars(world.chenzong), "rights": rights})
    assert (await refused(inquiries.answer, made.number, "", by=own)).status == 404
    unseen = type(quotation())(**{**vars(quotation()), "inquiry": made.number})
    found = await refused(quotations.write, unseen, by=own)
    assert isinstance(found, Invalid) and [(n, r.status) for n, r in found.refusals.items()] == [
        ("inquiry", 404)
    ]
