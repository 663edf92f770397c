"""What is asked of a house while it is measured: its pages, searches, and an order of three lines."""

import logging
from datetime import date, timedelta
from typing import Any

import httpx

from app.core import clock, db, ids
from app.core.db import DB, commit
from app.main import create_app, settle_memory
from app.people import logins
from app.people.actors import Actor
from app.people.tables import LoginSession
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from tests.bench.asking import Browser

TERMS = (
    "恒立",
    "螺栓",
    "nbhl",
    "m10×45",
    "销轴",
    "so2026",
    "PO12",
    "po1234567",
    "垫",
    "absentword",
    "sw-m8 恒立",
    "弹簧垫圈 hz",
)


async def opened() -> tuple[Browser, str]:
    """The house as a server holds it, a browser of somebody who may see all, and the browser's session."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await DB.open()
    user, token, now = (
        await db.value("select id from users where login = 'chenzong'"),
        ids.token(),
        clock.real_now(),
    )
    await LoginSession(
        token_hash=ids.fingerprint(token),
        user=user,
        began_at=now,
        seen_at=now,
        ends_at=now + timedelta(days=1),
    ).save()
    browser = Browser(create_app(), token)
    settle_memory()
    return browser, token


async def addresses() -> dict[str, list[str]]:
    """The order list in its filters, an order of many events, the customer with most orders, and searches."""
    customer = await db.value("select code from customers order by id limit 1")
    largest = await db.value(
        "select c.code from customers c join sales_orders o on o.customer = c.id group by c.code order by count(*) desc, c.code limit 1"
    )
    many = await db.value(
        "select o.number from event_links l join sales_orders o on o.id = l.subject_id where l.kind = 'sales_order'"
        " group by o.number having count(*) >= 150 limit 1"
    )
    day = date.today().isoformat()
    lists = ["/orders", "/orders?state=closed", "/orders?state=late", f"/orders?due_from={day}", f"/orders?customer={customer}",
             f"/orders?state=closed&customer={customer}", "/orders?sort=-number"]  # fmt: skip
    asked = {"list": lists, "order": [f"/orders/{many}"], "customer": [f"/customers/{largest}"],
             "search": [f"/orders?q={t}" for t in TERMS], "palette": [f"/cmdk?q={t}" for t in TERMS]}  # fmt: skip
    return {name: [httpx.URL(path).raw_path.decode() for path in paths] for name, paths in asked.items()}


async def seller() -> Actor:
    found = await logins.actor_of_user(await db.value("select id from users where login = 'xiaolan'"))
    assert found is not None
    return found


class Ordering:
    """An order of three lines, entered again and again with all rules."""

    def __init__(self, by: Actor, new: NewOrder) -> None:
        self.by, self.new = by, new

    @classmethod
    async def begun(cls) -> "Ordering":
        items = [
            i["code"]
            for i in await db.rows("select code from items where kind = 'finished' order by id limit 3")
        ]
        lines = [
            NewLine(item=i, quantity="5", unit="千件", unit_price="100", price_unit="千件") for i in items
        ]
        new = NewOrder(customer="HENGLI", lines=lines, due_date=clock.today() + timedelta(days=30))
        return cls(await seller(), new)

    async def once(self) -> Any:
        return await commit(orders.create, self.new, by=self.by, key=ids.key())
