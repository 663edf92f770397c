"""Devices come in by a code shown once; badges and PINs say who stands at them."""

from datetime import timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.people import badges, devices, logins
from app.people.devices import AT_THE_DOOR, NewDevice
from tests.world import World, events_of


async def test_a_code_lets_one_browser_in_and_is_used_up(world: World) -> None:
    device, code = (await commit(devices.create, NewDevice("冷镦平板", team="HEADING"), by=world.admin)).value
    typed = f" {code[:5].lower()}-{code[5:]} "
    _, token = (await commit(devices.enrol, typed, by=AT_THE_DOOR)).value
    actor = await logins.actor_of_device(token)
    assert actor is not None and (actor.name, actor.device_id, actor.team_id) == (
        "冷镦平板",
        device.id,
        world.team.id,
    )
    assert not actor.rights
    with pytest.raises(Refused, match="bad_code"):
        await commit(devices.enrol, code, by=AT_THE_DOOR)
    assert await events_of("device", device.id) == ["device.made", "device.enrolled"]


async def test_a_code_is_good_for_half_an_hour_and_a_new_one_voids_it(world: World) -> None:
    device, old = (await commit(devices.create, NewDevice("平板"), by=world.admin)).value
    _, code = (await commit(devices.invite, device.code, by=world.admin)).value
    with pytest.raises(Refused, match="bad_code"):
        await commit(devices.enrol, old, by=AT_THE_DOOR)
    await db.rows("update devices set enrol_until = {}", clock.real_now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="bad_code"):
        await commit(devices.enrol, code, by=AT_THE_DOOR)
    with pytest.raises(Refused, match="bad_code"):
        await commit(devices.enrol, "", by=AT_THE_DOOR)


async def test_a_revoked_device_is_out_until_it_is_enrolled_again(world: World) -> None:
    device, code = (await commit(devices.create, NewDevice("平板"), by=world.admin)).value
    _, token = (await commit(devices.enrol, code, by=AT_THE_DOOR)).value
    await commit(devices.revoke, device.code, by=world.admin)
    assert await logins.actor_of_device(token) is None
    _, code = (await commit(devices.invite, device.code, by=world.admin)).value
    _, fresh = (await commit(devices.enrol, code, by=AT_THE_DOOR)).value
    assert await logins.actor_of_device(token) is None
    assert await logins.actor_of_device(fresh) is not None


@pytest.mark.parametrize("verb", [devices.invite, devices.revoke])
async def test_devices_are_refused_to_who_may_not(world: World, verb: object) -> None:
    with pytest.raises(Refused, match="forbidden"):
        await commit(verb, "DEV001", by=world.nobody)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="forbidden"):
        await commit(devices.create, NewDevice("x"), by=world.xiaolan)


async def test_a_new_badge_voids_the_old_one(world: World) -> None:
    code = await db.value("select code from people where name = '王建国'")
    before = await db.value("select badge_hash from people where code = {}", code)
    (person, token), *_ = (await commit(badges.give, [code], by=world.admin)).value
    after = await db.value("select badge_hash from people where code = {}", code)
    assert before != after == person.badge_hash and token not in after and token.isalnum() and token.isupper()
    with pytest.raises(Refused, match="forbidden"):
        await commit(badges.give, [code], by=world.xiaolan)


async def test_five_wrong_pins_lock_the_right_one_out(world: World) -> None:
    code = await db.value("select code from people where name = '王建国'")
    await commit(badges.set_pin, code, "2468", by=world.admin)
    await badges.check_pin(code, "2468")
    for _ in range(5):
        with pytest.raises(Refused, match="wrong_pin"):
            await badges.check_pin(code, "1357")
    with pytest.raises(Refused, match="locked_out"):
        await badges.check_pin(code, "2468")
    await commit(badges.set_pin, code, "8642", by=world.admin)
    await badges.check_pin(code, "8642")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４"])
async def test_a_pin_has_four_to_eight_digits(world: World, pin: str) -> None:
    with pytest.raises(Refused, match="pin_form"):
        await commit(badges.set_pin, "P001", pin, by=world.admin)


async def test_who_has_no_pin_is_not_let_in_by_an_empty_one(world: World) -> None:
    with pytest.raises(Refused, match="wrong_pin"):
        await badges.check_pin(await db.value("select code from people where name = '王建国'"), "")
