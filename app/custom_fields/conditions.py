"""How a list is filtered by a custom field: one SQL expression for each kind, the same in the condition and in its index.

A key comes from the definition, never from a request. Numbers must be cast: JSON gives SQLite an integer and PostgreSQL a text.
"""

from typing import Any

from app.core import db
from app.core.conditions import Condition
from app.custom_fields.defined import FLAG, NUMBER, TEXT, THINGS, Field

IS, BEGINS, FROM, TO = "is", "begins", "from", "to"
_SIGNS = {IS: "=", FROM: ">=", TO: "<="}
_LAST = "\uffff"


def condition(field: Field, op: str, value: Any, alias: str) -> Condition:
    """Things whose field is, begins with, is at least or at most the value, as it is kept; `alias` is the table's in the query."""
    sql = expression(field, f"{alias}.")
    if op == BEGINS:
        return Condition(
            f"{sql} >= {_typed('lower({})')} and {sql} < {_typed('lower({})')}",
            (value, value + _LAST),
            few=None,
        )
    return Condition(f"{sql} {_SIGNS[op]} {{}}", (value,), few=None)


def expression(field: Field, prefix: str = "") -> str:
    """The value of a field in SQL."""
    kept = (
        f"(cast({prefix}custom as jsonb) ->> '{field.key}')"
        if db.on_postgres()
        else f"({prefix}custom ->> '{field.key}')"
    )
    if field.kind == NUMBER:
        return f"cast({kept} as bigint)"
    if field.kind == FLAG:
        return f"coalesce(cast({kept} as integer), 0)"
    return _typed(f"lower({kept})" if field.kind == TEXT else kept)


def _typed(sql: str) -> str:
    """Text in the order of its characters, so that an index serves beginnings and spans."""
    return f'({sql}) collate "C"' if db.on_postgres() else sql


def index_name(thing: str, key: str) -> str:
    return f"custom_{thing}_{key}"


def index(field: Field) -> str:
    """The DDL of the field's index."""
    table = THINGS[field.thing].table
    return f'create index if not exists "{index_name(field.thing, field.key)}" on {table} (({expression(field)}), id)'
