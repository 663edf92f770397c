"""Price lists as masters, their prices as rows of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.catalog.masters import ITEM
from app.core import clock, db
from app.core.conditions import Condition, named
from app.core.money import CURRENCIES
from app.core.paging import Listing
from app.core.quantities import labelled, shown
from app.core.refusals import Invalid, Refused
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.pricing import events, permissions
from app.pricing.refusals import ENDS_BEFORE, OVERLAPS, SAME_BREAK, TWO_UNITS
from app.pricing.tables import Price, PriceList
from app.web.lists import Column, Filter, ListPage, View
from app.web.master_children import Child
from app.web.master_fields import Field, Reference
from app.web.master_lists import ACTIVE, active_filter, new_and_import
from app.web.masters import Master

CUSTOMER = Reference("customers", "/lookup/customers")
_OVERLAP = (
    "select l2.code, l2.valid_from, l2.valid_to, i.code as item from prices p join price_lists l on l.id = p.price_list"
    " join prices p2 on p2.item = p.item join price_lists l2 on l2.id = p2.price_list join items i on i.id = p.item"
    " where l.id = {} and l.active and l2.active and l2.id <> l.id and l2.currency = l.currency"
    " and coalesce(l2.customer, 0) = coalesce(l.customer, 0)"
    " and (l.valid_to is null or l2.valid_from <= l.valid_to) and (l2.valid_to is null or l2.valid_to >= l.valid_from)"
    " order by l2.code, i.code limit 1"
)


async def hold(row: Mapping[str, Any], by: Actor) -> None:
    """A list ends after it begins, prices each item per one unit, and no other list prices it on the same days."""
    problems: dict[str, Refused] = {}
    if row["valid_to"] and row["valid_to"] < row["valid_from"]:
        problems["valid_to"] = Refused(ENDS_BEFORE, "valid_to")
    units: dict[int, str] = {}
    for price in row["prices"]:
        if units.setdefault(price["item"], price["price_unit"]) != price["price_unit"]:
            unit = labelled(price["price_unit"], price["unit_label"])
            problems["prices"] = Refused(TWO_UNITS, "prices", item=price["item_code"], unit=unit)
    other = None if problems else await db.one(_OVERLAP, row["id"])
    if other:
        last = other["valid_to"].isoformat() if other["valid_to"] else _("open")
        problems["valid_from"] = Refused(
            OVERLAPS, "valid_from", item=other["item"], list=other["code"],
            first=other["valid_from"].isoformat(), last=last,
        )  # fmt: skip
    if problems:
        raise Invalid(problems)


async def _dress(rows: list[dict[str, Any]]) -> None:
    today = clock.today()
    for row in rows:
        row["valid"] = f"{row['valid_from'].isoformat()} – " + (
            row["valid_to"].isoformat() if row["valid_to"] else ""
        )
        row["for"] = row.get("customer_name") or _("All customers")
        row["state"] = _state(row, today)
        if "from_q" in row:
            row["per"] = labelled(row["price_unit"], row["unit_label"])
            row["from"] = f"{shown(row['from_q'])} {row['per']}"


def _state(row: Mapping[str, Any], today: date) -> tuple[str, str]:
    if not row["active"]:
        return _("Not in use"), "draft"
    if row["valid_from"] > today:
        return _("To come"), "todo"
    return (_("Ended"), "draft") if row["valid_to"] and row["valid_to"] < today else (_("Valid"), "ok")


def valid_now(today: date) -> Condition:
    """Of a list `l`."""
    return Condition(
        "l.active and l.valid_from <= {} and (l.valid_to is null or l.valid_to >= {})", (today, today)
    )


def _valid(value: str) -> Condition | None:
    """Of a list `l`, how it stands today."""
    today = clock.today()
    return {
        "now": valid_now(today),
        "later": Condition("l.valid_from > {}", (today,)),
        "over": Condition("l.valid_to < {}", (today,)),
    }.get(value)


def _code(column: str) -> Any:
    return lambda value: Condition(f"{column} = {{}}", (value[:60].replace("\x00", ""),))


VALID: Sequence[tuple[str, Word]] = (("now", N_("Valid")), ("later", N_("To come")), ("over", N_("Ended")))
_FILTERS = (
    Filter("valid", N_("Validity"), _valid, VALID),
    Filter("customer", N_("Customer"), named("c.code", "c.name", "c.short_name"), kind="text"),
)

PRICE_LISTS = Master(
    kind="price_list", noun=N_("Price list"), table=PriceList, resource="price-lists", path="/price-lists", icon="receipt",
    see=permissions.SEE, edit=permissions.EDIT, made=events.PriceListMade, changed=events.PriceListChanged, holds=hold,
    fields=(
        Field("name", N_("Name"), required=True, limit=120),
        Field("customer", N_("Customer"), "ref", reference=CUSTOMER, hint=N_("Empty = for all customers")),
        Field("currency", N_("Currency"), "choice", choices=tuple((code, Word(code)) for code in CURRENCIES), default="CNY"),
        Field("valid_from", N_("Valid from"), "day", required=True),
        Field("valid_to", N_("Valid until"), "day", hint=N_("Empty = until a new list ends it")),
        Field("remark", N_("Remark"), limit=300),
        Field("tax_included", N_("Prices include tax"), "flag", default=True),
        ACTIVE,
    ),
    children=(
        Child("prices", N_("Prices"), Price, "price_list", ("item", "from_q"), (
            Field("item", N_("Our item"), "ref", required=True, reference=ITEM),
            Field("from", N_("From quantity"), "decimal", column="from_q", hint=N_("In the price unit")),
            Field("price", N_("Price"), "price", required=True, column="price_micro"),
            Field("price_unit", N_("Price unit"), "unit", required=True),
        ), permissions.EDIT, N_("The quantity from which a price counts is in its price unit: from 50 千件 at so much per 千件"),
              SAME_BREAK, "/prices"),
    ),
    list=ListPage(
        name="price-lists", title=N_("Price lists"), path="/price-lists", search_kind="price_list", id_column="l.id",
        listing=Listing(
            "l.id, l.code, l.name, l.currency, l.valid_from, l.valid_to, l.active, c.name as customer_name,"
            " (select count(*) from prices p where p.price_list = l.id) as prices",
            "price_lists l left join customers c on c.id = l.customer",
            {"code": ("l.code",), "valid_from": ("l.valid_from", "l.id")}, "-valid_from",
        ),
        columns=(
            Column("code", N_("Code"), "code", sort="code", sub="name", below=N_("Name")), Column("for", N_("For whom"), phone="full"),
            Column("currency", N_("Currency"), low=True), Column("valid", N_("Validity"), sort="valid_from"),
            Column("prices", N_("Prices"), "number"), Column("state", N_("State"), "pill"),
        ),
        filters=(*_FILTERS, active_filter("l")),
        views=(View("all", N_("All"), {}), View("now", N_("Valid"), {"valid": "now"})),
        href=lambda row: f"/price-lists/{row['code']}", dress=_dress,
        actions=(
            {"label": N_("All prices"), "href": "/prices", "icon": "rows-3", "permission": permissions.SEE.code},
            {"label": N_("Exchange rates"), "href": "/exchange-rates", "icon": "coins", "permission": "sales:order:create"},
            *new_and_import("/price-lists", N_("New price list"), permissions.EDIT.code),
        ),
    ),
)  # fmt: skip

PRICES = ListPage(
    nothing=N_("Prices are written in a price list"),
    origin={"label": N_("Price lists"), "href": "/price-lists", "permission": "pricing:list:see"},
    name="prices", title=N_("Prices"), path="/prices", search_kind="item", id_column="p.item",
    listing=Listing(
        "p.id, l.code as price_list, l.name as list_name, l.currency, l.valid_from, l.valid_to, l.active, c.code as customer,"
        " c.name as customer_name, i.code as item, i.name || ' ' || i.spec as item_name, i.unit_label, p.from_q, p.price_micro, p.price_unit",
        "prices p join price_lists l on l.id = p.price_list join items i on i.id = p.item"
        " left join customers c on c.id = l.customer",
        {"item": ("i.code", "p.id"), "list": ("l.code", "p.id")}, "item",
    ),
    columns=(
        Column("item", N_("Our item"), "code", sort="item", sub="item_name", below=N_("Item name")),
        Column("price_list", N_("Price list"), sort="list", sub="for", below=N_("For whom")),
        Column("from", N_("From quantity"), phone="hide"), Column("price_micro", N_("Price"), "price", sub="per", below=N_("Price unit")),
        Column("currency", N_("Currency"), low=True), Column("valid", N_("Validity"), low=True), Column("state", N_("State"), "pill"),
    ),
    filters=(*_FILTERS, Filter("price_list", N_("Price list"), _code("l.code"), kind="text")),
    placeholder=N_("Code, name, size; pinyin initials work"),
    href=lambda row: f"/price-lists/{row['price_list']}", dress=_dress,
    actions=({"label": N_("Import"), "href": "/price-lists/import?of=prices", "icon": "upload", "permission": permissions.EDIT.code},),
)  # fmt: skip
MASTERS = (PRICE_LISTS,)
