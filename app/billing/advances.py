"""Money that came before anything is owed for it, put to an order: a deposit, or payment in advance.

What is matched later with that order's receivables from the same receipt uses it up; other orders may not take it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.billing import events, permissions, states
from app.billing.refusals import KEPT_FOR_ORDERS, MORE_THAN_LEFT, OTHER_CURRENCY, OTHER_CUSTOMER, UNDONE
from app.billing.tables import Advance, Receipt
from app.core import clock, db
from app.core.money import Money
from app.core.problems import Problems
from app.core.refusals import NOT_NOW, NOT_POSITIVE, UNKNOWN, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor
from app.sales.states import CANCELLED, CLOSED
from app.sales.states import LOOKS as ORDER_LOOKS

_OPEN = (
    'select s."order", o.number, s.amount, s.used from (select d."order", sum(d.amount) as amount, coalesce((select sum(a.amount)'
    " from receipt_allocations a join receivables r on r.id = a.receivable where a.receipt = {} and a.undone_at is null"
    ' and r."order" = d."order"), 0) as used from receipt_advances d where d.receipt = {} and d.undone_at is null'
    ' group by d."order") s join sales_orders o on o.id = s."order" order by o.number'
)


async def put(
    number: str, order_number: str, minor: int, *, by: Actor, version: int | None = None, unread: Mapping[str, Refused] | None = None,
) -> Receipt:  # fmt: skip
    """Put a part of a receipt to an order (minor units of its currency). `unread`: fields that could not be read."""
    by.must(permissions.MATCH_RECEIPTS)
    receipt = await locked(Receipt, Receipt.number == number, version=version)
    if receipt.state != states.BOOKED:
        raise Refused(NOT_NOW, state=states.LOOKS[receipt.state].label)
    wrong = Problems(unread)
    with wrong.at("order"):
        order = await _order(receipt, order_number)
    with wrong.at("amount"):
        await _must_be_left(receipt, minor)
    wrong.check()
    await Advance(receipt=receipt.id, order=order["id"], amount=minor, made_at=clock.now()).save()
    put_to = events.AdvancePut(
        subject=("receipt", receipt.id), also=(("sales_order", order["id"]), ("customer", receipt.customer)),
        number=number, order=order["number"], amount=Money(minor, receipt.currency).shown(),
    )  # fmt: skip
    await record(put_to, by=by)
    return await _touched(receipt)


async def take_back(advance_id: int, *, by: Actor) -> Receipt:
    """The money is free again for any order of the customer."""
    by.must(permissions.MATCH_RECEIPTS)
    advance = await locked(Advance, Advance.id == advance_id)
    if advance.undone_at is not None:
        raise Refused(UNDONE)
    receipt = await locked(Receipt, Receipt.id == advance.receipt)
    order = await db.value("select number from sales_orders where id = {}", advance.order)
    await db.rows("update receipt_advances set undone_at = {} where id = {}", clock.now(), advance.id)
    taken = events.AdvanceTakenBack(
        subject=("receipt", receipt.id), also=(("sales_order", advance.order), ("customer", receipt.customer)),
        number=receipt.number, order=order or "", amount=Money(advance.amount, receipt.currency).shown(),
    )  # fmt: skip
    await record(taken, by=by)
    return await _touched(receipt)


async def free(receipt: Receipt) -> int:
    """What of a receipt is neither matched nor kept for an order."""
    kept = sum(_left(row) for row in await db.rows(_OPEN, receipt.id, receipt.id))
    return receipt.amount - receipt.matched - kept


async def _must_be_left(receipt: Receipt, minor: int) -> None:
    if minor <= 0:
        raise Refused(NOT_POSITIVE)
    if minor > (left := await free(receipt)):
        given, rest = Money(minor, receipt.currency).shown(), Money(left, receipt.currency).shown()
        raise Refused(MORE_THAN_LEFT, given=given, left=rest, number=receipt.number)


async def must_hold(receipt: Receipt) -> None:
    """Refused(KEPT_FOR_ORDERS) when matching took money that is kept for other orders."""
    rows = [row for row in await db.rows(_OPEN, receipt.id, receipt.id) if _left(row)]
    kept = sum(_left(row) for row in rows)
    if receipt.matched + kept > receipt.amount:
        raise Refused(
            KEPT_FOR_ORDERS,
            amount=Money(kept, receipt.currency).shown(),
            orders="、".join(r["number"] for r in rows),
        )


async def must_be_free(receipt: Receipt) -> None:
    """Refused(KEPT_FOR_ORDERS) while any of it is kept for an order."""
    rows = [row for row in await of_receipts([receipt.id]) if row["undone_at"] is None]
    if rows:
        kept = Money(sum(row["amount"] for row in rows), receipt.currency).shown()
        raise Refused(KEPT_FOR_ORDERS, amount=kept, orders="、".join(r["order_number"] for r in rows))


async def of_receipts(receipts: Sequence[int]) -> list[dict[str, Any]]:
    return await db.rows(
        "select d.id, d.receipt, d.amount, d.made_at, d.undone_at, o.number as order_number from receipt_advances d"
        ' join sales_orders o on o.id = d."order" where {} order by d.id',
        db.any_of("d.receipt", receipts),
    )


async def waiting(order_id: int) -> list[dict[str, Any]]:
    """Receipts that hold money for this order which is not matched yet: `number`, and `left` in minor units."""
    rows = await db.rows(
        "select c.number, s.amount, s.used from (select d.receipt, sum(d.amount) as amount, coalesce((select sum(a.amount)"
        " from receipt_allocations a join receivables r on r.id = a.receivable where a.receipt = d.receipt"
        ' and a.undone_at is null and r."order" = {}), 0) as used from receipt_advances d where d."order" = {}'
        " and d.undone_at is null group by d.receipt) s join receipts c on c.id = s.receipt order by c.number",
        order_id, order_id,
    )  # fmt: skip
    return [{"number": row["number"], "left": left} for row in rows if (left := _left(row))]


def _left(row: dict[str, Any]) -> int:
    return max(0, int(row["amount"]) - int(row["used"]))


async def _order(receipt: Receipt, number: str) -> dict[str, Any]:
    order = await db.one(
        "select id, number, customer, currency, state from sales_orders where number = {}",
        number.replace("\x00", "")[:40],
    )
    if order is None:
        raise Refused(UNKNOWN, given=number[:40])
    if order["customer"] != receipt.customer:
        raise Refused(OTHER_CUSTOMER, number=order["number"])
    if order["currency"] != receipt.currency:
        raise Refused(OTHER_CURRENCY, number=order["number"], currency=order["currency"])
    if order["state"] in (CANCELLED, CLOSED):
        raise Refused(NOT_NOW, state=ORDER_LOOKS[order["state"]].label)
    return order


async def _touched(receipt: Receipt) -> Receipt:
    await db.rows("update receipts set version = version + 1 where id = {}", receipt.id)
    receipt.version += 1
    return receipt
