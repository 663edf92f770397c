"""Reads of money for pages and programs."""

from collections.abc import Sequence
from typing import Any

from app.core import db
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import in_order, only

_ALLOCATIONS = (
    "select a.id, a.amount, a.made_at, a.undone_at, c.number as receipt, r.number as receivable, o.number as order_number,"
    " r.currency from receipt_allocations a join receipts c on c.id = a.receipt join receivables r on r.id = a.receivable"
    ' left join sales_orders o on o.id = r."order" where '
)


async def receipt(number: str) -> dict[str, Any]:
    """A receipt with its customer; Refused(NOT_FOUND)."""
    return only(await receipts([number]))


async def receipts(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """The same for many, in the order of their numbers."""
    found = await db.rows(
        "select c.*, k.name as customer_name, k.code as customer_code from receipts c join customers k on k.id = c.customer"
        " where {}",
        db.any_of("c.number", numbers),
    )
    return in_order(found, "number", numbers)


async def receivable(number: str) -> dict[str, Any]:
    found = await db.one(
        "select r.*, k.name as customer_name, k.code as customer_code, o.number as order_number, b.number as reversed_number"
        ' from receivables r join customers k on k.id = r.customer left join sales_orders o on o.id = r."order"'
        " left join receivables b on b.id = r.reverses where r.number = {}",
        number,
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def billed_apart(receivable_id: int) -> list[dict[str, Any]]:
    """What a receivable bills apart from a delivery, line by line."""
    return await db.rows(
        "select b.quantity_q, b.amount, l.line_no, l.kind, i.kind as item_kind, i.code, i.name, i.spec, i.base_unit, i.unit_label"
        " from receivable_lines b join sales_order_lines l on l.id = b.order_line join items i on i.id = l.item"
        " where b.receivable = {} order by l.line_no",
        receivable_id,
    )


async def bill(number: str) -> dict[str, Any]:
    found = await db.one(
        "select b.*, c.code as customer_code, c.name as customer_name from bills b left join customers c on c.id = b.customer"
        " where b.number = {}",
        number.replace("\x00", "")[:60],
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return found


async def allocations_of_receipts(receipts: Sequence[int]) -> list[dict[str, Any]]:
    return await db.rows(_ALLOCATIONS + "{} order by a.id", db.any_of("a.receipt", receipts))


async def allocations_of_receivable(receivable_id: int) -> list[dict[str, Any]]:
    return await db.rows(_ALLOCATIONS + "a.receivable = {} order by a.id", receivable_id)


async def open_receivables(customer_id: int, currency: str, limit: int = 200) -> list[dict[str, Any]]:
    """What a customer owes in a currency, what is due first on top; credits, which are below zero, among it."""
    return await db.rows(
        "select r.id, r.number, r.amount, r.matched, r.amount - r.matched as left_over, r.arose_on, r.due_on,"
        ' r.reference, o.number as order_number, o.customer_order_number from receivables r left join sales_orders o on o.id = r."order"'
        " where r.customer = {} and r.currency = {} and r.matched <> r.amount and r.amount <> 0 order by r.due_on, r.id limit {}",
        customer_id, currency, limit,
    )  # fmt: skip


async def orders_to_pay(customer_id: int, currency: str, limit: int = 50) -> list[dict[str, Any]]:
    """Orders of a customer that money may be kept for, the newest first."""
    return await db.rows(
        "select number, customer_order_number from sales_orders where customer = {} and currency = {}"
        " and state in ('draft', 'submitted', 'confirmed') order by id desc limit {}",
        customer_id, currency, limit,
    )  # fmt: skip


def suggested(left: int, receivables: list[dict[str, Any]]) -> dict[str, int]:
    """Oldest first, until the receipt and the credits are used up: receivable number → minor units."""
    proposal, owed = {}, sum(row["left_over"] for row in receivables if row["left_over"] > 0)
    for row in receivables:
        if (credit := min(-row["left_over"], owed)) > 0:
            proposal[row["number"]] = -credit
            owed, left = owed - credit, left + credit
    for row in (row for row in receivables if row["left_over"] > 0):
        part = min(left, row["left_over"])
        if part <= 0:
            break
        proposal[row["number"]] = part
        left -= part
    return proposal
