"""Passwords: given for once, chosen, changed, and what ends with the old one."""

import pytest

from app.core.refusals import Refused
from app.people import logins
from tests.browse import browser_of, visitor
from tests.make import PASSWORD
from tests.people.sample import new_login, secret_on
from tests.world import World, events_of


async def test_a_one_time_password_opens_nothing_but_the_page_that_changes_it(world: World) -> None:
    _, secret = await new_login(world)
    async with visitor() as client:
        answer = await client.post("/login", data={"login": "newcomer", "password": secret})
        assert answer.headers["location"] == "/me/password"
        for path in ("/", "/orders", "/me", "/search?q=x"):
            answer = await client.get(path)
            assert answer.status_code == 303 and answer.headers["location"] == "/me/password"
        assert (await client.post("/orders", data={})).headers["location"] == "/me/password"
        assert (await client.get("/api/v1/sales-orders")).json()["code"] == "must_change_password"
        assert (await client.get("/me/password")).status_code == 200
        given = {"old": secret, "new": "my own words", "again": "my own words"}
        answer = await client.post("/me/password", data=given)
        assert answer.status_code == 303 and answer.headers["location"] == "/"
        assert (await client.get("/me")).status_code == 200
    _token, must_change = await logins.log_in("newcomer", "my own words")
    assert not must_change


@pytest.mark.parametrize(
    ("given", "field"),
    [({"old": "wrong", "new": "my own words", "again": "my own words"}, "old"),
     ({"old": PASSWORD, "new": "short", "again": "short"}, "new"),
     ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "new"),
     ({"old": PASSWORD, "new": "my own words", "again": "other words"}, "again"),
     ({"old": PASSWORD, "new": "", "again": ""}, "new")],
)  # fmt: skip
async def test_a_password_that_does_not_do_is_told_at_its_field(
    world: World, given: dict[str, str], field: str
) -> None:
    async with browser_of(world.xiaolan) as client:
        for path in ({}, {"on_account": "1"}):
            answer = await client.post("/me/password", data={**given, **path})
            assert (
                answer.status_code == 422
                and f'id="e-{field}"' in answer.text
                and "aria-invalid" in answer.text
            )
            assert PASSWORD not in answer.text
    await logins.log_in("xiaolan", PASSWORD)


async def test_a_new_password_logs_other_browsers_out_and_not_this_one(world: World) -> None:
    async with browser_of(world.xiaolan) as here, browser_of(world.xiaolan) as there:
        await here.post(
            "/me/password", data={"old": PASSWORD, "new": "my own words", "again": "my own words"}
        )
        assert (await here.get("/me")).status_code == 200
        assert (await there.get("/me")).status_code == 303


async def test_a_reset_ends_sessions_and_a_lock_out(world: World) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            await logins.log_in("xiaolan", "wrong")
    async with browser_of(world.xiaolan) as theirs, browser_of(world.admin) as client:
        page = await client.get("/users/xiaolan")
        assert "已锁定" in page.text
        page = await client.post("/users/xiaolan/password", data={"_key": "r1"})
        await logins.log_in("xiaolan", secret_on(page.text))
        assert (await theirs.get("/me")).status_code == 303
    assert await events_of("user", world.xiaolan.user_id) == ["user.password_reset"]


async def test_an_administrator_ends_a_lock_out_before_its_time(world: World) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            await logins.log_in("xiaolan", "wrong")
    async with browser_of(world.admin) as client:
        await client.post("/users/xiaolan/unlock")
    await logins.log_in("xiaolan", PASSWORD)
    assert await events_of("user", world.xiaolan.user_id) == ["user.unlocked"]
