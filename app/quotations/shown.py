"""A quotation as programs see it: numbers and codes, decimal strings, no row ids."""

from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core.money import price_shown
from app.core.quantities import plain
from app.custom_fields import defined
from app.custom_fields.values import for_programs
from app.quotations import conditions, offering
from app.quotations.states import letter
from app.quotations.tables import Quotation
from app.sales.agreed import LABELS
from app.sales.shown import amount, day, moment, quantity


async def quotation(row: Quotation) -> dict[str, Any]:
    """The whole quotation with its lines and the revisions there are."""
    more = await db.one(
        "select c.code as customer, p.code as salesperson, s.number as sales_order, q.number as inquiry from quotations o"
        " join customers c on c.id = o.customer left join people p on p.id = o.salesperson"
        " left join sales_orders s on s.id = o.sales_order left join inquiries q on q.id = o.inquiry where o.id = {}",
        row.id,
    )
    assert more is not None
    revisions = await db.rows("select number from quotations where root = {} order by revision", row.root)
    taken, custom = {name: getattr(row, name) for name in LABELS}, await defined.fields()
    return {
        "number": row.number, "revision": letter(row.revision), "revisions": [each["number"] for each in revisions],
        "state": conditions.stage_of(row.state, row.valid_until, clock.today()), "customer": more["customer"],
        "customer_name": row.customer_name, "customer_order_number": row.customer_reference, "sales_order": more["sales_order"],
        "inquiry": more["inquiry"],
        "currency": row.currency, "tax_included": bool(row.tax_included), "trade_term": row.trade_term,
        **{name: amount(getattr(row, name), row.currency) for name in ("net", "tax", "gross")},
        "quoted_on": day(row.quoted_on), "valid_until": day(row.valid_until), "lead_days": row.lead_days,
        "salesperson": more["salesperson"], "remark": row.remark, "sent_at": moment(row.sent_at), "sent_to": row.sent_to,
        "agreed": {**taken, "deposit_percent": plain(Decimal(row.deposit_percent) / 100)},
        "lost_reason": row.lost_reason, "lost_note": row.lost_note, "version": row.version,
        "custom": for_programs(custom["sales_order"], row.custom),
        "lines": [_line(line, row.currency, custom["sales_order_line"]) for line in await offering.lines_of(row.id)],
    }  # fmt: skip


def _line(line: dict[str, Any], currency: str, custom: defined.Fields) -> dict[str, Any]:
    return {
        "line_no": line["line_no"], "kind": line["kind"], "item": line["code"], "customer_item": line["customer_item"],
        "drawing_revision": line["drawing_revision"], "spec": line["spec"], "quantity": line["entered"], "unit": line["unit"],
        "base_quantity": quantity(line["quantity_q"]), "base_unit": line["base_unit"], "unit_price": price_shown(line["price_micro"]),
        "price_unit": line["price_unit"], "price_from": line["price_from"], "tax_rate": plain(Decimal(line["tax_rate"]) / 100),
        **{name: amount(line[name], currency) for name in ("net", "tax", "gross")},
        "breaks": [{"quantity": entered, "unit_price": price_shown(price)} for entered, _milli, price in line["breaks"]],
        "over_percent": str(line["over_percent"]), "under_percent": str(line["under_percent"]), "remark": line["remark"],
        "schedules": [{"due_date": day(each["requested_date"]), "quantity": each["entered"]} for each in line["schedules"]],
        "custom": for_programs(custom, line["custom"]),
    }  # fmt: skip


def listed(row: dict[str, Any]) -> dict[str, Any]:
    """A quotation in a list."""
    return {
        "number": row["number"], "state": row["stage"], "customer": row["customer"], "customer_name": row["customer_name"],
        "customer_order_number": row["customer_reference"], "first_item": row["first_item"], "line_count": row["line_count"],
        "currency": row["currency"], "gross": amount(row["gross"], row["currency"]), "gross_cny": amount(row["gross_cny"], "CNY"),
        "quoted_on": day(row["quoted_on"]), "valid_until": day(row["valid_until"]), "sales_order": row["sales_order"],
        "version": row["version"],
    }  # fmt: skip
