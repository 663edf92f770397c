"""What customers' files hold, over all customers: part numbers, contacts, addresses."""

from collections.abc import Callable
from dataclasses import replace

from app.core.conditions import Condition, contains, named
from app.core.paging import Listing
from app.core.words import N_, Word
from app.parties.permissions import EDIT_CUSTOMERS
from app.web.lists import Column, Filter, ListPage

CUSTOMER = Filter("customer", N_("Customer"), named("c.code", "c.name"), kind="text")
_OF_CUSTOMER = (
    Column(
        "customer", N_("Customer"), "code", sort="customer", sub="customer_name", below=N_("Customer's name")
    ),
)


def _contains(*columns: str) -> Callable[[str], Condition]:
    def condition(value: str) -> Condition:
        return contains(value, *columns)

    return condition


def _of_customers(name: str, title: Word, path: str, table: str, select: str, child: str) -> ListPage:
    """The frame of the three: rows of a customer, found by the customer's name, imported under the customers' import."""
    return ListPage(
        nothing=N_("They are written in the customer's file"),
        origin={"label": N_("Customers"), "href": "/customers", "permission": "parties:customer:see"},
        name=name, title=title, path=path, search_kind="customer", id_column="k.customer",
        listing=Listing(
            f"k.id, c.code as customer, c.name as customer_name, {select}", table,
            {"customer": ("c.code", "k.id")}, "customer",
        ),
        columns=_OF_CUSTOMER, href=lambda row: f"/customers/{row['customer']}", filters=(CUSTOMER,),
        placeholder=N_("Customer; pinyin initials work"),
        actions=({"label": N_("Import"), "href": f"/customers/import?of={child}", "icon": "upload",
                  "permission": EDIT_CUSTOMERS.code},),
    )  # fmt: skip


PART_NUMBERS = replace(
    _of_customers(
        "part-numbers", N_("Customers' part numbers"), "/part-numbers",
        "customer_items k join customers c on c.id = k.customer join items i on i.id = k.item",
        "k.code, k.drawing_revision, i.code as item, i.name || ' ' || i.spec as item_name,"
        " i.drawing_revision as our_revision", "part_numbers",
    ),
    columns=(
        *_OF_CUSTOMER, Column("code", N_("Customer's part number"), phone="full"),
        Column("item", N_("Our item"), sub="item_name", below=N_("Item name")),
        Column("drawing_revision", N_("Drawing revision")), Column("our_revision", N_("Our drawing revision"), low=True),
    ),
    filters=(
        CUSTOMER,
        Filter("number", N_("Part number"), _contains("k.code"), kind="text"),
        Filter("item", N_("Our item"), _contains("i.code", "i.name", "i.spec"), kind="text"),
        Filter("revision", N_("Drawing revision"), lambda v: _REVISIONS.get(v), (("differs", N_("Other than ours")),)),
    ),
)  # fmt: skip
_REVISIONS = {"differs": Condition("k.drawing_revision <> '' and k.drawing_revision <> i.drawing_revision")}

CONTACTS = replace(
    _of_customers(
        "customer-contacts", N_("Customers' contacts"), "/customer-contacts",
        "customer_contacts k join customers c on c.id = k.customer", "k.name, k.role, k.phone, k.mail", "contacts",
    ),
    columns=(
        *_OF_CUSTOMER, Column("name", N_("Name")), Column("role", N_("Position")), Column("phone", N_("Phone")),
        Column("mail", N_("Mail"), low=True),
    ),
    filters=(CUSTOMER, Filter("name", N_("Name or phone"), _contains("k.name", "k.phone", "k.mail"), kind="text")),
)  # fmt: skip

ADDRESSES = replace(
    _of_customers(
        "customer-addresses", N_("Customers' addresses"), "/customer-addresses",
        "customer_addresses k join customers c on c.id = k.customer", "k.name, k.address, k.contact, k.phone", "addresses",
    ),
    columns=(
        *_OF_CUSTOMER, Column("name", N_("Called")), Column("address", N_("Address"), phone="full"),
        Column("contact", N_("Contact"), sub="phone", below=N_("Phone")),
    ),
    filters=(CUSTOMER, Filter("address", N_("Address"), _contains("k.address", "k.name"), kind="text")),
)  # fmt: skip
LISTS = (PART_NUMBERS, CONTACTS, ADDRESSES)
