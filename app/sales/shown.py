"""An order as programs see it: numbers and codes, decimal strings, no row ids."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core import db
from app.core.money import CURRENCIES, Money, price_shown
from app.core.quantities import plain
from app.custom_fields import defined
from app.custom_fields.values import for_programs
from app.people.actors import Actor
from app.sales import schedules
from app.sales.agreed import GATES, LABELS
from app.sales.conditions import STAGE
from app.sales.permissions import PRICE
from app.sales.tables import SalesOrder


def amount(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).decimal:.{CURRENCIES[currency]}f}"


def quantity(milli: int) -> str:
    return plain(Decimal(milli) / 1000)


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


async def order(row: SalesOrder, by: Actor) -> dict[str, Any]:
    """The whole order with its lines."""
    more = await db.one(
        f"select c.code as customer, p.code as salesperson, {STAGE} as stage from sales_orders o"
        " join customers c on c.id = o.customer left join people p on p.id = o.salesperson where o.id = {}",
        row.id,
    )
    assert more is not None
    money = {
        name: amount(getattr(row, name), row.currency)
        for name in ("net", "tax", "gross", "invoiced", "received")
    }
    money |= {
        "gross_cny": amount(row.gross_cny, "CNY"),
        "exchange_rate": plain(Decimal(row.rate_micro) / 10**6),
    }
    if not by.may(PRICE):
        money = dict.fromkeys(money)
    custom = await defined.fields()
    return {
        "number": row.number, "state": row.state, "stage": more["stage"], "customer": more["customer"],
        "customer_name": row.customer_name, "customer_order_number": row.customer_order_number, "channel": row.channel,
        "channel_order_number": row.channel_order_number, "currency": row.currency, "tax_included": bool(row.tax_included),
        "trade_term": row.trade_term, **money, "order_date": day(row.order_date), "due_date": day(row.due_date),
        "promised_date": day(row.promised_date), "delivered_on": day(row.delivered_on), "salesperson": more["salesperson"],
        "remark": row.remark, "agreed": _agreed(row), "confirmed_at": moment(row.confirmed_at), "closed_at": moment(row.closed_at),
        "custom": for_programs(custom["sales_order"], row.custom), "version": row.version,
        "lines": [_line(each, row.currency, custom["sales_order_line"], by) for each in await _lines(row.id)],
    }  # fmt: skip


def _agreed(row: SalesOrder) -> dict[str, Any]:
    """What the order took over from the customer's file."""
    taken = {name: getattr(row, name) for name in (*LABELS, *GATES)}
    return {
        **taken,
        "deposit_percent": plain(Decimal(row.deposit_percent) / 100),
        **{g: bool(taken[g]) for g in GATES},
    }


async def _lines(order_id: int) -> list[dict[str, Any]]:
    lines = await db.rows(
        "select l.*, i.code, i.base_unit from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order_id,
    )
    await schedules.give(lines, order_id)
    return lines


def _delivery(row: dict[str, Any]) -> dict[str, Any]:
    """One of several deliveries of a line: `quantity` in the line's unit."""
    return {
        "due_date": day(row["requested_date"]), "quantity": row["entered"],
        "base_quantity": quantity(row["quantity_q"]), "delivered_quantity": quantity(row["delivered_q"]),
    }  # fmt: skip


def _line(row: dict[str, Any], currency: str, custom: defined.Fields, by: Actor) -> dict[str, Any]:
    money = {name: amount(row[name], currency) for name in ("net", "tax", "gross")}
    money |= {"unit_price": price_shown(row["price_micro"])}
    if not by.may(PRICE):
        money = dict.fromkeys(money)
    return {
        "line_no": row["line_no"], "kind": row["kind"], "item": row["code"], "customer_item": row["customer_item"],
        "drawing_revision": row["drawing_revision"], "spec": row["spec"], "quantity": row["entered"], "unit": row["unit"],
        "base_quantity": quantity(row["quantity_q"]), "base_unit": row["base_unit"],
        "delivered_quantity": quantity(row["delivered_q"]), "price_unit": row["price_unit"], "price_from": row["price_from"], **money,
        "tax_rate": plain(Decimal(row["tax_rate"]) / 100), "over_percent": str(row["over_percent"]),
        "under_percent": str(row["under_percent"]), "due_date": day(row["requested_date"]),
        "schedules": [_delivery(each) for each in row["schedules"]], "remark": row["remark"],
        "custom": for_programs(custom, row["custom"]),
    }  # fmt: skip


def listed(row: dict[str, Any], by: Actor) -> dict[str, Any]:
    """An order in a list."""
    priced = by.may(PRICE)
    return {
        "number": row["number"], "state": row["state"], "stage": row["stage"], "customer": row["customer"],
        "customer_name": row["customer_name"], "customer_order_number": row["customer_order_number"], "first_item": row["first_item"],
        "line_count": row["line_count"], "currency": row["currency"],
        "gross": amount(row["gross"], row["currency"]) if priced else None,
        "gross_cny": amount(row["gross_cny"], "CNY") if priced else None, "order_date": day(row["order_date"]),
        "due_date": day(row["due_date"]), "promised_date": day(row["promised_date"]),
        "delivered_on": day(row["delivered_on"]), "percent": row["percent"], "version": row["version"],
        "custom": row.get("custom", {}),
    }  # fmt: skip
