"""The demo factory before its first order: people, machines, items with routings, customers, bins, rules."""

import json
from datetime import timedelta
from random import Random
from typing import Any

from app.approvals.tables import ApprovalRule
from app.catalog.tables import Item, Machine, RoutingOperation, WorkCenter
from app.core import clock, db, ids, search
from app.custom_fields import definitions
from app.custom_fields.definitions import NewField
from app.custom_fields.values import dumped, loaded
from app.demo import names
from app.parties.tables import Company, Customer, CustomerItem, Supplier
from app.people import logins
from app.people.actors import HOUSE
from app.people.tables import Department, Person, Team, User, UserRole
from app.stock.tables import Bin, Warehouse
from app.upkeep import first_things

PEOPLE, CUSTOMERS = 60, 40
DENSITY = 7.85e-6  # kg per mm³ of steel


async def plant(chance: Random) -> None:
    """Write all masters; part of one transaction."""
    roles = await first_things.plant()
    await Company.from_dict(names.COMPANY).save()
    teams = await _people(chance, roles)
    centers = await _machines(teams)
    items = await _items(centers)
    await _customers(chance, items)
    await _rates()
    await _suppliers()
    await _bins()
    await _rules(roles)
    for field in names.CUSTOM_FIELDS:
        await definitions.define(NewField(**field), by=HOUSE)


async def _people(chance: Random, roles: dict[str, int]) -> dict[str, int]:
    departments = {
        code: (await _saved(Department(code=code, name=name), "department")).id
        for code, name in names.DEPARTMENTS
    }
    teams = {
        code: (await _saved(Team(code=code, name=name, department=departments[home]), "team")).id
        for code, name, home in names.TEAMS
    }
    password, pin = logins.hashed(names.PASSWORD), logins.hashed("1234")
    for number, (login, name, role, department, team) in enumerate(names.USERS, 1):
        person = await _saved(Person(
            code=f"P{number:03d}", name=name, department=departments[department], team=teams.get(team), pin_hash=pin,
            badge_hash=ids.fingerprint(f"DEMO{login.upper()}"), leads_team=role == "leader", heads_department=role == "boss",
        ), "person")  # fmt: skip
        user = await _saved(
            User(person=person.id, login=login, password_hash=password, language="zh_CN", theme="light")
        )
        await UserRole(user=user.id, role=roles[role]).save()
    taken = {name for _login, name, *_ in names.USERS}
    floor = [t for t in teams if t != "STORE"]
    for number in range(len(names.USERS) + 1, PEOPLE + 1):
        while (name := chance.choice(names.SURNAMES) + chance.choice(names.GIVEN)) in taken:
            pass
        taken.add(name)
        team = floor[number % len(floor)]
        await _saved(Person(
            code=f"P{number:03d}", name=name, department=departments["PROD"], team=teams[team], pin_hash=pin,
            badge_hash=ids.fingerprint(f"DEMOP{number:03d}"),
        ), "person")  # fmt: skip
    return teams


async def _machines(teams: dict[str, int]) -> dict[str, int]:
    centers = {}
    for code, name, calendar, machines, machine, team in names.WORK_CENTERS:
        center = WorkCenter(code=code, name=name, calendar=calendar)
        centers[code] = (await _saved(center, "work_center")).id
        for i in range(1, machines + 1):
            await _saved(Machine(
                code=f"{code}-{i:02d}", name=f"{machine} {i} 号", work_center=centers[code], team=teams.get(team)
            ), "machine")  # fmt: skip
    return centers


async def _items(centers: dict[str, int]) -> list[Item]:
    made = []
    for code, name, route, diameters, lengths, (grade, mark), per_kg in names.FAMILIES:
        for d in diameters:
            for length in lengths:
                item = await _finished(code, name, route, d, length, grade, mark, per_kg)
                made.append(item)
                await _routing(item.id, route, centers, d)
    for code, name in names.WIRES:
        await _item(
            Item(
                code=code,
                name=name,
                kind="raw",
                base_unit="kg",
                usual_price_micro=5_600_000,
                usual_price_unit="kg",
            )
        )
    for code, name in names.SERVICES:
        await _item(Item(code=code, name=name, kind="service", base_unit="件", unit_label="项"))
    return made


async def _finished(
    code: str, name: str, route: str, d: int, length: int, grade: str, mark: str, per_kg: float
) -> Item:
    volume = {"nut": 1.1 * d**3, "washer": 0.35 * d**3}.get(
        route, 0.785 * d * d * (length * (1.0 if route == "pin" else 0.92) + 1.2 * d)
    )
    grams = max(1, round(volume * DENSITY * 1_000_000))  # kg per 1,000 pieces at 10⁻³
    size = f"M{d}×{length}" if length and route == "bolt" else f"φ{d}×{length}" if length else f"M{d}"
    box = 50 if grams > 30_000 else 200 if grams > 8_000 else 1000
    plater = next((who for finish, who in names.PLATERS.items() if finish in grade), "")
    return await _item(Item(
        code=f"{code}-{size.replace('×', 'X').replace('φ', 'D')}-{mark}", name=name, spec=f"{size} {grade}", kind="finished",
        base_unit="件", unit_label="只" if route == "nut" else "支", weight_micro=grams * 1000, weight_pieces=1000, per_box=box,
        boxes_per_carton=20, cartons_per_pallet=36, drawing_revision="A", setup_family=f"M{d}",
        custom=dumped({"plater": plater} if plater else {}),
        usual_price_micro=round(grams / 1000 * per_kg * 100) * 10_000, usual_price_unit="千件", cost_micro=round(grams * per_kg * 0.64),
    ))  # fmt: skip


async def _item(item: Item) -> Item:
    await item.save()
    await search.index("item", item.id, item.code, item.name, item.spec, *loaded(item.custom).values())
    return item


async def _routing(item: int, route: str, centers: dict[str, int], d: int) -> None:
    for seq, (name, center, setup, seconds, by) in enumerate(names.ROUTES[route], 1):
        await RoutingOperation(
            item=item, seq=seq * 10, name=name, work_center=centers[center], setup_minutes=setup,
            run_seconds=seconds * (1 if d < 12 else 2), run_pieces=1000, report_by=by,
        ).save()  # fmt: skip


def _known(chance: Random) -> list[tuple[Any, ...]]:
    """The customers of the list, and invented ones until there are enough."""
    known: list[tuple[Any, ...]] = list(names.CUSTOMERS)
    seen = {c[1] for c in known}
    while len(known) < CUSTOMERS:
        place, brand = chance.choice(names.PLACES), chance.choice(names.BRANDS)
        name = f"{place}{brand}{chance.choice(names.TRADES)}有限公司"
        if name not in seen:
            seen.add(name)
            level, closing = chance.choice("BBC"), chance.choice((0, 25))
            known.append((f"C{len(known) + 1:03d}", name, place + brand, level, "CNY", 30, closing))
    return known


async def _customers(chance: Random, items: list[Item]) -> None:
    for code, name, short, level, currency, days, closing in _known(chance):
        abroad = currency != "CNY"
        reach = (
            chance.choice(names.SURNAMES) + "经理", f"138{chance.randrange(10**8):08d}",
            f"{name[:2]}市示范工业园 {chance.randrange(1, 200)} 号",
        )  # fmt: skip
        contact, phone, address = names.ABROAD.get(code, reach)
        row = await _saved(Customer(
            code=code, name=name, short_name=short, level=level, currency=currency, payment_days=days, closing_day=closing,
            tax_included=not abroad, tax_rate=0 if abroad else 1300, trade_term="FOB" if abroad else "含税送到",
            credit_limit=(100 if level == "A" else 30) * 1_000_000, contact=contact, phone=phone, address=address,
        ))  # fmt: skip
        await search.index("customer", row.id, code, name, short)
        for n, item in enumerate(chance.sample(items, 12), 1):
            await CustomerItem(
                customer=row.id, code=f"{code[:2]}-{chance.randrange(20, 27)}-{8800 + n * 7}", item=item.id
            ).save()


async def _rates() -> None:
    today = clock.today()
    for currency, rate in (("USD", 7_120_000), ("EUR", 7_760_000)):
        await db.rows(
            "insert into exchange_rates (currency, day, rate_micro) values ({}, {}, {})",
            currency,
            today - timedelta(days=60),
            rate,
        )


async def _suppliers() -> None:
    for code, name, short, kind in names.SUPPLIERS:
        row = await _saved(Supplier(code=code, name=name, short_name=short, kind=kind))
        await search.index("supplier", row.id, code, name, short)


async def _bins() -> None:
    finished = await _saved(Warehouse(code="W1", name="成品仓"))
    material = await _saved(Warehouse(code="W2", name="线材仓"))
    for aisle in "ABC":
        for rack in range(1, 5):
            for level in range(1, 4):
                code = f"{aisle}-{rack:02d}-{level:02d}"
                await Bin(code=code, name=code, warehouse=finished.id, kind="store").save()
    for n in range(1, 7):
        await Bin(code=f"L-{n:02d}", name=f"线材 {n} 区", warehouse=material.id, kind="store").save()
    await Bin(code="DOCK-1", name="发货区", warehouse=finished.id, kind="place").save()


async def _rules(roles: dict[str, int]) -> None:
    await ApprovalRule(
        code="RU1", name="订单金额超过 5 万元", command="sales_order.confirm", joined="and",
        conditions=json.dumps([["amount_cny", ">", "50000"]]), steps=json.dumps([{"who": ["role:boss"], "mode": "one", "hours": 8}]),
    ).save()  # fmt: skip


async def _saved(row: Any, kind: str = "") -> Any:
    """Written, and found by its code and name under its kind."""
    await row.save()
    if kind:
        await search.index(kind, row.id, row.code, row.name)
    return row
