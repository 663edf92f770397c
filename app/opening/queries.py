"""What the pages of the opening show."""

import json
from typing import Any

from app.core import db
from app.core.words import Word, _
from app.opening import known, rows, totals
from app.opening.kinds import KINDS
from app.opening.rows import Kind
from app.opening.tables import OpeningImport
from app.opening.totals import Difference
from app.people.actors import Actor
from app.stock.bins import OF_THE_HOUSE

MASTERS: tuple[tuple[str, str, str, str], ...] = (
    ("items", "/items", "catalog:item:edit", "package"), ("boms", "/boms", "catalog:bom:edit", "boxes"),
    ("customers", "/customers", "parties:customer:edit", "building-2"),
    ("suppliers", "/suppliers", "parties:supplier:edit", "handshake"),
    ("warehouses", "/warehouses", "stock:bin:edit", "warehouse"), ("bins", "/bins", "stock:bin:edit", "grid-3x3"),
)  # fmt: skip


async def masters() -> dict[str, int]:
    """How many of each master there are."""
    found = await db.one(
        "select (select count(*) from items) as items, (select count(*) from boms) as boms, (select count(*) from customers) as customers,"
        " (select count(*) from suppliers) as suppliers,"
        f" (select count(*) from warehouses where code <> '{OF_THE_HOUSE}') as warehouses,"
        " (select count(*) from bins where kind <> 'virtual') as bins"
    )
    return found or {}


async def steps(by: Actor) -> list[dict[str, Any]]:
    """Each kind with how far it is: rows in the books, Σ of its amounts, the last file."""
    counts = {
        r["kind"]: r["n"] for r in await db.rows("select kind, count(*) as n from opening_rows group by kind")
    }
    sums: dict[str, list[str]] = {}
    for r in await db.rows(
        "select kind, currency, cast(sum(amount) as bigint) as minor from opening_rows group by kind, currency order by currency"
    ):
        if r["minor"]:
            sums.setdefault(r["kind"], []).append(totals.said((totals.AMOUNT, r["currency"]), r["minor"]))
    last = {r["kind"]: r for r in await db.rows(
        "select f.* from opening_imports f join (select kind, max(id) as id from opening_imports group by kind) m on m.id = f.id"
    )}  # fmt: skip
    return [
        {
            "kind": kind, "count": counts.get(kind.name, 0), "sum": "、".join(sums.get(kind.name, [])), "last": last.get(kind.name),
            "problems": len(json.loads(last[kind.name]["problems"])) if kind.name in last else 0, "may": by.may(kind.permission),
            "nothing_new": kind.name in last and not any(last[kind.name][n] for n in ("made", "changed", "removed")),
        }
        for kind in KINDS.values()
    ]  # fmt: skip


def problems_of(kind: Kind, row: OpeningImport) -> list[dict[str, Any]]:
    """What is wrong in a file, in the reader's language."""
    told = []
    for each in json.loads(row.problems):
        column = kind.column(each["field"])
        facts = {name: _(value) if isinstance(value, str) else value for name, value in each["facts"].items()}
        told.append({
            "row": each["row"], "cell": each["cell"], "field": each["field"], "code": each["code"],
            "column": _(column.label) if column else each["field"], "message": _(Word(each["sentence"]), **facts),
        })  # fmt: skip
    return told


async def compared(
    kind: Kind, row: OpeningImport, after: list[rows.Row], in_file: list[rows.Row]
) -> dict[str, Any]:
    """The control totals: of the file, of the books with it, of the old system as typed; and every difference."""
    typed = json.loads(row.typed)
    written = typed.get("totals") or {}
    will_be, filed = totals.sums(after), totals.sums(in_file)
    figures = list(dict.fromkeys([*will_be, *(totals.figure_of(name) for name in written)]))
    differing = totals.differences(kind, after, typed, await known.load())
    of_whole = {d.figure: d for d in differing if not d.party}
    lines = [
        {
            "name": totals.name_of(f), "label": totals.label_of(f), "file": totals.said(f, filed.get(f, 0)),
            "books": totals.said(f, will_be.get(f, 0)), "typed": written.get(totals.name_of(f), ""), "ours": will_be.get(f, 0),
            "difference": totals.said(f, of_whole[f].value) if f in of_whole else "", "figure": f,
        }
        for f in figures
    ]  # fmt: skip
    return {"lines": lines, "differences": differing, "parties": [told(kind, d) for d in differing if d.party],
            "typed_parties": typed.get("parties") or ""}  # fmt: skip


def told(kind: Kind, each: Difference) -> dict[str, str]:
    """A difference as pages and files show it."""
    return {
        "party": each.party or _("All"), "figure": totals.label_of(each.figure), "ours": totals.said(each.figure, each.ours),
        "typed": totals.said(each.figure, each.typed), "difference": totals.said(each.figure, each.value),
    }  # fmt: skip
