"""A password opens a session; wrong ones lock the login."""

from datetime import timedelta

import pytest

from app.core import clock, db
from app.core.refusals import Refused
from app.people import logins
from tests.make import PASSWORD
from tests.world import World


async def test_the_right_password_opens_a_session(world: World) -> None:
    token, _ = await logins.log_in("xiaolan", PASSWORD)
    actor = await logins.actor_of_session(token)
    assert actor is not None and actor.name == "陈晓岚"
    assert actor.may("sales:order:confirm") and not actor.may("billing:receipt:make")


async def test_every_login_has_a_secret_of_its_own_and_logging_out_ends_it(world: World) -> None:
    first, _ = await logins.log_in("xiaolan", PASSWORD)
    second, _ = await logins.log_in("xiaolan", PASSWORD)
    assert first != second
    await logins.log_out(first)
    assert await logins.actor_of_session(first) is None
    assert await logins.actor_of_session(second) is not None


async def test_five_wrong_tries_lock_the_login_even_for_the_right_password(world: World) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong_login"):
            await logins.log_in("xiaolan", "wrong")
    with pytest.raises(Refused, match="locked_out"):
        await logins.log_in("xiaolan", PASSWORD)


async def test_a_session_ends_by_real_time_not_by_the_movable_clock(world: World) -> None:
    token, _ = await logins.log_in("xiaolan", PASSWORD)
    clock.move_to(clock.real_now() + timedelta(days=60))
    assert await logins.actor_of_session(token) is not None


async def test_a_user_switched_off_is_out_at_once(world: World) -> None:
    token, _ = await logins.log_in("xiaolan", PASSWORD)
    await db.rows("update users set active = {} where login = 'xiaolan'", False)
    assert await logins.actor_of_session(token) is None
