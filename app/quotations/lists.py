"""The list of quotations: page, export and API read it from here."""

from dataclasses import replace
from typing import Any

from app.core import clock
from app.core.paging import Condition, Listing
from app.core.words import N_, _
from app.people.actors import Actor
from app.quotations import conditions, permissions
from app.quotations.states import LOOKS
from app.sales.lists import customer_filter, day_filter, salespeople, salesperson_filter
from app.web.lists import Column, Filter, ListPage, View

LISTING = Listing(
    select=(
        "o.id, o.number, o.root, o.revision, o.customer_reference, o.customer_name, o.first_item, o.line_count, o.state, o.currency,"
        " o.gross, o.gross_cny, o.quoted_on, o.valid_until, o.lead_days, o.sent_at, o.version,"
        " (select c.code from customers c where c.id = o.customer) as customer,"
        " (select s.number from sales_orders s where s.id = o.sales_order) as sales_order,"
        " (select p.name from people p where p.id = o.salesperson) as salesperson"
    ),
    source="quotations o",
    sorts={
        "number": ("o.id",),
        "valid_until": ("o.valid_until", "o.id"),
        "amount": ("o.gross_cny", "o.id"),
    },
    default_sort="-number",
)


async def dress(rows: list[dict[str, Any]]) -> None:
    """Give each row its state in words and how long it holds."""
    today = clock.today()
    for row in rows:
        row["stage"] = conditions.stage_of(row["state"], row["valid_until"], today)
        look = LOOKS[row["stage"]]
        row["pill"] = (_(look.label), look.kind, row["stage"] == "superseded")
        row["left"], row["left_kind"] = conditions.left(row["state"], row["valid_until"], today)
        row["below"] = row["sales_order"] or row["customer_reference"]
        row["item"] = (
            _("%(item)s and others", item=row["first_item"]) if row["line_count"] > 1 else row["first_item"]
        )


QUOTATIONS = ListPage(
    name="quotations",
    title=N_("Quotations"),
    path="/quotations",
    listing=LISTING,
    columns=(
        Column("number", N_("Quotation"), "code", sort="number", sub="below", below=N_("Order or customer's reference")),
        Column("customer_name", N_("Customer and product"), sub="item", below=N_("Product"), phone="full"),
        Column("gross", N_("Amount"), "amount", sort="amount", sub="gross_cny", below=N_("Amount in CNY"), unit="currency", phone="hide"),
        Column("pill", N_("State"), "pill", phone="start"),
        Column("valid_until", N_("Valid until"), "due", sort="valid_until", sub="left", below=N_("Days left"), tone="left_kind", phone="end"),
        Column("salesperson", N_("Salesperson"), low=True, phone="hide"),
        Column("quoted_on", N_("Quoted on"), "day", low=True, phone="hide"),
        Column("sent_at", N_("Sent"), "moment", shown=False),
        Column("lead_days", N_("Delivery in days"), "number", shown=False),
        Column("line_count", N_("Number of lines"), "number", shown=False),
        Column("customer", N_("Customer's code"), shown=False),
    ),
    href=lambda row: f"/quotations/{row['number']}",
    filters=(
        Filter("state", N_("State"), lambda value: conditions.by_name(value, clock.today()),
               (("open", N_("Open")), *((state, look.label) for state, look in LOOKS.items()))),
        Filter("valid_from", N_("Valid until, from"), day_filter("o.valid_until >= {}"), kind="date"),
        Filter("valid_to", N_("Valid until, to"), day_filter("o.valid_until <= {}"), kind="date"),
        Filter("customer", N_("Customer"), customer_filter, kind="text"),
        Filter("salesperson", N_("Salesperson"), salesperson_filter, salespeople),
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
