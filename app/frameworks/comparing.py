"""What a new plan says otherwise than what stands, line by line. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.frameworks.states import ADDED, DAY, DROPPED, QUANTITY

Spot = tuple[int, date]
"""A line, by its id, and a day."""


@dataclass(frozen=True)
class Change:
    """One difference: what stood and what the plan says, in 10⁻³ of the base unit. `order` is what has it already, 0 for none."""

    what: str
    line: int
    before_day: date | None = None
    before_q: int = 0
    after_day: date | None = None
    after_q: int = 0
    order: int = 0

    @property
    def days(self) -> list[date]:
        return [day for day in (self.before_day, self.after_day) if day is not None]


@dataclass(frozen=True)
class Comparison:
    """What is to change of what is not ordered, what of what is, and what the plan wants besides what is ordered."""

    changes: Sequence[Change]
    of_orders: Sequence[Change]
    wanted: Mapping[Spot, int]


def compare(
    standing: Mapping[Spot, int],
    ordered: Mapping[Spot, Sequence[tuple[int, int]]],
    wanted: Mapping[Spot, int],
) -> Comparison:
    """`standing` is called off and in no order; `ordered` what orders still have to deliver, as (order, quantity), which the plan
    names again ({} where it does not); both by line and day, as the plan."""
    left, lacking = _besides_ordered(ordered, wanted)
    changes = [change for line in _lines(standing, left) for change in _of_line(line, standing, left)]
    of_orders, paired = list[Change](), list[Change]()
    for lack in lacking:
        moved = _moved(lack, [change for change in changes if change not in paired])
        if moved is None:
            of_orders.append(lack)
            continue
        paired.append(moved)
        of_orders.append(
            Change(DAY, lack.line, lack.before_day, lack.before_q, moved.after_day, moved.after_q, lack.order)
        )
    spared = {(change.line, change.after_day) for change in paired}
    rest = [change for change in changes if change not in paired]
    return Comparison(rest, of_orders, {spot: q for spot, q in left.items() if q and spot not in spared})


def _besides_ordered(
    ordered: Mapping[Spot, Sequence[tuple[int, int]]], wanted: Mapping[Spot, int]
) -> tuple[dict[Spot, int], list[Change]]:
    """What is wanted besides what is ordered for the same day, and where less is wanted than is ordered."""
    left, lacking = dict(wanted), list[Change]()
    for (line, day), orders in sorted(ordered.items()):
        have, want = sum(q for _order, q in orders), wanted.get((line, day), 0)
        left[(line, day)] = max(0, want - have)
        if want >= have:
            continue
        what = QUANTITY if want else DROPPED
        lacking.append(Change(what, line, day, have, day if want else None, want, orders[-1][0]))
    return left, lacking


def _moved(lack: Change, changes: Iterable[Change]) -> Change | None:
    """The addition of just as much on another day, which an order that is dropped was moved to; the nearest."""
    same = [
        change for change in changes
        if lack.what == DROPPED and change.what == ADDED and change.line == lack.line and change.after_q == lack.before_q
    ]  # fmt: skip
    return min(same, key=lambda change: _apart(lack.before_day, change.after_day), default=None)


def _lines(*several: Mapping[Spot, int]) -> list[int]:
    return sorted({line for each in several for line, _day in each})


def _of_line(line: int, standing: Mapping[Spot, int], wanted: Mapping[Spot, int]) -> list[Change]:
    was = {day: q for (of, day), q in standing.items() if of == line and q}
    now = {day: q for (of, day), q in wanted.items() if of == line and q}
    changes = [
        Change(QUANTITY, line, day, was[day], day, now[day])
        for day in sorted(was.keys() & now.keys())
        if was[day] != now[day]
    ]
    gone = sorted(was.keys() - now.keys())
    new = sorted(now.keys() - was.keys())
    for before in list(gone):
        after = min(
            (day for day in new if now[day] == was[before]), key=lambda day: _apart(before, day), default=None
        )
        if after is not None:
            changes.append(Change(DAY, line, before, was[before], after, now[after]))
            gone.remove(before)
            new.remove(after)
    changes += [Change(DROPPED, line, day, was[day]) for day in gone]
    changes += [Change(ADDED, line, None, 0, day, now[day]) for day in new]
    return sorted(changes, key=lambda change: min(change.days))


def _apart(one: date | None, other: date | None) -> int:
    assert one is not None and other is not None
    return abs((one - other).days)
