"""Orders written in bulk are orders like any other: the books are right and work goes on with them."""

from datetime import date, timedelta

import pytest

from app.core import clock, db, recounts, search
from app.core.db import commit
from app.demo import bulk
from app.people import logins
from app.sales import orders
from app.sales.orders import NewLine, NewOrder

pytestmark = pytest.mark.slow


async def test_every_recount_accepts_a_bulk_and_new_orders_go_on_after_it(demo: None) -> None:
    assert await bulk.write(300) == 300
    assert {r.name: r.differences for r in await recounts.run() if r.differences} == {}
    assert await db.value("select count(*) from events") == await db.value("select max(position) from events")
    seller = await logins.actor_of_user(await db.value("select id from users where login = 'xiaolan'"))
    item = await db.value("select code from items where kind = 'finished' order by id limit 1")
    line = NewLine(item=item, quantity="5", unit="千件", unit_price="100", price_unit="千件")
    new = NewOrder(customer="HENGLI", lines=[line], due_date=clock.today() + timedelta(days=30))
    made = (await commit(orders.create, new, by=seller)).value
    assert isinstance(made.due_date, date)
    newest = await db.value("select number from sales_orders order by id desc limit 1")
    assert made.number == newest
    assert (await search.find(made.number, ["sales_order"]))["sales_order"] == [made.id]
