"""A framework order as programs see it: numbers and codes, decimal strings, no row ids."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core.money import price_shown
from app.core.quantities import plain
from app.core.rows import gathered
from app.frameworks import conditions, figures, plans
from app.frameworks.figures import Figures
from app.frameworks.tables import CallOffPlan, FrameworkOrder
from app.people.actors import Actor
from app.sales.agreed import LABELS
from app.sales.echo import in_unit
from app.sales.permissions import PRICE
from app.sales.shown import amount, day, moment, quantity

SHOWN_PLANS = 20


async def framework(row: FrameworkOrder, by: Actor) -> dict[str, Any]:
    """The whole framework order: how each line stands, what is called off of it, what is to be decided."""
    more = await db.one(
        "select c.code as customer, p.code as salesperson from framework_orders o join customers c on c.id = o.customer"
        " left join people p on p.id = o.salesperson where o.id = {}",
        row.id,
    )
    assert more is not None
    lines = await figures.lines_of(row.id)
    stands, priced = await figures.of(row.id), by.may(PRICE)
    taken = {name: getattr(row, name) for name in LABELS}
    return {
        "number": row.number, "state": conditions.stage_of(row.state, row.valid_until, clock.today()), "customer": more["customer"],
        "customer_name": row.customer_name, "customer_order_number": row.customer_number, "currency": row.currency,
        "tax_included": bool(row.tax_included), "trade_term": row.trade_term,
        **{name: amount(getattr(row, name), row.currency) if priced else None for name in ("net", "tax", "gross")},
        "agreed_on": day(row.agreed_on), "valid_from": day(row.valid_from), "valid_until": day(row.valid_until),
        "firm_days": row.firm_days, "beyond_percent": str(row.beyond_percent), "repeats": bool(row.repeats),
        "salesperson": more["salesperson"], "remark": row.remark, "activated_at": moment(row.activated_at),
        "planned_at": moment(row.planned_at), "close_reason": row.close_reason, "version": row.version,
        "agreed": {**taken, "deposit_percent": plain(Decimal(row.deposit_percent) / 100)},
        "lines": [_line(line, stands[line["id"]], row.currency, priced) for line in lines],
        "call_offs": await _call_offs(row.id), "to_decide": [_change(c) for c in await _changes(row.id, "k.state = 'open'")],
    }  # fmt: skip


def _line(line: dict[str, Any], stands: Figures, currency: str, priced: bool) -> dict[str, Any]:
    return {
        "line_no": line["line_no"], "kind": line["kind"], "item": line["code"], "customer_item": line["customer_item"],
        "drawing_revision": line["drawing_revision"], "spec": line["spec"], "quantity": line["entered"], "unit": line["unit"],
        **{name: in_unit(getattr(stands, name), line) for name in ("called", "ordered", "shipped", "open")},
        "base_quantity": quantity(line["quantity_q"]), "base_unit": line["base_unit"],
        "unit_price": price_shown(line["price_micro"]) if priced else None, "price_unit": line["price_unit"],
        "price_from": line["price_from"] if priced else None, "tax_rate": plain(Decimal(line["tax_rate"]) / 100),
        **{name: amount(line[name], currency) if priced else None for name in ("net", "tax", "gross")},
        "over_percent": str(line["over_percent"]), "under_percent": str(line["under_percent"]), "remark": line["remark"],
    }  # fmt: skip


async def _call_offs(framework_id: int) -> list[dict[str, Any]]:
    """What is called off, by line and day; with the order that it became."""
    rows = await db.rows(
        "select f.line_no, f.unit, c.due_date, c.entered, p.seq, p.reference, s.number as sales_order from call_offs c"
        " join framework_lines f on f.id = c.line join call_off_plans p on p.id = c.plan"
        " left join sales_orders s on s.id = c.sales_order where c.framework = {} order by c.due_date, f.line_no, c.id",
        framework_id,
    )
    return [
        {"line_no": row["line_no"], "due_date": day(row["due_date"]), "quantity": row["entered"], "unit": row["unit"],
         "plan": plans.name_of(row), "sales_order": row["sales_order"]}
        for row in rows
    ]  # fmt: skip


async def _changes(framework_id: int, wanted: str, *values: Any) -> list[dict[str, Any]]:
    """Changes of what is called off, each with its `of_line`."""
    rows = await db.rows(
        "select k.*, s.number as order_number from call_off_changes k left join sales_orders s on s.id = k.sales_order"
        f" where k.framework = {{}} and {wanted} order by k.seq",
        framework_id, *values,
    )  # fmt: skip
    lines = {line["id"]: line for line in await figures.lines_of(framework_id)}
    return [{**row, "of_line": lines[row["line"]]} for row in rows]


def _change(row: dict[str, Any]) -> dict[str, Any]:
    line = row["of_line"]
    return {
        "seq": row["seq"], "what": row["what"], "state": row["state"], "line_no": line["line_no"], "unit": line["unit"],
        "before_day": day(row["before_day"]), "before_quantity": in_unit(row["before_q"], line),
        "after_day": day(row["after_day"]), "after_quantity": in_unit(row["after_q"], line),
        "sales_order": row["order_number"], "note": row["note"],
    }  # fmt: skip


async def plan(row: CallOffPlan) -> dict[str, Any]:
    """A plan, and what it said otherwise than what stood."""
    [told] = await _plans(row.framework, [row])
    return told


async def _plans(framework_id: int, rows: Sequence[CallOffPlan]) -> list[dict[str, Any]]:
    changes = await _changes(framework_id, "{}", db.any_of("k.plan", [row.id for row in rows]))
    of_plan = gathered(changes, "plan")
    return [
        {"seq": row.seq, "reference": row.reference, "received_on": day(row.received_on), "adds": bool(row.adds), "made": row.made,
         "flagged": row.flagged, "changes": [_change(change) for change in of_plan[row.id]]}
        for row in rows
    ]  # fmt: skip


async def plans_of(framework_id: int) -> list[dict[str, Any]]:
    """The newest plans."""
    rows = await CallOffPlan.objects().where(CallOffPlan.framework == framework_id).order_by(
        CallOffPlan.seq, ascending=False).limit(SHOWN_PLANS)  # fmt: skip
    return await _plans(framework_id, rows)


def listed(row: dict[str, Any], by: Actor) -> dict[str, Any]:
    """A framework order in a list."""
    priced = by.may(PRICE)
    return {
        "number": row["number"], "state": row["stage"], "customer": row["customer"], "customer_name": row["customer_name"],
        "customer_order_number": row["customer_number"], "first_item": row["first_item"], "line_count": row["line_count"],
        "currency": row["currency"], "gross": amount(row["gross"], row["currency"]) if priced else None,
        "gross_cny": amount(row["gross_cny"], "CNY") if priced else None, "called_percent": row["percent"],
        "valid_from": day(row["valid_from"]), "valid_until": day(row["valid_until"]), "to_decide": row["undecided"],
        "version": row["version"],
    }  # fmt: skip
