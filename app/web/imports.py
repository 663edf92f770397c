"""Importing masters from Excel or CSV: a dry run first, every row's problems with its cell, the same file twice changes nothing."""

import asyncio
import io
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from litestar import Response

from app.core import db
from app.core.db import DB, commit
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, REQUIRED, UNKNOWN, Reason, Refused
from app.core.words import N_, _, translate
from app.intake.readers import SOURCES, Unreadable
from app.intake.readers.reading import letters
from app.intake.readers.sniff import kind_of
from app.people.actors import Actor
from app.web import masters
from app.web.export import MEDIA_TYPE
from app.web.input import Input
from app.web.masters import Child, Master

NO_COLUMNS = Reason("no_columns", N_("The first row must name the columns; “%(code)s” is missing"))
UNREADABLE = Reason("unreadable", N_("%(why)s"))
TOO_MANY_ROWS = Reason("too_many_rows", N_("At most %(limit)s rows in one file"))
AGAIN = Reason("again_in_file", N_("“%(given)s” stands in row %(row)s already"))
MOST_ROWS = 20_000
AT_ONCE = 500
"""Codes that are looked up in one question."""
CODES = ("编码", "代码", "编号")
"""What other systems call a code, alone or after the noun: 编码, 物料代码 …"""
OF = "of"
"""The column of a child's file that names the master."""


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as people count, the values by field name, and each field's column (`C`)."""

    number: int
    values: dict[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The rows of a file, and the heads of its columns that no field is called by."""

    rows: list[Row]
    passed_over: list[str]


@dataclass
class Result:
    """What an import did or, as a dry run, would do; `passed_over` are the heads of columns that it took nothing from."""

    dry: bool
    passed_over: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return {
            "dry_run": self.dry,
            "created": len(self.made),
            "changed": len(self.changed),
            "unchanged": self.same,
            "errors": self.errors,
            "columns_passed_over": self.passed_over,
        }


def _key(head: str) -> str:
    """A head as it is compared: small or capital, full width or half, spaced or not."""
    return "".join(unicodedata.normalize("NFKC", head).lower().split())


def names_of(master: Master, child: Child | None = None) -> dict[str, str]:
    """Column heads that are understood (Chinese, English and API names, as `_key` has them) → field name.

    A file of a child's rows names in the column `OF` to which master each belongs.
    """
    if child is None:
        nouns = [translate(word, "zh_CN") for word in (master.noun, master.list.title)]
        heads = dict.fromkeys((f"{noun}{word}" for noun in nouns for word in CODES), "code")
        heads |= {f"{noun}名称": "name" for noun in nouns}
        heads |= dict.fromkeys(("code", *CODES, translate("Code", "zh_CN")), "code")
    else:
        heads = dict.fromkeys((master.kind, str(master.noun), translate(master.noun, "zh_CN")), OF)
    for each in (child or master).fields:
        heads |= dict.fromkeys(
            (each.name, str(each.label), translate(each.label, "zh_CN"), *each.also), each.name
        )
    if child is None:  # what a custom field is called never hides another field
        heads = {head: each.name for each in master.custom for head in each.heads if head} | heads
    return {_key(head): name for head, name in heads.items()}


def read_table(master: Master, name: str, data: bytes, child: Child | None = None) -> Table:
    """The rows of the first sheet that has a head row; Refused names what cannot be read."""
    try:
        sheets = SOURCES[kind_of(data)](data)
    except Unreadable as unreadable:
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    heads, first = names_of(master, child), "code" if child is None else OF
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[:10]):
            found = {i: heads[_key(c)] for i, c in enumerate(cells) if _key(c) in heads}
            if first not in found.values():
                continue
            columns = {name: letters(i) for i, name in found.items()}
            rows = [
                Row(n, {name: each[i].strip() for i, name in found.items() if i < len(each)}, columns)
                for n, each in enumerate(sheet.rows[top + 1 :], top + 2) if any(c.strip() for c in each)
            ]  # fmt: skip
            if len(rows) > MOST_ROWS:
                raise Refused(TOO_MANY_ROWS, "file", limit=MOST_ROWS)
            filled = {i for each in sheet.rows[top + 1 :] for i, c in enumerate(each) if c.strip()}
            unknown = [
                c.strip()[:40] for i, c in enumerate(cells) if c.strip() and i in filled - found.keys()
            ]
            return Table(rows, unknown)
    raise Refused(NO_COLUMNS, "file", code=_("Code") if child is None else _(master.noun))


def child_of(master: Master, name: str) -> Child | None:
    """Which rows a file holds: a master's own (no name), or those of one of its children."""
    if not name:
        return None
    found = next((child for child in master.children if child.name == name), None)
    if found is None:
        raise Refused(NOT_A_CHOICE, "of", given=name[:40])
    return found


async def take(master: Master, child: Child | None, form: Input, *, dry: bool, by: Actor) -> Result:
    """The import of the file that a form brings."""
    file = form.files.get("file")
    if file is None:
        form.text("file", required=True)
    form.check()
    assert file is not None
    master = await masters.whole(master, by)
    table = read_table(master, file.filename, await file.read(), child)
    return await run(master, table, dry, child, by=by)


class _DryRun(Exception):
    """Rolls a dry run back."""


async def run(master: Master, table: Table, dry: bool, child: Child | None = None, *, by: Actor) -> Result:
    """Save every row by the verb. One wrong row and nothing is kept; as a dry run nothing is kept either."""
    by.must(master.edit if child is None else child.permission)
    result = Result(dry, table.passed_over)

    async def all_rows(*, by: Actor) -> None:
        result.made, result.changed, result.errors, result.same = [], [], [], 0
        transaction = DB.current_transaction.get()
        assert transaction is not None
        first: dict[str, int] = {}
        known = await _known(master, table.rows) if child is None else {}
        for n, some in enumerate(_together(table.rows, child)):
            savepoint = await transaction.savepoint()
            try:
                if child is None:
                    _only_once(some[0], first)
                await (
                    _one(master, some[0], known, result, by)
                    if child is None
                    else _many(master, child, some, result, by)
                )
                await savepoint.release()
            except Refused as refused:
                await savepoint.rollback_to()
                result.errors += _errors(master, some, refused, child)
            if n % 200 == 199:
                await asyncio.sleep(0)
        if dry or result.errors:
            raise _DryRun

    with suppress(_DryRun):
        await commit(all_rows, by=by)
    return result


def _only_once(row: Row, first: dict[str, int]) -> None:
    """The second row of a code would write over the first."""
    code = row.values.get("code", "")
    earlier = first.setdefault(code, row.number) if code else row.number
    if earlier != row.number:
        raise Refused(AGAIN, "code", given=code[:40], row=earlier)


def _together(rows: list[Row], child: Child | None) -> list[list[Row]]:
    """What is written at once: a master's row, or all rows of a child that belong to one master."""
    if child is None:
        return [[row] for row in rows]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.values.get(OF, ""), []).append(row)
    return list(groups.values())


def _errors(master: Master, rows: list[Row], refused: Refused, child: Child | None) -> list[dict[str, Any]]:
    """The refusals at their cells of the file; `part_numbers-3-item` is the field item of the fourth row."""
    errors, labels = [], {f.name: _(f.label) for f in (child or master).fields}
    labels |= {"code": _("Code")} if child is None else {master.kind: _(master.noun)}
    for name, sentence in (refused.fields() or {"": refused.sentence()}).items():
        row, parts = rows[0], name.split("-", 2)
        if child is not None and len(parts) == 3 and parts[0] == child.name and parts[1].isdigit():
            row, name = rows[int(parts[1])], parts[2]
        column = row.columns.get(OF if child is not None and name == master.kind else name)
        errors.append({
            "row": row.number, "cell": f"{column}{row.number}" if column else "", "field": name,
            "label": labels.get(name, ""), "message": sentence,
        })  # fmt: skip
    return errors


async def _known(master: Master, rows: list[Row]) -> dict[str, int]:
    """Code → version of what a file names and is there already."""
    codes, found = [row.values.get("code", "") for row in rows], {}
    for n in range(0, len(codes), AT_ONCE):
        asked = f"select code, version from {master.tablename} where {{}}"
        found |= {
            r["code"]: r["version"] for r in await db.rows(asked, db.any_of("code", codes[n : n + AT_ONCE]))
        }
    return found


async def _one(master: Master, row: Row, known: Mapping[str, int], result: Result, by: Actor) -> None:
    code = row.values.get("code", "")
    before = known.get(code)
    form = Input(row.values if before else masters.usual(master) | row.values)
    after = await masters.save(master, code if before else None, form, by=by, partial=bool(before))
    if not before:
        result.made.append(after["code"])
    elif after["version"] != before:
        result.changed.append(after["code"])
    else:
        result.same += 1


async def _many(master: Master, child: Child, rows: list[Row], result: Result, by: Actor) -> None:
    code = rows[0].values.get(OF, "")
    if not code:
        raise Refused(REQUIRED, master.kind)
    form = Input({child.name: [row.values for row in rows]})
    try:
        outcome = await masters.merge(master, child, code, form, by=by)
    except Refused as refused:
        if refused.reason is NOT_FOUND:
            raise Refused(UNKNOWN, master.kind, given=code[:40]) from None
        raise
    result.made += [code for each in outcome if each == "made"]
    result.changed += [code for each in outcome if each == "changed"]
    result.same += outcome.count("same")


def template(master: Master, child: Child | None = None) -> Response[bytes]:
    """An empty file with the right head row."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, bold = (
        book.add_worksheet(_(child.label if child else master.noun)[:31]),
        book.add_format({"bold": True}),
    )
    first = _("Code") if child is None else _(master.noun)
    for x, head in enumerate([first, *(_(f.label) for f in (child or master).fields)]):
        sheet.write_string(0, x, head, bold)
        sheet.set_column(x, x, 16)
    book.close()
    name = f'attachment; filename="{master.resource if child is None else child.name}.xlsx"'
    return Response(file.getvalue(), media_type=MEDIA_TYPE, headers={"Content-Disposition": name})
