"""Delivery notes for tests: ordered, in the store, written, picked, posted."""

from datetime import date, timedelta

import pytest

from app.core import db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from app.sales.schedules import NewSchedule
from app.stock import ledger, lots
from app.stock.ledger import MoveLine
from app.stock.places import OPENING, place


async def ordered(world, *thousands: str) -> str:
    """The number of an order of 宁波恒立 with a line of the bolt for each quantity, in 千件."""
    kind = {"item": world.bolt.code, "unit": "千件", "unit_price": "268", "price_unit": "千件"}
    lines = [NewLine(quantity=quantity, **kind) for quantity in thousands]
    new = NewOrder(customer=world.hengli.code, lines=lines, due_date=date(2026, 12, 28))
    return (await commit(orders.create, new, by=world.xiaolan)).value.number


async def confirmed(world, *thousands: str) -> str:
    number = await ordered(world, *thousands)
    await commit(orders.confirm, number, by=world.xiaolan)
    return number


async def stocked(world, quantity_q: int, bin_code: str = "A-01-01", lot: str = "L1", item=None):
    """A lot in a bin."""

    async def put(*, by):
        found = await lots.find_or_make((item or world.bolt).id, lot)
        start = await place(OPENING)
        line = MoveLine(found.item, found.id, start, world.bins[bin_code].id, quantity_q)
        await ledger.post("opening", ("stock", 0), [line], by=by)
        return found

    return (await commit(put, by=world.xiuying)).value


async def written(world, number: str, **more):
    return (await commit(notes.create, number, by=world.xiuying, **more)).value


async def picked(world, note, lot, quantity_q=None, bin_code: str = "A-01-01", **more):
    where = world.bins[bin_code].id
    return (
        await commit(
            notes.pick,
            note.number,
            more.pop("line_no", None),
            lot.id,
            where,
            quantity_q,
            by=world.xiuying,
            **more,
        )
    ).value


async def posted(world, note):
    return (await commit(notes.post, note.number, by=world.xiuying)).value


async def in_bin(world, bin_code: str = "A-01-01") -> int:
    return await db.value(
        "select coalesce(sum(quantity_q), 0) from stock_balances where bin = {}", world.bins[bin_code].id
    )


async def refusal(verb, *args, **facts) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, **facts)
    return caught.value


async def books_are_right() -> None:
    assert [r for r in await recounts.run() if r.differences] == []


async def in_parts(world, *parts: str) -> str:
    """The number of a confirmed order of a line of the bolt in several deliveries, a week apart, in 千件."""
    days = [
        NewSchedule(quantity=q, due_date=date(2026, 12, 14) + timedelta(weeks=n)) for n, q in enumerate(parts)
    ]
    whole = str(sum(map(int, parts)))
    line = NewLine(
        item=world.bolt.code, quantity=whole, unit="千件", unit_price="268", price_unit="千件", schedules=days
    )
    new = NewOrder(customer=world.hengli.code, lines=[line])
    number = (await commit(orders.create, new, by=world.xiaolan)).value.number
    await commit(orders.confirm, number, by=world.xiaolan)
    return number


async def wanted_of(note) -> list[int]:
    return [
        row["quantity_q"]
        for row in await db.rows("select quantity_q from delivery_note_lines where note = {}", note.id)
    ]
