"""What a form or a program sends as a quotation or as its acceptance, as the verbs take it."""

from app.core.text import digits
from app.parties.prospects import ASKED
from app.quotations.accepting import Acceptance
from app.quotations.offering import NewQuotation
from app.sales.drafting import MOST_LINES
from app.sales.entering import lines_of, order_of
from app.web.input import Input


def quotation_of(form: Input) -> NewQuotation:
    """The quotation as entered; what cannot be read of it is told with all else that is wrong."""
    until = form.day("valid_until")
    offered = order_of(form)
    return NewQuotation(
        offered=offered, valid_until=until, lead_days=form.raw("lead_days"),
        inquiry=form.raw("inquiry").strip(), breaks=[row.raw("breaks")[:400] for row in lines_of(form)],
    )  # fmt: skip


def acceptance_of(form: Input) -> Acceptance:
    """What the customer takes: `quantity-3` in a form, `lines: [{line_no, quantity}]` from a program."""
    number, due = form.text("customer_order_number", 80), form.day("due_date")
    prefix = "quantity-"
    taken = {
        no: form.text(name, 40)
        for name in form.values
        if name.startswith(prefix) and (no := digits(name.removeprefix(prefix))) is not None
    }
    for i, row in enumerate(form.rows("lines", MOST_LINES)):
        taken[row.whole("line_no")] = row.text("quantity", 40, required=True)
        form.adopt("lines", i, row)
    form.check()
    return Acceptance(
        customer_order_number=number,
        due_date=due,
        file={name: form.raw(f"customer_{name}") for name in ASKED},
        quantities={no: given for no, given in taken.items() if given},
    )
