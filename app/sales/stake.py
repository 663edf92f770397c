"""What is at stake with an order that waits for approval: its sum, its day, the customer's credit, and its lines."""

from collections.abc import Mapping
from typing import Any

from app.approvals.commands import Part, Stake
from app.catalog.permissions import SEE_COSTS
from app.core import clock, db
from app.core.money import Money, price_figure, price_shown
from app.core.quantities import Quantity, Weight, labelled
from app.core.words import _
from app.people.actors import Actor
from app.sales import conditions, exposure, margin, orders, permissions
from app.sales.echo import in_base, short, unusual
from app.sales.facts import of_the_same_purchase, same_purchase
from app.sales.items import Ordered, items_by
from app.sales.rates import Rate
from app.sales.states import DRAFT, SUBMITTED
from app.sales.tables import SalesOrder

TIGHT = 80
"""Per cent of the credit limit from which on it is amber."""
TO_CONFIRM = (DRAFT, SUBMITTED)
OTHERS = 5
"""So many other orders of a purchase are named."""


async def of_order(arguments: Mapping[str, Any], by: Actor) -> Stake:
    """The order as it stands, at the rate it was asked with; without amounts for who may not see prices."""
    order = await orders.find(str(arguments.get("number", "")), by)
    if order.state in TO_CONFIRM:
        await orders.weigh(order, arguments.get("rate"))
    priced = by.may(permissions.PRICE)
    figures = [await _sum(order, by), await _credit(order)] if priced else []
    if by.may(SEE_COSTS):
        figures.append(await _margin(order))
    return Stake([*figures[:1], _day(order), *figures[1:]], await _lines(order, priced))


async def _sum(order: SalesOrder, by: Actor) -> dict[str, Any]:
    """What it comes to: in CNY at which rate, and the other orders that rules count with it."""
    tax = _("with tax") if order.tax_included else _("tax added")
    notes = [tax, _("%(n)s lines", n=order.line_count)]
    if order.currency != "CNY":
        notes = [Money(order.gross_cny, "CNY").shown(), Rate(order.rate_micro, order.rate_day).said(), *notes]
    others = await of_the_same_purchase(order)
    return {
        "label": _("Order amount"), "value": Money(order.gross, order.currency).shown(), "note": " · ".join(notes), "kind": "",
        "parts": await _purchase(order, others, by) if others else (),
    }  # fmt: skip


async def _purchase(order: SalesOrder, others: int, by: Actor) -> list[Part]:
    """This order and the others of one purchase, each with the way to it, and what they come to together."""
    same, seen = same_purchase(order), conditions.visible_to(by)
    rows = await db.rows(
        f"select o.number, o.gross_cny from sales_orders o where {same.sql}"
        f" {' '.join(f'and ({each.sql})' for each in seen)} order by o.id limit {OTHERS + 1}",
        *same.args, *(arg for each in seen for arg in each.args),
    )  # fmt: skip
    listed = [
        Part(row["number"], _cny(row["gross_cny"]), f"/orders/{row['number']}") for row in rows[:OTHERS]
    ]
    if rest := others - sum(row["gross_cny"] for row in rows[:OTHERS]):
        listed.append(Part(_("Others"), _cny(rest)))
    said = order.customer_order_number
    whole = _("Together under %(number)s", number=said) if said else _("Together of this day")
    return [
        Part(_("This order"), _cny(order.gross_cny)),
        *listed,
        Part(whole, _cny(order.gross_cny + others), sum=True),
    ]


async def _margin(order: SalesOrder) -> dict[str, Any]:
    left = await margin.of_order(order.id)
    if left is None:
        return {
            "label": _("Margin"),
            "value": _("not known"),
            "note": _("a standard cost is missing"),
            "kind": "",
        }
    return {
        "label": _("Margin"),
        "value": f"{left:f}%",
        "note": _("over standard costs"),
        "kind": "bad" if left < 0 else "",
    }


def _day(order: SalesOrder) -> dict[str, Any]:
    left, kind = conditions.days_left(order.due_date, clock.today())
    return {"label": _("Customer's due date"), "value": f"{order.due_date:%m-%d}", "note": left, "kind": kind}


async def _credit(order: SalesOrder) -> dict[str, Any]:
    """With this order, and of what it is made up; one that is confirmed is among the open orders."""
    stands = await exposure.of(order.customer)
    more = order.gross_cny if order.state in TO_CONFIRM else 0
    parts = [
        Part(_("Orders not billed"), _cny(stands.orders)), Part(_("Receivables"), _cny(stands.receivables)),
        Part(_("Bills not matured"), _cny(stands.bills)), Part(_("Prepaid"), _cny(-stands.prepaid)),
        *([Part(_("This order"), _cny(more))] if more else []), Part(_("Used"), _cny(stands.used_with(more)), sum=True),
        *([Part(_("Of it overdue"), _cny(stands.overdue), kind="bad")] if stands.overdue else []),
    ]  # fmt: skip
    if not stands.limit:
        return {
            "label": _("Credit used"), "value": _cny(stands.used_with(more)), "note": _("no credit limit"), "kind": "", "parts": parts,
        }  # fmt: skip
    percent, over, limit = stands.percent(more), stands.over(more), _cny(stands.limit)
    return {
        "label": _("Credit with this order"), "value": f"{percent}%", "kind": "bad" if over else "warn" if percent >= TIGHT else "",
        "note": _("%(amount)s over the limit of %(limit)s", amount=_cny(over), limit=limit) if over
        else _("Credit limit %(amount)s", amount=limit), "parts": parts,
    }  # fmt: skip


def _cny(fen: int) -> str:
    return Money(fen, "CNY").shown()


async def _lines(order: SalesOrder, priced: bool) -> list[dict[str, Any]]:
    rows = await db.rows(
        'select l.*, i.code from sales_order_lines l join items i on i.id = l.item where l."order" = {} order by l.line_no',
        order.id,
    )
    items = await items_by("i.code", {row["code"] for row in rows})
    return [_line(row, items[row["code"]], order.currency, priced) for row in rows]


def _line(row: dict[str, Any], item: Ordered, currency: str, priced: bool) -> dict[str, Any]:
    label = item.unit_label
    line = {
        "main": f"{item.name} {row['spec'] or item.spec}".strip(), "sub": item.code, "quantity": short(row["entered"], row["unit"], label),
        "base": in_base(Quantity(row["quantity_q"], item.base_unit), label, item.weight), "price": "", "amount": "", "warning": "",
    }  # fmt: skip
    if priced and row["price_micro"]:
        line["price"] = f"{price_shown(row['price_micro'])} / {labelled(row['price_unit'], label)}"
        line["amount"] = Money(row["gross"], currency).shown()
        line["warning"] = unusual(item, row["price_micro"], row["price_unit"], currency)
    return line


def line_offered(line: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """A line of a quotation or a framework order, with its item, for who decides on it."""
    label = line["unit_label"] or line["base_unit"]
    weight = Weight(line["weight_micro"], line["weight_pieces"])
    priced = bool(line["price_micro"])
    return {
        "main": f"{line['name']} {line['spec'] or line['item_spec']}".strip(), "sub": line["code"],
        "quantity": short(line["entered"], line["unit"], label),
        "base": in_base(Quantity(line["quantity_q"], line["base_unit"]), label, weight),
        "price": f"{price_figure(line['price_micro'])} / {labelled(line['price_unit'], label)}" if priced else "",
        "amount": Money(line["gross"], currency).shown() if priced else "", "warning": "",
    }  # fmt: skip
