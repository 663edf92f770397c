"""What a form or a program sends as an order, as the verb takes it: one reading for both."""

from dataclasses import fields

from app.sales import schedules
from app.sales.agreed import Agreed
from app.sales.drafting import MOST_LINES, NewOrder
from app.sales.line_drafting import NewLine
from app.sales.schedules import NewSchedule
from app.web import custom_inputs
from app.web.input import Input

_TELLING = (
    "item",
    "item_text",
    "customer_item",
    "quantity",
    "unit_price",
    "spec",
    "due_date",
    "drawing_revision",
    "remark",
    "breaks",
)


def lines_of(form: Input) -> list[Input]:
    """The lines in which something is written; an emptied line of a draft still shows its tax rate."""
    return [
        row
        for row in form.rows("lines", MOST_LINES + 1)
        if any(row.has(name) for name in _TELLING)
        or schedules_of(row)
        or custom_inputs.typed(row)
        or (row.has("tax_rate") and not row.has("line_no"))
    ]


def schedules_of(row: Input) -> list[Input]:
    """The deliveries of a line in which something is written."""
    return [
        each
        for each in row.rows("schedules", schedules.MOST + 1)
        if each.has("quantity") or each.has("due_date")
    ]


def order_of(form: Input) -> NewOrder:
    """The order as entered; what cannot be read of it is told with all else that is wrong."""
    lines = []
    for i, row in enumerate(lines_of(form)):
        lines.append(_line(row))
        form.adopt("lines", i, row)
    due, ordered = form.day("due_date"), form.day("order_date")
    return NewOrder(
        customer=form.chosen("customer"), lines=lines, due_date=due, order_date=ordered,
        customer_order_number=form.raw("customer_order_number"), channel=form.raw("channel"),
        channel_order_number=form.raw("channel_order_number"), currency=form.raw("currency"),
        tax_included=_yes_or_no(form), trade_term=form.raw("trade_term"), rate=form.raw("rate") or form.raw("exchange_rate"),
        remark=form.raw("remark"), agreed=Agreed(**{f.name: form.raw(f.name) for f in fields(Agreed)}), custom=custom_inputs.sent(form),
        unread=form.refusals,
    )  # fmt: skip


def _line(row: Input) -> NewLine:
    parts = []
    for i, each in enumerate(schedules_of(row)):
        parts.append(NewSchedule(quantity=each.raw("quantity"), due_date=each.day("due_date")))
        row.adopt("schedules", i, each)
    return NewLine(
        item=row.chosen("item"), customer_item=row.raw("customer_item"),
        quantity=row.raw("quantity"), unit=row.raw("unit"), unit_price=row.raw("unit_price"),
        price_unit=row.raw("price_unit"), kind=row.raw("kind"), tax_rate=row.raw("tax_rate"),
        over_percent=row.raw("over_percent"), under_percent=row.raw("under_percent"),
        due_date=row.day("due_date"), schedules=parts, drawing_revision=row.raw("drawing_revision"), spec=row.raw("spec"),
        remark=row.raw("remark"), line_no=row.whole("line_no"), custom=custom_inputs.sent(row),
    )  # fmt: skip


def _yes_or_no(form: Input) -> bool | None:
    """None where nothing is said: the customer's own terms hold."""
    said = form.raw("tax_included").strip().lower()
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(said)
