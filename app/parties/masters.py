"""Customers with their part numbers, and suppliers, as masters."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.conditions import Condition
from app.core.money import CURRENCIES
from app.core.paging import Listing
from app.core.refusals import Refused
from app.core.words import N_, Word, _
from app.parties import events, permissions
from app.parties.refusals import GATE_WITHOUT_DEPOSIT
from app.parties.tables import Customer, CustomerAddress, CustomerContact, CustomerItem, Supplier
from app.parties.terms import CLOSING, COUNTED_FROM
from app.people.actors import Actor
from app.web.lists import Column, Filter, ListPage, View
from app.web.master_lists import ACTIVE, USED, active_filter, dress_active, new_and_import
from app.web.masters import Child, Field, Master, Reference

LEVELS: tuple[tuple[str, Word], ...] = (("A", Word("A")), ("B", Word("B")), ("C", Word("C")))
CURRENCY_CHOICES = tuple((code, Word(code)) for code in CURRENCIES)
TRADE_TERMS: tuple[tuple[str, Word], ...] = (
    ("含税送到", N_("Delivered, with tax")), ("EXW", Word("EXW")), ("FOB", Word("FOB")), ("CIF", Word("CIF")), ("自提", N_("Pick-up")),
)  # fmt: skip
SUPPLIER_KINDS: tuple[tuple[str, Word], ...] = (
    ("material", N_("Material")), ("outside", N_("Outside processor")), ("tooling", N_("Tooling")), ("freight", N_("Freight")),
    ("other", N_("Other")),
)  # fmt: skip
REACHED, PRICED, PAID, DELIVERED = (
    N_("How they are reached"),
    N_("Prices"),
    N_("Credit and terms"),
    N_("Delivery"),
)
ITEM = Reference("items", "/lookup/items", old="old_code")
OLD_CODE = Field(
    "old_code",
    N_("Code in the old system"),
    limit=60,
    hint=N_("Found by search; files of the old system may use it"),
)


async def _hold_customer(row: Mapping[str, Any], by: Actor) -> None:
    if row["deposit_gate"] and not row["deposit_percent"]:
        raise Refused(GATE_WITHOUT_DEPOSIT, "deposit_percent")


def _customer_links(row: Mapping[str, Any], by: Actor) -> Sequence[Mapping[str, str]]:
    links = []
    if by.may("sales:order:see"):
        links.append(
            {"label": N_("Orders"), "href": f"/orders?customer={row['code']}", "icon": "clipboard-list"}
        )
    if by.may("billing:receivable:see"):
        links.append(
            {"label": N_("Receivables"), "href": f"/receivables?customer={row['code']}", "icon": "receipt"}
        )
    return links


async def _dress_customers(rows: list[dict[str, Any]]) -> None:
    await dress_active(rows)
    for row in rows:
        if row["prospect"]:
            row["state"] = (_("Prospect"), "todo")


def _state_filter() -> Filter:
    """In use or not, as of every master; and who is only a prospect."""
    usual = active_filter("c")

    def condition(value: str) -> Condition | None:
        return Condition("c.prospect") if value == "prospect" else usual.condition(value)

    return Filter(usual.name, usual.label, condition, (*USED, ("prospect", N_("Prospect"))))


CUSTOMERS = Master(
    kind="customer", noun=N_("Customer"), table=Customer, resource="customers", path="/customers", icon="building-2",
    see=permissions.SEE_CUSTOMERS, edit=permissions.EDIT_CUSTOMERS, made=events.CustomerMade, changed=events.CustomerChanged,
    found_by=("code", "name", "short_name", "old_code"), actions=_customer_links, holds=_hold_customer,
    own_page=True,
    fields=(
        Field("name", N_("Name"), required=True, limit=120),
        Field("short_name", N_("Short name"), limit=60),
        Field("level", N_("Level"), "choice", choices=LEVELS, default="B"),
        OLD_CODE,
        ACTIVE,
        Field("contact", N_("Contact"), limit=60, group=REACHED),
        Field("phone", N_("Phone"), limit=40, group=REACHED),
        Field("mail", N_("Mail"), limit=120, group=REACHED),
        Field("address", N_("Delivery address"), limit=300, wide=True, group=REACHED),
        Field("currency", N_("Currency"), "choice", choices=CURRENCY_CHOICES, default="CNY", group=PRICED),
        Field("trade_term", N_("Trade term"), "choice", choices=TRADE_TERMS, default="含税送到", group=PRICED),
        Field("tax_rate", N_("Tax rate %"), "percent", default="13", group=PRICED),
        Field("tax_included", N_("Prices include tax"), "flag", default=True, group=PRICED),
        Field("credit_limit", N_("Credit limit (CNY)"), "money", group=PAID, hint=N_("0 = not limited")),
        Field("payment_days", N_("Days of the terms"), "whole", default=30, high=730, group=PAID),
        Field("terms_from", N_("Days count from"), "choice", choices=COUNTED_FROM, default=CLOSING, group=PAID),
        Field("closing_day", N_("Closing day"), "whole", default=0, high=31, hint=N_("0 = end of the month"), group=PAID),
        Field("deposit_percent", N_("Deposit %"), "percent", group=PAID),
        Field("deposit_gate", N_("Nothing is made before the deposit came"), "flag", group=PAID),
        Field("balance_gate", N_("Nothing leaves before the balance came"), "flag", group=PAID),
        Field("over_percent", N_("Over-delivery up to percent"), "whole", default=3, high=100, group=DELIVERED),
        Field("under_percent", N_("Short delivery up to percent"), "whole", default=3, high=100, group=DELIVERED),
        Field("label_demand", N_("Label"), "lines", limit=500, group=DELIVERED),
        Field("marks", N_("Shipping marks"), "lines", limit=500, group=DELIVERED),
        Field("packing_demand", N_("Packing"), "lines", limit=500, group=DELIVERED),
        Field("progress_quantities", N_("The progress link shows quantities"), "flag", group=DELIVERED,
              hint=N_("Without it the link shows the stages only")),
    ),
    children=(
        Child("part_numbers", N_("Part numbers"), CustomerItem, "customer", "code", (
            Field("code", N_("Customer's part number"), required=True, limit=80),
            Field("item", N_("Our item"), "ref", required=True, reference=ITEM),
            Field("drawing_revision", N_("Drawing revision"), limit=20),
        ), permissions.EDIT_CUSTOMERS, N_("What this customer calls our items; orders are read by them"), list="/part-numbers"),
        Child("contacts", N_("More contacts"), CustomerContact, "customer", "name", (
            Field("name", N_("Name"), required=True, limit=60),
            Field("role", N_("Position"), limit=60),
            Field("phone", N_("Phone"), limit=40),
            Field("mail", N_("Mail"), limit=120),
        ), permissions.EDIT_CUSTOMERS, list="/customer-contacts"),
        Child("addresses", N_("More addresses"), CustomerAddress, "customer", "name", (
            Field("name", N_("Called"), required=True, limit=60),
            Field("address", N_("Address"), required=True, limit=300),
            Field("contact", N_("Contact"), limit=60),
            Field("phone", N_("Phone"), limit=40),
        ), permissions.EDIT_CUSTOMERS, list="/customer-addresses"),
    ),
    list=ListPage(
        name="customers", title=N_("Customers"), path="/customers", search_kind="customer", id_column="c.id", custom="customer",
        listing=Listing(
            "c.id, c.code, c.name, c.short_name, c.level, c.contact, c.phone, c.payment_days, c.credit_limit, c.active, c.prospect,"
            " 'CNY' as currency", "customers c", {"code": ("c.code",), "name": ("c.name", "c.id")}, "code",
        ),
        columns=(
            Column("code", N_("Code"), "code", sort="code"),
            Column("name", N_("Name"), sort="name", sub="short_name", below=N_("Short name"), phone="full"),
            Column("level", N_("Level")), Column("contact", N_("Contact"), sub="phone", below=N_("Phone")),
            Column("payment_days", N_("Days of the terms"), "number", low=True),
            Column("credit_limit", N_("Credit limit (CNY)"), "money", low=True), Column("state", N_("State"), "pill"),
        ),
        filters=(Filter("level", N_("Level"), lambda v: Condition("c.level = {}", (v,)), LEVELS), _state_filter()),
        views=(View("all", N_("All"), {}), View("A", N_("Level A"), {"level": "A"}), View("prospects", N_("Prospects"), {"active": "prospect"})),
        href=lambda row: f"/customers/{row['code']}", dress=_dress_customers,
        actions=new_and_import("/customers", N_("New customer"), "parties:customer:edit"),
    ),
)  # fmt: skip

SUPPLIERS = Master(
    kind="supplier", noun=N_("Supplier"), table=Supplier, resource="suppliers", path="/suppliers", icon="handshake",
    see=permissions.SEE_SUPPLIERS, edit=permissions.EDIT_SUPPLIERS, made=events.SupplierMade, changed=events.SupplierChanged,
    found_by=("code", "name", "short_name", "old_code"),
    fields=(
        Field("name", N_("Name"), required=True, limit=120),
        Field("short_name", N_("Short name"), limit=60),
        Field("kind", N_("Kind"), "choice", choices=SUPPLIER_KINDS, default="material"),
        Field("contact", N_("Contact"), limit=60),
        Field("phone", N_("Phone"), limit=40),
        Field("address", N_("Address"), limit=300, wide=True),
        OLD_CODE,
        ACTIVE,
    ),
    list=ListPage(
        name="suppliers", title=N_("Suppliers"), path="/suppliers", search_kind="supplier", id_column="s.id", custom="supplier",
        listing=Listing("s.id, s.code, s.name, s.short_name, s.contact, s.phone, s.active", "suppliers s",
                        {"code": ("s.code",), "name": ("s.name", "s.id")}, "code"),
        columns=(Column("code", N_("Code"), "code", sort="code"),
                 Column("name", N_("Name"), sort="name", sub="short_name", below=N_("Short name"), phone="full"),
                 Column("contact", N_("Contact"), sub="phone", below=N_("Phone")), Column("state", N_("State"), "pill")),
        filters=(Filter("kind", N_("Kind"), lambda v: Condition("s.kind = {}", (v,)), SUPPLIER_KINDS), active_filter("s")),
        href=lambda row: f"/suppliers/{row['code']}", dress=dress_active,
        actions=new_and_import("/suppliers", N_("New supplier"), "parties:supplier:edit"),
    ),
)  # fmt: skip
MASTERS = (CUSTOMERS, SUPPLIERS)
