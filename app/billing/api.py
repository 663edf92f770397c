"""Receivables and receipts for programs."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post

from app.billing import advances, consignment, permissions, queries, receipts
from app.billing.lists import RECEIPTS, RECEIVABLES
from app.billing.pages import receipt_of
from app.billing.tables import Receivable
from app.core.money import Money
from app.core.quantities import PIECE, Quantity, Weight
from app.core.rows import gathered, only
from app.people.actors import Actor
from app.sales import orders
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import read_json


def _amount(minor: int, currency: str) -> str:
    return str(Money(minor, currency))


def receivable_shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"], "customer": row.get("customer_code"), "customer_name": row.get("customer_name") or row["customer"],
        "sales_order": row["order_number"],
        "old_number": row["reference"], "currency": row["currency"], "amount": _amount(row["amount"], row["currency"]),
        "matched": _amount(row["matched"], row["currency"]), "arose_on": row["arose_on"].isoformat(),
        "due_on": row["due_on"].isoformat(),
    }  # fmt: skip


async def receipt_shown(number: str) -> dict[str, Any]:
    return only(await receipts_shown([number]))


async def receipts_shown(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Receipts in the order of their numbers."""
    rows = await queries.receipts(numbers)
    found = [row["id"] for row in rows]
    matched = gathered(await queries.allocations_of_receipts(found), "receipt")
    kept = gathered(await advances.of_receipts(found), "receipt")
    return [_receipt(row, matched[row["number"]], kept[row["id"]]) for row in rows]


def _receipt(
    row: dict[str, Any], matched: list[dict[str, Any]], kept: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "number": row["number"], "customer": row["customer_code"], "customer_name": row["customer_name"], "state": row["state"],
        "currency": row["currency"], "amount": _amount(row["amount"], row["currency"]),
        "matched": _amount(row["matched"], row["currency"]), "received_on": row["received_on"].isoformat(), "method": row["method"],
        "reference": row["reference"], "version": row["version"],
        "allocations": [
            {"id": str(a["id"]), "receivable": a["receivable"], "sales_order": a["order_number"],
             "amount": _amount(a["amount"], row["currency"]), "undone": a["undone_at"] is not None}
            for a in matched
        ],
        "advances": [
            {"id": str(a["id"]), "sales_order": a["order_number"], "amount": _amount(a["amount"], row["currency"]),
             "undone": a["undone_at"] is not None}
            for a in kept
        ],
    }  # fmt: skip


@get("/api/v1/receivables")
async def list_receivables(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_RECEIVABLES)
    page = await RECEIVABLES.page(request, by, limit)
    return listed([receivable_shown(r) for r in page.rows], page.next_cursor)


@get("/api/v1/receivables/{number:str}")
async def get_receivable(by: Actor, number: str) -> Response:
    by.must(permissions.SEE_RECEIVABLES)
    return reply(await shown_by_number(number))


async def shown_by_number(number: str) -> dict[str, Any]:
    """The whole receivable; `lines` is what it bills apart from a delivery: charges, and consigned goods that were used."""
    row = await queries.receivable(number)
    lines = [
        {"line_no": line["line_no"], "item": line["code"], "quantity": str(Quantity(line["quantity_q"])), "unit": line["base_unit"],
         "amount": _amount(line["amount"], row["currency"])}
        for line in await queries.billed_apart(row["id"])
    ]  # fmt: skip
    return {**receivable_shown(row), "lines": lines}


@get("/api/v1/receipts")
async def list_receipts(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    page = await RECEIPTS.page(request, by, limit)
    return listed(await receipts_shown([r["number"] for r in page.rows]), page.next_cursor)


@get("/api/v1/receipts/{number:str}")
async def get_receipt(by: Actor, number: str) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    return reply(await receipt_shown(number))


async def _shown(row: Any) -> dict[str, Any]:
    return await receipt_shown(row.number)


def _address(row: Any) -> str:
    return f"/api/v1/receipts/{row.number}"


@post("/api/v1/receipts")
async def make_receipt(request: Request, by: Actor) -> Response:
    new = receipt_of(await read_json(request))
    return await carry_out(request, receipts.make, new, shown=_shown, address=_address, status=201)


@post("/api/v1/receipts/{number:str}/allocate", status_code=200)
async def allocate(request: Request, by: Actor, number: str) -> Response:
    """`{"allocations": [{"receivable": "AR…", "amount": "100.00"}]}`"""
    form = await read_json(request)
    row = await queries.receipt(number)
    wanted: dict[str, int] = {}
    for i, each in enumerate(form.rows("allocations")):
        wanted[each.text("receivable", 40, required=True)] = each.money(
            "amount", row["currency"], required=True, negative=True
        )
        form.adopt("allocations", i, each)
    form.check()
    return await carry_out(
        request, receipts.allocate, number, wanted, shown=_shown, version=if_match(request)
    )


@post("/api/v1/receipts/{number:str}/advances", status_code=200)
async def put_advance(request: Request, by: Actor, number: str) -> Response:
    """`{"order": "SO…", "amount": "100.00"}`: kept for an order before anything is owed for it."""
    by.must(permissions.MATCH_RECEIPTS)
    form = await read_json(request)
    row = await queries.receipt(number)
    order, amount = (
        form.text("order", 40, required=True),
        form.money("amount", row["currency"], required=True),
    )
    return await carry_out(
        request, advances.put, number, order, amount, shown=_shown, version=if_match(request), unread=form.refusals
    )  # fmt: skip


@post("/api/v1/advances/{advance:int}/take-back", status_code=200)
async def take_back_advance(request: Request, by: Actor, advance: int) -> Response:
    return await carry_out(request, advances.take_back, advance, shown=_shown)


@post("/api/v1/receipts/{number:str}/reverse", status_code=200)
async def reverse(request: Request, by: Actor, number: str) -> Response:
    return await carry_out(request, receipts.reverse, number, shown=_shown, version=if_match(request))


@post("/api/v1/allocations/{allocation:int}/undo", status_code=200)
async def undo(request: Request, by: Actor, allocation: int) -> Response:
    return await carry_out(request, receipts.undo_allocation, allocation, shown=_shown)


async def _receivable(row: Receivable) -> dict[str, Any]:
    return await shown_by_number(row.number)


@get("/api/v1/sales-orders/{number:str}/consigned")
async def consigned_lines(number: str, by: Actor) -> Response:
    """What lies with the customer and is not billed, by line."""
    by.must(permissions.BILL_CONSIGNED)
    order = await orders.find(number, by)
    return reply({"items": [
        {"line_no": line["line_no"], "item": line["code"], "base_unit": line["base_unit"], "left_quantity": f"{line['left_q'] / 1000:g}"}
        for line in await consignment.lines_of(order.id)
    ]})  # fmt: skip


@post("/api/v1/sales-orders/{number:str}/consigned", status_code=201)
async def bill_used(request: Request, number: str, by: Actor) -> Response:
    """`{"lines": [{"line_no": 1, "quantity": "5", "unit": "千件"}]}`: what the customer used becomes a receivable."""
    by.must(permissions.BILL_CONSIGNED)
    form = await read_json(request)
    order = await orders.find(number, by)
    items = {line["line_no"]: line for line in await consignment.lines_of(order.id)}
    used: dict[int, int] = {}
    for n, row in enumerate(form.rows("lines")):
        line_no = row.whole("line_no")
        line = items.get(line_no, {"base_unit": PIECE, "weight_micro": 0, "weight_pieces": 1, "code": ""})
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        quantity = row.quantity("quantity", line["base_unit"], weight, line["code"])
        used[line_no] = used.get(line_no, 0) + (quantity.milli if quantity else 0)
        form.adopt("lines", n, row)
    form.check()
    return await carry_out(
        request, consignment.bill_used, number, used, shown=_receivable, status=201,
        address=lambda row: f"/api/v1/receivables/{row.number}",
    )  # fmt: skip


@post("/api/v1/receivables/{number:str}/take-back", status_code=200)
async def take_back_used(request: Request, number: str, by: Actor) -> Response:
    return await carry_out(request, consignment.take_back_used, number, shown=_receivable)


ROUTES = [
    list_receivables, get_receivable, list_receipts, get_receipt, make_receipt, allocate, put_advance, take_back_advance,
    reverse, undo, consigned_lines, bill_used, take_back_used,
]  # fmt: skip
