"""Importing masters from Excel or CSV: a dry run first, every row's problems with its cell, the same file twice changes nothing."""

import asyncio
import io
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from litestar import Response

from app.core import db
from app.core.db import DB, commit
from app.core.refusals import Reason, Refused
from app.core.words import N_, _, translate
from app.intake.readers import SOURCES, Unreadable
from app.intake.readers.sniff import kind_of
from app.people.actors import Actor
from app.web import masters
from app.web.export import MEDIA_TYPE
from app.web.input import Input
from app.web.masters import Master

NO_COLUMNS = Reason("no_columns", N_("The first row must name the columns; “%(code)s” is missing"))
UNREADABLE = Reason("unreadable", N_("%(why)s"))
TOO_MANY_ROWS = Reason("too_many_rows", N_("At most %(limit)s rows in one file"))
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as people count, the values by field name."""

    number: int
    values: dict[str, str]


@dataclass
class Result:
    """What an import did or, as a dry run, would do."""

    dry: bool
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
        }


def names_of(master: Master) -> dict[str, str]:
    """Column heads that are understood (Chinese, English and API names, lower case) → field name."""
    heads = {"code": "code", "编码": "code", translate("Code", "zh_CN").lower(): "code"}
    for each in master.fields:
        heads |= {h.lower(): each.name for h in (each.name, str(each.label), translate(each.label, "zh_CN"))}
    return heads


def read_table(master: Master, name: str, data: bytes) -> list[Row]:
    """The rows of the first sheet that has a head row; Refused names what cannot be read."""
    try:
        sheets = SOURCES[kind_of(data)](data)
    except Unreadable as unreadable:
        raise Refused(UNREADABLE, "file", why=unreadable.sentence()) from None
    heads = names_of(master)
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[:10]):
            found = {i: heads[c.strip().lower()] for i, c in enumerate(cells) if c.strip().lower() in heads}
            if "code" not in found.values():
                continue
            rows = [
                Row(n, {name: each[i].strip() for i, name in found.items() if i < len(each)})
                for n, each in enumerate(sheet.rows[top + 1 :], top + 2) if any(c.strip() for c in each)
            ]  # fmt: skip
            if len(rows) > MOST_ROWS:
                raise Refused(TOO_MANY_ROWS, "file", limit=MOST_ROWS)
            return rows
    raise Refused(NO_COLUMNS, "file", code=_("Code"))


class _DryRun(Exception):
    """Rolls a dry run back."""


async def run(master: Master, rows: list[Row], dry: bool, *, by: Actor) -> Result:
    """Save every row by the verb. One wrong row and nothing is kept; as a dry run nothing is kept either."""
    by.must(master.edit)
    result = Result(dry)

    async def all_rows(*, by: Actor) -> None:
        result.made, result.changed, result.errors, result.same = [], [], [], 0
        transaction = DB.current_transaction.get()
        assert transaction is not None
        for n, row in enumerate(rows):
            savepoint = await transaction.savepoint()
            try:
                await _one(master, row, result, by)
                await savepoint.release()
            except Refused as refused:
                await savepoint.rollback_to()
                for name, sentence in (refused.fields() or {"": refused.sentence()}).items():
                    result.errors.append({"row": row.number, "field": name, "message": sentence})
            if n % 200 == 199:
                await asyncio.sleep(0)
        if dry or result.errors:
            raise _DryRun

    with suppress(_DryRun):
        await commit(all_rows, by=by)
    return result


async def _one(master: Master, row: Row, result: Result, by: Actor) -> None:
    code = row.values.get("code", "")
    known = bool(code) and await db.value(f"select version from {master.tablename} where code = {{}}", code)
    before = known
    after = await masters.save(master, code if known else None, Input(row.values), by=by, partial=bool(known))
    if not known:
        result.made.append(after["code"])
    elif after["version"] != before:
        result.changed.append(after["code"])
    else:
        result.same += 1


def template(master: Master) -> Response[bytes]:
    """An empty file with the right head row."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, bold = book.add_worksheet(str(_(master.noun))[:31]), book.add_format({"bold": True})
    for x, head in enumerate([_("Code"), *(_(f.label) for f in master.fields)]):
        sheet.write_string(0, x, head, bold)
        sheet.set_column(x, x, 16)
    book.close()
    name = f'attachment; filename="{master.resource}.xlsx"'
    return Response(file.getvalue(), media_type=MEDIA_TYPE, headers={"Content-Disposition": name})
