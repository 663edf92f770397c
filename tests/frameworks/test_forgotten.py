"""What must not be forgotten of framework orders: their end, that little is left, call-offs without an order."""

from datetime import timedelta
from typing import Any

import pytest

from app.alerts import rules, sweep
from app.alerts.rules import NewRule
from app.core import clock, db
from app.core.db import commit
from app.home import todos
from app.migrations import m0026_framework_alerts as migration
from app.people.actors import HOUSE
from tests.frameworks.sample import FAR, NEAR, TODAY, active, called, ordered
from tests.world import MORNING, World


async def only(world: World, kind: str, **levels: int) -> None:
    given = NewRule(kind=kind, name="规则", role="sales", escalation_role="boss", **levels)
    await commit(rules.write, given, by=world.admin)


async def opened() -> list[tuple[str, str, int]]:
    await sweep.sweep()
    rows = await db.rows("select label, kind, level from alerts where closed_at is null order by id")
    return [(row["label"], row["kind"], row["level"]) for row in rows]


async def test_a_framework_order_that_ends_is_told_until_it_is_prolonged_or_closed(world: World) -> None:
    await only(world, "framework", notice=60, warning=30)
    made = await active(world, valid_until=TODAY + timedelta(days=60))
    assert await opened() == []
    clock.move_to(MORNING + timedelta(days=1))
    assert await opened() == [(made.number, "framework", 1)]
    clock.move_to(MORNING + timedelta(days=31))
    assert await opened() == [(made.number, "framework", 2)]
    owner = await db.value("select owner_person from alerts")
    assert owner == world.xiaolan.person_id
    await db.rows("update framework_orders set state = 'closed'")
    assert await opened() == []


async def test_call_offs_without_an_order_are_told_as_their_day_comes_near(world: World) -> None:
    await only(world, "call_off", notice=10, warning=3)
    made = await active(world)
    await called(world, made, (NEAR, "5"), (FAR, "5"))
    assert await opened() == [(made.number, "call_off", 1)]
    await ordered(world, made, NEAR)
    assert await opened() == []


async def test_little_that_is_left_is_told_with_the_plan_that_took_it(world: World) -> None:
    await only(world, "framework_used", notice=0)
    made = await active(world)
    await called(world, made, (FAR, "89.999"))
    assert await opened() == []
    await called(world, made, (FAR, "90"))
    assert await opened() == [(made.number, "framework_used", 1)]


async def waits(by: Any) -> dict[str, int]:
    return {each["key"]: each["count"] for each in await todos.of(by) if each["key"].startswith("call_off")}


async def test_what_is_to_decide_and_to_order_is_a_to_do_of_who_sells(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"))
    assert await waits(world.xiaolan) == {"call_offs": 1} and await waits(world.liuyang) == {}
    await called(world, made, (NEAR, "8"))
    assert await waits(world.xiaolan) == {"call_off_changes": 1, "call_offs": 1}


@pytest.mark.parametrize("has_rules", [True, False])
async def test_a_house_that_has_its_rules_gets_these_too(world: World, has_rules: bool) -> None:
    kinds = "('call_off', 'framework', 'framework_used')"
    if has_rules:
        await commit(rules.plant_rules, by=HOUSE)
        planted = await db.rows(
            f"select kind, name, notice, warning, escalation from alert_rules where kind in {kinds} order by kind"
        )
        await db.rows(f"delete from alert_rules where kind in {kinds}")
    await db.DB.run_ddl(
        "create table if not exists migrations (name varchar(80) primary key not null, ran_at timestamptz not null)"
    )
    async with db.DB.transaction():
        await db.rows("insert into migrations (name, ran_at) values ('m0045_alerts', {})", clock.now())
        await migration.forwards()
    got = await db.rows(
        f"select kind, name, notice, warning, escalation from alert_rules where kind in {kinds} order by kind"
    )
    assert got == (planted if has_rules else [])
