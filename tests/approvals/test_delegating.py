"""Who is away lets somebody decide for the time: who does then, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from app.approvals import deciding, delegations, trail
from app.approvals.delegations import NewDelegation
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid
from tasks.events import settle
from tests.approvals.sample import BOSS, delegate, for_me, held, state_of, step, told
from tests.approvals.test_requests import refused
from tests.sales.sample import head_of
from tests.world import MORNING, TODAY, World


async def test_while_the_boss_is_away_his_delegate_decides_and_no_longer(world: World) -> None:
    row = await delegate(world, "zhoumin")
    order, request = await held(world, step(BOSS))
    assert await for_me(world.zhoumin) == [request]
    assert "approval.asked" in await told("zhoumin")
    clock.move_to(MORNING + timedelta(days=4))
    assert await for_me(world.zhoumin) == []
    assert (await refused(deciding.approve, request, by=world.zhoumin)).reason.code == "not_yours_to_decide"
    clock.move_to(MORNING)
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await decided_for(request) == [("周敏", "老板/副总")]
    await settle()
    assert (await head_of(order))["state"] == "confirmed"
    await commit(delegations.revoke, row.id, by=world.chenzong)
    _order, later = await held(world, step(BOSS), code="RU-later")
    assert await for_me(world.zhoumin) == []
    assert await for_me(world.chenzong) == [later]
    await commit(deciding.approve, later, by=world.chenzong)
    assert await decided_for(later) == [("陈总", "")], "the boss decides as one of the role"


async def decided_for(number: str) -> list[tuple[str, str]]:
    """Who decided a request, and for whom."""
    id_ = await db.value("select id from approval_requests where number = {}", number)
    return [(seat["name"], seat["for"]) for step in (await trail.of([id_]))[id_] for seat in step["seats"]]


async def test_whom_the_delegate_delegates_to_decides_as_well(world: World) -> None:
    await delegate(world, "zhoumin")
    await delegate(world, "liuyang", giver="zhoumin")
    _order, request = await held(world, step(BOSS))
    await commit(deciding.approve, request, by=world.liuyang)
    assert await state_of(request) == "granted"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"taker": "chenzong"}, "taker", "own_delegate"), ({"taker": "nosuch"}, "taker", "unknown"),
        ({"taker": "liuyang"}, "taker", "cannot_decide"), ({"taker": ""}, "taker", "no_substitute"),
        ({"begins": None}, "begins", "required"), ({"ends": None}, "ends", "required"),
        ({"ends": TODAY - timedelta(days=1)}, "ends", "past"),
        ({"begins": TODAY + timedelta(days=5)}, "ends", "ends_first"), ({"note": "长" * 201}, "note", "too_long"),
    ],
)  # fmt: skip
async def test_a_delegation_that_cannot_work_is_refused_at_its_field(
    world: World, change: dict[str, Any], field: str, code: str
) -> None:
    await db.rows("update users set active = {} where login = 'liuyang'", False)
    given: dict[str, Any] = {"taker": "zhoumin", "begins": TODAY, "ends": TODAY + timedelta(days=1)}
    with pytest.raises(Invalid) as caught:
        await commit(delegations.make, NewDelegation(**{**given, **change}), by=world.chenzong)
    assert {name: each.reason.code for name, each in caught.value.refusals.items()} == {field: code}


async def test_delegations_in_a_circle_or_twice_for_a_day_are_refused(world: World) -> None:
    await delegate(world, "zhoumin")
    await delegate(world, "liuyang", giver="zhoumin")
    for giver, taker, field, code in (
        ("zhoumin", "chenzong", "begins", "delegation_overlaps"),
        ("liuyang", "chenzong", "taker", "delegation_loop"),
    ):
        with pytest.raises(Invalid) as caught:
            await delegate(world, taker, giver=giver)
        assert {name: each.reason.code for name, each in caught.value.refusals.items()} == {field: code}
    assert "刘洋 → 陈总 → 周敏 → 刘洋" in str(caught.value)
    await delegate(world, "chenzong", giver="liuyang", begins=4, ends=6)


async def test_delegating_is_refused_without_the_right_and_for_others(world: World) -> None:
    new = NewDelegation(taker="zhoumin", begins=TODAY, ends=TODAY)
    assert (await refused(delegations.make, new, by=world.nobody)).reason.code == "forbidden"
    other = NewDelegation(giver="chenzong", taker="liuyang", begins=TODAY, ends=TODAY)
    assert (await refused(delegations.make, other, by=world.zhoumin)).reason.code == "forbidden"
    row = await delegate(world, "zhoumin")
    assert (await refused(delegations.revoke, row.id, by=world.nobody)).reason.code == "forbidden"
    assert (await refused(delegations.revoke, row.id, by=world.liuyang)).reason.code == "not_found"
