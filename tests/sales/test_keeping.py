"""The columns that deliveries, bills and receipts keep, and closing."""

from datetime import date

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.people.actors import HOUSE
from app.sales import orders
from tests.sales.sample import confirmed, draft, head_of, line, lines_of
from tests.world import World, events_of

DAY = date(2026, 12, 10)


async def deliver(order_id: int, *quantities: int, on: date = DAY) -> None:
    rows = await lines_of(order_id)
    await commit(orders.deliver, {r["id"]: q for r, q in zip(rows, quantities, strict=True)}, on, by=HOUSE)


async def test_delivery_within_the_tolerance_of_each_line_is_full(world: World) -> None:
    made = await confirmed(
        world,
        line(under_percent="3"),
        line(quantity="100", unit="支", under_percent="0", unit_price="0.3", price_unit="支"),
    )
    await deliver(made.id, 4_850_000, 99_000)
    head = await head_of(made.number)
    assert (head["delivered_q"], head["open_lines"], head["delivered_on"]) == (4_949_000, 1, None)
    await deliver(made.id, 0, 1_000)
    head = await head_of(made.number)
    assert (head["open_lines"], head["delivered_on"]) == (0, DAY)
    assert await db.value("select sum(delivered_q) from delivery_schedules") == 4_950_000
    assert (await events_of("sales_order", made.id))[-1] == "sales_order.delivered"


async def test_a_delivery_taken_back_opens_the_line_again(world: World) -> None:
    made = await confirmed(world)
    await deliver(made.id, 5_000_000)
    await deliver(made.id, -5_000_000)
    head = await head_of(made.number)
    assert (head["delivered_q"], head["open_lines"], head["delivered_on"]) == (0, 1, None)
    with pytest.raises(Refused) as caught:
        await deliver(made.id, -1)
    assert caught.value.reason.code == "less_than_nothing"


async def test_only_a_confirmed_order_is_delivered(world: World) -> None:
    made = await draft(world)
    with pytest.raises(Refused) as caught:
        await deliver(made.id, 1000)
    assert caught.value.reason.code == "not_now"
    with pytest.raises(Refused) as caught:
        await commit(orders.deliver, {999_999: 1000}, DAY, by=HOUSE)
    assert caught.value.reason.code == "no_such_line"


async def test_several_orders_are_delivered_by_one_call(world: World) -> None:
    first, second = await confirmed(world), await confirmed(world)
    ids = [(await lines_of(o.id))[0]["id"] for o in (first, second)]
    done = (await commit(orders.deliver, dict.fromkeys(ids, 5_000_000), DAY, by=HOUSE)).value
    assert [o.open_lines for o in done] == [0, 0]


async def test_an_order_closes_by_itself_only_when_delivered_billed_and_paid(world: World) -> None:
    made = await confirmed(world)

    async def closes() -> bool:
        return bool((await commit(orders.close_if_done, made.id, by=HOUSE)).value)

    assert not await closes()
    await deliver(made.id, 5_000_000)
    assert not await closes()
    await commit(orders.bill, made.id, 134_000, by=HOUSE)
    assert not await closes()
    await commit(orders.pay, made.id, 133_999, by=HOUSE)
    assert not await closes()
    await commit(orders.pay, made.id, 1, by=HOUSE)
    assert (await events_of("sales_order", made.id))[-1] == "sales_order.paid"
    assert await closes()
    assert await closes()
    assert (await events_of("sales_order", made.id)).count("sales_order.closed") == 1


async def test_closing_by_hand_names_what_is_missing_and_takes_a_reason(world: World) -> None:
    made = await confirmed(world)
    await deliver(made.id, 1_000_000)
    await commit(orders.bill, made.id, 26_800, by=HOUSE)
    with pytest.raises(Refused) as caught:
        await commit(orders.close, made.number, by=world.xiaolan)
    sentence = caught.value.sentence()
    assert "¥268.00" in sentence and caught.value.field == "reason"
    await commit(orders.close, made.number, "客户不要余数", by=world.xiaolan)
    assert (await head_of(made.number))["state"] == "closed"


@pytest.mark.parametrize("how", ["delivery", "receipt", "late bill"])
async def test_a_posting_taken_back_opens_a_closed_order(world: World, how: str) -> None:
    made = await confirmed(world)
    await deliver(made.id, 5_000_000)
    await commit(orders.bill, made.id, 134_000, by=HOUSE)
    await commit(orders.pay, made.id, 134_000, by=HOUSE)
    await commit(orders.close_if_done, made.id, by=HOUSE)
    if how == "delivery":
        await deliver(made.id, -5_000_000)
    elif how == "receipt":
        await commit(orders.pay, made.id, -134_000, by=HOUSE)
    else:
        await commit(orders.bill, made.id, 100, by=HOUSE)
    head = await head_of(made.number)
    assert (head["state"], head["closed_at"]) == ("confirmed", None)
    assert "sales_order.reopened" in await events_of("sales_order", made.id)


async def test_charges_are_not_delivered(world: World) -> None:
    from tests import make

    await make.item("MOULD", "模具费", "", kind="service", weight_micro=0)
    made = await confirmed(
        world, line(), line(item="MOULD", quantity="1", unit="件", unit_price="2000", price_unit="件")
    )
    head = await head_of(made.number)
    assert (head["open_lines"], head["ordered_q"], head["gross"]) == (1, 5_000_000, 334_000)


async def test_kept_columns_equal_their_lines_after_any_walk(world: World) -> None:
    import random

    dice = random.Random(7)
    made = await confirmed(world, line(), line(quantity="2"), line(quantity="1", under_percent="0"))
    for _ in range(25):
        rows = await lines_of(made.id)
        deltas = {r["id"]: dice.randint(-r["delivered_q"], 900_000) for r in rows}
        await commit(orders.deliver, deltas, DAY, by=HOUSE)
        rows, head = await lines_of(made.id), await head_of(made.number)
        still_open = sum(r["delivered_q"] * 100 < r["quantity_q"] * (100 - r["under_percent"]) for r in rows)
        assert head["delivered_q"] == sum(r["delivered_q"] for r in rows)
        assert (head["open_lines"], head["delivered_on"] is None) == (still_open, still_open > 0)


async def test_an_orders_stage_follows_its_work_orders(world: World) -> None:
    """Released work makes it “in production”, finished work “ready to deliver”; filter and pill agree."""
    from app.core import clock
    from app.production import work_orders
    from app.sales import conditions

    made = await confirmed(world)

    async def stage() -> str:
        found = await db.value(
            f"select {conditions.STAGE} from sales_orders o where o.number = {{}}", made.number
        )
        named = conditions.by_name(found, clock.today())
        assert named is not None
        assert await db.value(f"select 1 from sales_orders o where {named.sql}", *named.args)
        return str(found)

    assert await stage() == "confirmed"
    [work] = (await commit(work_orders.make_for_order, made.number, by=world.liuyang)).value
    assert await stage() == "confirmed"
    await commit(work_orders.release, work.number, by=world.liuyang)
    assert await stage() == "in_production"
    await db.rows("update work_orders set state = 'done' where id = {}", work.id)
    assert await stage() == "made"
    await deliver(made.id, 1_000_000)
    assert await stage() == "partly_delivered"
    await deliver(made.id, 4_000_000)
    assert await stage() == "delivered"
    await commit(orders.bill, made.id, 134_000, by=HOUSE)
    assert await stage() == "invoiced"
    await commit(orders.pay, made.id, 134_000, by=HOUSE)
    assert await stage() == "paid"
    await commit(orders.close_if_done, made.id, by=HOUSE)
    assert await stage() == "closed"
