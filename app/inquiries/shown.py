"""An inquiry as programs see it."""

from datetime import timedelta
from typing import Any

from app.core import db
from app.core.money import price_shown
from app.inquiries.reading import lines_of
from app.inquiries.tables import Inquiry
from app.sales.shown import day, moment


async def inquiry(row: Inquiry, wait: timedelta | None) -> dict[str, Any]:
    """The whole inquiry with its lines; `wait` is its first-reply time."""
    more = await db.one(
        "select c.code as customer, p.code as salesperson from inquiries o left join customers c on c.id = o.customer"
        " left join people p on p.id = o.salesperson where o.id = {}",
        row.id,
    )
    assert more is not None
    quotations = await db.rows("select number from quotations where inquiry = {} order by id", row.id)
    return {
        "number": row.number, "state": row.state, "customer": more["customer"], "asker": row.asker, "contact": row.contact,
        "channel": row.channel, "received_at": moment(row.received_at), "answered_at": moment(row.answered_at), "answer": row.answer,
        "first_reply_minutes": None if wait is None else int(wait.total_seconds() // 60), "wanted_date": day(row.wanted_date),
        "currency": row.currency, "said": row.said, "salesperson": more["salesperson"], "lost_reason": row.lost_reason,
        "lost_note": row.lost_note, "quotations": [each["number"] for each in quotations], "version": row.version,
        "lines": [_line(line) for line in await lines_of(row.id)],
    }  # fmt: skip


def _line(line: dict[str, Any]) -> dict[str, Any]:
    priced = bool(line["target_micro"])
    return {
        "line_no": line["line_no"], "item": line["code"], "spec": line["spec"], "quantity": line["quantity"], "unit": line["unit"],
        "target_price": price_shown(line["target_micro"]) if priced else None, "price_unit": line["price_unit"],
        "wanted_date": day(line["wanted_date"]),
    }  # fmt: skip


def listed(row: dict[str, Any]) -> dict[str, Any]:
    """An inquiry in a list."""
    return {
        "number": row["number"], "state": row["state"], "customer": row["customer"], "asker": row["asker"], "channel": row["channel"],
        "received_at": moment(row["received_at"]), "answered_at": moment(row["answered_at"]),
        "first_reply_minutes": row["reply_minutes"], "late": row["late"], "wanted_date": day(row["wanted_date"]),
        "first_item": row["first_item"], "line_count": row["line_count"], "version": row["version"],
    }  # fmt: skip
