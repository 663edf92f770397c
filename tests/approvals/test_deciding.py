"""Steps in turn, all or one, by role, person or head; returned, given on, widened, withdrawn, delegated, late."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.approvals import asking, deciding, delegations, queries
from app.approvals.delegations import NewDelegation
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.people.actors import Actor
from app.sales import orders
from tasks import approvals as looking
from tasks.events import settle
from tests import make
from tests.approvals.test_requests import priced, refused
from tests.sales.sample import head_of
from tests.world import MORNING, TODAY, World, events_of

BOSS, FINANCE = "role:boss", "role:finance"


def step(*who: str, mode: str = "one", hours: int = 0) -> dict[str, Any]:
    return {"who": who, "mode": mode, "hours": hours}


async def held(world: World, *steps: dict[str, Any], by: Actor | None = None, **rule: Any) -> tuple[str, str]:
    """(order, request) of an order that waits by a rule of these steps."""
    await make.approval_rule((), *steps, **rule)
    made = await priced(world, "100")
    request = (await commit(orders.confirm, made.number, by=by or world.xiaolan)).value
    await settle()
    return made.number, request.number


async def state_of(number: str) -> str:
    return await db.value("select state from approval_requests where number = {}", number)


async def for_me(who: Actor) -> list[str]:
    """The numbers of what waits for somebody."""
    page = await queries.LISTING.page([queries.PENDING, queries.to_decide_by(who)])
    return [row["number"] for row in page.rows]


async def told(login: str) -> list[str]:
    """The events that somebody has at the bell."""
    await settle()
    rows = await db.rows(
        'select e.name from notices n join events e on e.id = n.event join users u on u.id = n."user" where u.login = {} order by n.id',
        login,
    )
    return [row["name"] for row in rows]


async def is_substitute(person: Actor, of: Actor) -> None:
    await db.rows("update people set substitute = {} where id = {}", person.person_id, of.person_id)


async def test_two_steps_are_asked_one_after_the_other(world: World) -> None:
    order, request = await held(world, step(FINANCE), step(BOSS))
    assert (await for_me(world.zhoumin), await for_me(world.chenzong)) == ([request], [])
    assert (await refused(deciding.approve, request, by=world.chenzong)).reason.code == "not_yours_to_decide"
    await commit(deciding.approve, request, "账没问题", by=world.zhoumin)
    assert (await for_me(world.zhoumin), await for_me(world.chenzong)) == ([], [request])
    assert await told("chenzong") == ["approval.agreed"]
    assert (await head_of(order))["state"] == "draft"
    await commit(deciding.approve, request, by=world.chenzong)
    await settle()
    assert (await head_of(order))["state"] == "confirmed"


async def test_all_of_a_step_must_agree_and_of_the_other_kind_one_is_enough(world: World) -> None:
    order, request = await held(world, step(FINANCE, BOSS, mode="all"))
    await commit(deciding.approve, request, by=world.chenzong)
    assert (await state_of(request), await for_me(world.zhoumin)) == ("pending", [request])
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await state_of(request) == "granted"
    await settle()
    assert (await head_of(order))["state"] == "confirmed"
    await db.rows("update approval_rules set active = {}", False)
    _order, one = await held(world, step(FINANCE, BOSS), code="RU-one")
    await commit(deciding.approve, one, by=world.chenzong)
    assert (await state_of(one), await for_me(world.zhoumin)) == ("granted", [])


async def test_one_no_is_enough_and_later_steps_are_not_asked(world: World) -> None:
    _order, request = await held(world, step(FINANCE, BOSS, mode="all"), step("person:liuyang"))
    await commit(deciding.reject, request, "不做", by=world.zhoumin)
    assert (await state_of(request), await for_me(world.chenzong), await for_me(world.liuyang)) == (
        "rejected",
        [],
        [],
    )


async def test_a_person_and_the_head_of_the_askers_department_and_team_are_asked(world: World) -> None:
    department = await db.value(
        "insert into departments (code, name, active, version) values ('XS', '销售部', {}, 1) returning id",
        True,
    )
    await db.rows(
        "update people set department = {} where id in ({}, {})",
        department,
        world.xiaolan.person_id,
        world.liuyang.person_id,
    )
    await db.rows("update people set heads_department = {} where id = {}", True, world.liuyang.person_id)
    await db.rows(
        "update people set team = {} where id in ({}, {})",
        world.team.id,
        world.xiaolan.person_id,
        world.zhoumin.person_id,
    )
    await db.rows("update people set leads_team = {} where id = {}", True, world.zhoumin.person_id)
    _order, request = await held(world, step("head:department"), step("head:team"), step("person:chenzong"))
    for who in (world.liuyang, world.zhoumin, world.chenzong):
        assert await for_me(who) == [request]
        await commit(deciding.approve, request, by=who)
    assert await state_of(request) == "granted"


async def test_nobody_approves_his_own_request_unless_the_rule_says_so(world: World) -> None:
    other = await make.user("zhaofu", "赵副总", world.roles["boss"])
    order, request = await held(world, step(BOSS), by=world.chenzong)
    assert await for_me(world.chenzong) == []
    assert (await refused(deciding.approve, request, by=world.chenzong)).reason.code == "own_request"
    assert await for_me(other) == [request]
    await commit(asking.take_back, request, by=world.chenzong)
    await db.rows("update approval_rules set own = {}", True)
    again = (await commit(orders.confirm, order, by=world.chenzong)).value
    await commit(deciding.approve, again.number, by=world.chenzong)
    await settle()
    assert (await head_of(order))["state"] == "confirmed"


async def test_his_delegate_does_not_approve_for_the_asker_either(world: World) -> None:
    await delegate(world, "zhoumin")
    other = await make.user("zhaofu", "赵副总", world.roles["boss"])
    _order, request = await held(world, step(BOSS), by=world.chenzong)
    assert (await for_me(world.zhoumin), await for_me(other)) == ([], [request])
    assert (await refused(deciding.approve, request, by=world.zhoumin)).reason.code == "not_yours_to_decide"


async def test_a_returned_request_is_asked_again_with_what_changed(world: World) -> None:
    await make.approval_rule()
    made = await priced(world, "60000")
    first = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    assert (await refused(deciding.send_back, first.number, " ", by=world.chenzong)).fields().keys() == {
        "comment"
    }
    await commit(deciding.send_back, first.number, "单价再谈谈", by=world.chenzong)
    assert (await state_of(first.number), await told("xiaolan")) == ("returned", ["approval.returned"])
    from tests.sales.sample import line, order

    new = order(line(quantity="1", unit="支", unit_price="65000", price_unit="支"))
    await commit(orders.edit, made.number, new, by=world.xiaolan)
    second = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    assert second.follows == first.id
    row = await db.one("select facts from events where name = 'approval.asked' order by id desc limit 1")
    assert row is not None and '"amount_cny": ["60000.00", "65000.00"]' in row["facts"]


async def test_a_request_given_on_is_decided_by_the_other_alone(world: World) -> None:
    _order, request = await held(world, step(BOSS))
    await commit(deciding.transfer, request, "zhoumin", "你更清楚", by=world.chenzong)
    assert (await for_me(world.chenzong), await for_me(world.zhoumin)) == ([], [request])
    assert await told("zhoumin") == ["approval.transferred"]
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await state_of(request) == "granted"


async def test_somebody_asked_as_well_must_agree_too(world: World) -> None:
    _order, request = await held(world, step(BOSS))
    await commit(deciding.add_approver, request, "zhoumin", "看下账期", by=world.chenzong)
    await commit(deciding.approve, request, by=world.chenzong)
    assert await state_of(request) == "pending"
    await commit(deciding.approve, request, by=world.zhoumin)
    assert await state_of(request) == "granted"


@pytest.mark.parametrize("verb", [deciding.transfer, deciding.add_approver])
@pytest.mark.parametrize(
    ("to", "code"),
    [("", "required"), ("nosuch", "unknown"), ("xiaolan", "asker_cannot_decide"), ("liuyang", "cannot_decide"),
     ("zhoumin", "away"), ("chenzong", "asked_already")],
)  # fmt: skip
async def test_whom_one_cannot_ask_is_said_at_the_field(world: World, verb: Any, to: str, code: str) -> None:
    await db.rows("update users set active = {} where login = 'liuyang'", False)
    await delegate(world, "admin", giver="zhoumin")
    _order, request = await held(world, step("person:chenzong"))
    no = await refused(verb, request, to, by=world.chenzong)
    assert (no.reason.code, list(no.fields())) == (code, ["to"])


async def test_only_the_asker_withdraws_and_reminds_and_not_too_often(world: World) -> None:
    order, request = await held(world, step(BOSS))
    for verb in (asking.take_back, asking.remind):
        assert (await refused(verb, request, by=world.chenzong)).reason.code == "not_the_asker"
        assert (await refused(verb, request, by=world.nobody)).reason.code == "not_the_asker"
    assert (await refused(asking.remind, request, by=world.xiaolan)).reason.code == "reminded_already"
    clock.move_to(MORNING + timedelta(minutes=31))
    await commit(asking.remind, request, by=world.xiaolan)
    assert "approval.reminded" in await told("chenzong")
    clock.move_to(MORNING + timedelta(minutes=59))
    assert (await refused(asking.remind, request, by=world.xiaolan)).reason.code == "reminded_already"
    clock.move_to(MORNING + timedelta(minutes=62))
    await commit(asking.remind, request, by=world.xiaolan)
    await commit(asking.take_back, request, by=world.xiaolan)
    assert (await state_of(request), await for_me(world.chenzong)) == ("withdrawn", [])
    assert (await commit(orders.confirm, order, by=world.xiaolan)).deferred


async def delegate(world: World, taker: str, giver: str = "chenzong", begins: int = 0, ends: int = 3) -> Any:
    new = NewDelegation(
        giver=giver, taker=taker, begins=TODAY + timedelta(days=begins), ends=TODAY + timedelta(days=ends)
    )
    return (await commit(delegations.make, new, by=world.admin)).value


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
    await settle()
    assert (await head_of(order))["state"] == "confirmed"
    await commit(delegations.revoke, row.id, by=world.chenzong)
    _order, later = await held(world, step(BOSS), code="RU-later")
    assert await for_me(world.zhoumin) == []
    assert await for_me(world.chenzong) == [later]


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
    other = NewDelegation(giver="zhoumin", taker="liuyang", begins=TODAY, ends=TODAY)
    assert (await refused(delegations.make, other, by=world.chenzong)).reason.code == "forbidden"
    row = await delegate(world, "zhoumin")
    assert (await refused(delegations.revoke, row.id, by=world.nobody)).reason.code == "forbidden"
    assert (await refused(delegations.revoke, row.id, by=world.liuyang)).reason.code == "not_found"


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
    assert "approval.stuck" in await told("admin")


async def test_each_verb_is_refused_for_nobody(world: World) -> None:
    _order, request = await held(world, step(BOSS))
    for verb, more in (
        (deciding.approve, ()), (deciding.reject, ("x",)), (deciding.send_back, ("x",)), (deciding.transfer, ("zhoumin",)),
        (deciding.add_approver, ("zhoumin",)),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            await commit(verb, request, *more, by=world.nobody)
        assert caught.value.reason.code == "not_yours_to_decide"
