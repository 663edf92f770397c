"""The list of custom fields."""

from typing import Any

from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.words import N_, _
from app.custom_fields.defined import KINDS, THINGS
from app.web.lists import Column, Filter, ListPage
from app.web.master_lists import active_filter

_MARKS = {
    "required": N_("Required"), "searchable": N_("Searched"), "in_list": N_("In the list"), "printed": N_("Printed"),
}  # fmt: skip


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["code"] = f"{row['thing']}.{row['key']}"
        row["of"], row["kind_word"] = _(THINGS[row["thing"]].label), _(KINDS[row["kind"]])
        row["marks"] = " · ".join(_(word) for name, word in _MARKS.items() if row[name])
        row["look"] = (_("In use"), "ok") if row["active"] else (_("Not in use"), "draft")


FIELDS = ListPage(
    name="custom-fields", title=N_("Custom fields"), path="/custom-fields", id_column="f.id",
    listing=Listing(
        "f.*", "custom_fields f", {"thing": ("f.thing", "f.position", "f.id"), "key": ("f.key", "f.id")}, "thing", max_limit=400,
    ),
    columns=(
        Column("label", N_("Field"), "code", sub="label_en", below=N_("Label in English")),
        Column("of", N_("Of"), sort="thing"),
        Column("key", N_("Key"), sort="key"),
        Column("kind_word", N_("Kind"), sub="unit", below=N_("Unit")),
        Column("marks", N_("What it does"), low=True),
        Column("look", N_("State"), "pill"),
    ),
    filters=(
        Filter("thing", N_("Of"), lambda v: Condition("f.thing = {}", (v,)) if v in THINGS else None,
               tuple((thing, each.label) for thing, each in THINGS.items())),
        active_filter("f"),
    ),
    href=lambda row: f"/custom-fields/{row['thing']}.{row['key']}", dress=_dress,
    nothing=N_("A field of your own stands in the form, the list, files and papers of its thing"),
    actions=({"label": N_("New field"), "href": "/custom-fields/new", "icon": "plus", "look": "pri", "key": "C",
              "permission": "custom_fields:field:edit"},),
)  # fmt: skip
