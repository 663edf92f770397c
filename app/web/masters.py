"""Masters: items, customers, machines and the like are all kept in one way.

A capability describes a master once: its fields, rights and list. From that come the verb `save`, the pages (list, detail,
form), the API (list, get, create, change), the import with its dry run, and the search text.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.core import db, search
from app.core.columns import Table
from app.core.money import Money, price_shown
from app.core.quantities import UNITS, half_up, plain
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, STALE, TAKEN, UNKNOWN, Refused
from app.core.words import Word, _
from app.events.log import MasterChanged, MasterMade, changes, record
from app.people.actors import Actor, Permission
from app.web.input import Input
from app.web.lists import ListPage


@dataclass(frozen=True)
class Reference:
    """Another master that a field points to by its code; `src` answers the lookup field."""

    table: str
    src: str
    name: str = "name"


@dataclass(frozen=True)
class Field:
    """One field of a master, one column of its import file, one name of its API.

    kinds: text, lines, whole, flag, choice, unit, money (fen), price (10⁻⁶), percent (10⁻⁴), weight (kg per 1,000 件), ref.
    `column` is the table's column when it is not the name.
    """

    name: str
    label: Word
    kind: str = "text"
    required: bool = False
    limit: int = 200
    choices: Sequence[tuple[str, Word]] = ()
    default: Any = ""
    reference: Reference | None = None
    hint: Word = Word("")
    column: str = ""
    low: int = 0
    high: int = 10**9
    wide: bool = False

    @property
    def stored(self) -> str:
        return self.column or self.name

    def read(self, form: Input) -> Any:
        """The column's value as sent; refusals stay in the form."""
        if self.kind in ("text", "lines"):
            return form.text(self.name, self.limit, self.required, lines=self.kind == "lines")
        if self.kind == "flag":
            return form.flag(self.name)
        if self.kind == "choice":
            default = None if self.required else self.default
            return form.choice(
                self.name, [code for code, _label in self.choices] + ([""] if default == "" else []), default
            )
        if self.kind == "unit":
            return form.choice(self.name, list(UNITS), self.default or "件")
        if self.kind == "money":
            return form.money(self.name)
        if self.kind == "price":
            return form.price(self.name)
        if self.kind == "percent":
            return self._scaled(form, 100, 10_000)
        if self.kind == "weight":
            return self._scaled(form, 10**6, 10**12)
        if self.kind == "ref":
            return form.text(self.name, 60, self.required) or None
        if self.required and not form.has(self.name):
            form.text(self.name, required=True)
        return form.whole(self.name, int(self.default or 0), self.low, self.high)

    def _scaled(self, form: Input, factor: int, most: int) -> int:
        if not form.has(self.name) and self.default:
            return half_up(Decimal(str(self.default)) * factor)
        value = half_up(form.decimal(self.name) * factor)
        if value > most:
            form.refuse(self.name, NOT_A_CHOICE, given=form.raw(self.name)[:40])
        return min(value, most)

    def shown(self, row: Mapping[str, Any]) -> Any:
        """The column's value as forms, files and programs write it."""
        value = row.get(self.stored)
        if self.kind == "ref":
            return row.get(f"{self.name}_code") or ""
        if self.kind == "money":
            return str(Money(value or 0))
        if self.kind == "price":
            return price_shown(value) if value else ""
        if self.kind == "percent":
            return plain(Decimal(value or 0) / 100)
        if self.kind == "weight":
            return plain(Decimal(value) / 10**6) if value else ""
        if self.kind == "flag":
            return bool(value)
        return "" if value is None else value

    def plain(self, row: Mapping[str, Any]) -> Any:
        """The value as the log keeps it: a choice by its word, not yet translated."""
        value = self.shown(row)
        return str(dict(self.choices).get(value, value)) if self.kind == "choice" else value

    def told(self, row: Mapping[str, Any]) -> Any:
        """The value in words, for the detail page."""
        value = self.shown(row)
        if self.kind == "choice":
            return _(dict(self.choices).get(value, Word(str(value))))
        if self.kind == "flag":
            return _("yes") if value else _("no")
        if self.kind == "ref":
            return f"{value} {row.get(f'{self.name}_name') or ''}".strip()
        return value


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
