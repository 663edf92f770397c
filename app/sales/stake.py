"""What is at stake with an order that waits for approval: its sum, its day, the customer's credit, and its lines."""

from collections.abc import Mapping
from typing import Any

from app.approvals.commands import Stake
from app.catalog.permissions import SEE_COSTS
from app.core import clock, db
from app.core.money import Money, price_figure, price_shown
from app.core.quantities import Quantity, Weight, labelled
from app.core.words import _
from app.people.actors import Actor
from app.sales import conditions, exposure, margin, orders, permissions
from app.sales.echo import in_base, short, unusual
from app.sales.facts import of_the_same_purchase
from app.sales.items import Ordered, items_by
from app.sales.tables import SalesOrder

TIGHT = 80
"""Per cent of the credit limit from which on it is amber."""


async def of_order(arguments: Mapping[str, Any], by: Actor) -> Stake:
    """The order as it stands; without amounts for who may not see prices."""
    order = await orders.find(str(arguments.get("number", "")), by)
    priced = by.may(permissions.PRICE)
    figures = [await _sum(order), await _credit(order)] if priced else []
    if by.may(SEE_COSTS):
        figures.append(await _margin(order))
    return Stake([*figures[:1], _day(order), *figures[1:]], await _lines(order, priced))


async def _sum(order: SalesOrder) -> dict[str, Any]:
    tax = _("with tax") if order.tax_included else _("tax added")
    note = f"{Money(order.gross_cny, 'CNY').shown()} · {tax}" if order.currency != "CNY" else tax
    if others := await of_the_same_purchase(order):
        together = Money(order.gross_cny + others, "CNY").shown()
        note = f"{_('%(amount)s with the other orders of this purchase', amount=together)} · {note}"
    return {
        "label": _("Order amount"), "value": Money(order.gross, order.currency).shown(),
        "note": f"{note} · {_('%(n)s lines', n=order.line_count)}", "kind": "",
    }  # fmt: skip


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
    """With this order, which is not confirmed yet."""
    stands = await exposure.of(order.customer)
    used = Money(stands.used, "CNY").shown()
    if not stands.limit:
        return {"label": _("Credit used"), "value": used, "note": _("no credit limit"), "kind": ""}
    percent, over = stands.percent(order.gross_cny), stands.over(order.gross_cny)
    return {
        "label": _("Credit with this order"), "value": f"{percent}%", "kind": "bad" if over else "warn" if percent >= TIGHT else "",
        "note": _("%(amount)s over the limit of %(limit)s", amount=Money(over, "CNY").shown(), limit=Money(stands.limit, "CNY").shown()) if over
        else _("used %(used)s, limit %(limit)s", used=used, limit=Money(stands.limit, "CNY").shown()),
    }  # fmt: skip


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
