"""Columns with our defaults: piccolo's own would be nullable, cascading, or filled with today's date."""

from typing import Any

from piccolo.columns import BigInt, Boolean, Date, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns import ForeignKey as _ForeignKey
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table as _Table


class Table(_Table):
    """A table of the house: every row has a number, which piccolo gives it unasked."""

    id: Serial


def ref(table: Any, optional: bool = False, index: bool = True) -> Any:
    """A reference that never cascades: what is pointed to cannot be deleted."""
    return _ForeignKey(
        table,
        null=optional,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        index=index,
    )


def words(length: int = 200, default: str = "", **kwargs: Any) -> Any:
    return Varchar(length=length, default=default, **kwargs)


def code(length: int = 60, **kwargs: Any) -> Any:
    return Varchar(length=length, unique=True, **kwargs)


def prose() -> Any:
    return Text(default="")


def scaled(default: int = 0, **kwargs: Any) -> Any:
    """A scaled integer: quantity at 10⁻³, money in minor units, price at 10⁻⁶."""
    return BigInt(default=default, **kwargs)


def maybe_scaled() -> Any:
    return BigInt(null=True, default=None)


def count(default: int = 0, **kwargs: Any) -> Any:
    return Integer(default=default, **kwargs)


def flag(default: bool = False) -> Any:
    return Boolean(default=default)


def day(optional: bool = False, **kwargs: Any) -> Any:
    return Date(null=True, default=None, **kwargs) if optional else Date(**kwargs)


def instant(optional: bool = False, **kwargs: Any) -> Any:
    return Timestamptz(null=True, default=None, **kwargs) if optional else Timestamptz(**kwargs)


def version() -> Any:
    """A row's counter, raised by every change: what `If-Match` and forms carry."""
    return Integer(default=1)


def document(default: str = "{}") -> Any:
    """JSON as text, the same on both engines; read with json.loads."""
    return Text(default=default)
