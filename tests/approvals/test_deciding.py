"""Steps in turn, all or one, by role, person or head; returned, given on, widened, withdrawn."""

from datetime import timedelta
from typing import Any

import pytest

from app.approvals import asking, deciding
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.sales import orders
from tasks.events import settle
from tests import make
from tests.approvals.sample import BOSS, FINANCE, delegate, for_me, held, state_of, step, told
from tests.approvals.test_requests import priced, refused
from tests.sales.sample import head_of
from tests.world import MORNING, World


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
    assert row is not None and '"order amount in CNY with tax": ["¥60,000.00", "¥65,000.00"]' in row["facts"]


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


async def test_each_verb_is_refused_for_nobody(world: World) -> None:
    _order, request = await held(world, step(BOSS))
    for verb, more in (
        (deciding.approve, ()), (deciding.reject, ("x",)), (deciding.send_back, ("x",)), (deciding.transfer, ("zhoumin",)),
        (deciding.add_approver, ("zhoumin",)),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            await commit(verb, request, *more, by=world.nobody)
        assert caught.value.reason.code == "not_yours_to_decide"
