"""What is in the books of each kind, and the files it came from."""

import json
from collections.abc import Mapping
from typing import Any

from app.core.conditions import Condition, contains, named
from app.core.paging import Listing
from app.core.quantities import labelled
from app.core.words import N_, Word, _
from app.opening import states
from app.opening.kinds import KINDS
from app.opening.rows import Kind
from app.web.lists import Column, Filter, ListPage

_SOURCE = (
    "opening_rows r left join items i on i.id = r.item left join customers c on c.id = r.customer"
    " left join suppliers s on s.id = r.supplier left join lots l on l.id = r.lot left join bins b on b.id = r.bin"
    " left join sales_orders o on r.kind = 'orders' and o.id = r.subject_id"
    " left join receivables v on r.kind = 'receivables' and v.id = r.subject_id"
)
_SELECT = (
    "r.id, r.kind, r.key, r.told, r.unit, coalesce(i.unit_label, '') as word, r.quantity_q, r.done_q, r.weight_q, r.amount, r.currency, r.due_on,"
    " coalesce(i.code, '') as item, coalesce(i.name || ' ' || i.spec, '') as item_name, coalesce(c.code, '') as customer,"
    " coalesce(c.name, '') as customer_name, coalesce(s.code, '') as supplier, coalesce(s.name, '') as supplier_name,"
    " coalesce(l.number, '') as lot, coalesce(b.code, '') as bin, coalesce(o.number, v.number, '') as ours"
)
_ITEM = Column("item", N_("Item"), sub="item_name", below=N_("Item name"), phone="full")
_CUSTOMER = Column("customer", N_("Customer"), sub="customer_name", below=N_("Customer's name"), phone="full")
_KEY = Column("key", N_("Key in the old system"), "code", sort="key")
_QUANTITY, _UNIT = Column("quantity_q", N_("Quantity"), "quantity"), Column("called", N_("Unit"))
_AMOUNT, _CURRENCY = (
    Column("amount", N_("Amount"), "money", sort="amount"),
    Column("currency", N_("Currency"), low=True),
)
_DUE = Column("due_on", N_("Due"), "day")
_DUE_DATE = Column("due_on", N_("Due date"), "day")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "stock": (Column("item", N_("Item"), "code", sub="item_name", below=N_("Item name"), sort="key"), Column("bin", N_("Bin")),
    Column("lot", N_("Lot"), sub="heat", below=N_("Heat")),
              _QUANTITY, _UNIT, Column("weight_q", N_("Weighed kg"), "quantity", low=True),
              Column("amount", N_("Stock value"), "money", sort="amount")),
    "orders": (_KEY, Column("ours", N_("Sales order")), _CUSTOMER, _ITEM, _QUANTITY,
               Column("done_q", N_("Shipped by then"), "quantity"), _UNIT, _AMOUNT, _DUE_DATE),
    "purchases": (_KEY, Column("supplier", N_("Supplier"), sub="supplier_name", below=N_("Supplier's name"), phone="full"), _ITEM, _QUANTITY,
                  Column("done_q", N_("Received by then"), "quantity"), _UNIT, _AMOUNT, _CURRENCY, _DUE_DATE),
    "receivables": (_KEY, Column("ours", N_("Receivable")), _CUSTOMER, _AMOUNT, _CURRENCY, _DUE),
    "bills": (_KEY, Column("drawer", N_("Drawer"), sub="bank", below=N_("Bank")), _CUSTOMER, _AMOUNT, Column("due_on", N_("Matures on"), "day")),
}  # fmt: skip
_HREF = {"orders": "/orders/{ours}", "receivables": "/receivables/{ours}", "bills": "/bills/{key}"}


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        told = json.loads(row["told"])
        row["called"] = labelled(row["unit"], row["word"])
        row["heat"] = told.get("heat", "")
        row["drawer"], row["bank"] = told.get("drawer", ""), told.get("bank", "")


def rows_list(kind: Kind) -> ListPage:
    """The rows of a kind that are in the books."""
    path = f"/opening/{kind.name}/rows"
    return ListPage(
        nothing=N_("Rows come from the files of opening data"),
        name=f"opening-{kind.name}", title=kind.label, path=path, id_column="r.id",
        listing=Listing(_SELECT, _SOURCE, {"key": ("r.key", "r.id"), "amount": ("r.amount", "r.id")}, "key"),
        columns=COLUMNS[kind.name],
        filters=(
            Filter("key", N_("Key in the old system"), lambda v: contains(v, "r.key"), kind="text"),
            Filter("item", N_("Item"), named("i.code", "i.old_code", "i.name"), kind="text"),
            Filter("customer", N_("Customer"), named("c.code", "c.old_code", "c.name"), kind="text"),
            Filter("supplier", N_("Supplier"), named("s.code", "s.old_code", "s.name"), kind="text"),
        ),
        visible=lambda by: (Condition("r.kind = {}", (kind.name,)),),
        href=lambda row: _HREF.get(row["kind"], "/items/{item}").format(**row), dress=_dress,
    )  # fmt: skip


async def _dress_imports(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        look = states.LOOKS[row["state"]]
        kind = KINDS.get(row["kind"])
        row["kind_label"] = _(kind.label if kind else Word(row["kind"]))
        row["look"] = (_(look.label), look.kind)
        row["problem_count"] = len(json.loads(row["problems"]))


def _visible(by: Any) -> tuple[Condition, ...]:
    mine = [kind.name for kind in KINDS.values() if by.may(kind.permission)]
    if not mine:
        return (Condition("1 = 0"),)
    return (Condition(f"f.kind in ({', '.join(['{}'] * len(mine))})", tuple(mine)),)


IMPORTS = ListPage(
    nothing=N_("Take a file of opening data in first"),
    name="opening-imports", title=N_("Files of opening data"), path="/opening/imports", id_column="f.id",
    listing=Listing(
        "f.id, f.number, f.kind, f.state, f.file_name, f.row_count, f.made, f.changed, f.removed, f.same, f.problems, f.made_at,"
        " coalesce(p.name, '') as maker",
        "opening_imports f left join users u on u.id = f.made_by left join people p on p.id = u.person",
        {"number": ("f.number",)}, "-number",
    ),
    columns=(
        Column("number", N_("Number"), "code", sort="number"), Column("kind_label", N_("Kind")),
        Column("file_name", N_("File"), phone="full"), Column("row_count", N_("Rows"), "number"),
        Column("problem_count", N_("Problems"), "number"), Column("look", N_("State"), "pill"), Column("maker", N_("By"), low=True),
        Column("made_at", N_("When"), "moment"),
    ),
    filters=(
        Filter("kind", N_("Kind"), lambda v: Condition("f.kind = {}", (v,)), tuple((k.name, k.label) for k in KINDS.values())),
        Filter("state", N_("State"), lambda v: Condition("f.state = {}", (v,)), tuple((s, x.label) for s, x in states.LOOKS.items())),
    ),
    visible=_visible, href=lambda row: f"/opening/imports/{row['number']}", dress=_dress_imports,
)  # fmt: skip
