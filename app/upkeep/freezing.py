"""Writing the first migrations: frozen copies of today's tables, a step per capability, those pointed to first."""

from pathlib import Path
from types import ModuleType
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.columns.base import Column, OnDelete
from piccolo.table import Table

from app.config import ROOT
from app.core import house

FOLDER = ROOT / "app" / "migrations"
_PLAIN_DEFAULTS = {"Varchar": "", "Text": "", "Integer": 0, "BigInt": 0, "Boolean": False}


def freeze(first: int = 1) -> list[Path]:
    """Write one step per capability into app/migrations, numbered from `first`; the files written."""
    left = {_capability(m): (m, _tables(m)) for m in house.modules("tables")}
    left = {name: found for name, found in left.items() if found[1] or getattr(found[0], "INDEXES", ())}
    home: dict[type[Table], str] = {}
    written = []
    while left:
        name = next(
            n
            for n, (_, tables) in left.items()
            if all(home.get(t) or t in tables for t in _pointed_to(tables))
        )
        module, tables = left.pop(name)
        step = f"m{first + len(written):04d}_{name}"
        path = FOLDER / f"{step}.py"
        path.write_text(_source(name, module, tables, home), encoding="utf-8")
        home.update(dict.fromkeys(tables, step))
        written.append(path)
    return written


def _capability(module: ModuleType) -> str:
    return module.__name__.split(".")[1]


def _tables(module: ModuleType) -> list[type[Table]]:
    from app.piccolo_app import all_tables

    names = {
        id(t)
        for t in vars(module).values()
        if isinstance(t, type) and issubclass(t, Table) and t is not Table
    }
    mine = f"app.{_capability(module)}."
    return [t for t in all_tables() if id(t) in names and t.__module__.startswith(mine)]


def _pointed_to(tables: list[type[Table]]) -> set[type[Table]]:
    return {c._foreign_key_meta.resolved_references for t in tables for c in t._meta.foreign_key_columns}


def _source(name: str, module: ModuleType, tables: list[type[Table]], home: dict[type[Table], str]) -> str:
    columns = {
        type(c).__name__
        for t in tables
        for c in t._meta.columns
        if not _is_id(c) and not isinstance(c, ForeignKey)
    }
    refers = any(t._meta.foreign_key_columns for t in tables)
    foreign: dict[str, set[str]] = {}
    for table in _pointed_to(tables) - set(tables):
        foreign.setdefault(home[table], set()).add(table.__name__)
    lines = [f'"""The tables of {name.replace("_", " ")} as they were at the beginning."""', ""]
    if columns:
        lines += [f"from piccolo.columns import {', '.join(sorted(columns))}"]
    lines += ["from piccolo.table import Table", ""]
    if refers:
        lines.append("from app.core.columns import ref")
    indexes, only = getattr(module, "INDEXES", ()), getattr(module, "ONLY_ON", {})
    lines.append(f"from app.core.migrations import create_table{', run' if indexes or only else ''}")
    lines += [
        f"from app.migrations.{step} import {', '.join(sorted(names))}"
        for step, names in sorted(foreign.items())
    ]
    for table in tables:
        lines += ["", "", *_class(table)]
    lines += ["", "", *_tuple("INDEXES", indexes)] if indexes else []
    for engine, statements in only.items():
        lines += ["", *_tuple(engine.upper(), statements)]
    lines += ["", "", "async def forwards() -> None:"]
    lines += [f"    await create_table({t.__name__})" for t in tables]
    lines += ["    await run(*INDEXES)"] if indexes else []
    lines += [f'    await run(*{engine.upper()}, only_on="{engine}")' for engine in only]
    return "\n".join(lines) + "\n"


def _tuple(name: str, statements: tuple[str, ...]) -> list[str]:
    return [f"{name} = (", *(f"    {_text(s)}," for s in statements), ")"]


def _text(statement: str) -> str:
    """A string literal, cut in two where it would be too long for a line."""
    cut = next((statement.index(w) for w in (" where ", " using ", " on ", " (") if w in statement), 0)
    return (
        repr(statement) if len(statement) < 98 or not cut else f"{statement[:cut]!r}\n    {statement[cut:]!r}"
    )


def _class(table: type[Table]) -> list[str]:
    own = [c for c in table._meta.columns if not _is_id(c)]
    lines = [f'class {table.__name__}(Table, tablename="{table._meta.tablename}"):']
    return lines + [f"    {c._meta.name} = {_column(c, table)}" for c in own]


def _is_id(column: Column) -> bool:
    return column._meta.primary_key and column._meta.name == "id" and type(column).__name__ == "Serial"


def _column(column: Column, table: type[Table]) -> str:
    meta = column._meta
    if isinstance(column, ForeignKey):
        return _reference(column, table)
    arguments: dict[str, Any] = {}
    if length := getattr(column, "length", None):
        arguments["length"] = length
    if meta.primary_key:
        arguments["primary_key"] = True
    if meta.unique:
        arguments["unique"] = True
    if meta.null:
        arguments.update(null=True, default=None)
    elif (default := column.get_default_value()) != _PLAIN_DEFAULTS.get(
        kind := type(column).__name__, default
    ):
        assert kind in _PLAIN_DEFAULTS, f"{table.__name__}.{meta.name}: freeze does not know this default"
        arguments["default"] = default
    if meta.index:
        arguments["index"] = True
    return f"{type(column).__name__}({', '.join(f'{k}={v!r}' for k, v in arguments.items())})"


def _reference(column: ForeignKey, table: type[Table]) -> str:
    meta = column._foreign_key_meta
    assert meta.on_delete is OnDelete.restrict, f"{table.__name__}.{column._meta.name} cascades"
    target = '"self"' if meta.resolved_references is table else meta.resolved_references.__name__
    optional = ", optional=True" if column._meta.null else ""
    index = "" if column._meta.index else ", index=False"
    return f"ref({target}{optional}{index})"
