"""What bills of materials hold, over all of them."""

from typing import Any

from app.core.conditions import named
from app.core.paging import Listing
from app.core.quantities import labelled
from app.core.words import N_
from app.web.lists import Column, Filter, ListPage


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["unit"] = labelled(row["unit"], row["unit_label"])


BOM_LINES = ListPage(
    nothing=N_("Components are written in a bill of materials"),
    origin={"label": N_("Bills of materials"), "href": "/boms", "permission": "catalog:bom:see"},
    name="bom-lines", title=N_("Components"), path="/bom-lines", search_kind="bom", id_column="l.bom",
    listing=Listing(
        "l.id, b.code, l.seq, i.code as item, i.name || ' ' || i.spec as item_name, i.unit_label, l.quantity_q, l.unit, l.per,"
        " cast(l.scrap_rate as real) / 100 as scrap_rate, m.code as made, m.name || ' ' || m.spec as made_name",
        "bom_lines l join boms b on b.id = l.bom join items i on i.id = l.item join items m on m.id = b.item",
        {"code": ("b.code", "l.seq", "l.id")}, "code",
    ),
    columns=(
        Column("code", N_("Bill of materials"), "code", sort="code"),
        Column("made", N_("Item made"), sub="made_name", below=N_("Name of the item made"), phone="full"),
        Column("seq", N_("Line number"), "number"), Column("item", N_("Component"), sub="item_name", below=N_("Item name"), phone="full"),
        Column("quantity_q", N_("Quantity"), "quantity"), Column("unit", N_("Unit")),
        Column("per", N_("for so many of the item"), "number"), Column("scrap_rate", N_("Scrap rate %"), "number"),
    ),
    filters=(
        Filter("item", N_("Component"), named("i.code", "i.name", "i.spec"), kind="text"),
        Filter("made", N_("Item made"), named("m.code", "m.name", "m.spec"), kind="text"),
    ),
    href=lambda row: f"/boms/{row['code']}", dress=_dress, placeholder=N_("Code, name, size; pinyin initials work"),
    actions=({"label": N_("Import"), "href": "/boms/import?of=lines", "icon": "upload", "permission": "catalog:bom:edit"},),
)  # fmt: skip
