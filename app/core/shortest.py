"""The shortest way to the rows of a page: how many rows meet a filter's value, and where they lie, no engine knows.

Left to itself it walks through a list until it has met enough of a few, or reads all that have a common state. So the list
looks a little way in its own order; if the page is not full then, it gathers what the rarest of its filters finds and sorts that.
Only where all are common it walks on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.conditions import Condition, all_of, beyond, capped_counts, in_order, matching, row_by_row
from app.core.keeping import kept_rows

NEAR = 2_000
"""Rows that are looked through before anything is gathered."""
MANY = 20_000
"""What so many rows meet is common; in a longer list a twentieth of it."""


@dataclass(frozen=True)
class Way:
    """To the first `limit` rows of a source, in the order of columns of which the last is unique."""

    source: str
    columns: Sequence[str]
    down: bool
    limit: int

    async def to(self, wanted: Sequence[Condition], after: Condition | None) -> list[Condition]:
        """What they meet, said so that an engine finds them in the shortest way."""
        unsure, few = [c for c in wanted if c.few is None], [c for c in wanted if c.few]
        if [c.along for c in (*few, *unsure)] == [self.columns[0]]:
            return [*wanted, *([after] if after else [])]
        begins = self._begins(wanted, after)
        near = await self._near(begins) if unsure and not few else None
        if not few and near is None:
            return [*wanted, *([after] if after else [])]
        if near is not None:
            found = await self._walk(wanted, [*begins, near])
            if len(found) == self.limit:
                return [matching(self.columns[-1], found)]
        others = [c for c in wanted if c.few is False]
        rarest = few[:1] or await self._rarest(unsure) or await self._rarest(others)
        if all(map(self._bounds, rarest)):  # all are common, or the list is in the order of these days
            return [matching(self.columns[-1], await self._walk(wanted, [*begins, *rarest]))]
        return [self._gathered(rarest, wanted, after)]

    def _begins(self, wanted: Sequence[Condition], after: Condition | None) -> list[Condition]:
        """Where the list begins: after the page before, or where its days begin."""
        return (
            [after]
            if after
            else [c for c in wanted if self.columns[0] == (c.until if self.down else c.since)]
        )

    def _bounds(self, condition: Condition) -> bool:
        """Whether it is a bound of what the list goes by."""
        return self.columns[0] in (condition.since, condition.until)

    async def _near(self, begins: Sequence[Condition]) -> Condition | None:
        """As far as the list is looked through; None if it ends before, or goes by what is not of the table itself."""
        table, alias = self.source.split()[:2]
        if not all(c.startswith(f"{alias}.") for c in self.columns):
            return None
        met = all_of(begins)
        last = await kept_rows(
            f"select {', '.join(self.columns)} from {table} {alias}{f' where {met.sql}' if begins else ''}"
            f" order by {in_order(self.columns, self.down)} limit 1 offset {NEAR - 1}",
            *met.args,
        )
        return beyond(self.columns, not self.down, tuple(last[0].values()), "=") if last else None

    async def _walk(self, wanted: Sequence[Condition], within: Sequence[Condition]) -> list[Any]:
        """Their last columns, met one by one in the list's order."""
        met = all_of([row_by_row([c for c in wanted if c not in within]), *within])
        found = await db.rows(
            f"select {self.columns[-1]} as met from {self.source} where {met.sql}"
            f" order by {in_order(self.columns, self.down)} limit {self.limit}",
            *met.args,
        )
        return [row["met"] for row in found]

    async def _rarest(self, conditions: Sequence[Condition]) -> list[Condition]:
        """What the fewest rows meet, from a day until a day being one; nothing if all are common."""
        spans: dict[str, list[Condition]] = {}
        for each in conditions:
            spans.setdefault(each.since or each.until or each.sql, []).append(each)
        table, alias = self.source.split()[:2]
        [size] = await kept_rows(f"select coalesce(max({alias}.id), 0) as most from {table} {alias}")
        many = max(MANY, size["most"] // 20)
        counts = await capped_counts(self.source, list(spans.values()), many)
        fewest = min(counts, default=many + 1)
        return list(spans.values())[counts.index(fewest)] if fewest <= many else []

    def _gathered(
        self, rarest: list[Condition], wanted: Sequence[Condition], after: Condition | None
    ) -> Condition:
        """All that the rarest finds, by their last columns alone, sorted by what is no column to an engine: it has no index."""
        others = [c for c in (*wanted, after) if c and c not in rarest]
        met, unique = all_of([*rarest, row_by_row(others)]), self.columns[-1]
        order = in_order([f"coalesce({c}, null)" for c in self.columns], self.down)
        return Condition(
            f"{unique} in (select {unique} from {self.source} where {met.sql} order by {order} limit {self.limit})",
            met.args,
        )
