"""Receivables and receipts."""

from litestar import Request, Response, get, post

from app.billing import advances, bill_states, consignment_pages, permissions, queries, receipts, states
from app.billing.lists import BILLS, METHOD_WORDS, RECEIPTS, RECEIVABLES
from app.billing.receipts import METHODS, NewReceipt
from app.billing.receivables import USE
from app.core import clock, db
from app.core.db import commit
from app.core.money import CURRENCIES, Money
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/receivables")
async def receivable_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_RECEIVABLES)
    return await draw(request, by, RECEIVABLES)


receivable_export = export_route(RECEIVABLES, permissions.SEE_RECEIVABLES)


@get("/receivables/{number:str}")
async def show_receivable(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.SEE_RECEIVABLES)
    row = await queries.receivable(number)
    owed, may_see = row["amount"] > row["matched"], by.may(permissions.SEE_RECEIPTS)
    waiting = await advances.waiting(row["order"]) if row["order"] and owed and may_see else []
    return await render(
        request, "billing/receivable.html", row=row, waiting=waiting, allocations=await queries.allocations_of_receivable(row["id"]),
        apart=await queries.billed_apart(row["id"]), takeable=row["source_kind"] == USE and not row["reverses"] and row["matched"] == 0,
        events=await timeline("receivable", row["id"]), today_=clock.today(),
    )  # fmt: skip


@get("/bills")
async def bill_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    return await draw(request, by, BILLS)


bill_export = export_route(BILLS, permissions.SEE_RECEIPTS)


@get("/bills/{number:str}")
async def show_bill(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    row = await queries.bill(number)
    return await render(
        request, "billing/bill.html", row=row, look=bill_states.LOOKS[row["state"]], events=await timeline("bill", row["id"])
    )  # fmt: skip


@get("/receipts")
async def receipt_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    return await draw(request, by, RECEIPTS)


receipt_export = export_route(RECEIPTS, permissions.SEE_RECEIPTS)


async def _receipt_form(request: Request, values: dict, problems: dict, status: int = 200) -> Response:
    shown = await db.value("select name from customers where code = {}", str(values.get("customer", "")))
    return await render(
        request, "billing/receipt_new.html", status, values=values, problems=problems, customer_shown=shown or "",
        methods=[(m, _(METHOD_WORDS[m])) for m in METHODS], currencies=[(c, c) for c in CURRENCIES],
    )  # fmt: skip


@get("/receipts/new")
async def new_receipt(request: Request, by: Actor, customer: str = "", amount: str = "") -> Response:
    by.must(permissions.MAKE_RECEIPTS)
    values = {
        "received_on": clock.today().isoformat(),
        "currency": "CNY",
        "customer": customer,
        "amount": amount,
    }
    return await _receipt_form(request, values, {})


def receipt_of(form: Input) -> NewReceipt:
    """Read a receipt from a form or JSON."""
    currency = form.currency()
    return NewReceipt(
        customer=form.chosen("customer", 60, required=True), amount=form.money("amount", currency, required=True), currency=currency,
        received_on=form.day("received_on", required=True) or clock.today(), method=form.choice("method", METHODS, "transfer"),
        reference=form.text("reference", 80), remark=form.prose("remark", 200), unread=form.refusals,
    )  # fmt: skip


@post("/receipts", status_code=303)
async def make_receipt(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    try:
        done = await commit(
            receipts.make, receipt_of(form), by=by, key=form.key, body=form.body, answer=_where
        )
    except Refused as refused:
        if not refused.fields():
            raise
        return await _receipt_form(request, form.values, refused.fields(), refused.status)
    return see(done.answer["location"], _("Receipt booked; now match it with what it pays"))


async def _where(done: db.Done) -> dict[str, str]:
    return {"location": f"/receipts/{done.value.number}"}


@get("/receipts/{number:str}")
async def show_receipt(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.SEE_RECEIPTS)
    return await _receipt_page(request, number, {}, {})


async def _receipt_page(
    request: Request, number: str, values: dict, problems: dict, status: int = 200, form: str = "allocate"
) -> Response:
    """The page; after a refusal with what is wrong at the form it is of."""
    row = await queries.receipt(number)
    left = row["amount"] - row["matched"] if row["state"] == states.BOOKED else 0
    owed = await queries.open_receivables(row["customer"], row["currency"]) if left else []
    proposal = queries.suggested(left, owed)
    return await render(
        request, "billing/receipt.html", status, row=row, left=left, owed=owed, values=values, problems=problems, wrong=form,
        proposal={n: str(Money(m, row["currency"])) for n, m in proposal.items()}, look=states.LOOKS[row["state"]],
        allocations=await queries.allocations_of_receipts([row["id"]]), events=await timeline("receipt", row["id"]),
        advances=await advances.of_receipts([row["id"]]), orders=await queries.orders_to_pay(row["customer"], row["currency"]),
        verbs=possible(states.MOVES, row["state"]), method=_(METHOD_WORDS[row["method"]]),
    )  # fmt: skip


@post("/receipts/{number:str}/allocate", status_code=303)
async def allocate(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    row = await queries.receipt(number)
    try:
        wanted = {
            n[7:]: form.money(n, row["currency"], negative=True)
            for n in form.values
            if n.startswith("amount-") and form.has(n)
        }
        form.check()
        await commit(
            receipts.allocate, number, wanted, by=by, version=form.version, key=form.key, body=form.body
        )
    except Refused as refused:
        return await _receipt_page(request, number, form.values, refused.on_form(), refused.status)
    return see(f"/receipts/{number}", _("Matched"))


@post("/receipts/{number:str}/allocations/{allocation:int}/undo", status_code=303)
async def undo(request: Request, by: Actor, number: str, allocation: int) -> Response:
    form = await read_form(request)
    await commit(receipts.undo_allocation, allocation, by=by, key=form.key, body=form.body)
    return see(f"/receipts/{number}", _("Matching undone"))


@post("/receipts/{number:str}/advances", status_code=303)
async def put_advance(request: Request, by: Actor, number: str) -> Response:
    """Keep a part of the receipt for an order."""
    by.must(permissions.MATCH_RECEIPTS)
    form = await read_form(request)
    row = await queries.receipt(number)
    order, amount = (
        form.text("order", 40, required=True),
        form.money("amount", row["currency"], required=True),
    )
    try:
        await commit(
            advances.put, number, order, amount, by=by, version=form.version, key=form.key, body=form.body, unread=form.refusals
        )  # fmt: skip
    except Refused as refused:
        return await _receipt_page(
            request, number, form.values, refused.on_form(), refused.status, "advances"
        )
    return see(f"/receipts/{number}", _("Kept for order %(number)s", number=order))


@post("/receipts/{number:str}/advances/{advance:int}/take-back", status_code=303)
async def take_back_advance(request: Request, by: Actor, number: str, advance: int) -> Response:
    form = await read_form(request)
    await commit(advances.take_back, advance, by=by, key=form.key, body=form.body)
    return see(f"/receipts/{number}", _("Free again"))


@post("/receipts/{number:str}/reverse", status_code=303)
async def reverse(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    await commit(receipts.reverse, number, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/receipts/{number}", _("Receipt reversed"))


ROUTES = [
    receivable_list, receivable_export, show_receivable, receipt_list, receipt_export, new_receipt, make_receipt, show_receipt,
    allocate, undo, put_advance, take_back_advance, reverse, bill_list, bill_export, show_bill,
    *consignment_pages.ROUTES,
]  # fmt: skip
