"""Call-off plans: what a new one changes, and what is decided by a person."""

from datetime import date, timedelta
from typing import Any

from app.core import db
from app.core.db import commit
from app.frameworks import figures, ordering, plans
from app.frameworks.calling import NewCallOff, NewPlan
from tests.frameworks.sample import FAR, FURTHER, NEAR, TODAY, active, called, line, ordered, plan, standing
from tests.frameworks.test_frameworks import codes, refused
from tests.world import World, events_of

EARLY = date(2027, 1, 4)


async def changes(of: Any) -> list[tuple[str, date | None, date | None, str]]:
    rows = await db.rows("select * from call_off_changes where framework = {} order by seq", of.id)
    return [(row["what"], row["before_day"], row["after_day"], row["state"]) for row in rows]


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
    newer = await called(world, made, (NEAR, "8"), (FURTHER, "20"), (EARLY, "3"))
    assert (newer.made, newer.flagged) == (2, 1)
    assert await changes(made) == [
        ("added", None, NEAR, "made"), ("added", None, FAR, "made"),
        ("added", None, EARLY, "made"), ("day", FAR, FURTHER, "made"), ("quantity", NEAR, NEAR, "open"),
    ]  # fmt: skip
    assert await standing(made) == [(NEAR, "5", False), (EARLY, "3", False), (FURTHER, "20", False)]
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
