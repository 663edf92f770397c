"""Orders above the limit wait for the vice manager, and run by themselves when granted."""

import json
from typing import Any

import pytest

from app.approvals import deciding
from app.billing import receipts
from app.billing.receipts import NewReceipt
from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.sales import orders
from tasks.events import settle
from tests import make
from tests.sales.sample import draft, head_of, line
from tests.world import TODAY, World, events_of


@pytest.fixture
async def rule(world: World) -> int:
    """Orders above ¥50,000 need the boss."""
    return (await make.approval_rule()).id


async def priced(world: World, price: str, **more: Any) -> Any:
    """An order of one piece at this price."""
    return await draft(world, line(quantity="1", unit="支", unit_price=price, price_unit="支"), **more)


async def test_fifty_thousand_does_not_ask_and_one_fen_more_does(world: World, rule: int) -> None:
    exact = await priced(world, "50000.00")
    assert not (await commit(orders.confirm, exact.number, by=world.xiaolan)).deferred
    above = await priced(world, "50000.01", customer_order_number="PO-2")
    done = await commit(orders.confirm, above.number, by=world.xiaolan)
    assert (done.deferred, done.status, done.value.state) == (True, 202, "pending")
    assert (await head_of(above.number))["state"] == "draft"
    assert json.loads(done.value.facts)["amount_cny"] == "50000.01"


@pytest.mark.parametrize(("rate", "asks"), [("7.142857", False), ("7.142858", True)])
async def test_foreign_orders_are_weighed_at_their_rate(
    world: World, rule: int, rate: str, asks: bool
) -> None:
    made = await priced(world, "7000", currency="USD", rate=rate)
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred is asks


@pytest.mark.parametrize(("price", "asks"), [("40000.00", False), ("40000.01", True)])
async def test_an_order_beyond_the_credit_limit_waits(world: World, price: str, asks: bool) -> None:
    await make.approval_rule((("credit_over", ">", "0"),))
    await db.rows("update customers set credit_limit = 10000000 where code = 'HENGLI'")
    first = await priced(world, "60000", customer_order_number="PO-1")
    assert not (await commit(orders.confirm, first.number, by=world.xiaolan)).deferred
    second = await priced(world, price, customer_order_number="PO-2")
    done = await commit(orders.confirm, second.number, by=world.xiaolan)
    assert done.deferred is asks
    if asks:
        assert json.loads(done.value.facts)["credit_over"] == "0.01"


async def test_money_that_came_makes_room_within_the_limit(world: World) -> None:
    await make.approval_rule((("credit_over", ">", "0"),))
    await db.rows("update customers set credit_limit = 10000000 where code = 'HENGLI'")
    made = await priced(world, "100000.01")
    await commit(receipts.make, NewReceipt("HENGLI", 1, TODAY), by=world.zhoumin)
    assert not (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred


async def test_without_a_limit_nobody_is_beyond_it(world: World) -> None:
    await make.approval_rule((("credit_over", ">", "0"),))
    await db.rows("update customers set credit_limit = 0 where code = 'HENGLI'")
    made = await priced(world, "9000000")
    assert not (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred


async def test_a_granted_order_confirms_itself_as_its_asker(world: World, rule: int) -> None:
    made = await priced(world, "60000")
    request = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    waiting = await refused(orders.confirm, made.number, by=world.xiaolan)
    assert waiting.reason.code == "waiting_for_approval"
    await commit(deciding.approve, request.number, "可以", by=world.chenzong)
    await settle()
    assert (await head_of(made.number))["state"] == "confirmed"
    event = await db.one("select actor from events where name = 'sales_order.confirmed'")
    assert event == {"actor": "陈晓岚"}
    assert await events_of("sales_order", made.id) == [
        "sales_order.created", "approval.asked", "approval.granted", "sales_order.confirmed",
    ]  # fmt: skip
    again = await refused(deciding.approve, request.number, by=world.chenzong)
    assert again.reason.code == "already_decided"


async def test_a_rejected_order_stays_a_draft_and_the_reason_is_needed(world: World, rule: int) -> None:
    made = await priced(world, "60000")
    request = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    assert (await refused(deciding.reject, request.number, " ", by=world.chenzong)).fields().keys() == {
        "comment"
    }
    await commit(deciding.reject, request.number, "价格太低", by=world.chenzong)
    await settle()
    assert (await head_of(made.number))["state"] == "draft"
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred


async def test_only_the_role_of_the_rule_decides(world: World, rule: int) -> None:
    made = await priced(world, "60000")
    request = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    for who in (world.nobody, world.xiaolan, world.admin):
        assert (await refused(deciding.approve, request.number, by=who)).reason.code == "not_yours_to_decide"
    stale = await refused(deciding.approve, request.number, by=world.chenzong, version=9)
    assert stale.reason.code == "stale"


async def test_a_changed_order_is_asked_for_again(world: World, rule: int) -> None:
    from tests.sales.sample import order

    made = await priced(world, "60000")
    request = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    new = order(line(quantity="1", unit="支", unit_price="70000", price_unit="支"))
    await commit(orders.edit, made.number, new, by=world.xiaolan)
    assert (
        await refused(deciding.approve, request.number, by=world.chenzong)
    ).reason.code == "already_decided"
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred


async def test_a_grant_whose_command_is_refused_says_why(world: World, rule: int) -> None:
    made = await priced(world, "60000")
    request = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    await db.rows('delete from user_roles where "user" = {}', world.xiaolan.user_id)
    await commit(deciding.approve, request.number, by=world.chenzong)
    await settle()
    outcome = await db.one("select state, outcome from approval_requests where id = {}", request.id)
    assert outcome is not None and outcome["state"] == "failed" and outcome["outcome"]


async def refused(verb: Any, *args: Any, by: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, by=by, **more)
    return caught.value
