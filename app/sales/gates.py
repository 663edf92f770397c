"""The gates of an order: nothing is made before the deposit came, nothing leaves before what leaves is paid for.

Money for an order is what was matched with its receivables and what was put to it in advance. Production asks before it
releases, delivery after it posted (a refusal takes the posting back); `waive` opens a gate for good.
"""

from collections.abc import Iterable
from fractions import Fraction

from app.approvals import requests
from app.core import db
from app.core.money import Money, in_cny
from app.core.quantities import half_up
from app.core.refusals import NOT_A_CHOICE, NOT_NOW, Refused
from app.core.words import N_, Word
from app.events.hiding import HIDDEN
from app.events.log import record
from app.people.actors import Actor
from app.sales import exposure, permissions
from app.sales.closing import delivered_value
from app.sales.events import OrderGateOpened
from app.sales.finding import to_change
from app.sales.refusals import BALANCE_MISSING, DEPOSIT_MISSING, GATE_OPEN, REASON_NEEDED
from app.sales.states import CONFIRMED, DRAFT, LOOKS, SUBMITTED
from app.sales.tables import SalesOrder

WAIVE = "sales_order.waive"
"""The command that approval rules may hold back."""
DEPOSIT, BALANCE = "deposit", "balance"
NAMES: dict[str, Word] = {
    DEPOSIT: N_("nothing is made before the deposit came"), BALANCE: N_("nothing leaves before the balance came"),
}  # fmt: skip
_ADVANCES = (
    "select coalesce(sum(case when v.amount > v.used then v.amount - v.used else 0 end), 0) from (select s.amount, coalesce(("
    "select sum(a.amount) from receipt_allocations a join receivables r on r.id = a.receivable where a.receipt = s.receipt"
    ' and r."order" = {} and a.undone_at is null), 0) as used from (select d.receipt, sum(d.amount) as amount'
    ' from receipt_advances d where d."order" = {} and d.undone_at is null group by d.receipt) s) v'
)


async def money_in(order: SalesOrder) -> int:
    """What came for the order, matched or in advance, in its minor units."""
    return order.received + int(await db.value(_ADVANCES, order.id, order.id) or 0)


def deposit_of(order: SalesOrder) -> int:
    return half_up(Fraction(order.gross * order.deposit_percent, 10_000))


async def missing_to_make(order: SalesOrder) -> int:
    """How much of the deposit is missing, 0 when the gate is open."""
    return max(0, deposit_of(order) - await money_in(order)) if order.deposit_gate else 0


async def missing_to_deliver(order: SalesOrder) -> int:
    """What is missing for all that is delivered now and the deposit on the rest, 0 when the gate is open."""
    if not order.balance_gate:
        return 0
    gone = await delivered_value(order, consigned=False)
    rest = (
        half_up(Fraction((order.gross - gone) * order.deposit_percent, 10_000)) if gone < order.gross else 0
    )
    return max(0, min(gone, order.gross) + rest - await money_in(order))


async def let_make(order_ids: Iterable[int], by: Actor) -> None:
    """Refused(DEPOSIT_MISSING) when one of these orders waits for its deposit; how much is told to who may see amounts."""
    for order in await _orders(order_ids):
        if missing := await missing_to_make(order):
            raise Refused(DEPOSIT_MISSING, order=order.number, missing=_told(missing, order, by))


async def let_deliver(order_ids: Iterable[int], by: Actor) -> None:
    """Refused(BALANCE_MISSING) when more of one of these orders is delivered than is paid for."""
    for order in await _orders(order_ids):
        if missing := await missing_to_deliver(order):
            raise Refused(BALANCE_MISSING, order=order.number, missing=_told(missing, order, by))


def _told(missing: int, order: SalesOrder, by: Actor) -> str:
    return Money(missing, order.currency).shown() if by.may(permissions.PRICE) else HIDDEN


async def _orders(ids: Iterable[int]) -> list[SalesOrder]:
    wanted = sorted(set(ids))
    return (
        await SalesOrder.objects().where(SalesOrder.id.is_in(wanted)).order_by(SalesOrder.id)
        if wanted
        else []
    )


async def waive(number: str, gate: str, reason: str, *, by: Actor, version: int | None = None) -> SalesOrder:
    """Open a gate of this order for good, and say why. Held back when an approval rule asks for it."""
    by.must(permissions.WAIVE)
    order = await to_change(number, by, version)
    if gate not in NAMES:
        raise Refused(NOT_A_CHOICE, "gate", given=gate[:40])
    if not reason.strip():
        raise Refused(REASON_NEEDED, "reason")
    if order.state not in (DRAFT, SUBMITTED, CONFIRMED):
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    if not (order.deposit_gate if gate == DEPOSIT else order.balance_gate):
        raise Refused(GATE_OPEN)
    label, arguments = (
        f"{order.number} · {order.customer_name}",
        {"number": number, "gate": gate, "reason": reason},
    )
    await requests.require(
        WAIVE, ("sales_order", order.id), label, await _facts(order, gate), arguments, by=by
    )
    column = f"{gate}_gate"
    await db.rows(
        f"update sales_orders set {column} = {{}}, version = version + 1 where id = {{}}", False, order.id
    )
    setattr(order, column, False)
    order.version += 1
    opened = OrderGateOpened(
        subject=("sales_order", order.id), also=(("customer", order.customer),), number=order.number, gate=str(NAMES[gate]),
        reason=reason.strip()[:300],
    )  # fmt: skip
    await record(opened, by=by)
    return order


async def _facts(order: SalesOrder, gate: str) -> dict[str, str]:
    """What rules about opening a gate look at."""
    missing = await (missing_to_make(order) if gate == DEPOSIT else missing_to_deliver(order))
    customer = await db.one("select code, level from customers where id = {}", order.customer)
    assert customer is not None
    stands = await exposure.of(order.customer)
    more = 0 if order.state == CONFIRMED else order.gross_cny
    return {
        "gate": gate, "amount_cny": str(Money(order.gross_cny)), "customer_level": customer["level"], "customer": customer["code"],
        "missing": str(Money(in_cny(missing, order.currency, order.rate_micro))),
        "credit_over": str(Money(stands.over(more))), "overdue": str(Money(stands.overdue)),
    }  # fmt: skip
