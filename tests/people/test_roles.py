"""Roles and their grants; nobody is locked out of the house for good."""

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.people import logins, roles, users
from app.people.actors import HOUSE
from tests.browse import browser_of
from tests.people.sample import new_login
from tests.world import World, events_of


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
