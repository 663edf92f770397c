"""An empty house becomes a factory at work, and its books are right."""

from datetime import timedelta

import pytest

from app.core import clock, db, recounts, search
from app.core.refusals import Refused
from app.demo import factory, names
from app.people import logins
from app.people.roles import ROLES

pytestmark = pytest.mark.slow


async def test_the_demo_factory_has_orders_at_every_stage_and_right_books(demo: None) -> None:
    states = {r["state"] for r in await db.rows("select distinct state from sales_orders")}
    assert states >= {"draft", "confirmed", "closed"}
    assert await db.value("select count(*) from approval_requests where state = 'pending'")
    assert await db.value(
        "select count(*) from work_order_operations where state = 'running' or state = 'ready'"
    )
    assert await db.value("select count(*) from schedules where state = 'published'") == 1
    assert await db.value("select count(*) from events where delivered_at is null") == 0
    assert await db.value("select count(*) from sales_orders where made_at > {}", clock.real_now()) == 0
    [framework] = await db.rows("select id, state, planned_at from framework_orders")
    assert framework["state"] == "active" and framework["planned_at"]
    assert await db.value("select count(*) from call_offs where sales_order is not null") == 3
    due = "select count(*) from call_offs where sales_order is null and due_date <= {}"
    assert await db.value(due, clock.today() + timedelta(days=14)) == 1
    assert (
        await db.value(
            "select count(*) from call_off_changes where state = 'open' and sales_order is not null"
        )
        == 1
    )
    shipped = (
        "select count(*) from call_offs c join sales_orders s on s.id = c.sales_order where s.delivered_q > 0"
    )
    assert await db.value(shipped), "what was called off first has left the house"
    assert {r.name: r.differences for r in await recounts.run() if r.differences} == {}
    abroad = "select count(*) from customers where currency <> 'CNY' and address like '%市%'"
    assert await db.value(abroad) == 0
    for kind, words in (
        ("person", "wjg"),
        ("team", "冷镦"),
        ("department", "xs"),
        ("machine", "冷镦机"),
        ("work_center", "HEAD"),
    ):
        assert (await search.find(words, [kind]))[kind], f"no {kind} is found by {words}"


async def test_every_role_can_log_in_with_the_printed_password(demo: None) -> None:
    assert {role for _login, _name, role, *_ in names.USERS} == set(ROLES)
    assert sum(user[0] in line for line in await factory.logins_to_show() for user in names.USERS) >= len(
        ROLES
    )
    for login, *_ in names.USERS:
        await logins.log_in(login, names.PASSWORD)
    with pytest.raises(Refused):
        await factory.plant()
