"""The list of quotations: page, export and API read it from here."""

from dataclasses import replace
from typing import Any

from app.core import clock
from app.core.conditions import Condition
from app.core.words import N_
from app.offers import lists as offers
from app.people.actors import Actor
from app.quotations import conditions, permissions
from app.quotations.kind import QUOTATION
from app.quotations.states import LOOKS
from app.web.lists import Column, Filter, ListPage, View

LISTING = offers.listing(
    QUOTATION,
    "o.root, o.revision, o.customer_reference, o.lead_days, o.sent_at,"
    " (select s.number from sales_orders s where s.id = o.sales_order) as sales_order",
)


async def dress(rows: list[dict[str, Any]]) -> None:
    """Give each row its state in words and how long it holds."""
    today = clock.today()
    for row in rows:
        state, until = row["state"], row["valid_until"]
        stage = conditions.stage_of(state, until, today)
        offers.dress(row, stage, LOOKS, conditions.left(state, until, today))
        row["below"] = row["sales_order"] or row["customer_reference"]


QUOTATIONS = ListPage(
    name="quotations",
    title=N_("Quotations"),
    path="/quotations",
    listing=LISTING,
    columns=(
        Column("number", N_("Quotation"), "code", sort="number", sub="below", below=N_("Order or customer's reference")),
        offers.CUSTOMER,
        offers.AMOUNT,
        Column("pill", N_("State"), "pill", phone="start"),
        offers.VALID_UNTIL,
        offers.SALESPERSON,
        Column("quoted_on", N_("Quoted on"), "day", low=True, phone="hide"),
        Column("sent_at", N_("Sent"), "moment", shown=False),
        Column("lead_days", N_("Delivery in days"), "number", shown=False),
        *offers.AT_LAST,
    ),
    href=lambda row: f"/quotations/{row['number']}",
    filters=(
        Filter("state", N_("State"), lambda value: conditions.by_name(value, clock.today()),
               (("open", N_("Open")), *((state, look.label) for state, look in LOOKS.items()))),
        *offers.FILTERS,
    ),
    search_kind="quotation",
    id_column="o.id",
    placeholder=N_("Number, customer, product; pinyin initials work"),
    nothing=N_("Write the first one with “New quotation”, or from an inquiry"),
    visible=conditions.visible_to,
    dress=dress,
    actions=(
        {"label": N_("New quotation"), "href": "/quotations/new", "look": "pri", "icon": "plus", "key": "C",
         "permission": permissions.WRITE.code},
    ),
)  # fmt: skip


def quotations_for(by: Actor) -> ListPage:
    """The list with the views of this person and day."""
    today = clock.today()
    mine = Condition("o.salesperson = {}", (by.person_id or 0,))
    return replace(QUOTATIONS, views=(
        View("all", N_("All"), {}, ()),
        View("draft", N_("Drafts"), {"state": "draft"}, (Condition("o.state = 'draft'"),)),
        View("sent", N_("Waiting for the customer"), {"state": "sent", "sort": "valid_until"}, (conditions.running(today),)),
        View("expired", N_("Expired"), {"state": "expired"}, (conditions.expired(today),)),
        View("accepted", N_("Accepted"), {"state": "accepted"}),
        View("mine", N_("Mine"), {"state": "open", "salesperson": str(by.person_id or 0)}, (conditions.OPEN, mine)),
    ))  # fmt: skip
