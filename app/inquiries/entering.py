"""What a form or a program sends as an inquiry, as the verb takes it."""

from app.inquiries.reading import MOST_LINES, NewInquiry, NewLine
from app.web.input import Input

_TELLING = ("item", "item_text", "spec", "quantity", "target_price", "wanted_date")


def lines_of(form: Input) -> list[Input]:
    """The lines in which something is written."""
    return [row for row in form.rows("lines", MOST_LINES + 1) if any(row.has(name) for name in _TELLING)]


def inquiry_of(form: Input) -> NewInquiry:
    """The inquiry as entered; Invalid for dates that cannot be read, at their fields."""
    lines = []
    for i, row in enumerate(lines_of(form)):
        lines.append(_line(row))
        form.adopt("lines", i, row)
    received, wanted = form.moment("received_at"), form.day("wanted_date")
    form.check()
    return NewInquiry(
        customer=form.raw("customer"), asker=_asker(form), contact=form.raw("contact"),
        channel=form.raw("channel"), received_at=received, wanted_date=wanted, currency=form.raw("currency"),
        said=form.raw("said"), lines=lines,
    )  # fmt: skip


def _asker(form: Input) -> str:
    """The name given; what stands in the customer's field counts as one where it is none of the customers."""
    return form.raw("asker") or ("" if form.has("customer") else form.raw("customer_text"))


def _line(row: Input) -> NewLine:
    return NewLine(
        item=row.chosen("item"), spec=row.raw("spec"), quantity=row.raw("quantity"), unit=row.raw("unit"),
        target_price=row.raw("target_price"), price_unit=row.raw("price_unit"), wanted_date=row.day("wanted_date"),
    )  # fmt: skip
