"""The ledger: goods move between two places, and nothing else ever changes what is on hand.

A posting of any number of moves is a handful of statements. Whoever takes more than a store bin holds is refused,
unless it is a *fact* that already happened: then it is booked and the posting is flagged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.core import clock, db, quantities
from app.core.numbering import next_number
from app.core.refusals import NOT_POSITIVE, Refused
from app.core.rows import locked
from app.events.log import Subject, record
from app.people.actors import Actor
from app.stock.events import WentBelowZero
from app.stock.refusals import (
    ALREADY_REVERSED,
    GOODS_GONE,
    IS_REVERSAL,
    NOT_ENOUGH,
    NOTHING_TO_MOVE,
    SAME_PLACE,
)
from app.stock.tables import Posting

GOOD, HELD = "good", "held"
BELOW_ZERO = "below_zero"
AT_ONCE = 2000
"""Balances written by one statement: two engines' limit of about 32,000 values, five to a row, with room."""


class Why(StrEnum):
    """Why stock moved. Closed: KPIs and books count by it."""

    RECEIVE = "receive"
    ISSUE = "issue"
    PRODUCE = "produce"
    DELIVER = "deliver"
    RETURN = "return"
    MOVE = "move"
    COUNT = "count"
    SCRAP = "scrap"
    OPENING = "opening"
    REVERSE = "reverse"


@dataclass(frozen=True)
class MoveLine:
    """One movement of a posting: ids, and a quantity at 10⁻³ of the item's base unit.

    `measured_q` and `measured_unit` keep what the scale said, if it was weighed.
    """

    item: int
    lot: int
    from_bin: int
    to_bin: int
    quantity_q: int
    from_quality: str = GOOD
    to_quality: str = GOOD
    measured_q: int | None = None
    measured_unit: str = ""


Key = tuple[int, int, int, str]
"""What a balance is of: (item, lot, bin, quality)."""


async def post(
    why: Why | str, source: Subject, lines: Sequence[MoveLine], *, by: Actor, happened_at: datetime | None = None,
    document: str = "", fact: bool = False,
) -> Posting:  # fmt: skip
    """Move the lines in one posting, caused by `source` (whose number is `document`).

    Refused(NOT_ENOUGH) when a store bin would go below zero; with `fact` it is booked and the posting flagged.
    """
    _check(lines)
    short = await _balance(lines)
    if short and not fact:
        raise Refused(NOT_ENOUGH, "quantity", **await _told(*short[0], lines))
    return await _write(Why(why), source, lines, by, happened_at, document, short)


async def reverse(posting_id: int, *, by: Actor, happened_at: datetime | None = None) -> Posting:
    """Post the opposite of a posting.

    Refused(ALREADY_REVERSED), or Refused(GOODS_GONE) that names the bin, what is left and which later posting took it.
    """
    posting = await locked(Posting, Posting.id == posting_id)
    if posting.reverses is not None:
        raise Refused(IS_REVERSAL, number=posting.number)
    earlier = await db.value("select number from stock_postings where reverses = {}", posting_id)
    if earlier:
        raise Refused(ALREADY_REVERSED, number=posting.number, by=earlier)
    lines = [
        _opposite(row)
        for row in await db.rows("select * from stock_moves where posting = {} order by id", posting_id)
    ]
    short = await _balance(lines)
    if short:
        facts = await _told(*short[0], lines)
        raise Refused(GOODS_GONE, later=await _later(short[0][0], posting_id), **facts)
    source = (posting.source_kind, posting.source_id)
    return await _write(Why.REVERSE, source, lines, by, happened_at, posting.document, [], posting_id)


async def recount() -> list[dict[str, Any]]:
    """Where the kept balances differ from the sum of the moves: rows of item, lot, bin, quality, difference_q."""
    return await db.report(
        "select item, lot, bin, quality, cast(sum(q) as bigint) as difference_q from ("
        " select item, lot, to_bin as bin, to_quality as quality, quantity_q as q from stock_moves"
        " union all select item, lot, from_bin, from_quality, -quantity_q from stock_moves"
        " union all select item, lot, bin, quality, -quantity_q from stock_balances) both_ways"
        " group by item, lot, bin, quality having sum(q) <> 0 order by item, lot, bin, quality"
    )


def changes_of(lines: Iterable[MoveLine]) -> dict[Key, int]:
    """What a list of moves does to each balance; what cancels out is left away. Sorted, so that all lock in one order."""
    changes: dict[Key, int] = {}
    for line in lines:
        taken, put = (
            (line.item, line.lot, line.from_bin, line.from_quality),
            (line.item, line.lot, line.to_bin, line.to_quality),
        )
        changes[taken] = changes.get(taken, 0) - line.quantity_q
        changes[put] = changes.get(put, 0) + line.quantity_q
    return {key: changes[key] for key in sorted(changes) if changes[key]}


def _check(lines: Sequence[MoveLine]) -> None:
    if not lines:
        raise Refused(NOTHING_TO_MOVE)
    for line in lines:
        if line.quantity_q <= 0:
            raise Refused(NOT_POSITIVE, "quantity")
        if (line.from_bin, line.from_quality) == (line.to_bin, line.to_quality):
            raise Refused(SAME_PLACE, "to")


async def _balance(lines: Sequence[MoveLine]) -> list[tuple[Key, int]]:
    """Add the moves to the balances; the store balances that are below zero now, with what was taken off them."""
    changes = changes_of(lines)
    keys, below = list(changes), []
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        values = ", ".join(["({}, {}, {}, {}, {})"] * len(some))
        after = await db.rows(
            f"insert into stock_balances (item, lot, bin, quality, quantity_q) values {values}"
            " on conflict (item, lot, bin, quality) do update"
            " set quantity_q = stock_balances.quantity_q + excluded.quantity_q returning item, lot, bin, quality, quantity_q",
            *[value for key in some for value in (*key, changes[key])],
        )
        below += [
            ((r["item"], r["lot"], r["bin"], r["quality"]), r["quantity_q"])
            for r in after
            if r["quantity_q"] < 0
        ]
    fell = [(key, left) for key, left in below if changes[key] < 0]
    if not fell:
        return []
    bins = sorted({key[2] for key, _ in fell})
    stores = await db.rows(
        f"select id from bins where kind = 'store' and {db.any_of('id', bins).template}", *bins
    )
    kept = {row["id"] for row in stores}
    return [(key, left) for key, left in sorted(fell) if key[2] in kept]


async def _write(
    why: Why, source: Subject, lines: Sequence[MoveLine], by: Actor, happened_at: datetime | None, document: str,
    short: Sequence[tuple[Key, int]], reverses: int | None = None,
) -> Posting:  # fmt: skip
    when = happened_at or clock.now()
    posting = Posting(
        number=await next_number("SM"), why=str(why), source_kind=source[0], source_id=source[1], document=document,
        happened_at=when, booked_on=clock.local(when).date(), person=by.person_id, device=by.device_id, reverses=reverses,
        flags=BELOW_ZERO if short else "",
    )  # fmt: skip
    await posting.save()
    await db.write_many(
        "stock_moves",
        ("posting", "item", "lot", "from_bin", "to_bin", "from_quality", "to_quality", "quantity_q", "measured_q", "measured_unit"),
        [(posting.id, x.item, x.lot, x.from_bin, x.to_bin, x.from_quality, x.to_quality, x.quantity_q, x.measured_q, x.measured_unit)
         for x in lines],
    )  # fmt: skip
    for key, left in short:
        told = await _told(key, left, ())
        fell = WentBelowZero(
            subject=("posting", posting.id), also=(("item", key[0]), ("lot", key[1]), ("bin", key[2])), number=posting.number,
            item=told["item"], lot=told["lot"], bin=told["bin"], left=told["left"], unit=told["unit"],
        )  # fmt: skip
        await record(fell, by=by, happened_at=when)
    return posting


def _opposite(row: dict[str, Any]) -> MoveLine:
    return MoveLine(
        row["item"], row["lot"], row["to_bin"], row["from_bin"], row["quantity_q"], row["to_quality"], row["from_quality"],
        row["measured_q"], row["measured_unit"],
    )  # fmt: skip


async def _told(key: Key, left: int, lines: Sequence[MoveLine]) -> dict[str, str]:
    """The facts of a shortage in words. `left` is what remained after taking; what was there is more by what was taken."""
    there = left - changes_of(lines).get(key, 0)
    found = await db.one(
        "select i.code as item, i.base_unit, i.unit_label, l.number as lot, b.code as bin from items i, lots l, bins b"
        " where i.id = {} and l.id = {} and b.id = {}",
        *key[:3],
    )
    assert found is not None
    unit = found["unit_label"] or found["base_unit"]
    return {
        "item": found["item"],
        "lot": found["lot"],
        "bin": found["bin"],
        "left": quantities.shown(there),
        "unit": unit,
    }


async def _later(key: Key, posting_id: int) -> str:
    """The document, or else the posting, that last took these goods from this bin after a posting and still stands."""
    found = await db.one(
        "select p.number, p.document from stock_moves m join stock_postings p on p.id = m.posting"
        " where m.item = {} and m.lot = {} and m.from_bin = {} and m.from_quality = {} and p.id > {} and p.reverses is null"
        " and not exists (select 1 from stock_postings r where r.reverses = p.id) order by m.id desc limit 1",
        *key, posting_id,
    )  # fmt: skip
    return (found["document"] or found["number"]) if found else "—"
