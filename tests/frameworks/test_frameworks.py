"""Writing framework orders, putting them in force, changing and closing them."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.approvals import deciding, editing
from app.approvals.editing import NewRule, NewStep
from app.approvals.tables import ApprovalRequest
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.frameworks import figures, frameworks, ordering, plans
from app.frameworks.kind import FRAMEWORK
from app.offers import weighed
from tasks import events
from tests.browse import browser_of
from tests.frameworks.sample import FAR, NEAR, TODAY, active, called, draft, framework, line, ordered, plan
from tests.world import MORNING, World, changes_told, events_of


async def refused(verb: Any, *args: Any, by: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, by=by, **more)
    return caught.value


def codes(found: Refused) -> dict[str, str]:
    assert isinstance(found, Invalid)
    return {field: refusal.reason.code for field, refusal in found.refusals.items()}


async def test_a_framework_order_takes_over_the_customers_terms_and_is_found_by_its_words(
    world: World,
) -> None:
    await db.rows("update customers set payment_days = 60, contact = {}", "孙经理")
    made = await draft(world)
    assert (made.number, made.state, made.valid_from) == ("FO20261208-0001", "draft", TODAY)
    assert (made.gross, made.firm_days, made.beyond_percent, made.payment_days, made.contact) == (
        2_680_000,
        14,
        0,
        60,
        "孙经理",
    )
    words = await db.value(
        "select text from search_texts where kind = 'framework_order' and subject_id = {}", made.id
    )
    assert "hl-fa-2027" in words and "fb-m10x45-88d" in words and "hl-25-8841" in words
    assert await events_of("framework_order", made.id) == ["framework_order.written"]
    assert await events_of("customer", world.hengli.id) == ["framework_order.written"]


async def test_what_is_wrong_is_told_at_its_field(world: World) -> None:
    async def wrong(*lines: Any, **more: Any) -> dict[str, str]:
        return codes(await refused(frameworks.write, framework(*lines, **more), by=world.xiaolan))

    assert await wrong(valid_until=None) == {"valid_until": "required"}
    assert await wrong(valid_until=TODAY - timedelta(days=1)) == {"valid_until": "ends_before_it_begins"}
    past = {"valid_from": date(2026, 1, 1), "valid_until": TODAY - timedelta(days=1)}
    assert await wrong(**past) == {"valid_until": "valid_in_the_past"}
    assert await wrong(line(quantity="x"), firm_days="2.5", beyond_percent="101") == {
        "lines-0-quantity": "not_a_number", "firm_days": "too_high", "beyond_percent": "percent_wrong",
    }  # fmt: skip
    await db.rows("update customers set prospect = {}", True)
    assert await wrong() == {"customer": "still_a_prospect"}
    assert not await db.value("select count(*) from framework_orders")


async def test_who_may_not_is_refused(world: World) -> None:
    made = await draft(world)
    for verb, args in (
        (frameworks.write, (framework(),)), (frameworks.edit, (made.number, framework())), (frameworks.activate, (made.number,)),
        (frameworks.close, (made.number,)), (frameworks.reopen, (made.number,)), (plans.take, (made.number, plan((FAR, "5")))),
        (plans.decide, (made.number, 1, True)), (plans.decide_all, (made.number, True)), (ordering.order, (made.number, [(1, FAR)])),
    ):  # fmt: skip
        for who in (world.nobody, world.liuyang):
            assert (await refused(verb, *args, by=who)).status == 403, verb
    assert (await frameworks.find(made.number, world.liuyang)).id == made.id
    assert (await refused_find(made.number, world.nobody)).status == 403


async def refused_find(number: str, by: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await frameworks.find(number, by)
    return caught.value


async def test_one_that_is_changed_is_put_in_force_again_and_keeps_its_call_offs(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "30"))
    more = framework(line(line_no=1, quantity="120", unit_price="250"), line(quantity="10"))
    changed = (await commit(frameworks.edit, made.number, more, by=world.xiaolan)).value
    assert changed.state == "draft"
    one, two = (await figures.of(made.id)).values()
    assert (one.agreed, one.planned, two.agreed, two.planned) == (120_000_000, 30_000_000, 10_000_000, 0)
    assert (
        await refused(plans.take, made.number, plan((FAR, "5")), by=world.xiaolan)
    ).reason.code == "not_now"
    await commit(frameworks.activate, made.number, by=world.xiaolan)
    told = await changes_told("framework_order.edited")
    assert told["#1 · Quantity"] == ["100 千支", "120 千支"]
    assert told["#1 · Unit price"] == ["¥268.00 / 千支", "¥250.00 / 千支"]
    assert told["#2 · New line"] == ["", "FB-M10X45-88D · 10 千支 · ¥268.00 / 千支"]
    stale = await refused(frameworks.edit, made.number, more, by=world.xiaolan, version=1)
    assert stale.reason.code == "stale"


async def test_what_is_called_off_cannot_be_agreed_away(world: World) -> None:
    made = await active(world, line(quantity="100"), line(quantity="10"))
    await called(world, made, (FAR, "30"))

    async def wrong(*lines: Any) -> dict[str, str]:
        return codes(await refused(frameworks.edit, made.number, framework(*lines), by=world.xiaolan))

    assert await wrong(line(line_no=1, quantity="29")) == {"lines-0-quantity": "below_called_off"}
    assert await wrong(line(line_no=1, quantity="100000", unit="支")) == {"lines-0-unit": "line_in_use"}
    assert await wrong(line(line_no=2, quantity="10")) == {"lines-0-item": "line_in_use"}
    kept = framework(line(line_no=1, quantity="30"))
    await commit(frameworks.edit, made.number, kept, by=world.xiaolan)
    assert [each["line_no"] for each in await figures.lines_of(made.id)] == [1]


async def test_closing_asks_why_while_something_is_open_and_can_be_taken_back(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "30"))
    await called(world, made, (NEAR, "20"))
    assert (await refused(frameworks.close, made.number, by=world.xiaolan)).field == "reason"
    closed = (await commit(frameworks.close, made.number, "客户换了型号", by=world.xiaolan)).value
    assert (closed.state, closed.close_reason) == ("closed", "客户换了型号")
    assert await db.value("select state from call_off_changes order by seq desc limit 1") == "overtaken"
    assert (
        await refused(ordering.order, made.number, [(1, NEAR)], by=world.xiaolan)
    ).reason.code == "not_now"
    assert (await commit(frameworks.reopen, made.number, by=world.xiaolan)).value.state == "draft"


async def test_one_that_ran_out_is_prolonged_before_anything_is_called_off(world: World) -> None:
    made = await active(world, valid_until=TODAY + timedelta(days=20))
    await called(world, made, (NEAR, "5"))
    clock.move_to(MORNING + timedelta(days=21))
    for verb, args in ((plans.take, (plan((FAR, "5")),)), (ordering.order, ([(1, NEAR)],))):
        assert (await refused(verb, made.number, *args, by=world.xiaolan)).reason.code == "framework_expired"
    longer = framework(line(line_no=1, quantity="100"), valid_until=date(2027, 6, 30))
    await commit(frameworks.edit, made.number, longer, by=world.xiaolan)
    await commit(frameworks.activate, made.number, by=world.xiaolan)
    assert await ordered(world, made, NEAR)


async def test_a_rule_holds_it_back_until_somebody_agrees(world: World) -> None:
    rule = NewRule(name="大框架", command=FRAMEWORK.held, steps=[NewStep(who=["role:boss"])])
    await commit(editing.write, rule, by=world.admin)
    made = await draft(world)
    held = await commit(frameworks.activate, made.number, by=world.xiaolan)
    assert isinstance(held.value, ApprovalRequest) and held.deferred
    async with browser_of(world.chenzong) as browser:
        assert "¥26,800.00" in (await browser.get(f"/inbox/{held.value.number}")).text
    await commit(deciding.approve, held.value.number, by=world.chenzong)
    await events.settle()
    assert (await frameworks.find(made.number, world.xiaolan)).state == "active"
    assert (await weighed.recent(FRAMEWORK, TODAY))[0].facts["amount_cny"] == "26800.00"
