"""Logins are given, changed and taken away; nobody is locked out of the house for good."""

import re

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.people import keys, logins, roles, users
from app.people.actors import HOUSE
from tests import make
from tests.browse import browser_of, visitor
from tests.make import PASSWORD
from tests.world import World, events_of


async def new_login(world: World, login: str = "newcomer", role: str = "sales") -> tuple[int, str]:
    person = await make.person("新人")
    user, secret = (await commit(users.create, person.code, login, [role], by=world.admin)).value
    return user.id, secret


def secret_on(page: str) -> str:
    found = re.search(r"<code data-secret>(.*?)</code>", page)
    assert found
    return found.group(1)


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


async def test_roles_change_from_before_to_after_and_take_effect_at_once(world: World) -> None:
    async with browser_of(world.admin) as client, browser_of(world.xiaolan) as theirs:
        assert (await theirs.get("/receipts")).status_code == 403
        given = {"roles[]": ["sales", "finance"], "language": "en", "active": "1", "version": "1"}
        answer = await client.post("/users/xiaolan", data=given)
        assert answer.status_code == 303
        assert (await theirs.get("/receipts")).status_code == 200
        page = await client.get("/users/xiaolan")
        assert "<del>销售</del>" in page.text and "销售、财务" in page.text
        stale = await client.post("/users/xiaolan", data=given)
        assert stale.status_code == 409 and "finance" in stale.text
    assert await events_of("user", world.xiaolan.user_id) == ["user.changed"]


async def test_a_login_that_is_switched_off_is_out_at_once(world: World) -> None:
    async with browser_of(world.admin) as client, browser_of(world.xiaolan) as theirs:
        await client.post("/users/xiaolan", data={"roles[]": "sales", "language": ""})
        assert (await theirs.get("/me")).status_code == 303
    with pytest.raises(Refused):
        await logins.log_in("xiaolan", PASSWORD)


async def test_nobody_takes_their_own_administration_away(world: World) -> None:
    async with browser_of(world.admin) as client:
        for given in ({"roles[]": "sales", "active": "1"}, {"roles[]": "admin"}):
            answer = await client.post("/users/admin", data={**given, "language": ""})
            assert answer.status_code == 422
        answer = await client.post(
            "/roles/admin", data={"name": "管理员", "active": "1", "grant.people:person:see": "all"}
        )
        assert answer.status_code == 422
        code = await db.value("select code from people where id = {}", world.admin.person_id)
        answer = await client.post(f"/people/{code}", data={"name": "管理员", "version": "1"})
        assert answer.status_code == 422 and "不能取消自己的这项权限" in answer.text
    actor = await logins.actor_of_user(world.admin.user_id or 0)
    assert actor is not None and actor.may("people:user:edit") and actor.may("sales:order:see")


async def test_the_last_administrator_stays_even_against_the_house(world: World) -> None:
    with pytest.raises(Refused) as refused:
        await commit(users.change, "admin", ["sales"], "", True, by=HOUSE)
    assert refused.value.reason.code == "last_administrator"
    await new_login(world, "second", "admin")
    await commit(users.change, "admin", ["sales"], "", True, by=HOUSE)
    with pytest.raises(Refused):
        await commit(roles.change, "admin", "管理员", False, {"people:user:edit": "all"}, by=HOUSE)


async def test_a_role_is_edited_as_a_matrix_and_tells_what_changed(world: World) -> None:
    async with browser_of(world.admin) as client:
        page = await client.get("/roles/worker")
        assert 'name="grant.production:report:make" value="all" checked' in page.text
        given = {
            "name": "工人",
            "active": "1",
            "version": "1",
            "grant.production:report:make": "all",
            "grant.sales:order:see": "own",
        }
        assert (await client.post("/roles/worker", data=given)).status_code == 303
        page = await client.get("/roles/worker")
        assert "查看销售订单" in page.text and "仅本人" in page.text
    assert await roles.grants_of(world.roles["worker"]) == {
        "production:report:make": "all",
        "sales:order:see": "own",
    }
    assert await events_of("role", world.roles["worker"]) == ["role.changed"]
    worker = await logins.actor_of_user(world.jianguo.user_id or 0)
    assert worker is not None and worker.rights["sales:order:see"] == "own"


@pytest.mark.parametrize(
    "grant",
    [
        {"grant.no:such:right": "all"},
        {"grant.sales:order:see": "world"},
        {"grant.billing:receipt:make": "own"},
    ],
)
async def test_a_grant_that_means_nothing_is_refused(world: World, grant: dict[str, str]) -> None:
    async with browser_of(world.admin) as client:
        answer = await client.post("/roles/worker", data={"name": "工人", "active": "1", **grant})
    assert answer.status_code == 422
    assert len(await roles.grants_of(world.roles["worker"])) == 3


async def test_a_new_role_begins_like_another(world: World) -> None:
    async with browser_of(world.admin) as client:
        page = await client.get("/roles/new?like=sales")
        assert 'name="grant.sales:order:confirm" value="all" checked' in page.text
        answer = await client.post(
            "/roles", data={"code": "junior", "name": "实习", "grant.sales:order:see": "team"}
        )
        assert answer.headers["location"] == "/roles/junior"
        assert (await client.post("/roles", data={"code": "junior", "name": "实习"})).status_code == 422
        assert (await client.post("/roles", data={"code": "a/b", "name": "x"})).status_code == 422


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
