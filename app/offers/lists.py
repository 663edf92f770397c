"""What the lists of offers have in common: columns, filters, and how a row says how long it holds."""

from collections.abc import Mapping
from typing import Any

from app.core.paging import Listing
from app.core.states import Look
from app.core.words import N_
from app.offers.kinds import Kind
from app.sales.lists import WHOSE, item_said
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter

CUSTOMER = Column("customer_name", N_("Customer and product"), sub="item", below=N_("Product"), phone="full")
AMOUNT = Column(
    "gross", N_("Amount"), "amount", sort="amount", sub="gross_cny", below=N_("Amount in CNY"), unit="currency", phone="hide"
)  # fmt: skip
VALID_UNTIL = Column(
    "valid_until", N_("Valid until"), "due", sort="valid_until", sub="left", below=N_("Days left"), tone="left_kind", phone="end"
)  # fmt: skip
SALESPERSON = Column("salesperson", N_("Salesperson"), low=True, phone="hide")
AT_LAST = (
    Column("line_count", N_("Number of lines"), "number", shown=False),
    Column("customer", N_("Customer's code"), shown=False),
)
FILTERS = (
    Filter("valid_from", N_("Valid until, from"), from_day("o.valid_until"), kind="date"),
    Filter("valid_to", N_("Valid until, to"), until_day("o.valid_until"), kind="date"),
    *WHOSE,
)


def listing(kind: Kind, own: str) -> Listing:
    """The offers `o` of a kind, with `own` columns of it."""
    return Listing(
        select=(
            "o.id, o.number, o.customer_name, o.first_item, o.line_count, o.state, o.currency, o.gross, o.gross_cny, o.valid_until,"
            f" o.{kind.written_on}, o.version, (select c.code from customers c where c.id = o.customer) as customer,"
            f" (select p.name from people p where p.id = o.salesperson) as salesperson, {own}"
        ),
        source=f"{kind.table} o",
        sorts={
            "number": ("o.id",),
            "valid_until": ("o.valid_until", "o.id"),
            "amount": ("o.gross_cny", "o.id"),
        },
        default_sort="-number",
    )


def dress(row: dict[str, Any], stage: str, looks: Mapping[str, Look], left: tuple[str, str]) -> None:
    """Give a row its stage in words, how long it holds, and what it is about."""
    row["stage"], row["pill"] = stage, looks[stage].pill
    row["left"], row["left_kind"] = left
    row["item"] = item_said(row)
