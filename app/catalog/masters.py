"""Items with their routing, machines and work centers, as masters."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.catalog import boms, events, permissions
from app.catalog.tables import Bom, BomLine, Item, Machine, RoutingOperation, WorkCenter
from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.quantities import labelled
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.web.lists import Column, Filter, ListPage, View
from app.web.master_lists import ACTIVE, active_filter, dress_active, new_and_import
from app.web.masters import Child, Field, Master, Reference

ITEM_KINDS: tuple[tuple[str, Word], ...] = (
    ("finished", N_("Finished goods")), ("semi", N_("Semi-finished")), ("raw", N_("Raw material")),
    ("packaging", N_("Packaging")), ("service", N_("Service (tooling, freight)")),
)  # fmt: skip
BASE_UNITS: tuple[tuple[str, Word], ...] = (("件", N_("Pieces")), ("kg", N_("Kilograms")))
REPORT_BY: tuple[tuple[str, Word], ...] = (("weight", N_("By weight")), ("pieces", N_("By pieces")))
CALENDARS: tuple[tuple[str, Word], ...] = (
    ("day", N_("Day shift")), ("two_shifts", N_("Two shifts")), ("night", N_("Night shift")),
    ("around_the_clock", N_("Around the clock")), ("outside", N_("Outside processor")),
)  # fmt: skip
"""When the machines of a work center run; planning knows the hours of each."""
WORK_CENTER = Reference("work_centers", "/lookup/work-centers")
ITEM = Reference("items", "/lookup/items", old="old_code", word="unit_label")
TEAM = Reference("teams", "/lookup/teams")


async def _dress_items(rows: list[dict[str, Any]]) -> None:
    words = dict(ITEM_KINDS)
    await dress_active(rows)
    for row in rows:
        row["kind"] = _(words.get(row["kind"], Word(row["kind"])))
        row["price_unit"] = labelled(row["usual_price_unit"], row["unit_label"])
        row["weight"] = f"{row['weight_micro'] / 10**6:.2f}" if row["weight_micro"] else ""


async def _dress_work_centers(rows: list[dict[str, Any]]) -> None:
    words = dict(CALENDARS)
    await dress_active(rows)
    for row in rows:
        row["calendar"] = _(words.get(row["calendar"], Word(row["calendar"])))


def _item_links(row: Mapping[str, Any], by: Actor) -> Sequence[Mapping[str, str]]:
    return (
        ({"label": N_("Stock"), "href": f"/stock/{row['code']}", "icon": "warehouse"},)
        if by.may("stock:balance:see")
        else ()
    )


ITEMS = Master(
    kind="item", noun=N_("Item"), table=Item, resource="items", path="/items", icon="package",
    see=permissions.SEE_ITEMS, edit=permissions.EDIT_ITEMS, made=events.ItemMade, changed=events.ItemChanged,
    found_by=("code", "name", "spec", "old_code"), actions=_item_links,
    fields=(
        Field("name", N_("Name"), required=True, limit=120),
        Field("spec", N_("Specification"), limit=200, also=("规格型号", "型号规格"), hint=N_("Size, strength, finish: M10×45 8.8 Dacromet")),
        Field("kind", N_("Kind"), "choice", choices=ITEM_KINDS, default="finished"),
        Field("base_unit", N_("Kept in"), "choice", choices=BASE_UNITS, default="件",
              hint=N_("Stock lives in this unit; others are converted")),
        Field("unit_label", N_("One piece is called"), limit=10, hint=N_("支, 只, 套 …")),
        Field("weight", N_("Weight of 1,000 pieces"), "weight", column="weight_micro", also=("千件重量", "千支重量"),
              hint=N_("kg; counts baskets on the scale")),
        Field("drawing_revision", N_("Drawing revision"), limit=20),
        Field("setup_family", N_("Changeover family"), limit=60, hint=N_("Items of one family follow each other without changeover")),
        Field("per_box", N_("Pieces per box"), "whole", default=0),
        Field("boxes_per_carton", N_("Boxes per carton"), "whole", default=0),
        Field("cartons_per_pallet", N_("Cartons per pallet"), "whole", default=0),
        Field("usual_price", N_("Usual price"), "price", column="usual_price_micro", hint=N_("CNY with tax, per price unit")),
        Field("usual_price_unit", N_("Price unit"), "unit", default="千件"),
        Field("standard_cost", N_("Standard cost"), "price", column="cost_micro", right=permissions.SEE_COSTS,
              hint=N_("CNY without tax for one of what it is kept in; margins follow from it")),
        Field("old_code", N_("Code in the old system"), limit=60, hint=N_("Found by search; files of the old system may use it")),
        ACTIVE,
    ),
    children=(
        Child("routing", N_("Routing"), RoutingOperation, "item", "seq", (
            Field("seq", N_("Step"), "whole", required=True, low=1, high=999),
            Field("name", N_("Operation"), required=True, limit=60),
            Field("work_center", N_("Work center"), "ref", required=True, reference=WORK_CENTER),
            Field("setup_minutes", N_("Changeover minutes"), "whole", default=0, high=10_000),
            Field("run_seconds", N_("Run seconds"), "whole", required=True, low=1, high=10**7),
            Field("run_pieces", N_("for so many pieces"), "whole", default=1000, low=1, high=10**7),
            Field("report_by", N_("Reported"), "choice", choices=REPORT_BY, default="weight"),
        ), permissions.EDIT_ROUTINGS, N_("In the order of the numbers; work orders take a copy when they are made")),
    ),
    list=ListPage(
        name="items", title=N_("Items"), path="/items", search_kind="item", id_column="i.id", custom="item",
        listing=Listing(
            "i.id, i.code, i.name, i.spec, i.kind, i.base_unit, i.unit_label, i.weight_micro, i.usual_price_micro,"
            " i.usual_price_unit, i.cost_micro, i.active", "items i", {"code": ("i.code",), "name": ("i.name", "i.id")}, "code",
        ),
        columns=(
            Column("code", N_("Code"), "code", sort="code"),
            Column("name", N_("Name"), sort="name", sub="spec", below=N_("Specification"), phone="full"),
            Column("kind", N_("Kind"), low=True), Column("unit_label", N_("Unit"), phone="hide"),
            Column("weight", N_("kg per 1,000"), low=True),
            Column("usual_price_micro", N_("Usual price"), "price", sub="price_unit", below=N_("Price unit")),
            Column("cost_micro", N_("Standard cost"), "price", sub="base_unit", below=N_("Kept in"), shown=False, right=permissions.SEE_COSTS),
            Column("state", N_("State"), "pill"),
        ),
        filters=(
            Filter("kind", N_("Kind"), lambda v: Condition("i.kind = {}", (v,)), ITEM_KINDS), active_filter("i"),
        ),
        views=(View("all", N_("All"), {}), *(View(k, label, {"kind": k}) for k, label in ITEM_KINDS[:3])),
        href=lambda row: f"/items/{row['code']}", dress=_dress_items, placeholder=N_("Code, name, size; pinyin initials work"),
        actions=new_and_import("/items", N_("New item"), "catalog:item:edit"),
    ),
)  # fmt: skip

BOMS = Master(
    kind="bom", noun=N_("Bill of materials"), table=Bom, resource="boms", path="/boms", icon="boxes",
    see=permissions.SEE_BOMS, edit=permissions.EDIT_BOMS, made=events.BomMade, changed=events.BomChanged,
    found_by=("code", "name", "item_code", "item_name"), holds=boms.hold,
    fields=(
        Field("item", N_("Item made"), "ref", required=True, reference=ITEM),
        Field("name", N_("Name"), limit=120),
        Field("revision", N_("Revision"), limit=20),
        ACTIVE,
    ),
    children=(
        Child("lines", N_("Components"), BomLine, "bom", "seq", (
            Field("seq", N_("Line number"), "whole", required=True, low=1, high=9999),
            Field("item", N_("Component"), "ref", required=True, reference=ITEM),
            Field("quantity", N_("Quantity"), "decimal", required=True, column="quantity_q"),
            Field("unit", N_("Unit"), "unit", required=True),
            Field("per", N_("for so many of the item"), "whole", default=1000, low=1, high=10**7),
            Field("scrap_rate", N_("Scrap rate %"), "percent"),
            Field("note", N_("Note"), limit=200),
        ), permissions.EDIT_BOMS, N_("42.5 kg of wire for 1,000 pieces; the scrap rate comes on top"), list="/bom-lines"),
    ),
    list=ListPage(
        name="boms", title=N_("Bills of materials"), path="/boms", search_kind="bom", id_column="b.id",
        listing=Listing(
            "b.id, b.code, b.name, b.revision, b.active, i.code as item, i.name || ' ' || i.spec as item_name,"
            " (select count(*) from bom_lines l where l.bom = b.id) as components",
            "boms b join items i on i.id = b.item", {"code": ("b.code",), "item": ("i.code", "b.id")}, "code",
        ),
        columns=(
            Column("code", N_("Code"), "code", sort="code", sub="name", below=N_("Name")),
            Column("item", N_("Item made"), sort="item", sub="item_name", below=N_("Item name"), phone="full"),
            Column("revision", N_("Revision")), Column("components", N_("Components"), "number"), Column("state", N_("State"), "pill"),
        ),
        filters=(active_filter("b"), Filter("item", N_("Item made"), lambda v: Condition("i.code = {}", (v[:60],)), kind="text")),
        href=lambda row: f"/boms/{row['code']}", dress=dress_active, placeholder=N_("Code, name, size; pinyin initials work"),
        actions=({"label": N_("Components"), "href": "/bom-lines", "icon": "boxes"},
                 *new_and_import("/boms", N_("New bill of materials"), "catalog:bom:edit")),
    ),
)  # fmt: skip

WORK_CENTERS = Master(
    kind="work_center", noun=N_("Work center"), table=WorkCenter, resource="work-centers", path="/work-centers", icon="boxes",
    see=permissions.SEE_MACHINES, edit=permissions.EDIT_MACHINES, made=events.WorkCenterMade, changed=events.WorkCenterChanged,
    fields=(
        Field("name", N_("Name"), required=True, limit=80),
        Field("calendar", N_("Calendar"), "choice", choices=CALENDARS, default="two_shifts"),
        ACTIVE,
    ),
    list=ListPage(
        name="work-centers", title=N_("Work centers"), path="/work-centers", search_kind="work_center", id_column="w.id",
        listing=Listing("w.id, w.code, w.name, w.calendar, w.active", "work_centers w", {"code": ("w.code",)}, "code"),
        columns=(Column("code", N_("Code"), "code", sort="code"), Column("name", N_("Name")), Column("calendar", N_("Calendar")),
                 Column("state", N_("State"), "pill")),
        filters=(active_filter("w"),), href=lambda row: f"/work-centers/{row['code']}", dress=_dress_work_centers,
        actions=new_and_import("/work-centers", N_("New work center"), "catalog:machine:edit"),
    ),
)  # fmt: skip

MACHINES = Master(
    kind="machine", noun=N_("Machine"), table=Machine, resource="machines", path="/machines", icon="cog",
    see=permissions.SEE_MACHINES, edit=permissions.EDIT_MACHINES, made=events.MachineMade, changed=events.MachineChanged,
    fields=(
        Field("name", N_("Name"), required=True, limit=80),
        Field("work_center", N_("Work center"), "ref", required=True, reference=WORK_CENTER),
        Field("team", N_("Team"), "ref", reference=TEAM),
        Field("note", N_("Note"), limit=200, wide=True),
        ACTIVE,
    ),
    list=ListPage(
        name="machines", title=N_("Machines"), path="/machines", search_kind="machine", id_column="m.id",
        listing=Listing(
            "m.id, m.code, m.name, m.active, w.name as work_center, coalesce(t.name, '') as team",
            "machines m join work_centers w on w.id = m.work_center left join teams t on t.id = m.team",
            {"code": ("m.code",), "name": ("m.name", "m.id")}, "code",
        ),
        columns=(Column("code", N_("Code"), "code", sort="code"), Column("name", N_("Name"), sort="name"),
                 Column("work_center", N_("Work center")), Column("team", N_("Team")), Column("state", N_("State"), "pill")),
        filters=(
            Filter("work_center", N_("Work center"), lambda v: Condition("w.code = {}", (v[:60],)), kind="text"), active_filter("m"),
        ),
        href=lambda row: f"/machines/{row['code']}", dress=dress_active,
        actions=({"label": N_("Work centers"), "href": "/work-centers", "icon": "boxes"},
                 *new_and_import("/machines", N_("New machine"), "catalog:machine:edit")),
    ),
)  # fmt: skip
MASTERS = (ITEMS, BOMS, WORK_CENTERS, MACHINES)
