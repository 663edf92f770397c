"""Call-off plans: what a new one changes, what is decided by a person, and how call-offs become orders."""

from datetime import date, timedelta
from typing import Any

from app.core import db
from app.core.db import commit
from app.frameworks import comparing, figures, frameworks, ordering, plans
from app.frameworks.calling import NewCallOff, NewPlan
from app.frameworks.comparing import Change, compare
from app.sales import keeping, orders
from tasks import events
from tests.frameworks.sample import FAR, FURTHER, NEAR, TODAY, active, called, line, ordered, plan
from tests.frameworks.test_frameworks import codes, refused
from tests.sales.sample import head_of, lines_of
from tests.world import World, events_of

A, B, C, D = (date(2027, 1, day) for day in (4, 11, 18, 25))


async def standing(of: Any) -> list[tuple[date, str, bool]]:
    """Day, quantity, whether ordered."""
    rows = await db.rows(
        "select due_date, entered, sales_order from call_offs where framework = {} order by due_date, id",
        of.id,
    )
    return [(row["due_date"], row["entered"], row["sales_order"] is not None) for row in rows]


async def changes(of: Any) -> list[tuple[str, date | None, date | None, str]]:
    rows = await db.rows("select * from call_off_changes where framework = {} order by seq", of.id)
    return [(row["what"], row["before_day"], row["after_day"], row["state"]) for row in rows]


def test_a_plan_is_compared_line_by_line() -> None:
    stood = {(1, A): 5, (1, B): 6, (1, C): 7, (2, A): 4}
    found = compare(stood, {}, {(1, A): 5, (1, B): 8, (1, D): 7, (3, A): 1})
    assert list(found.changes) == [
        Change("quantity", 1, B, 6, B, 8), Change("day", 1, C, 7, D, 7), Change("dropped", 2, A, 4), Change("added", 3, None, 0, A, 1),
    ]  # fmt: skip
    assert compare(stood, {}, stood).changes == [] and compare({}, {}, {}).changes == []


def test_of_two_equal_deliveries_the_nearest_day_is_the_one_it_moved_to() -> None:
    found = compare({(1, A): 5, (1, D): 5}, {}, {(1, B): 5, (1, C): 5})
    assert [(c.before_day, c.after_day) for c in found.changes] == [(A, B), (D, C)]


def test_what_is_ordered_is_named_again_by_the_plan_and_counts_once() -> None:
    ordered_ = {(1, A): [(9, 5)], (1, B): [(8, 2), (9, 3)]}
    assert compare({}, ordered_, {(1, A): 5, (1, B): 5}).changes == []
    more = compare({}, ordered_, {(1, A): 7, (1, B): 5})
    assert list(more.changes) == [Change("added", 1, None, 0, A, 2)] and more.of_orders == []
    less = compare({}, ordered_, {(1, A): 5, (1, B): 4})
    assert less.changes == [] and list(less.of_orders) == [Change("quantity", 1, B, 5, B, 4, 9)]
    moved = compare({}, ordered_, {(1, B): 5, (1, C): 5})
    assert moved.changes == [] and moved.wanted == {}
    assert list(moved.of_orders) == [Change("day", 1, A, 5, C, 5, 9)]
    assert comparing.compare({}, ordered_, {(1, B): 5}).of_orders[0].what == "dropped"


async def test_the_first_plan_stands_at_once_and_the_same_again_changes_nothing(world: World) -> None:
    made = await active(world)
    first = await called(world, made, (NEAR, "5"), (FAR, "20"), reference="W50")
    assert (first.seq, first.made, first.flagged) == (1, 2, 0)
    assert await standing(made) == [(NEAR, "5", False), (FAR, "20", False)]
    again = await called(world, made, (FAR, "20"), (NEAR, "5"), reference="W51")
    assert (again.made, again.flagged) == (0, 0)
    assert await events_of("framework_order", made.id) == [
        "framework_order.written", "framework_order.activated", "framework_order.planned", "framework_order.planned_again",
    ]  # fmt: skip


async def test_a_new_plan_replaces_what_is_not_firm_and_flags_what_is(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"), (FAR, "20"))
    newer = await called(world, made, (NEAR, "8"), (FURTHER, "20"), (A, "3"))
    assert (newer.made, newer.flagged) == (2, 1)
    assert await changes(made) == [
        ("added", None, NEAR, "made"), ("added", None, FAR, "made"),
        ("added", None, A, "made"), ("day", FAR, FURTHER, "made"), ("quantity", NEAR, NEAR, "open"),
    ]  # fmt: skip
    assert await standing(made) == [(NEAR, "5", False), (A, "3", False), (FURTHER, "20", False)]
    held = await refused(ordering.order, made.number, [(1, NEAR)], by=world.xiaolan)
    assert held.reason.code == "undecided"
    await commit(plans.decide, made.number, 5, True, by=world.xiaolan)
    assert (await standing(made))[0] == (NEAR, "8", False)
    twice = await refused(plans.decide, made.number, 5, True, by=world.xiaolan)
    assert twice.reason.code == "decided_already"


async def test_a_refused_change_leaves_what_stands_and_a_newer_plan_overtakes_what_is_open(
    world: World,
) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"))
    await called(world, made, (NEAR, "9"))
    await commit(plans.decide, made.number, 2, False, "来不及", by=world.xiaolan)
    assert await standing(made) == [(NEAR, "5", False)]
    await called(world, made, (NEAR, "7"))
    await called(world, made, (NEAR, "5"))
    assert [state for *_rest, state in await changes(made)] == ["made", "refused", "overtaken"]


async def test_a_plan_that_adds_leaves_the_rest(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    await called(world, made, (FAR, "2"), (FURTHER, "3"), adds=True)
    assert await standing(made) == [(FAR, "22", False), (FURTHER, "3", False)]


async def test_zero_drops_and_another_unit_is_the_same_quantity(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    pieces = NewPlan(call_offs=[NewCallOff(line="hl-25-8841", due_date=FAR, quantity="20000", unit="支")])
    same = (await commit(plans.take, made.number, pieces, by=world.xiaolan)).value[1]
    assert (same.made, same.flagged) == (0, 0)
    await called(world, made, (FAR, "0"))
    assert await standing(made) == []


async def test_what_is_wrong_with_a_plan_is_told_at_its_field_and_nothing_is_taken(world: World) -> None:
    made = await active(world, line(quantity="100"), line(quantity="10"), valid_until=date(2027, 3, 31))

    async def wrong(*call_offs: NewCallOff) -> dict[str, str]:
        return codes(await refused(plans.take, made.number, NewPlan(call_offs=call_offs), by=world.xiaolan))

    def one(**more: Any) -> NewCallOff:
        return NewCallOff(**{"line": 1, "due_date": FAR, "quantity": "5", **more})

    assert await wrong() == {"call_offs": "nothing_planned"}
    assert await wrong(one(), one(line="X-1"), one(line="FB-M10X45-88D"), one(line="")) == {
        "call_offs-1-line": "no_such_framework_line", "call_offs-2-line": "several_lines", "call_offs-3-line": "required",
    }  # fmt: skip
    assert await wrong(one(quantity="some"), one(unit="箱"), one(quantity="-1")) == {
        "call_offs-0-quantity": "not_a_number", "call_offs-1-unit": "unknown_unit", "call_offs-2-quantity": "not_positive",
    }  # fmt: skip
    late, gone = date(2027, 4, 1), TODAY - timedelta(days=1)
    assert await wrong(one(due_date=None), one(due_date=gone), one(due_date=late)) == {
        "call_offs-0-due_date": "required", "call_offs-1-due_date": "day_is_over", "call_offs-2-due_date": "outside_validity",
    }  # fmt: skip
    assert not await db.value("select count(*) from call_off_plans")


async def test_more_than_agreed_is_refused_but_for_what_may_be_beyond(world: World) -> None:
    made = await active(world, beyond_percent="5")
    over = await refused(plans.take, made.number, plan((FAR, "80"), (FURTHER, "25.001")), by=world.xiaolan)
    assert codes(over) == {"call_offs-1-quantity": "beyond_agreed"}
    assert "105.001 千支" in str(over) and "105 千支" in str(over)
    await called(world, made, (FAR, "80"), (FURTHER, "25"))
    [stands] = (await figures.of(made.id)).values()
    assert (stands.called, stands.open) == (105_000_000, 0)
    await ordered(world, made, FAR)
    more = await refused(plans.take, made.number, plan((FAR, "80"), (FURTHER, "26")), by=world.xiaolan)
    assert codes(more) == {"call_offs-1-quantity": "beyond_agreed"}


async def test_call_offs_become_one_order_with_the_frameworks_prices_terms_and_days(world: World) -> None:
    await db.rows("update customers set contact = {}", "孙经理")
    made = await active(
        world, line(quantity="100", customer_item="HL-25-8841"), line(quantity="10", unit_price="300")
    )
    entered = [
        NewCallOff(line=1, due_date=FAR, quantity="20"), NewCallOff(line=1, due_date=FURTHER, quantity="2.5"),
        NewCallOff(line="#2", due_date=FURTHER, quantity="4"), NewCallOff(line=1, due_date=D + timedelta(days=30), quantity="9"),
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
