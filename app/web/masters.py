"""Masters: items, customers, machines and the like are all kept in one way.

A capability describes a master once: its fields, rights and list. From that come the verb `save`, the pages (list, detail,
form), the API (list, get, create, change), the import with its dry run, and the search text.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core import db, search
from app.core.columns import Table
from app.core.refusals import NOT_FOUND, STALE, TAKEN, UNKNOWN, Refused
from app.core.words import Word
from app.events.log import MasterChanged, MasterMade, changes, record
from app.people.actors import Actor, Permission
from app.web.input import Input
from app.web.lists import ListPage
from app.web.master_fields import Field, Reference

__all__ = ["Child", "Field", "Master", "Reference", "read_values", "row_of", "save", "shown"]


@dataclass(frozen=True)
class Child:
    """Rows that belong to a master and are edited with it: routing steps of an item, part numbers of a customer."""

    name: str
    label: Word
    table: type[Table]
    parent: str
    key: str
    fields: Sequence[Field]
    permission: Permission
    hint: Word = Word("")


@dataclass(frozen=True)
class Master:
    """All that a master is."""

    kind: str
    noun: Word
    table: type[Table]
    resource: str
    path: str
    icon: str
    see: Permission
    edit: Permission
    fields: Sequence[Field]
    list: ListPage
    made: type[MasterMade]
    changed: type[MasterChanged]
    children: Sequence[Child] = ()
    found_by: Sequence[str] = ("code", "name")
    preset: Mapping[str, Any] = field(default_factory=dict)
    actions: Callable[[Mapping[str, Any], Actor], Sequence[Mapping[str, str]]] = lambda row, by: ()
    holds: Callable[[Mapping[str, Any], Actor], Awaitable[None]] | None = None
    """Raises Refused when the row as just written must not be; the transaction takes it back."""

    @property
    def tablename(self) -> str:
        return self.table._meta.tablename


async def row_of(master: Master, code: str) -> dict[str, Any]:
    """The master's row with code and name of what it points to, and its children; Refused(NOT_FOUND)."""
    joins, columns = _joins(master.fields, "m")
    row = await db.one(
        f"select m.*{columns} from {master.tablename} m{joins} where m.code = {{}}",
        code.replace("\x00", "")[:60],
    )
    if row is None:
        raise Refused(NOT_FOUND)
    for child in master.children:
        row[child.name] = await _children(child, row["id"])
    return row


def _joins(fields: Sequence[Field], alias: str) -> tuple[str, str]:
    joins = columns = ""
    for i, each in enumerate(f for f in fields if f.reference is not None):
        assert each.reference is not None
        joins += f' left join {each.reference.table} r{i} on r{i}.id = {alias}."{each.stored}"'
        columns += f", r{i}.code as {each.name}_code, r{i}.{each.reference.name} as {each.name}_name"
    return joins, columns


async def _children(child: Child, parent_id: int) -> list[dict[str, Any]]:
    joins, columns = _joins(child.fields, "k")
    return await db.rows(
        f'select k.*{columns} from {child.table._meta.tablename} k{joins} where k."{child.parent}" = {{}} order by k.{child.key}',
        parent_id,
    )


async def read_values(master: Master, form: Input, partial: bool = False) -> dict[str, Any]:
    """The form's values by column, with references looked up; with `partial` only the fields that were sent."""
    return await _values([f for f in master.fields if not partial or f.name in form.values], form)


async def _values(fields: Sequence[Field], form: Input) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in fields:
        value = each.read(form)
        if each.reference is not None and value is not None:
            found = await db.value(f"select id from {each.reference.table} where code = {{}}", value)
            if found is None:
                form.refuse(each.name, UNKNOWN, given=value[:40])
            value = found
        values[each.stored] = value
    return values


async def save(
    master: Master,
    code: str | None,
    form: Input,
    *,
    by: Actor,
    version: int | None = None,
    partial: bool = False,
) -> dict[str, Any]:
    """Make a master (`code` None) or change one; all problems of all fields are told at once. The row afterwards."""
    by.must(master.edit)
    before = await row_of(master, code) if code is not None else None
    if before is not None and version is not None and before["version"] != version:
        raise Refused(STALE)
    values = await read_values(master, form, partial)
    new_code = form.code() if before is None else before["code"]
    children = {
        c.name: await _child_values(c, form, by)
        for c in master.children
        if c.name in form.values or _sent(form, c)
    }
    form.check()
    row_id = await (_insert(master, new_code, values) if before is None else _update(master, before, values))
    for child in master.children:
        if child.name in children:
            await _replace(child, row_id, children[child.name])
    after = await row_of(master, new_code)
    if master.holds is not None:
        await master.holds(after, by)
    await search.index(master.kind, row_id, *[str(after.get(name) or "") for name in master.found_by])
    await _tell(master, before, after, by)
    return after


def _sent(form: Input, child: Child) -> bool:
    return form.has(f"{child.name}-count")


async def _insert(master: Master, code: str, values: dict[str, Any]) -> int:
    if await db.value(f"select 1 from {master.tablename} where code = {{}}", code):
        raise Refused(TAKEN, "code", given=code)
    row = master.table(code=code, **{**master.preset, **values})
    await row.save()
    return row.id


async def _update(master: Master, before: dict[str, Any], values: dict[str, Any]) -> int:
    different = {column: value for column, value in values.items() if before.get(column) != value}
    if different:
        sets = ", ".join(f'"{column}" = {{}}' for column in different)
        changed = await db.rows(
            f"update {master.tablename} set {sets}, version = version + 1 where id = {{}} and version = {{}} returning id",
            *different.values(), before["id"], before["version"],
        )  # fmt: skip
        if not changed:
            raise Refused(STALE)
    return int(before["id"])


async def _child_values(child: Child, form: Input, by: Actor) -> list[dict[str, Any]]:
    by.must(child.permission)
    rows, seen = [], set()
    for i, each in enumerate(form.rows(child.name)):
        if not any(each.has(f.name) for f in child.fields if f.kind != "flag"):
            continue
        values = await _values(child.fields, each)
        if values.get(child.key) in seen:
            each.refuse(child.key, TAKEN, given=str(values.get(child.key)))
        seen.add(values.get(child.key))
        form.adopt(child.name, i, each)
        rows.append(values)
    return rows


async def _replace(child: Child, parent_id: int, rows: list[dict[str, Any]]) -> None:
    """The master's children become just these rows: kept by key, changed, added, dropped."""
    table = child.table._meta.tablename
    before = {row[child.key]: row for row in await _children(child, parent_id)}
    for key in before.keys() - {row[child.key] for row in rows}:
        await db.rows(f"delete from {table} where id = {{}}", before[key]["id"])
    for row in rows:
        old = before.get(row[child.key])
        if old is None:
            await child.table(**{child.parent: parent_id, **row}).save()
        elif any(old.get(column) != value for column, value in row.items()):
            sets = ", ".join(f'"{column}" = {{}}' for column in row)
            await db.rows(f"update {table} set {sets} where id = {{}}", *row.values(), old["id"])


async def _tell(master: Master, before: dict[str, Any] | None, after: dict[str, Any], by: Actor) -> None:
    subject = (master.kind, after["id"])
    name = str(after.get("name") or "")
    if before is None:
        await record(master.made(subject=subject, code=after["code"], what=name), by=by)
        return
    difference = _difference(master, before, after)
    if difference:
        await record(
            master.changed(subject=subject, code=after["code"], what=name, changes=difference), by=by
        )


def _difference(master: Master, before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """What changed, by the words of fields and choices; of the children only the rows that differ."""
    told = [{str(f.label): f.plain(row) for f in master.fields} for row in (before, after)]
    found = changes(*told)
    for child in master.children:
        old, new = (
            [" ".join(str(f.plain(row)) for f in child.fields) for row in each[child.name]]
            for each in (before, after)
        )
        gone, come = [row for row in old if row not in new], [row for row in new if row not in old]
        if gone or come:
            found[str(child.label)] = [" / ".join(gone), " / ".join(come)]
    return found


def shown(master: Master, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row for programs."""
    body = {"code": row["code"], **{f.name: f.shown(row) for f in master.fields}, "version": row["version"]}
    for child in master.children:
        if child.name in row:
            body[child.name] = [{f.name: f.shown(k) for f in child.fields} for k in row[child.name]]
    return body
