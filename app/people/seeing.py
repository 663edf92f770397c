"""Fetching a thing by its number: what somebody may not see is not found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from piccolo.columns import Column
from piccolo.columns.combination import Where

from app.core import db
from app.core.conditions import Condition
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import Row, get, locked
from app.people.actors import Actor, Permission


@dataclass(frozen=True)
class Seen(Generic[Row]):
    """Things with a number: their table, the `alias` that the conditions of `visible_to` call it by, the right to see them."""

    table: type[Row]
    number: Column
    alias: str
    see: Permission
    visible_to: Callable[[Actor], Sequence[Condition]]

    async def find(self, number: str, by: Actor) -> Row:
        """The thing, to be shown."""
        by.must(self.see)
        row = await get(self.table, self._numbered(number))
        await self._must_see(row, by)
        return row

    async def to_change(self, number: str, by: Actor, version: int | None = None) -> Row:
        """The thing, locked until the verb is done; Refused(STALE) when it is not the version the user saw."""
        row = await locked(self.table, self._numbered(number), version=version)
        await self._must_see(row, by)
        return row

    def _numbered(self, number: str) -> Where:
        return self.number == number[:40].replace("\x00", "")

    async def _must_see(self, row: Row, by: Actor) -> None:
        limits = () if by.is_house else self.visible_to(by)
        if not limits:
            return
        wanted = [Condition(f"{self.alias}.id = {{}}", (row.id,)), *limits]
        where = " and ".join(f"({c.sql})" for c in wanted)
        args = [arg for condition in wanted for arg in condition.args]
        if not await db.value(
            f"select 1 from {self.table._meta.tablename} {self.alias} where {where}", *args
        ):
            raise Refused(NOT_FOUND)
