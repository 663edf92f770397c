"""What a scanned code is, and where this person goes with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.core import db, ids
from app.core.refusals import NOT_FOUND, Refused
from app.core.text import clean
from app.core.words import _
from app.delivery import permissions as delivery
from app.people import permissions as people
from app.people.actors import Actor
from app.production import permissions as production
from app.sales import permissions as sales
from app.scanning import codes
from app.scanning.codes import Code, Kind, Unreadable
from app.stock import permissions as stock


@dataclass(frozen=True)
class Found:
    """A thing behind a code: its kind and number, a title and a note for people, its page, and what else can be done."""

    kind: str
    number: str
    title: str
    href: str
    note: str = ""
    actions: tuple[tuple[str, str], ...] = ()


async def resolve(text: str, by: Actor) -> Found:
    """The thing that a scanned or typed text means to this person.

    Ours by its code; else whatever bears the text as its number. What they may not see is not found. Raises `Unreadable`
    when the text is neither a code nor a number of ours.
    """
    try:
        return await _of_code(codes.parse(text), by)
    except Unreadable:
        found = await _of_number(clean(text)[:60], by)
        if found is None:
            raise
        return found


async def _of_code(code: Code, by: Actor) -> Found:
    finder = FINDERS.get(code.kind)
    found = await finder(code, by) if finder else None
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def _work_order(code: Code, by: Actor) -> Found | None:
    return await _work_order_where("w.id = {}", code.id, by)


async def _operation(code: Code, by: Actor) -> Found | None:
    row = await db.one("select work_order, seq, name from work_order_operations where id = {}", code.id)
    if row is None:
        return None
    if not by.may(production.SEE) and by.may(production.REPORT):
        return Found("operation", str(row["seq"]), row["name"], "/floor")
    found = await _work_order_where("w.id = {}", row["work_order"], by)
    if found is None:
        return None
    return Found(
        "operation",
        f"{found.number}/{row['seq']}",
        f"{row['seq']} {row['name']}",
        found.href,
        found.title,
        found.actions,
    )


async def _work_order_where(where: str, value: Any, by: Actor) -> Found | None:
    row = await db.one(
        "select w.number, trim(i.name || ' ' || i.spec) as item from work_orders w join items i on i.id = w.item where "
        + where,
        value,
    )
    if row is None or not by.may(production.SEE):
        return None
    return Found("work_order", row["number"], row["number"], f"/work-orders/{row['number']}", row["item"])


async def _bin(code: Code, by: Actor) -> Found | None:
    return await _bin_where("b.id = {}", code.id, by)


async def _bin_where(where: str, value: Any, by: Actor) -> Found | None:
    row = await db.one(
        f"select b.code, b.kind, w.name as warehouse from bins b join warehouses w on w.id = b.warehouse where {where}",
        value,
    )
    if row is None or row["kind"] == "virtual" or not by.may(stock.SEE_BINS):
        return None
    address = quote(row["code"], safe="")
    moving = ((_("Move by hand"), f"/stock/moves/new?bin={address}"),) if by.may(stock.MAKE_MOVES) else ()
    label = (_("Label"), f"/bins/{address}/label.pdf")
    return Found("bin", row["code"], row["code"], f"/bins/{address}", row["warehouse"], (*moving, label))


async def _lot(code: Code, by: Actor) -> Found | None:
    return await _lot_where("l.id = {}", code.id, by)


async def _lot_where(where: str, value: Any, by: Actor) -> Found | None:
    row = await db.one(
        "select l.id, l.number, l.heat, i.code as item, trim(i.name || ' ' || i.spec) as title from lots l"
        f" join items i on i.id = l.item where {where} order by l.id desc limit 1",
        value,
    )
    if row is None or not by.may(stock.SEE_BALANCES):
        return None
    page = f"/stock/{quote(row['item'], safe='')}?lot={quote(row['number'], safe='')}"
    moving = f"/stock/moves/new?item={quote(row['item'], safe='')}&lot={quote(row['number'], safe='')}"
    actions = ((_("Move by hand"), moving),) if by.may(stock.MAKE_MOVES) else ()
    label = (_("Label"), f"/lots/{row['id']}/label.pdf")
    return Found("lot", row["number"], f"{row['item']} {row['title']}", page, row["heat"], (*actions, label))


async def _delivery_note(code: Code, by: Actor) -> Found | None:
    return await _delivery_note_where("n.id = {}", code.id, by)


async def _delivery_note_where(where: str, value: Any, by: Actor) -> Found | None:
    row = await db.one(
        f"select n.number, c.name as customer from delivery_notes n join customers c on c.id = n.customer where {where}",
        value,
    )
    if row is None or not (by.may(delivery.SEE) or by.may(delivery.PICK)):
        return None
    page = f"/delivery-notes/{row['number']}" if by.may(delivery.SEE) else "/scan"
    actions = ((_("Delivery slip"), f"{page}/slip.pdf"),) if by.may(delivery.SEE) else ()
    return Found("delivery_note", row["number"], row["number"], page, row["customer"], actions)


async def _person(code: Code, by: Actor) -> Found | None:
    row = await db.one(
        "select id, code, name from people where badge_hash = {} and active", ids.fingerprint(code.body)
    )
    if row is None:
        return None
    if row["id"] == by.person_id:
        return Found("person", row["code"], row["name"], "/me")
    if not by.may(people.SEE_PEOPLE):
        return None
    return Found("person", row["code"], row["name"], f"/people/{quote(row['code'], safe='')}")


async def _sales_order_where(where: str, value: Any, by: Actor) -> Found | None:
    row = await db.one(f"select number, customer_name from sales_orders where {where}", value)
    if row is None or not by.may(sales.SEE):
        return None
    return Found(
        "sales_order", row["number"], row["number"], f"/orders/{row['number']}", row["customer_name"]
    )


FINDERS: dict[Kind, Callable[[Code, Actor], Awaitable[Found | None]]] = {
    Kind.OPERATION: _operation,
    Kind.WORK_ORDER: _work_order,
    Kind.BIN: _bin,
    Kind.LOT: _lot,
    Kind.DELIVERY_NOTE: _delivery_note,
    Kind.PERSON: _person,
}
"""What each letter of a code leads to. Containers and printed commands are read by the scanner's own screens."""


async def _of_number(text: str, by: Actor) -> Found | None:
    """Whatever of ours bears this number or code, as typed from paper or printed by others."""
    if not text:
        return None
    looks: tuple[tuple[str, Callable[[str, Any, Actor], Awaitable[Found | None]]], ...] = (
        ("w.number = {}", _work_order_where),
        ("n.number = {}", _delivery_note_where),
        ("number = {}", _sales_order_where),
        ("b.code = {}", _bin_where),
        ("l.number = {} and l.number <> '-'", _lot_where),
    )
    for value in dict.fromkeys((text, text.upper())):
        for where, finder in looks:
            found = await finder(where, value, by)
            if found is not None:
                return found
    return None
