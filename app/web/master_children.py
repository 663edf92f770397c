"""Rows that belong to a master and are edited with it: routing steps of an item, part numbers and contacts of a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.columns import Table
from app.core.refusals import TAKEN, Reason
from app.core.rows import gathered
from app.core.text import clean
from app.core.words import N_, Word
from app.people.actors import Actor, Permission
from app.web.input import Input
from app.web.master_fields import Field, joined, known, values_of

MOST_ROWS = 5000
MOST_IN_FORM = 100
"""More rows than this are changed by file: a form of thousands of fields serves nobody."""
TOO_MANY = Reason("too_many_rows_here", N_("At most %(limit)s rows"))


@dataclass(frozen=True)
class Child:
    """One kind of such rows. `key` names the columns (one or more) by which a row is known among its parent's;
    `doubled` is said when two rows have the same, `list` is the address where all parents' rows are listed."""

    name: str
    label: Word
    table: type[Table]
    parent: str
    key: str | tuple[str, ...]
    fields: Sequence[Field]
    permission: Permission
    hint: Word = Word("")
    doubled: Reason = TAKEN
    list: str = ""

    @property
    def tablename(self) -> str:
        return self.table._meta.tablename

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,) if isinstance(self.key, str) else self.key

    def key_of(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(column) for column in self.keys)


async def rows_of(child: Child, parents: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The rows of each parent by its id, with code and name of what they point to."""
    joins, columns = joined(child.fields, "k")
    order = ", ".join(f"k.{column}" for column in child.keys)
    found = await db.rows(
        f"select k.*{columns} from {child.tablename} k{joins} where {{}} order by {order}",
        db.any_of(f'k."{child.parent}"', parents),
    )
    return gathered(found, child.parent)


async def words_of(child: Child, values: Mapping[str, Any]) -> dict[str, str]:
    """In whose words the rows of a form say their units: by row (prices-0), what one piece of its item is called."""
    item = next((f for f in child.fields if f.reference is not None and f.reference.word), None)
    if item is None or item.reference is None:
        return {}
    sent = {name: clean(str(value)) for name, value in values.items() if name.startswith(f"{child.name}-")}
    codes = {
        name.removesuffix(f"-{item.name}"): sent[name] for name in sent if name.endswith(f"-{item.name}")
    }
    found = await db.rows(
        f"select code, {item.reference.word} as word from {item.reference.table} where {{}}",
        db.any_of("code", sorted(set(codes.values()))),
    )
    words = {each["code"]: each["word"] for each in found}
    return {row: words.get(code, "") for row, code in codes.items()}


async def read(child: Child, form: Input, by: Actor) -> list[dict[str, Any]]:
    """The rows as sent, by column; every refusal at `name-index-field` of the form."""
    by.must(child.permission)
    sent = form.rows(child.name, MOST_ROWS + 1)
    if len(sent) > MOST_ROWS:
        form.refuse(child.name, TOO_MANY, limit=MOST_ROWS)
    ids, rows, seen = await known(child.fields, sent), [], set()
    last = next(f.name for f in child.fields if f.stored == child.keys[-1])
    for i, each in enumerate(sent):
        if not any(each.has(f.name) for f in child.fields if f.kind not in ("flag", "choice", "unit")):
            continue
        values = await values_of(child.fields, each, ids)
        if not each.refusals and child.key_of(values) in seen:
            each.refuse(last, child.doubled, given=each.raw(last)[:40])
        seen.add(child.key_of(values))
        form.adopt(child.name, i, each)
        rows.append(values)
    return rows


async def write(child: Child, parent_id: int, rows: list[dict[str, Any]], *, drop: bool) -> list[str]:
    """Make and change rows by their key, and `drop` the others; of each row whether it was made, changed or is the same."""
    before = {child.key_of(row): row for row in (await rows_of(child, [parent_id]))[parent_id]}
    kept = {child.key_of(row) for row in rows}
    if gone := [old["id"] for key, old in before.items() if drop and key not in kept]:
        await db.rows(f"delete from {child.tablename} where {{}}", db.any_of("id", gone))
    outcome, fresh, changed = list[str](), list[Table](), dict[int, list[Any]]()
    for row in rows:
        old = before.get(child.key_of(row))
        if old is None:
            fresh.append(child.table(**{child.parent: parent_id, **row}))
        elif any(old.get(column) != value for column, value in row.items()):
            changed[old["id"]] = list(row.values())
        outcome.append("made" if old is None else "same" if _same(old, row) else "changed")
    await db.update_many(child.tablename, [f'"{column}"' for row in rows[:1] for column in row], changed)
    for start in range(0, len(fresh), 50):
        await child.table.insert(*fresh[start : start + 50])
    return outcome


def _same(old: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(old.get(column) == value for column, value in row.items())


def difference(child: Child, before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """[rows that went, rows that came], in the words of their fields; a few of them when there are many."""
    old, new = (
        [
            " ".join(str(f.told(row) if f.kind == "unit" else f.plain(row)) for f in child.fields)
            for row in each
        ]
        for each in (before, after)
    )
    gone, come = set(old) - set(new), set(new) - set(old)
    return [_few([row for row in old if row in gone]), _few([row for row in new if row in come])]


def _few(rows: list[str], most: int = 20) -> str:
    return " / ".join(rows[:most]) + (f" … +{len(rows) - most}" if len(rows) > most else "")
