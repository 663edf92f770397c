"""What a change of an order would do: its sum, our promise, the customer's credit, and what is being made."""

from typing import Any

from app.core import db
from app.core.money import Money
from app.core.words import _
from app.people.actors import Actor
from app.sales import exposure
from app.sales.amending import Amended, AmendedLine
from app.sales.echo import in_unit, short
from app.sales.permissions import PRICE
from app.sales.states import CONFIRMED
from app.sales.tables import SalesOrder

Effect = dict[str, Any]
"""label, before, after, and a note with its kind."""


async def of(order: SalesOrder, amended: Amended, by: Actor) -> list[Effect]:
    """As rows of a comparison; amounts for who may see them."""
    found = []
    if by.may(PRICE):
        found.append(_row(
            _("Order amount"), Money(order.gross, order.currency).shown(), Money(amended.gross, order.currency).shown(),
            await _credit(order, amended),
        ))  # fmt: skip
    found.append(_row(_("Customer's due date"), order.due_date.isoformat(), amended.due_date.isoformat()))
    if order.state == CONFIRMED and order.promised_date and amended.promised_date:
        behind = bool(order.projected_date and order.projected_date > amended.promised_date)
        note = (
            _("production expects %(day)s", day=order.projected_date.isoformat())
            if behind and order.projected_date
            else ""
        )
        found.append(
            _row(_("Our date"), order.promised_date.isoformat(), amended.promised_date.isoformat(), note)
        )
    made = await _made([line.row["id"] for line in amended.lines])
    return [*found, *(_work(line, made.get(line.row["id"], 0)) for line in amended.lines)]


def _row(label: str, before: str, after: str, note: str = "") -> Effect:
    return {"label": label, "before": before, "after": after, "note": note}


async def _credit(order: SalesOrder, amended: Amended) -> str:
    more = amended.gross_cny - order.gross_cny
    if order.state != CONFIRMED or more <= 0:
        return ""
    over = (await exposure.of(order.customer)).over(more)
    return _("%(amount)s over the credit limit", amount=Money(over).shown()) if over else ""


async def _made(lines: list[int]) -> dict[int, int]:
    """How much work orders make for each of these lines."""
    rows = await db.rows(
        "select d.demand_id, cast(sum(d.quantity_q) as bigint) as made from demands d join work_orders w on w.id = d.supply_id"
        " and w.state <> 'cancelled' where d.supply_kind = 'work_order' and d.demand_kind = 'sales_order_line'"
        f" and {db.any_of('d.demand_id', lines).template} group by d.demand_id",
        *lines,
    )
    return {row["demand_id"]: row["made"] for row in rows}


def _work(line: AmendedLine, made: int) -> Effect:
    """A line before and after; what is made for it that is too much, or still to be made."""
    row = line.row
    label = row["unit_label"] or row["base_unit"]

    def said(milli: int) -> str:
        return short(in_unit(milli, row), row["unit"], label)

    if not made:
        note = _("no work order yet")
    elif made > line.milli:
        note = _("work orders make %(more)s too many", more=said(made - line.milli))
    elif made < line.milli:
        note = _("%(more)s more are to be made", more=said(line.milli - made))
    else:
        note = _("as much as is being made")
    before = sum(each.milli for each in line.before)
    name = f"{row['customer_item'] or row['code']} {row['name']}"
    return _row(name, said(before), said(line.milli) if line.after else _("left out"), note)
