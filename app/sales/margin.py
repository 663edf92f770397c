"""What an order leaves over what its items cost us, in percent of what it brings without tax; unknown where a cost is missing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import db
from app.core.quantities import half_up
from app.sales.states import SERVICE

_LINES = (
    'select l."order" as id, l.net, l.quantity_q, i.cost_micro, i.kind as item_kind, o.gross, o.gross_cny from sales_order_lines l'
    ' join items i on i.id = l.item join sales_orders o on o.id = l."order" where '
)


async def of_order(order_id: int) -> Decimal | None:
    """With two decimals; goods that are given away cost as well. None: not known."""
    lines = await db.rows(_LINES + "o.id = {}", order_id)
    return of_lines(lines, lines[0]["gross"], lines[0]["gross_cny"]) if lines else None


async def since(began: datetime) -> dict[int, Decimal | None]:
    """Of each order confirmed since then."""
    orders: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in await db.report(_LINES + "o.confirmed_at >= {}", began):
        orders[line["id"]].append(line)
    return {id_: of_lines(lines, lines[0]["gross"], lines[0]["gross_cny"]) for id_, lines in orders.items()}


def fact(margin: Decimal | None) -> str:
    """As approval rules look at it: empty where it is not known, so that no rule about it holds."""
    return "" if margin is None else f"{margin:f}"


def of_lines(lines: Sequence[dict[str, Any]], gross: int, gross_cny: int) -> Decimal | None:
    """Of an order's lines with their items. A charge without a cost is left out: it is passed on."""
    counted = [line for line in lines if line["cost_micro"] or line["item_kind"] != SERVICE]
    if not counted or not all(line["cost_micro"] for line in counted):
        return None
    net = sum(line["net"] for line in counted)
    if net <= 0 or not gross_cny:
        return None
    brings = Fraction(net * gross_cny, gross)
    costs = Fraction(sum(line["quantity_q"] * line["cost_micro"] for line in counted), 10**7)  # in fen
    return Decimal(half_up((brings - costs) * 10_000 / brings)) / 100
