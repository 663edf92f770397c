"""Masters: items, customers, machines and the like are all kept in one way.

A capability describes a master once: its fields, rights and list. From that come the verb `save`, the pages (list, detail,
form), the API (list, get, create, change), the import with its dry run, and the search text.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core import db, search
from app.core.columns import Table
from app.core.refusals import STALE, TAKEN, Refused
from app.core.rows import in_order, only
from app.core.words import Word
from app.custom_fields import values as custom_values
from app.custom_fields.defined import THINGS, of
from app.events.log import MasterChanged, MasterMade, changes, record
from app.people.actors import Actor, Permission
from app.web import master_children as children
from app.web.custom_inputs import CustomField, document, master_field
from app.web.input import Input
from app.web.lists import ListPage
from app.web.master_children import Child
from app.web.master_fields import Field, Reference, joined, values_of

__all__ = ["Child", "Field", "Master", "Reference", "merge", "row_of", "rows_of", "save", "shown", "whole"]


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
    own_page: bool = False
    """Whether the capability draws the page of one itself."""
    found_by: Sequence[str] = ("code", "name")
    preset: Mapping[str, Any] = field(default_factory=dict)
    actions: Callable[[Mapping[str, Any], Actor], Sequence[Mapping[str, str]]] = lambda row, by: ()
    new_code: Callable[[Input], str] = Input.code
    """The code of a new one, with its refusals."""
    holds: Callable[[Mapping[str, Any], Actor], Awaitable[None]] | None = None
    """Raises Refused when the row as just written must not be; the transaction takes it back."""

    @property
    def tablename(self) -> str:
        return self.table._meta.tablename

    @property
    def custom(self) -> Sequence[CustomField]:
        """Its custom fields, once it is whole."""
        return [f for f in self.fields if isinstance(f, CustomField)]


async def whole(master: Master, by: Actor, row: Mapping[str, Any] | None = None) -> Master:
    """The master with the fields this person may see, and its custom fields among them, as a new one or this row has them."""
    own = await of(master.kind)
    fields = [
        f for f in master.fields if not isinstance(f, CustomField) and (f.right is None or by.may(f.right))
    ]
    return replace(master, fields=(*fields, *(master_field(f, row) for f in own)))


async def row_of(master: Master, code: str) -> dict[str, Any]:
    """The master's row with code and name of what it points to, and its children; Refused(NOT_FOUND)."""
    return only(await rows_of(master, [code.replace("\x00", "")[:60]]))


async def rows_of(master: Master, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The same for many, in the order of their codes."""
    joins, columns = joined(master.fields, "m")
    found = await db.rows(
        f"select m.*{columns} from {master.tablename} m{joins} where {{}}", db.any_of("m.code", codes)
    )
    for child in master.children:
        of = await children.rows_of(child, [row["id"] for row in found])
        for row in found:
            row[child.name] = of[row["id"]]
    return in_order(found, "code", codes)


async def read_values(master: Master, form: Input, partial: bool = False) -> dict[str, Any]:
    """The form's values by column, with references looked up; with `partial` only the fields that were sent."""
    plain = [f for f in master.fields if not isinstance(f, CustomField)]
    return await values_of([f for f in plain if not partial or f.name in form.values], form)


def usual(master: Master) -> dict[str, Any]:
    """What stands on an empty form: so is a new one of which a file or a program says nothing else."""
    return {f.name: f.default for f in master.fields if f.default != ""}


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
    master = await whole(master, by, before)
    new_code = await _new_code(master, form) if before is None else before["code"]
    values = await read_values(master, form, partial)
    if master.kind in THINGS:
        values["custom"] = document(master.custom, form, before["custom"] if before else None, partial)
    rows = {
        c.name: await children.read(c, form, by)
        for c in master.children
        if c.name in form.values or _sent(form, c)
    }
    form.check()
    if before is not None:
        values = {column: value for column, value in values.items() if before.get(column) != value}
        if not values and not rows:  # a file that comes again says the same of thousands
            return before
    row_id = await (_insert(master, new_code, values) if before is None else _update(master, before, values))
    for child in master.children:
        if child.name in rows:
            await children.write(child, row_id, rows[child.name], drop=True)
    after = await _written(master, new_code, by)
    found_by = [str(after.get(name) or "") for name in master.found_by]
    found_by += custom_values.words([f.of for f in master.custom], after.get("custom"))
    await search.index(master.kind, row_id, *found_by)
    await _tell(master, before, after, by)
    return after


async def merge(master: Master, child: Child, code: str, form: Input, *, by: Actor) -> list[str]:
    """Make or change rows of one master, by their key, and leave its others; of each whether it was made or changed."""
    before = await row_of(master, code)
    rows = await children.read(child, form, by)
    form.check()
    outcome = await children.write(child, before["id"], rows, drop=False)
    await _tell(master, before, await _written(master, code, by), by)
    return outcome


async def _written(master: Master, code: str, by: Actor) -> dict[str, Any]:
    """The row as it stands now, if it may stand so."""
    after = await row_of(master, code)
    if master.holds is not None:
        await master.holds(after, by)
    return after


def _sent(form: Input, child: Child) -> bool:
    return form.has(f"{child.name}-count")


async def _new_code(master: Master, form: Input) -> str:
    code = master.new_code(form)
    if await db.value(f"select 1 from {master.tablename} where code = {{}}", code):
        form.refuse("code", TAKEN, given=code)
    return code


async def _insert(master: Master, code: str, values: dict[str, Any]) -> int:
    row = master.table(code=code, **{**master.preset, **values})
    await row.save()
    return row.id


async def _update(master: Master, before: dict[str, Any], different: dict[str, Any]) -> int:
    if different:
        sets = ", ".join(f'"{column}" = {{}}' for column in different)
        changed = await db.rows(
            f"update {master.tablename} set {sets}, version = version + 1 where id = {{}} and version = {{}} returning id",
            *different.values(), before["id"], before["version"],
        )  # fmt: skip
        if not changed:
            raise Refused(STALE)
    return int(before["id"])


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
    told = [{f.logged: f.plain(row) for f in master.fields} for row in (before, after)]
    found = changes(*told)
    for child in master.children:
        went, came = children.difference(child, before[child.name], after[child.name])
        if went or came:
            found[str(child.label)] = [went, came]
    return found


def shown(master: Master, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row for programs."""
    plain = {f.name: f.shown(row) for f in master.fields if not isinstance(f, CustomField)}
    body = {"code": row["code"], **plain, "version": row["version"]}
    if master.kind in THINGS:
        body["custom"] = custom_values.for_programs([f.of for f in master.custom], row["custom"])
    for child in master.children:
        if child.name in row:
            body[child.name] = [{f.name: f.shown(k) for f in child.fields} for k in row[child.name]]
    return body
