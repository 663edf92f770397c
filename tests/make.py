"""Factories of the test world: plain async functions that build masters through tables and documents through verbs."""

import itertools
import json
from collections.abc import Sequence
from typing import Any

from app.approvals.tables import ApprovalRule
from app.catalog.tables import Item, Machine, RoutingOperation, WorkCenter
from app.core import clock, ids, search
from app.parties.tables import Customer, CustomerItem
from app.people import logins
from app.people.actors import Actor
from app.people.tables import Person, Team, User, UserRole
from app.stock.tables import Bin, Warehouse

_n = itertools.count(1)
PASSWORD = "correct horse 1"
_PASSWORD_HASH = ""


async def person(name: str, team: int | None = None, badge: str = "", **more: Any) -> Person:
    row = Person(
        code=f"P{next(_n):03d}",
        name=name,
        team=team,
        badge_hash=ids.fingerprint(badge) if badge else "",
        **more,
    )
    await row.save()
    return row


async def user(login: str, name: str, *roles: int, team: int | None = None, badge: str = "") -> Actor:
    """A person with a login and these roles, as an actor."""
    global _PASSWORD_HASH
    _PASSWORD_HASH = _PASSWORD_HASH or logins.hashed(PASSWORD)
    who = await person(name, team, badge)
    row = User(person=who.id, login=login, password_hash=_PASSWORD_HASH, language="zh_CN", theme="light")
    await row.save()
    for role in roles:
        await UserRole(user=row.id, role=role).save()
    actor = await logins.actor_of_user(row.id)
    assert actor is not None
    return actor


async def approval_rule(
    conditions: Sequence[Sequence[str]] = (("amount_cny", ">", "50000"),), *steps: dict[str, Any], **more: Any
) -> ApprovalRule:
    """Orders above ¥50,000 need the boss, unless told otherwise. A step: {"who": ["role:boss"], "mode": "one", "hours": 0}."""
    given: dict[str, Any] = {
        "code": f"RU{next(_n)}", "name": "大额订单", "command": "sales_order.confirm", "joined": "and", "active": True,
        "conditions": json.dumps(conditions), "steps": json.dumps(steps or [{"who": ["role:boss"]}]),
    }  # fmt: skip
    row = ApprovalRule(**{**given, **more})
    await row.save()
    return row


async def team(code: str, name: str) -> Team:
    row = Team(code=code, name=name)
    await row.save()
    return row


async def item(
    code: str = "", name: str = "六角法兰面螺栓", spec: str = "M10×45 8.8 达克罗", **more: Any
) -> Item:
    """A bolt of 40.20 kg per 1,000 支 unless told otherwise."""
    given: dict[str, Any] = {
        "kind": "finished", "base_unit": "件", "unit_label": "支", "weight_micro": 40_200_000, "weight_pieces": 1000,
        "per_box": 50, "boxes_per_carton": 20, "cartons_per_pallet": 36, "drawing_revision": "C",
        "usual_price_micro": 268_000_000, "usual_price_unit": "千件", "setup_family": "M10",
    }  # fmt: skip
    row = Item(code=code or f"I{next(_n):04d}", name=name, spec=spec, **{**given, **more})
    await row.save()
    await search.index("item", row.id, row.code, name, spec)
    return row


async def customer(code: str = "", name: str = "宁波恒立工程机械有限公司", **more: Any) -> Customer:
    given: dict[str, Any] = {
        "short_name": "宁波恒立", "level": "A", "currency": "CNY", "tax_included": True, "tax_rate": 1300,
        "trade_term": "含税送到", "payment_days": 30, "credit_limit": 100_000_000, "contact": "周敏",
        "address": "浙江省宁波市北仑区恒山路 1 号",
    }  # fmt: skip
    row = Customer(code=code or f"C{next(_n):04d}", name=name, **{**given, **more})
    await row.save()
    await search.index("customer", row.id, row.code, name, row.short_name)
    return row


async def customer_item(
    customer_id: int, code: str, item_id: int, drawing_revision: str = "C"
) -> CustomerItem:
    row = CustomerItem(customer=customer_id, code=code, item=item_id, drawing_revision=drawing_revision)
    await row.save()
    return row


async def work_center(
    code: str, name: str, machines: int = 1, team_id: int | None = None
) -> tuple[WorkCenter, list[Machine]]:
    center = WorkCenter(code=code, name=name, calendar="two_shifts")
    await center.save()
    made = []
    for i in range(1, machines + 1):
        machine = Machine(code=f"{code}-{i:02d}", name=f"{name} {i} 号", work_center=center.id, team=team_id)
        await machine.save()
        made.append(machine)
    return center, made


async def routing(item_id: int, steps: list[tuple[str, int, int, int, str]]) -> None:
    """Steps of (name, work center id, setup minutes, run seconds per 1,000 pieces, report by)."""
    for i, (name, center, setup, seconds, report_by) in enumerate(steps, 1):
        await RoutingOperation(
            item=item_id, seq=i * 10, name=name, work_center=center, setup_minutes=setup, run_seconds=seconds,
            run_pieces=1000, report_by=report_by,
        ).save()  # fmt: skip


async def bins() -> dict[str, Bin]:
    """One warehouse with two store bins, and the virtual places."""
    from app.stock.places import plant_places

    warehouse = Warehouse(code="W1", name="成品仓")
    await warehouse.save()
    made = {}
    for code in ("A-01-01", "A-01-02"):
        made[code] = Bin(code=code, name=code, warehouse=warehouse.id, kind="store")
        await made[code].save()
    await plant_places()
    return made


def now() -> Any:
    return clock.now()
