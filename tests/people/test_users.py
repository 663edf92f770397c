"""Logins and keys are given, changed and taken away."""

import re

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.people import keys, logins, users
from app.people.actors import HOUSE
from tests import make
from tests.browse import browser_of, visitor
from tests.make import PASSWORD
from tests.people.sample import secret_on
from tests.world import World, events_of


async def test_a_login_is_made_on_its_page_and_its_password_is_shown_this_once(world: World) -> None:
    person = await make.person("新人")
    given = {
        "person": person.code,
        "login": "Newcomer",
        "roles[]": ["sales", "merchandiser"],
        "language": "en",
        "_key": "k1",
    }
    async with browser_of(world.admin) as client:
        page = await client.post("/users", data=given)
        assert page.status_code == 200
        _token, must_change = await logins.log_in("newcomer", secret_on(page.text))
        assert must_change
        again = await client.post("/users", data=given)
        assert again.status_code == 303 and "data-secret" not in again.text
    user = await db.one("select id, password_hash from users where login = 'newcomer'")
    assert user is not None and secret_on(page.text) not in user["password_hash"]
    assert [r["code"] for r in await users.roles_of(user["id"])] == ["sales", "merchandiser"]
    assert await events_of("user", user["id"]) == ["user.made"]
    assert await events_of("person", person.id) == ["user.made"]


async def test_all_that_is_wrong_with_a_login_is_told_at_once(world: World) -> None:
    person = await make.person("新人")
    async with browser_of(world.admin) as client:
        for given, wrong in (
            ({}, {"person", "login", "roles"}),
            ({"person": "NOPE", "login": "x", "language": "fr"}, {"person", "login", "roles", "language"}),
            ({"person": person.code, "login": "xiaolan", "roles[]": "nobody"}, {"login", "roles"}),
            ({"person": "P" * 80, "login": "好" * 80, "roles[]": "sales"}, {"person", "login"}),
        ):
            page = await client.post("/users", data=given)
            assert page.status_code == 422 and wrongly(page.text) == wrong, given
            assert f'value="{given.get("login", "")}"' in page.text, "nothing is lost"
        page = await client.post("/users/xiaolan", data={"active": "1", "language": "fr"})
        assert page.status_code == 422 and wrongly(page.text) == {"roles", "language"}


def wrongly(page: str) -> set[str]:
    """The fields that the page's summary names and that carry their error."""
    named = set(re.findall(r'<a href="#f-([^"]+)">', page))
    assert all(re.search(rf'<p class="error" id="e-{name}">', page) for name in named), named
    return named


async def test_a_login_that_is_switched_off_is_out_at_once(world: World) -> None:
    async with browser_of(world.admin) as client, browser_of(world.xiaolan) as theirs:
        await client.post("/users/xiaolan", data={"roles[]": "sales", "language": ""})
        assert (await theirs.get("/me")).status_code == 303
    with pytest.raises(Refused):
        await logins.log_in("xiaolan", PASSWORD)


async def test_a_key_is_shown_once_works_and_is_revoked(world: World) -> None:
    async with browser_of(world.admin) as client, visitor() as program:
        given = {"login": "xiaolan", "name": "网店", "_key": "k2"}
        page = await client.post("/api-keys", data=given)
        program.headers["Authorization"] = f"Bearer {secret_on(page.text)}"
        assert (await program.get("/api/v1/customers")).status_code == 200
        assert "data-secret" not in (await client.post("/api-keys", data=given)).text
        key = (await keys.keys_of())[0]
        await client.post(f"/api-keys/{key['id']}/revoke")
        assert (await program.get("/api/v1/customers")).status_code == 401
    assert await events_of("user", world.xiaolan.user_id) == ["api_key.made", "api_key.revoked"]


async def test_everybody_may_revoke_their_own_key_and_no_others(world: World) -> None:
    mine = (await commit(keys.create, "xiaolan", "a", by=HOUSE)).value[0]
    other = (await commit(keys.create, "admin", "b", by=HOUSE)).value[0]
    await commit(keys.revoke, mine.id, by=world.xiaolan)
    with pytest.raises(Refused):
        await commit(keys.revoke, other.id, by=world.xiaolan)


async def test_who_has_no_right_sees_and_does_no_administration(world: World) -> None:
    given = {"person": "P001", "login": "abc", "name": "x", "code": "xy", "roles[]": "admin"}
    async with browser_of(world.nobody) as client:
        for path in ("/users", "/users/new", "/users/admin", "/users/export.xlsx", "/roles", "/roles/new", "/roles/admin",
                     "/api-keys", "/people", "/teams", "/departments", "/people/P001/login"):  # fmt: skip
            assert (await client.get(path)).status_code == 403, path
        for path in ("/users", "/users/admin", "/users/admin/password", "/users/admin/unlock", "/users/xiaolan/sessions/end",
                     "/roles", "/roles/admin", "/api-keys"):  # fmt: skip
            assert (await client.post(path, data=given)).status_code == 403, path


async def test_one_chooses_language_and_appearance_in_the_avatar_menu(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post(
            "/me/preferences",
            data={"language": "en", "_key": "same"},
            headers={"Referer": "http://test/orders?state=late"},
        )
        assert answer.status_code == 303 and answer.headers["location"] == "/orders?state=late"
        await client.post("/me/preferences", data={"theme": "dark", "_key": "same"})
        page = await client.get("/me")
        assert 'data-theme="dark"' in page.text and 'lang="en"' in page.text and "My account" in page.text
        assert (await client.post("/me/preferences", data={"theme": "pink"})).status_code == 422
        answer = await client.post(
            "/me/preferences",
            data={"theme": "light"},
            headers={"Referer": "https://evil.example//evil.example/x"},
        )
        assert answer.headers["location"] == "/"


async def test_one_logs_out_everywhere_else(world: World) -> None:
    async with browser_of(world.xiaolan) as here, browser_of(world.xiaolan) as there:
        assert "退出其他" in (await here.get("/me")).text
        await here.post("/me/sessions/end")
        assert (await here.get("/me")).status_code == 200 and (await there.get("/me")).status_code == 303


async def test_a_person_is_found_by_initials_and_is_nobodys_own_substitute(world: World) -> None:
    async with browser_of(world.admin) as client:
        given = {"code": "P900", "name": "赵铁柱", "team": "HEADING", "active": "1"}
        assert (await client.post("/people", data=given)).status_code == 303
        assert 'data-value="P900"' in (await client.get("/lookup/people?q=ztz")).text
        assert 'data-value="HEADING"' in (await client.get("/lookup/teams")).text
        answer = await client.post("/people/P900", data={**given, "version": "1", "substitute": "P900"})
        assert answer.status_code == 422 and 'id="e-substitute"' in answer.text
    async with browser_of(world.liuyang) as planner:
        assert (await planner.get("/lookup/teams")).status_code == 200
