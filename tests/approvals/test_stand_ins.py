"""An approver who is missing, stripped of his rights or late is stood in for."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.approvals import deciding, delegations
from app.approvals.delegations import NewDelegation
from app.core import clock, db
from app.core.db import commit
from app.people.actors import Actor
from tasks import approvals as looking
from tests.approvals.sample import BOSS, for_me, held, is_substitute, state_of, step, told
from tests.approvals.test_requests import refused
from tests.world import MORNING, TODAY, World, events_of


async def test_the_substitute_of_the_file_is_taken_when_nobody_is_named(world: World) -> None:
    await is_substitute(world.zhoumin, of=world.chenzong)
    new = NewDelegation(begins=TODAY, ends=TODAY)
    assert (await commit(delegations.make, new, by=world.chenzong)).value.taker == world.zhoumin.user_id


async def test_a_missing_approver_is_stood_in_for_by_the_substitute(world: World) -> None:
    await is_substitute(world.zhoumin, of=world.chenzong)
    await db.rows("update users set active = {} where login = 'chenzong'", False)
    _order, request = await held(world, step(BOSS))
    assert await for_me(world.zhoumin) == [request]
    assert (await told("zhoumin"))[-1] == "approval.stood_in"
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await state_of(request) == "granted"


@pytest.mark.parametrize("lost", ["role", "login", "person"])
async def test_who_is_stripped_while_it_waits_is_stood_in_for(world: World, lost: str) -> None:
    await is_substitute(world.zhoumin, of=world.chenzong)
    _order, request = await held(world, step("person:chenzong" if lost != "role" else BOSS))
    if lost == "role":
        await db.rows('delete from user_roles where "user" = {}', world.chenzong.user_id)
    elif lost == "login":
        await db.rows("update users set active = {} where login = 'chenzong'", False)
    else:
        await db.rows("update people set active = {} where id = {}", False, world.chenzong.person_id)
    await looking.look_after(clock.now())
    if lost == "role":  # nobody is left whose substitute one could ask
        assert "approval.stuck" in await told("admin")
        assert await for_me(world.zhoumin) == []
    else:
        assert await for_me(world.zhoumin) == [request]


async def test_with_nobody_left_the_administrator_hears_once_and_names_somebody(world: World) -> None:
    await db.rows("update users set active = {} where login = 'chenzong'", False)
    _order, request = await held(world, step(BOSS))
    await looking.look_after(clock.now())
    await looking.look_after(clock.now())
    assert (await told("admin")).count("approval.stuck") == 1
    assert (await refused(deciding.approve, request, by=world.admin)).reason.code == "not_yours_to_decide"
    await commit(deciding.transfer, request, "zhoumin", by=world.admin)
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await state_of(request) == "granted"


async def test_after_its_working_hours_a_substitute_is_asked_too_and_only_once(world: World) -> None:
    await is_substitute(world.zhoumin, of=world.chenzong)
    _order, request = await held(world, step(BOSS, hours=4))
    clock.move_to(MORNING + timedelta(hours=4))  # with the hour of noon, three hours of work
    await looking.look_after(clock.now())
    assert await for_me(world.zhoumin) == []
    clock.move_to(MORNING + timedelta(hours=5, minutes=1))
    for _again in range(2):
        await looking.look_after(clock.now())
    assert (await for_me(world.zhoumin), await for_me(world.chenzong)) == ([request], [request])
    names = await events_of("approval", 1)
    assert names.count("approval.escalated") == 1


async def test_a_night_and_a_sunday_do_not_count(world: World) -> None:
    await is_substitute(world.zhoumin, of=world.chenzong)
    clock.move_to(MORNING + timedelta(days=4, hours=7))  # Saturday 16:00, an hour and a half before work ends
    await held(world, step(BOSS, hours=2))
    clock.move_to(MORNING + timedelta(days=5, hours=8))  # Sunday
    await looking.look_after(clock.now())
    assert await for_me(world.zhoumin) == []
    clock.move_to(MORNING + timedelta(days=6, minutes=-29))  # Monday 08:31
    await looking.look_after(clock.now())
    assert len(await for_me(world.zhoumin)) == 1


async def test_without_a_substitute_the_head_is_asked_and_else_the_administrator(world: World) -> None:
    department = await db.value(
        "insert into departments (code, name, active, version) values ('ZJ', '总经办', {}, 1) returning id",
        True,
    )
    people: Sequence[Actor] = (world.chenzong, world.liuyang)
    for who in people:
        await db.rows("update people set department = {} where id = {}", department, who.person_id)
    await db.rows("update people set heads_department = {} where id = {}", True, world.liuyang.person_id)
    _order, request = await held(world, step(BOSS, hours=1))
    clock.move_to(MORNING + timedelta(hours=2))
    await looking.look_after(clock.now())
    assert await for_me(world.liuyang) == [request]
    await commit(deciding.approve, request, by=world.liuyang)
    await db.rows("update people set heads_department = {}", False)
    await db.rows("update approval_rules set active = {}", False)
    await held(world, step(BOSS, hours=1), code="RU-two")
    clock.move_to(MORNING + timedelta(hours=4, minutes=10))
    await looking.look_after(clock.now())
    assert (await told("admin"))[-1] == "approval.late", "the boss may still decide"
