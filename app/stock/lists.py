"""The lists of the store: balances, the movements of an item, postings, bins."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from app.catalog.tables import Item
from app.core import db
from app.core.conditions import Condition, contains, named, those
from app.core.paging import Listing
from app.core.quantities import KILOGRAM, PIECE, Quantity, Weight, plain
from app.core.search import pattern
from app.core.words import N_, _
from app.stock import bins, permissions
from app.stock.balances import FREE, RESERVED
from app.stock.places import CUSTOMER, PLACES
from app.stock.words import QUALITY, WHY
from app.web.filters import from_day, until_day
from app.web.lists import Column, Filter, ListPage, View
from app.web.master_lists import active_filter, dress_active, new_and_import


def starts(column: str) -> Callable[[str], Condition]:
    """A filter on a code: it, or what begins with it."""
    return lambda value: Condition(f"{column} like {{}} escape '!'", (pattern(value[:60])[1:],), few=None)


def about(quantity_q: int, base: str, weight: Weight) -> str:
    """The same quantity in the other measure: ≈ 201 kg of pieces, ≈ 5,000 件 of kg; empty without a piece weight."""
    if not weight:
        return ""
    other = Quantity(abs(quantity_q), base).in_unit(KILOGRAM if base == PIECE else PIECE, weight)
    shown = plain(round(other, 1 if other < 1000 else 0))
    return f"≈ {float(shown):,g} {KILOGRAM if base == PIECE else PIECE}" if other else ""


async def _dress_balances(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        weight = Weight(row["lot_micro"], row["lot_pieces"]) or Weight(row["item_micro"], row["item_pieces"])
        row["unit"] = row["unit_label"] or row["base_unit"]
        row["about"] = about(row["quantity_q"], row["base_unit"], weight)
        word, kind = QUALITY[row["quality"]]
        row["quality_pill"] = (_(word), kind) if row["quantity_q"] >= 0 else (_("Below zero"), "bad")


BALANCES = ListPage(
    nothing=N_("Goods come with the opening data, when a work order is received, or by a move"),
    origin={"label": N_("Opening stock"), "href": "/opening/stock", "permission": "opening:data:see"},
    name="stock", title=N_("Stock"), path="/stock", search_kind="item", id_column="b.item",
    placeholder=N_("Item: code, name, spec or pinyin initials"),
    listing=Listing(
        f"b.id, i.code as item, i.name, i.spec, trim(i.name || ' ' || i.spec) as item_text, i.base_unit, i.unit_label,"
        f" i.weight_micro as item_micro, i.weight_pieces as item_pieces, l.id as lot_id, l.number as lot, l.heat,"
        f" l.weight_micro as lot_micro, l.weight_pieces as lot_pieces, p.code as bin, p.kind, b.quality, b.quantity_q,"
        f" cast({RESERVED} as bigint) as reserved_q, {FREE} as free_q",
        "stock_balances b join bins p on p.id = b.bin join items i on i.id = b.item join lots l on l.id = b.lot",
        {"item": ("i.code", "b.id"), "bin": ("p.code", "b.id"), "quantity": ("b.quantity_q", "b.id"), "lot": ("l.number", "b.id")},
        "item",
    ),
    columns=(
        Column("item", N_("Item"), "code", sort="item", sub="item_text", below=N_("Item name")),
        Column("lot", N_("Lot"), sort="lot", sub="heat", below=N_("Heat")),
        Column("bin", N_("Bin"), sort="bin"),
        Column("quantity_q", N_("On hand"), "quantity", sort="quantity", unit="unit", sub="about", below=N_("Weight")),
        Column("reserved_q", N_("Reserved"), "quantity", low=True, phone="hide"),
        Column("free_q", N_("Available"), "quantity", phone="hide"),
        Column("quality_pill", N_("Quality status"), "pill"),
    ),
    filters=(
        Filter("item", N_("Item"), starts("i.code"), kind="text"),
        Filter("lot", N_("Lot"), starts("l.number"), kind="text"),
        Filter("heat", N_("Heat"), lambda v: contains(v, "l.heat"), kind="text"),
        Filter("bin", N_("Bin"), starts("p.code"), kind="text"),
        Filter("kind", N_("Kind of place"), lambda v: Condition("p.kind = {}", (v,)) if v in bins.KINDS else None,
               tuple(bins.KINDS.items())),
        Filter("below_zero", N_("Below zero"), lambda v: Condition("b.quantity_q < 0") if v == "yes" else None,
               (("yes", N_("Below zero")),)),
    ),
    views=(
        View("all", N_("All"), {}), View("stores", N_("In stores"), {"kind": bins.STORE}),
        View("below", N_("Below zero"), {"below_zero": "yes"}, (Condition("b.quantity_q < 0"),)),
    ),
    visible=lambda by: (Condition("p.kind <> 'virtual'"), Condition("b.quantity_q <> 0")),
    href=lambda row: f"/stock/{quote(row['item'], safe='')}", dress=_dress_balances,
    actions=(
        {"label": N_("Postings"), "href": "/stock/postings", "icon": "history"},
        {"label": N_("Move by hand"), "href": "/stock/moves/new", "icon": "plus", "look": "pri", "key": "C",
         "permission": permissions.MAKE_MOVES.code},
    ),
)  # fmt: skip


async def _dress_moves(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["why_word"] = _(WHY[row["why"]])
        row["from_word"], row["to_word"] = _place(row, "from"), _place(row, "to")
        held = [_(QUALITY[q][0]) for q in (row["from_quality"], row["to_quality"])]
        row["change"] = f"{held[0]} → {held[1]}" if held[0] != held[1] else ""
        row["measured"] = (
            f"{plain(Quantity(row['measured_q']).decimal)} {row['measured_unit']}"
            if row["measured_q"]
            else ""
        )


def _place(row: dict[str, Any], end: str) -> str:
    code = str(row[f"{end}_code"])
    if code.startswith(CUSTOMER):  # whose it is, the document says to whom may see it
        return _(PLACES[CUSTOMER])
    if code in PLACES:
        return _(PLACES[code])
    return row[f"{end}_name"] if row[f"{end}_kind"] == bins.VIRTUAL else code


_MOVES = ListPage(
    nothing=N_("What is received, moved, counted and shipped is told here"),
    name="stock-moves", title=N_("Movements"), path="/stock",
    listing=Listing(
        "m.id, p.number, p.why, p.document, p.happened_at, p.booked_on, p.flags, l.number as lot, m.quantity_q, m.measured_q,"
        " m.measured_unit, m.from_quality, m.to_quality, f.code as from_code, f.name as from_name, f.kind as from_kind,"
        " t.code as to_code, t.name as to_name, t.kind as to_kind, i.code as item, i.base_unit, i.unit_label",
        "stock_moves m left join stock_postings p on p.id = m.posting left join lots l on l.id = m.lot"
        " left join bins f on f.id = m.from_bin left join bins t on t.id = m.to_bin left join items i on i.id = m.item",
        {"happened": ("m.id",)}, "-happened",
    ),
    columns=(
        Column("happened_at", N_("Time"), "moment", sort="happened"),
        Column("why_word", N_("Why"), sub="document", below=N_("Document")),
        Column("number", N_("Posting number"), "code"),
        Column("lot", N_("Lot")),
        Column("from_word", N_("From")),
        Column("to_word", N_("To"), sub="change", below=N_("Quality changed")),
        Column("quantity_q", N_("Quantity"), "quantity", sub="measured", below=N_("Weighed")),
    ),
    filters=(
        Filter("lot", N_("Lot"), those("m.lot", "lots", starts("those.number")), kind="text"),
        Filter("heat", N_("Heat"), those("m.lot", "lots", lambda v: contains(v, "those.heat")), kind="text"),
        Filter("why", N_("Why"), lambda v: Condition("p.why = {}", (v,), few=None) if v in WHY else None, tuple(WHY.items())),
        Filter("from", N_("From day"), from_day("p.booked_on"), kind="date"),
        Filter("until", N_("To day"), until_day("p.booked_on"), kind="date"),
    ),
    href=lambda row: f"/stock/postings/{row['number']}", dress=_dress_moves,
)  # fmt: skip


def moves_of(item: Item) -> ListPage:
    """The ledger of one item."""
    only = (Condition("m.item = {}", (item.id,)),)
    return replace(
        _MOVES,
        path=f"/stock/{quote(item.code, safe='')}",
        visible=lambda by: only,
        template="stock/item.html",
    )


ALL_MOVES = replace(
    _MOVES,
    filters=(
        Filter("item", N_("Item"), those("m.item", "items", starts("those.code")), kind="text"),
        *_MOVES.filters,
    ),
)
"""Every movement of the house, for programs."""


async def moves_in(posting_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The movements of some postings, dressed as in the list."""
    rows = await db.rows(
        f"select {_MOVES.listing.select}, m.posting, trim(i.name || ' ' || i.spec) as item_text from {_MOVES.listing.source}"
        f" where {db.any_of('m.posting', posting_ids).template} order by m.id",
        *posting_ids,
    )
    await _dress_moves(rows)
    return rows


async def _dress_postings(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["why_word"] = _(WHY[row["why"]])
        if row["reversed_by"]:
            row["state"] = (_("Reversed"), "draft")
        else:
            row["state"] = (_("Below zero"), "bad") if row["flags"] else (_("Posted"), "ok")


FLAGGED = Condition("p.flags <> ''", few=True)
POSTINGS = ListPage(
    nothing=N_("What is received, moved, counted and shipped is told here"),
    name="stock-postings", title=N_("Stock postings"), path="/stock/postings",
    listing=Listing(
        "p.id, p.number, p.why, p.document, p.source_kind, p.flags, p.happened_at, p.booked_on, p.reverses,"
        " h.name as person, (select r.number from stock_postings r where r.reverses = p.id) as reversed_by,"
        " (select count(*) from stock_moves m where m.posting = p.id) as moves",
        "stock_postings p left join people h on h.id = p.person",
        {"number": ("p.number",), "happened": ("p.happened_at", "p.id")}, "-happened",
    ),
    columns=(
        Column("number", N_("Posting number"), "code", sort="number"),
        Column("why_word", N_("Why"), sub="document", below=N_("Document")),
        Column("moves", N_("Movements"), "number"),
        Column("person", N_("Person")),
        Column("happened_at", N_("Time"), "moment", sort="happened"),
        Column("booked_on", N_("Booked on"), "day", low=True),
        Column("state", N_("State"), "pill"),
    ),
    filters=(
        Filter("why", N_("Why"), lambda v: Condition("p.why = {}", (v,), few=None) if v in WHY else None, tuple(WHY.items())),
        Filter("number", N_("Posting number"), starts("p.number"), kind="text"),
        Filter("document", N_("Document"), starts("p.document"), kind="text"),
        Filter("flagged", N_("Below zero"), lambda v: FLAGGED if v == "yes" else None, (("yes", N_("Below zero")),)),
    ),
    views=(View("all", N_("All"), {}), View("flagged", N_("Below zero"), {"flagged": "yes"}, (FLAGGED,))),
    href=lambda row: f"/stock/postings/{row['number']}", dress=_dress_postings,
)  # fmt: skip


async def _dress_bins(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["kind_word"] = _(bins.KINDS[row["kind"]])
        row["called"] = row["name"] if row["name"] != row["code"] else ""
        row["state"] = (_("In use"), "ok") if row["active"] else (_("Out of use"), "draft")


WAREHOUSES = ListPage(
    name="warehouses", title=N_("Warehouses"), path="/warehouses",
    listing=Listing(
        "w.id, w.code, w.name, w.active,"
        " (select count(*) from bins b where b.warehouse = w.id and b.active and b.kind <> 'virtual') as bins",
        "warehouses w", {"code": ("w.code",)}, "code",
    ),
    columns=(
        Column("code", N_("Warehouse"), "code", sort="code"), Column("name", N_("Name")), Column("bins", N_("Bins"), "number"),
        Column("state", N_("State"), "pill"),
    ),
    filters=(Filter("warehouse", N_("Warehouse"), named("w.code", "w.name"), kind="text"), active_filter("w")),
    visible=lambda by: (Condition(f"w.code <> '{bins.OF_THE_HOUSE}'"),),
    href=lambda row: f"/warehouses/{quote(row['code'], safe='')}", dress=dress_active,
    actions=new_and_import("/warehouses", N_("New warehouse"), permissions.EDIT_BINS.code),
)  # fmt: skip

BINS = ListPage(
    name="bins", title=N_("Bins"), path="/bins",
    listing=Listing(
        "b.id, b.code, b.name, b.kind, b.active, b.version, w.code as warehouse, w.name as warehouse_name,"
        " (select count(distinct s.item) from stock_balances s where s.bin = b.id and s.quantity_q <> 0) as items",
        "bins b join warehouses w on w.id = b.warehouse", {"code": ("b.code",), "warehouse": ("w.code", "b.code")}, "code",
    ),
    columns=(
        Column("code", N_("Bin"), "code", sort="code", sub="called", below=N_("Name")),
        Column("warehouse_name", N_("Warehouse"), sort="warehouse"),
        Column("kind_word", N_("Kind of place")),
        Column("items", N_("Items in it"), "number"),
        Column("state", N_("State"), "pill"),
    ),
    filters=(
        Filter("code", N_("Bin"), starts("b.code"), kind="text"),
        Filter("warehouse", N_("Warehouse"), named("w.code", "w.name"), kind="text"),
        Filter("kind", N_("Kind of place"), lambda v: Condition("b.kind = {}", (v,)) if v in bins.KINDS else None,
               tuple(bins.KINDS.items())),
    ),
    visible=lambda by: (Condition("b.kind <> 'virtual'"),),
    href=lambda row: f"/bins/{quote(row['code'], safe='')}", dress=_dress_bins,
    actions=(
        {"label": N_("Warehouses"), "href": "/warehouses", "icon": "warehouse"},
        *new_and_import("/bins", N_("New bin"), permissions.EDIT_BINS.code),
    ),
)  # fmt: skip
