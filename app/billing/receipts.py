"""Money that came in, and which receivables it pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.billing import advances, events, permissions, states
from app.billing.refusals import (
    CREDIT_ALONE,
    CREDIT_USED,
    IN_THE_FUTURE,
    MATCHED,
    MORE_THAN_LEFT,
    NOT_OF_A_CREDIT,
    NOTHING_GIVEN,
    OTHER_CURRENCY,
    OTHER_CUSTOMER,
    UNDONE,
)
from app.billing.tables import Allocation, Receipt, Receivable
from app.core import clock, db, search
from app.core import states as machine
from app.core.money import Money
from app.core.numbering import next_number
from app.core.problems import Problems
from app.core.refusals import NOT_NOW, NOT_POSITIVE, UNKNOWN, Refused
from app.core.rows import locked
from app.events.log import record
from app.people.actors import Actor
from app.sales import orders

METHODS = ("transfer", "bill", "cash", "other")


@dataclass(frozen=True)
class NewReceipt:
    """A receipt as entered; `amount` in minor units of `currency`. `unread`: fields that could not be read."""

    customer: str
    amount: int
    received_on: date
    currency: str = "CNY"
    method: str = "transfer"
    reference: str = ""
    remark: str = ""
    unread: Mapping[str, Refused] = field(default_factory=dict)


async def make(new: NewReceipt, *, by: Actor) -> Receipt:
    """Book money that came in."""
    by.must(permissions.MAKE_RECEIPTS)
    wrong = Problems(new.unread)
    if new.amount <= 0:
        wrong.note("amount", Refused(NOT_POSITIVE))
    if new.received_on > clock.today():
        wrong.note("received_on", Refused(IN_THE_FUTURE))
    customer = await db.one("select id, name, short_name from customers where code = {}", new.customer)
    if customer is None:
        wrong.note("customer", Refused(UNKNOWN, given=new.customer[:40]))
    wrong.check()
    assert customer is not None
    row = Receipt(
        number=await next_number("RC"), customer=customer["id"], state=states.BOOKED, currency=new.currency, amount=new.amount,
        received_on=new.received_on, method=new.method, reference=new.reference, remark=new.remark, made_at=clock.now(),
    )  # fmt: skip
    await row.save()
    await search.index("receipt", row.id, row.number, new.reference, customer["name"], customer["short_name"])
    made = events.ReceiptMade(
        subject=("receipt", row.id), also=(("customer", customer["id"]),), number=row.number,
        amount=Money(row.amount, row.currency).shown(), customer=customer["name"],
    )  # fmt: skip
    await record(made, by=by)
    return row


async def allocate(
    number: str, amounts: Mapping[str, int], *, by: Actor, version: int | None = None
) -> Receipt:
    """Pay receivables (by number, amounts in minor units) from a receipt (核销); the paid orders may close. A credit (红字) adds
    to what the receipt can pay: its amount is below zero."""
    by.must(permissions.MATCH_RECEIPTS)
    receipt = await locked(Receipt, Receipt.number == number, version=version)
    if receipt.state != states.BOOKED:
        raise Refused(NOT_NOW, state=states.LOOKS[receipt.state].label)
    wanted = {n: minor for n, minor in amounts.items() if minor}
    if not wanted:
        raise Refused(NOTHING_GIVEN)
    left = receipt.amount - receipt.matched
    if sum(wanted.values()) < 0:
        raise Refused(CREDIT_ALONE)
    if sum(wanted.values()) > left:
        raise Refused(
            MORE_THAN_LEFT,
            given=_shown(sum(wanted.values()), receipt),
            left=_shown(left, receipt),
            number=number,
        )
    for receivable_number in sorted(wanted):
        await _pay(receipt, receivable_number, wanted[receivable_number], by)
    await advances.must_hold(receipt)
    return receipt


async def _pay(receipt: Receipt, number: str, minor: int, by: Actor) -> None:
    field = f"amount-{number}"
    receivable = await locked(Receivable, Receivable.number == number)
    if minor < 0 <= receivable.amount:
        raise Refused(NOT_POSITIVE, field)
    if receivable.customer != receipt.customer:
        raise Refused(OTHER_CUSTOMER, field, number=number)
    if receivable.currency != receipt.currency:
        raise Refused(OTHER_CURRENCY, field, number=number, currency=receivable.currency)
    left = receivable.amount - receivable.matched
    if receivable.amount < 0 and not left <= minor < 0:
        raise Refused(NOT_OF_A_CREDIT, field, number=number, left=_shown(left, receipt))
    if receivable.amount >= 0 and minor > left:
        raise Refused(
            MORE_THAN_LEFT, field, given=_shown(minor, receipt), left=_shown(left, receipt), number=number
        )
    allocation = Allocation(receipt=receipt.id, receivable=receivable.id, amount=minor, made_at=clock.now())
    await allocation.save()
    matched = events.ReceiptMatched(
        subject=("receipt", receipt.id), also=_about(receipt, receivable), number=receipt.number, receivable=number,
        amount=_shown(minor, receipt),
    )  # fmt: skip
    await record(matched, by=by)
    await _book(receipt, receivable, minor, by)


async def _book(receipt: Receipt, receivable: Receivable, minor: int, by: Actor) -> None:
    await db.rows(
        "update receipts set matched = matched + {}, version = version + 1 where id = {}", minor, receipt.id
    )
    await db.rows(
        "update receivables set matched = matched + {}, version = version + 1 where id = {}",
        minor,
        receivable.id,
    )
    receipt.matched += minor
    receipt.version += 1
    if receivable.order is None:  # taken over from the old system
        return
    await orders.pay(receivable.order, minor, by=by)
    if minor > 0:
        await orders.close_if_done(receivable.order, by=by)


async def undo_allocation(allocation_id: int, *, by: Actor) -> Receipt:
    """Take a matching back; the receivable is open again, and so is an order that had closed on it."""
    by.must(permissions.MATCH_RECEIPTS)
    allocation = await locked(Allocation, Allocation.id == allocation_id)
    if allocation.undone_at is not None:
        raise Refused(UNDONE)
    receipt = await locked(Receipt, Receipt.id == allocation.receipt)
    receivable = await locked(Receivable, Receivable.id == allocation.receivable)
    await _take_back(allocation, receipt, receivable, by)
    while receipt.matched < 0:  # the credits that paid it pay nothing now
        credit = await _last_credit(receipt)
        of = await locked(Receivable, Receivable.id == credit.receivable)
        await _take_back(credit, receipt, of, by)
    if receipt.matched > receipt.amount:
        raise Refused(CREDIT_USED, amount=_shown(receipt.matched - receipt.amount, receipt))
    return receipt


async def _last_credit(receipt: Receipt) -> Allocation:
    id_ = await db.value(
        "select id from receipt_allocations where receipt = {} and undone_at is null and amount < 0 order by id desc limit 1",
        receipt.id,
    )
    return await locked(Allocation, Allocation.id == id_)


async def _take_back(allocation: Allocation, receipt: Receipt, receivable: Receivable, by: Actor) -> None:
    await db.rows("update receipt_allocations set undone_at = {} where id = {}", clock.now(), allocation.id)
    unmatched = events.ReceiptUnmatched(
        subject=("receipt", receipt.id), also=_about(receipt, receivable), number=receipt.number,
        receivable=receivable.number, amount=_shown(allocation.amount, receipt),
    )  # fmt: skip
    await record(unmatched, by=by)
    await _book(receipt, receivable, -allocation.amount, by)


async def reverse(number: str, *, by: Actor, version: int | None = None) -> Receipt:
    """Take a receipt back. What was matched from it must be undone first; those receivables are named."""
    by.must(permissions.REVERSE_RECEIPTS)
    receipt = await locked(Receipt, Receipt.number == number, version=version)
    paid = await db.rows(
        "select distinct r.number from receipt_allocations a join receivables r on r.id = a.receivable"
        " where a.receipt = {} and a.undone_at is null order by r.number",
        receipt.id,
    )
    if paid:
        raise Refused(MATCHED, numbers="、".join(r["number"] for r in paid))
    await advances.must_be_free(receipt)
    await machine.move(receipt, states.MOVES, "reverse", states.LOOKS)
    back = events.ReceiptReversed(
        subject=("receipt", receipt.id), also=(("customer", receipt.customer),), number=number,
        amount=_shown(receipt.amount, receipt),
    )  # fmt: skip
    await record(back, by=by)
    return receipt


def _about(receipt: Receipt, receivable: Receivable) -> tuple[tuple[str, int], ...]:
    order = (("sales_order", receivable.order),) if receivable.order is not None else ()
    return (("receivable", receivable.id), *order, ("customer", receipt.customer))


def _shown(minor: int, receipt: Receipt) -> str:
    return Money(minor, receipt.currency).shown()
