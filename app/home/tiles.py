"""The tiles of the workplace, by what a person does. Each figure leads to the list that it counts.

A figure is one SQL condition of the capability it belongs to; all tiles of a person are counted by one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.approvals.permissions import SEE_ALL as DECIDES
from app.billing import permissions as billing
from app.billing import states as money
from app.core import clock, db
from app.core.conditions import Condition
from app.core.words import N_, Word, _, language, noun_beside
from app.delivery import permissions as delivery
from app.people.actors import Actor, Permission
from app.production import conditions as work
from app.production import permissions as production
from app.sales import conditions as orders
from app.sales import permissions as sales

MOST = 1000
"""Counted no further than this: a tile says 999+ then."""


@dataclass(frozen=True)
class Tile:
    """One figure. `value` is its SQL expression (a scalar), `kind` the colour of its note when it is not zero."""

    key: str
    label: Word
    href: str
    value: str
    args: tuple[Any, ...] = ()
    unit: str = ""
    note: str = ""
    kind: str = ""
    money: bool = False


@dataclass(frozen=True)
class Area:
    """What one kind of work looks at, for those who hold its permission."""

    key: str
    label: Word
    permission: Permission
    tiles: tuple[Tile, ...]


def _count(source: str, *conditions: Condition) -> tuple[str, tuple[Any, ...]]:
    where = " and ".join(f"({c.sql})" for c in conditions)
    return (
        f"(select count(*) from (select 1 from {source} where {where} limit {MOST}) n)",
        tuple(a for c in conditions for a in c.args),
    )


def _counted(
    key: str,
    label: Word,
    href: str,
    source: str,
    *conditions: Condition,
    unit: Word,
    note: Word,
    kind: str = "",
) -> Tile:
    value, args = _count(source, *conditions)
    return Tile(key, label, href, value, args, unit, note, kind)


ORDERS_UNIT, WORK_UNIT, NOTES_UNIT, CASES_UNIT = (
    N_("orders"),
    N_("work orders"),
    N_("delivery notes"),
    N_("cases"),
)
_WORK_SOURCE = "work_orders w"


def _sales(by: Actor, today: date) -> tuple[Tile, ...]:
    seen = tuple(orders.visible_to(by))
    own = "sales_orders o"
    return (
        _counted("due_soon", N_("Due within 7 days"), "/orders?state=due_soon&sort=due_date", own, orders.due_soon(today), *seen,
                 unit=ORDERS_UNIT, note=N_("to be delivered"), kind="warn"),
        _counted("late", N_("Overdue"), "/orders?state=late&sort=due_date", own, orders.late(today), *seen,
                 unit=ORDERS_UNIT, note=N_("the customer waits"), kind="bad"),
        _counted("to_confirm", N_("To be confirmed"), "/orders?state=submitted&state=draft", own, orders.TO_CONFIRM, *seen,
                 unit=ORDERS_UNIT, note=N_("not yet promised")),
        _counted("intake", N_("New in intake"), "/intake", "inbound_orders i", Condition("i.state = 'new'"),
                 unit=CASES_UNIT, note=N_("to be looked at"), kind="run"),
    )  # fmt: skip


def _planning(by: Actor, today: date) -> tuple[Tile, ...]:
    return (
        _counted("to_plan", N_("To be planned"), "/work-orders?state=not_planned&sort=due_date", _WORK_SOURCE, work.NOT_PLANNED,
                 unit=WORK_UNIT, note=N_("released, without a machine"), kind="warn"),
        _counted("late_work", N_("Late work orders"), "/work-orders?state=late&sort=due_date", _WORK_SOURCE, work.late(today),
                 unit=WORK_UNIT, note=N_("past their day"), kind="bad"),
        _counted("running", N_("In work"), "/work-orders?state=started", _WORK_SOURCE, work.STARTED,
                 unit=WORK_UNIT, note=N_("on the machines")),
        _exceptions(),
    )  # fmt: skip


def _exceptions() -> Tile:
    return _counted("exceptions", N_("Exceptions"), "/production-exceptions?state=unresolved", "production_exceptions e",
                    Condition("e.state <> 'resolved'"), unit=CASES_UNIT, note=N_("not resolved"), kind="bad")  # fmt: skip


def _warehouse(by: Actor, today: date) -> tuple[Tile, ...]:
    planned = Condition("d.state in ('draft', 'picking') and d.planned_on <= {}", (today,))
    return (
        _counted("to_ship", N_("To be shipped today"), f"/delivery-notes?state=draft&state=picking&until={today}",
                 "delivery_notes d", planned, unit=NOTES_UNIT, note=N_("planned for today or before"), kind="warn"),
        _counted("picking", N_("Being picked"), "/delivery-notes?state=picking", "delivery_notes d",
                 Condition("d.state = 'picking'"), unit=NOTES_UNIT, note=N_("begun, not posted"), kind="run"),
        _counted("put_away", N_("To put into stock"), "/work-orders?state=to_receive", _WORK_SOURCE, work.TO_RECEIVE,
                 unit=WORK_UNIT, note=N_("made, not in a bin"), kind="warn"),
        *((_counted("ready", N_("Ready to deliver"), "/orders?state=made&sort=due_date", "sales_orders o", orders.MADE,
                    unit=ORDERS_UNIT, note=N_("all made")),) if by.may(sales.SEE) else ()),
    )  # fmt: skip


def _finance(by: Actor, today: date) -> tuple[Tile, ...]:
    overdue = Condition(f"{money.OPEN.sql} and r.amount > 0 and r.due_on < {{}}", (today,))
    owed = "cast(coalesce(sum(r.amount_cny * (r.amount - r.matched) / r.amount), 0) as bigint)"
    return (
        Tile("overdue", N_("Overdue receivables"), "/receivables?state=overdue",
             f"(select {owed} from receivables r where {overdue.sql})", overdue.args, note=N_("past their term"), kind="bad",
             money=True),
        Tile("open", N_("Open receivables"), "/receivables?state=open",
             f"(select {owed} from receivables r where {money.OPEN.sql} and r.amount > 0)", note=N_("not yet paid"), money=True),
        _counted("to_match", N_("Receipts to match"), "/receipts?state=open", "receipts c", money.NOT_MATCHED,
                 unit=CASES_UNIT, note=N_("money without an order"), kind="warn"),
    )  # fmt: skip


def _lead(by: Actor, today: date) -> tuple[Tile, ...]:
    seen = tuple(orders.visible_to(by))
    where = " and ".join(f"({c.sql})" for c in (orders.IN_PROGRESS, *seen))
    return (
        *((Tile("open_value", N_("Open orders"), "/orders?state=in_progress&sort=due_date",
             f"(select cast(coalesce(sum(o.gross_cny), 0) as bigint) from sales_orders o where {where})",
             tuple(a for c in seen for a in c.args), note=N_("value with tax"), money=True),) if by.may(sales.PRICE) else ()),
        _sales(by, today)[1],
        _sales(by, today)[0],
        _exceptions(),
    )  # fmt: skip


AREAS: tuple[tuple[str, Word, Permission, Any], ...] = (
    ("lead", N_("The factory"), DECIDES, _lead),
    ("sales", N_("Sales"), sales.CREATE, _sales),
    ("planning", N_("Planning"), production.PLAN, _planning),
    ("warehouse", N_("Warehouse"), delivery.POST, _warehouse),
    ("finance", N_("Finance"), billing.MATCH_RECEIPTS, _finance),
)


def areas_of(by: Actor) -> list[Area]:
    """The areas in which this person works."""
    today = clock.today()
    return [
        Area(key, label, permission, make(by, today))
        for key, label, permission, make in AREAS
        if by.may(permission)
    ]


async def counted(areas: Sequence[Area]) -> list[dict[str, Any]]:
    """The areas with their tiles as the page shows them; a figure that stands in two areas is drawn once, in the first."""
    tiles = {tile.key: tile for area in areas for tile in area.tiles}
    if not tiles:
        return []
    sql = ", ".join(f'{tile.value} as "{key}"' for key, tile in tiles.items())
    found = await db.one(f"select {sql}", *[a for tile in tiles.values() for a in tile.args])
    assert found is not None
    drawn: set[str] = set()
    shown = []
    for area in areas:
        fresh = [tile for tile in area.tiles if tile.key not in drawn]
        drawn.update(tile.key for tile in fresh)
        if fresh:
            shown.append(
                {
                    "key": area.key,
                    "label": _(area.label),
                    "tiles": [_told(tile, found[tile.key]) for tile in fresh],
                }
            )
    return shown


def _told(tile: Tile, value: int) -> dict[str, Any]:
    said, unit = (
        _round_sum(value)
        if tile.money
        else ("999+" if value >= MOST else str(value), noun_beside(tile.unit, value))
    )
    return {
        "label": _(tile.label), "value": said, "unit": unit, "note": _(tile.note), "kind": tile.kind if value and tile.kind else None,
        "href": tile.href, "key": tile.key,
    }  # fmt: skip


def _round_sum(fen: int) -> tuple[str, str]:
    """A sum of fen as a tile has room for it: ¥58.4 万, ¥583.7 k."""
    yuan, step, unit = Decimal(fen) / 100, *((10_000, "万") if language() == "zh_CN" else (1000, "k"))
    return (f"¥{yuan:,.0f}", "") if abs(yuan) < step else (f"¥{yuan / step:,.1f}", unit)
