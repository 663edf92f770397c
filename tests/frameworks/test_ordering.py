"""How call-offs become orders, and what gives them back."""

from datetime import date, timedelta
from typing import Any

from app.core import db
from app.core.db import commit
from app.frameworks import figures, frameworks, ordering, plans
from app.frameworks.calling import NewCallOff, NewPlan
from app.sales import keeping, orders
from tasks import events
from tests.frameworks.sample import FAR, FURTHER, active, called, line, ordered, standing
from tests.frameworks.test_frameworks import refused
from tests.sales.sample import head_of, lines_of
from tests.world import World, events_of


async def test_call_offs_become_one_order_with_the_frameworks_prices_terms_and_days(world: World) -> None:
    await db.rows("update customers set contact = {}", "孙经理")
    made = await active(
        world, line(quantity="100", customer_item="HL-25-8841"), line(quantity="10", unit_price="300")
    )
    entered = [
        NewCallOff(line=1, due_date=FAR, quantity="20"), NewCallOff(line=1, due_date=FURTHER, quantity="2.5"),
        NewCallOff(line="#2", due_date=FURTHER, quantity="4"), NewCallOff(line=1, due_date=date(2027, 2, 24), quantity="9"),
    ]  # fmt: skip
    await commit(plans.take, made.number, NewPlan(call_offs=entered, reference="W50"), by=world.xiaolan)
    chosen = [(1, FURTHER), (1, FAR), (2, FURTHER)]
    framework, number = (await commit(ordering.order, made.number, chosen, by=world.xiaolan)).value
    order = await head_of(number)
    assert (order["state"], order["customer_order_number"], order["due_date"]) == (
        "draft",
        "HL-FA-2027 / W50",
        FAR,
    )
    assert (order["contact"], order["next_due"], order["gross"]) == (
        "孙经理",
        FAR,
        22_5 * 268_00 // 10 + 4 * 300_00,
    )
    one, two = await lines_of(order["id"])
    assert (one["entered"], one["unit"], one["price_micro"], one["customer_item"]) == (
        "22.5",
        "千支",
        268_000_000,
        "HL-25-8841",
    )
    assert (two["entered"], two["price_micro"]) == ("4", 300_000_000)
    days = await db.rows(
        "select entered, requested_date from delivery_schedules where line = {} order by seq", one["id"]
    )
    assert [(row["entered"], row["requested_date"]) for row in days] == [("20", FAR), ("2.5", FURTHER)]
    stands, other = (await figures.of(made.id)).values()
    assert (other.ordered, other.planned) == (4_000_000, 0)
    assert (stands.ordered, stands.planned) == (22_500_000, 9_000_000)
    came_from = f"select {frameworks.OF_ORDER} as number from sales_orders o where o.id = {{}}"
    assert await db.value(came_from, order["id"]) == framework.number
    assert await events_of("sales_order", order["id"]) == ["sales_order.created", "framework_order.ordered"]
    again = await refused(ordering.order, made.number, [(1, FAR)], by=world.xiaolan)
    assert again.reason.code == "not_called_off"
    assert (await refused(ordering.order, made.number, [], by=world.xiaolan)).reason.code == "nothing_chosen"


async def test_one_key_makes_one_order(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))

    async def answer(done: Any) -> dict[str, str]:
        return {"order": done.value[1]}

    said = [
        await commit(
            ordering.order, made.number, [(1, FAR)], by=world.xiaolan, key="k", body="b", answer=answer
        )
        for _n in range(2)
    ]
    assert said[0].answer == said[1].answer and said[1].replayed
    assert await db.value("select count(*) from sales_orders") == 1


async def test_more_days_than_a_line_has_deliveries_become_several_lines(world: World) -> None:
    made = await active(world)
    days = [FAR + timedelta(days=n) for n in range(30)]
    await called(world, made, *[(day, "1") for day in days])
    number = await ordered(world, made, *days)
    rows = await lines_of((await head_of(number))["id"])
    assert [row["entered"] for row in rows] == ["24", "6"]
    [stands] = (await figures.of(made.id)).values()
    assert (stands.ordered, stands.planned) == (30_000_000, 0)


async def test_a_cancelled_order_gives_its_call_offs_back_and_tells_it_on_both(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    number = await ordered(world, made, FAR)
    await commit(orders.cancel, number, by=world.xiaolan)
    [stands] = (await figures.of(made.id)).values()
    assert stands.ordered == 0
    await events.settle()
    await events.settle()
    assert await standing(made) == [(FAR, "20", False)]
    assert (await events_of("framework_order", made.id))[-1] == "framework_order.given_back"
    assert (await events_of("sales_order", (await head_of(number))["id"]))[-1] == "framework_order.given_back"
    assert await ordered(world, made, FAR) != number


async def test_a_line_taken_out_of_the_order_is_open_again(world: World) -> None:
    made = await active(world, line(quantity="100"), line(quantity="10"))
    entered = [NewCallOff(line=n, due_date=FAR, quantity="5") for n in (1, 2)]
    await commit(plans.take, made.number, NewPlan(call_offs=entered), by=world.xiaolan)
    number = (await commit(ordering.order, made.number, [(1, FAR), (2, FAR)], by=world.xiaolan)).value[1]
    kept = orders.NewOrder(customer="HENGLI", lines=[line(line_no=1, quantity="3")], due_date=FAR)
    await commit(orders.edit, number, kept, by=world.xiaolan)
    await events.settle()
    assert await standing(made) == [(FAR, "5", True), (FAR, "5", False)]
    one, two = (await figures.of(made.id)).values()
    assert (one.ordered, one.planned, two.ordered, two.planned) == (3_000_000, 0, 0, 5_000_000)


async def test_a_plan_names_what_is_ordered_again_and_less_of_it_is_to_be_decided(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"), (FURTHER, "10"))
    number = await ordered(world, made, FAR)
    same = await called(world, made, (FAR, "20"), (FURTHER, "10"))
    assert (same.made, same.flagged) == (0, 0)
    less = await called(world, made, (FAR, "15"), (FURTHER, "12"))
    assert (less.made, less.flagged) == (1, 1)
    order = (await head_of(number))["id"]
    row = await db.one("select * from call_off_changes where state = 'open'")
    assert row and (row["what"], row["before_q"], row["after_q"], row["sales_order"]) == (
        "quantity",
        20_000_000,
        15_000_000,
        order,
    )
    early = await refused(plans.decide, made.number, row["seq"], True, by=world.xiaolan)
    assert early.reason.code == "change_the_order" and number in str(early)
    none = await refused(plans.decide_all, made.number, True, by=world.xiaolan)
    assert none.reason.code == "decided_already", "what is ordered is agreed to by changing its order"
    less_ = orders.NewOrder(customer="HENGLI", lines=[line(line_no=1, quantity="15")], due_date=FAR)
    await commit(orders.edit, number, less_, by=world.xiaolan)
    await commit(plans.decide, made.number, row["seq"], True, "已改订单", by=world.xiaolan)
    assert await standing(made) == [(FAR, "20", True), (FURTHER, "12", False)]
    assert (await events_of("sales_order", order))[-1] == "framework_order.change_decided"


async def test_a_customer_who_leaves_out_what_is_ordered_says_nothing_about_it(world: World) -> None:
    made = await active(world, repeats=False)
    await called(world, made, (FAR, "20"), (FURTHER, "10"))
    await ordered(world, made, FAR)
    rest = await called(world, made, (FURTHER, "10"))
    assert (rest.made, rest.flagged) == (0, 0)


async def test_what_was_shipped_counts_and_an_order_closed_short_gives_the_rest_back(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    number = await ordered(world, made, FAR)
    await commit(orders.confirm, number, by=world.xiaolan)
    [sold] = await lines_of((await head_of(number))["id"])
    await commit(keeping.deliver, {sold["id"]: 12_000_000}, FAR, by=world.xiuying)
    [stands] = (await figures.of(made.id)).values()
    assert (stands.ordered, stands.shipped) == (20_000_000, 12_000_000)
    await commit(orders.close, number, "客户少要", by=world.xiaolan)
    [stands] = (await figures.of(made.id)).values()
    assert (stands.ordered, stands.open) == (12_000_000, 88_000_000)
