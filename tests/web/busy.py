"""A house in which something of everything is there, and every name a stranger could have chosen is hostile markup."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, product
from typing import Any

import pytest

from app.alerts import sweep
from app.approvals import deciding, delegations, editing
from app.approvals.delegations import NewDelegation
from app.approvals.editing import NewRule, NewStep
from app.approvals.tables import ApprovalRequest
from app.billing import advances, receipts
from app.billing.receipts import NewReceipt
from app.catalog.masters import BOMS
from app.catalog.tables import Machine
from app.core import clock, db, ids
from app.core.db import commit
from app.custom_fields import defined, definitions
from app.custom_fields.definitions import NewField
from app.delivery import notes
from app.documents import attachments
from app.frameworks import frameworks, ordering, plans
from app.frameworks.agreeing import NewFramework
from app.frameworks.calling import NewCallOff, NewPlan
from app.inquiries import inquiries
from app.inquiries.inquiries import Lost
from app.inquiries.reading import NewInquiry
from app.inquiries.reading import NewLine as AskedLine
from app.intake import cleaning, inbound, learning
from app.intake.sources import records_in
from app.notifications import robots
from app.offline import intake
from app.parties.tables import CustomerAddress, CustomerContact, Supplier
from app.people import devices, keys
from app.people.actors import Actor
from app.people.tables import Department, LoginSession
from app.portal import links
from app.pricing.tables import Price, PriceList
from app.production import exceptions, operations
from app.quotations import accepting, quotations
from app.quotations.accepting import Acceptance
from app.quotations.kind import QUOTATION
from app.quotations.offering import NewQuotation
from app.sales import orders, rates
from app.sales.orders import NewLine, NewOrder
from app.web import masters, saved_views
from app.web.input import Input
from tasks import events
from tests import make
from tests.houses import Houses, Kind
from tests.opening import files as opening
from tests.stories import thread
from tests.web.hostile import MARK, Answer, Crashes, Page, Route, Sender, in_path, walked
from tests.world import MORNING, SMALL_WORLD, TODAY, World

NAMES = {
    "inbox": "select number from approval_requests", "approvals": "select number from approval_requests",
    "approval-rules": "select code from approval_rules", "delegations": "select id from approval_delegations",
    "receivables": "select number from receivables",
    "receipts": "select number from receipts", "allocations": "select id from receipt_allocations", "advances": "select id from receipt_advances",
    "items": "select code from items",
    "work-centers": "select code from work_centers", "machines": "select code from machines", "stock": "select code from items",
    "delivery-notes": "select number from delivery_notes", "picks": "select id from delivery_picks",
    "documents": "select id from issued_documents", "attachments": "select id from attachments",
    "intake": "select number from inbound_orders", "inbound-orders": "select number from inbound_orders",
    "notices": "select id from notices", "devices": "select code from devices", "badges": "select code from people",
    "device-actions": "select id from parked_actions", "customers": "select code from customers",
    "suppliers": "select code from suppliers", "people": "select code from people", "users": "select login from users",
    "roles": "select code from roles", "api-keys": "select id from api_keys", "departments": "select code from departments",
    "teams": "select code from teams", "schedules": "select number from schedules", "share": "select id from share_links",
    "share-links": "select id from share_links", "work-orders": "select number from work_orders",
    "operations": "select distinct seq from work_order_operations", "reports": "select id from operation_reports",
    "production-exceptions": "select number from production_exceptions", "orders": "select number from sales_orders order by id desc",
    "sales-orders": "select number from sales_orders order by id desc", "postings": "select number from stock_postings",
    "bins": "select code from bins",
    "alerts": "select id from alerts", "alert-rules": "select id from alert_rules",
    "integration-jobs": "select id from integration_jobs", "group-robots": "select id from group_robots",
    "channels": "select 'mail' as channel", "notification-choices": "select login from users",
    "boms": "select code from boms", "lots": "select id from lots", "price-lists": "select code from price_lists",
    "bills": "select number from bills",
    "imports": "select number from opening_imports", "opening-imports": "select number from opening_imports",
    "learned": "select 'w' || id from learned_words", "rules": "select id from cleaning_rules",
    "inquiries": "select number from inquiries order by id desc",
    "quotations": "select number from quotations order by id desc",
    "framework-orders": "select number from framework_orders order by id desc", "changes": "select seq from call_off_changes order by id desc",
    "plans": "select seq from call_off_plans order by id desc",
    "custom-fields": "select thing || '.' || key from custom_fields",
    "change-requests": "select number from change_requests", "views": "select id from saved_views",
}  # fmt: skip
"""What follows which word of an address: column 1 of the query."""


async def settle_in(world: World) -> Actor:
    """Fill the world, and answer somebody with every right of every role."""
    await db.rows("update items set name = {}, spec = {}", MARK, MARK)
    await db.rows("update customers set name = {}, short_name = {}, contact = {}, address = {}", *[MARK] * 4)
    await db.rows("update machines set name = {}", MARK)
    await Supplier(code="S1", name=MARK, short_name=MARK).save()
    await Department(code="D1", name=MARK).save()
    await _agree(world)
    await _sell(world)
    await _make(world)
    await _around(world)
    await _compose(world)
    await _begin(world)
    await _tell(world)
    await _define(world)
    clock.move_to(MORNING + timedelta(hours=5))
    await sweep.sweep()
    clock.move_to(MORNING)
    await events.settle()
    everything = await make.user("omni", MARK, *world.roles.values())
    await saved_views.keep_view("sales_orders", MARK[:40], "state=draft", False, everything)
    return everything


async def _tell(world: World) -> None:
    """A group that listens, and a call that was made to nobody."""
    await commit(robots.write, MARK[:50], "key", ["alert"], "zh_CN", True, by=world.admin)
    job = await commit(robots.send_test, 1, "/", by=world.admin)
    await db.rows(
        "update integration_jobs set state = 'failed', label = {}, said = {} where id = {}",
        MARK,
        MARK,
        job.value.id,
    )


async def _define(world: World) -> None:
    """A custom field of each kind of thing, called by marks and holding them."""
    for thing, known in defined.THINGS.items():
        marked = NewField(
            thing=thing, key="mark", label=MARK[:40], searchable=True, in_list=True, printed=True
        )
        await commit(definitions.define, marked, by=world.admin)
        await db.rows(f"update {known.table} set custom = {{}}", json.dumps({"mark": MARK}))


async def _agree(world: World) -> None:
    """A customer's file and a price list, both full of marks."""
    customer = world.hengli.id
    await CustomerContact(customer=customer, name="孙经理", role=MARK, phone=MARK, mail=MARK).save()
    await CustomerAddress(customer=customer, name="二厂", address=MARK, contact=MARK).save()
    await db.rows("update customers set label_demand = {}, marks = {}, packing_demand = {}", MARK, MARK, MARK)
    listed = PriceList(code="PL-1", name=MARK, customer=customer, valid_from=TODAY, remark=MARK)
    await listed.save()
    await Price(price_list=listed.id, item=world.bolt.id, price_micro=268_000_000, price_unit="千件").save()


async def _sell(world: World) -> None:
    order, _note = await thread.delivered(world, remark=MARK)
    await receipts_of(world)
    line = NewLine(
        item="FB-M10X45-88D", quantity="10", unit="千支", unit_price="200", price_unit="千支", remark=MARK
    )
    draft = NewOrder(
        customer="HENGLI", lines=[line], due_date=clock.today(), customer_order_number=MARK, remark=MARK
    )
    await commit(orders.create, draft, by=world.xiaolan)
    rule = NewRule(name=MARK, command="sales_order.confirm", steps=[NewStep(who=["role:boss"])])
    await commit(editing.write, rule, by=world.admin)
    held = await commit(orders.confirm, (await thread.ordered(world)).number, by=world.xiaolan)
    assert isinstance(held.value, ApprovalRequest)
    await commit(deciding.reject, held.value.number, MARK, by=world.chenzong)
    await commit(orders.confirm, (await thread.ordered(world)).number, by=world.xiaolan)
    await _offer(world)
    await _frame(world)
    await db.rows("update approval_rules set active = {}", False)
    away = NewDelegation(
        giver="chenzong", taker="liuyang", begins=clock.today(), ends=clock.today(), note=MARK
    )
    await commit(delegations.make, away, by=world.admin)
    await commit(links.make, order.number, 30, True, by=world.xiaolan)
    await commit(rates.write, "USD", clock.today(), "7.12", by=world.xiaolan)
    for number in (MARK, f"{MARK}2"):
        sheet = f"订单号,{number}\n物料,数量,单位,单价\nHL-25-8841,5,千支,268\n".encode()
        await commit(
            inbound.receive, await records_in("a.csv", sheet), "file", f"{MARK}.csv", sheet, by=world.xiaolan
        )
    await commit(learning.teach, world.hengli.id, {(learning.UNIT, MARK): "千件"}, by=world.xiaolan)
    clean = cleaning.NewRule(name=MARK, field="remark", kind="replace", pattern=MARK)
    await commit(cleaning.write, clean, by=world.xiaolan)
    await commit(
        attachments.attach,
        f"{MARK}.svg",
        b"<svg onload='alert(1)'/>",
        ("sales_order", order.id),
        by=world.xiaolan,
    )


async def _offer(world: World) -> None:
    """Quotations in every state, their words full of marks, one of them waiting for somebody."""
    lines = [
        NewLine(
            item="FB-M10X45-88D",
            quantity="10",
            unit="千支",
            unit_price="200",
            price_unit="千支",
            remark=MARK,
            spec=MARK,
        )
    ]
    asked = NewInquiry(
        customer="HENGLI",
        asker=MARK,
        contact=MARK,
        said=MARK,
        lines=[AskedLine(spec=MARK, quantity=MARK[:60])],
    )
    asking = [(await commit(inquiries.write, asked, by=world.xiaolan)).value.number for _n in range(3)]
    await commit(inquiries.answer, asking[0], MARK, by=world.xiaolan)
    await commit(inquiries.lose, asking[1], Lost("other", MARK), by=world.xiaolan)
    offered = NewOrder(customer="HENGLI", lines=lines, customer_order_number=MARK, remark=MARK)
    new = NewQuotation(offered=offered, breaks=["50 = 190"], inquiry=asking[0])
    made = [(await commit(quotations.write, new, by=world.xiaolan)).value.number for _n in range(5)]
    for number in made[1:]:
        await commit(quotations.send, number, by=world.xiaolan)
    await commit(quotations.revise, made[1], by=world.xiaolan)
    await commit(quotations.lose, made[2], Lost("other", MARK), by=world.xiaolan)
    await commit(accepting.accept, made[3], Acceptance(MARK), by=world.xiaolan)
    rule = NewRule(name=f"{MARK}2", command=QUOTATION.held, steps=[NewStep(who=["role:boss"])])
    await commit(editing.write, rule, by=world.admin)
    await commit(quotations.send, made[0], f"{MARK}@x.cn"[:100], by=world.xiaolan)


async def _frame(world: World) -> None:
    """Framework orders full of marks: a draft, a closed one, and one with plans, a change to decide, and an order."""
    line = NewLine(
        item="FB-M10X45-88D",
        quantity="100",
        unit="千支",
        unit_price="200",
        price_unit="千支",
        remark=MARK,
        spec=MARK,
    )
    agreed = NewOrder(customer="HENGLI", lines=[line], customer_order_number=MARK, remark=MARK)
    new = NewFramework(agreed=agreed, valid_until=TODAY + timedelta(days=300))
    made = [(await commit(frameworks.write, new, by=world.xiaolan)).value.number for _n in range(3)]
    await commit(frameworks.close, made[0], MARK, by=world.xiaolan)
    await commit(frameworks.activate, made[2], by=world.xiaolan)
    near, far = TODAY + timedelta(days=5), TODAY + timedelta(days=50)
    for near_q, far_q in (("5", "20"), ("6", "20"), ("7", "25")):
        wanted = [NewCallOff(line=1, due_date=day, quantity=q) for day, q in ((near, near_q), (far, far_q))]
        await commit(plans.take, made[2], NewPlan(call_offs=wanted, reference=MARK), by=world.xiaolan)
        if near_q == "6":
            await commit(plans.decide, made[2], 3, False, MARK, by=world.xiaolan)
    await commit(ordering.order, made[2], [(1, far)], by=world.xiaolan)


async def receipts_of(world: World) -> None:
    owed = await db.value("select number from receivables")
    new = NewReceipt("HENGLI", 1_000_000, clock.today(), reference=MARK, remark=MARK)
    receipt = (await commit(receipts.make, new, by=world.zhoumin)).value
    await commit(receipts.allocate, receipt.number, {owed: 500_000}, by=world.zhoumin)
    spare = (await commit(receipts.make, new, by=world.zhoumin)).value
    order = await thread.ordered(world)
    await commit(advances.put, spare.number, order.number, 100_000, by=world.zhoumin)


async def _make(world: World) -> None:
    order = await thread.confirmed(world, remark=MARK)
    work_order = await thread.released(world, order)
    await thread.made(world, work_order, good="60")
    await thread.stored(world, work_order, 60_000_000)
    await commit(notes.create, order.number, by=world.xiuying)
    begun = await thread.released(world, await thread.confirmed(world))
    await commit(operations.start, f"{begun.number}/10", by=world.jianguo)
    machine = await Machine.objects().first()
    await commit(
        exceptions.raise_, "machine", machine=machine.code if machine else None, note=MARK, by=world.jianguo
    )


async def _around(world: World) -> None:
    new = devices.NewDevice(MARK, "tablet", "HEADING")
    device, _code = (await commit(devices.create, new, by=world.admin)).value
    await db.rows("update devices set token_hash = 'x'")
    await commit(keys.create, "xiaolan", MARK, by=world.admin)
    wrong = [
        {
            "id": f"wrong-{i}-000",
            "name": "operation.report",
            "device": device.code,
            "payload": {"operation": MARK},
        }
        for i in (1, 2, 3)
    ]
    await intake.take(wrong, by=world.admin)


async def names() -> dict[str, list[str]]:
    """Real names by the word of an address that they follow."""
    return {word: [str(next(iter(r.values()))) for r in await db.rows(sql)] for word, sql in NAMES.items()}


async def _compose(world: World) -> None:
    """A bill of materials."""
    wire = await make.item("W-10", name=MARK, base_unit="kg", kind="raw", unit_label="")
    line = {"seq": "10", "item": wire.code, "quantity": "42.5", "unit": "kg", "per": "1000", "note": MARK}
    form = Input({"code": "BOM-1", "item": "FB-M10X45-88D", "name": MARK, "active": "1", "lines": [line]})
    await commit(masters.save, BOMS, None, form, by=world.admin)


async def _begin(world: World) -> None:
    """Opening data of every kind, and a file that is full of problems."""
    bill = ("1234567890", MARK, MARK, "HENGLI", 100, "2026-08-15", "2027-02-15", "在手")
    await opening.booked("bills", opening.xlsx(opening.BILLS, [bill]), world.admin)
    await make.customer("OWES", name=MARK, short_name=MARK)
    owed = ("XS-1", "OWES", 100, "", "2026-10-31", "2026-11-30")
    await opening.booked("receivables", opening.xlsx(opening.RECEIVABLES, [owed]), world.admin)
    bought = (MARK, 1, "S1", "FB-M10X45-88D", 5, "千支", 1, 200, "2026-12-20")
    await opening.booked("purchases", opening.xlsx(opening.PURCHASES, [bought]), world.admin)
    sold = (MARK, 1, "HENGLI", MARK, "FB-M10X45-88D", 5, "千支", 2, 268, "2026-12-20")
    await opening.dropped("orders", opening.xlsx(opening.ORDERS, [sold]), world.admin)
    await opening.dropped(
        "stock", opening.xlsx(opening.STOCK, [(MARK, MARK, MARK, -1, MARK, MARK, MARK)]), world.admin
    )


NEVER_ENDING = ("/events/stream",)
RUNS_THE_ENGINE = ("/schedules", "/api/v1/schedules")


@dataclass
class Busy:
    """The busy house with its doors: somebody who may everything, somebody who may nothing, a visitor, a program."""

    world: World
    omni: Sender
    nobody: Sender
    visitor: Sender
    names: dict[str, list[str]]
    crashes: Crashes

    async def pages(self) -> dict[str, tuple[Answer, Page]]:
        """Every page that somebody with every right comes to by its links, before anything was changed."""
        if not _walked:
            _walked.update(await walked(self.omni))
        return dict(_walked)

    def places(self, route: Route, most: int = 3) -> list[str]:
        return places(self.names, route, most)


def places(names: dict[str, list[str]], route: Route, most: int = 3) -> list[str]:
    """The route at real things, at most so many; [] when there are none."""
    found: list[list[str]] = []
    for name in route.names:
        word = route.path.split("{" + name)[0].rstrip("/").rsplit("/", 1)[-1]
        fixed = ["start", "report", "hold"] if name in ("fact", "verb") else None
        found.append(fixed or names.get(word, [])[:most])
    return [route.at(*map(in_path, each)) for each in islice(product(*found), most)]


async def sender_of(actor: Actor, **headers: str) -> Sender:
    token, now = ids.token(), clock.real_now()
    await LoginSession(
        token_hash=ids.fingerprint(token),
        user=actor.user_id,
        began_at=now,
        seen_at=now,
        ends_at=now + timedelta(days=1),
    ).save()
    return Sender({"cookie": f"session={token}", **headers})


async def furnish(world: World) -> tuple[World, Actor]:
    clock.move_to(MORNING)
    return world, await settle_in(world)


BUSY = Kind("busy", furnish, on=SMALL_WORLD)
_walked: dict[str, Any] = {}  # every test's house is the same: its pages are walked once


@pytest.fixture
async def busy_house(houses: Houses, fresh: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Busy]:
    clock.move_to(MORNING)
    world, everything = await houses.enter(BUSY)
    crashes, log = Crashes(), logging.getLogger("zhunjiao")
    log.addHandler(crashes)
    monkeypatch.setattr(log, "propagate", False)
    yield Busy(
        world, await sender_of(everything), await sender_of(world.nobody), Sender(), await names(), crashes
    )
    log.removeHandler(crashes)


def open_ended(route: Route) -> bool:
    return route.path in NEVER_ENDING or (route.method == "POST" and route.path in RUNS_THE_ENGINE)
