"""Putting finished goods into a bin at a desk, and taking a receipt back."""

from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import db
from app.core.db import commit
from app.core.quantities import KILOGRAM, MILLI, PIECE, Quantity, labelled, plain
from app.core.refusals import UNKNOWN, Refused
from app.core.rows import get as row_of
from app.core.words import _
from app.people.actors import Actor
from app.production import queries, work_orders
from app.production.pages.said import said
from app.stock.permissions import MAKE_RECEIPTS
from app.web.input import Input, read_form
from app.web.render import render, see


@get("/work-orders/{number:str}/receive")
async def receive_form(request: Request, number: str, by: Actor) -> Response:
    by.must(MAKE_RECEIPTS)
    return await _form(request, number, by, Input({}))


@post("/work-orders/{number:str}/receive", status_code=303)
async def receive(request: Request, number: str, by: Actor) -> Response:
    by.must(MAKE_RECEIPTS)
    form = await read_form(request)
    work_order = await queries.find(number, by)
    item = await row_of(Item, Item.id == work_order.item)
    try:
        quantity = form.quantity("quantity", item.base_unit, item.weight, item.code, "quantity_unit")
        measured = form.quantity("weight", KILOGRAM, unit_field="weight_unit", required=False)
        code = form.chosen("bin", 60, required=True)
        bin_id = await db.value("select id from bins where code = {} and kind <> 'virtual' and active", code)
        if bin_id is None and code:
            form.refuse("bin", UNKNOWN, given=code)
        form.check()
        assert quantity is not None
        await commit(
            work_orders.receive,
            number,
            quantity.milli,
            bin_id,
            measured=measured,
            by=by,
            key=form.key,
            body=form.body,
        )
    except Refused as refused:
        return await _form(request, number, by, form, refused)
    return see(
        f"/work-orders/{number}",
        _(
            "Put %(quantity)s into %(bin)s",
            quantity=said(quantity.milli, item.base_unit, item.label),
            bin=code,
        ),
    )


async def _form(
    request: Request, number: str, by: Actor, form: Input, refused: Refused | None = None
) -> Response:
    work_order = await queries.find(number, by)
    item = await row_of(Item, Item.id == work_order.item)
    left_q = max(work_order.done_q - work_order.received_q, 0)
    values: dict[str, Any] = {k: str(v) for k, v in form.values.items()}
    if refused is None and left_q:
        values["quantity"] = plain(Quantity(left_q).decimal)
    problems = {} if refused is None else refused.fields() or {"": refused.sentence()}
    label = item.label
    units = (
        [(PIECE, label), ("千件", labelled("千件", label))] if item.base_unit == PIECE else [(KILOGRAM, "kg")]
    )
    return await render(
        request, "production/work_order/receive.html", 200 if refused is None else refused.status, work_order=work_order,
        item=item, values=values, problems=problems, units=units, left=said(left_q, item.base_unit, label), milli=MILLI,
    )  # fmt: skip


@post("/work-orders/{number:str}/receipts/{posting:str}/reverse", status_code=303)
async def reverse(request: Request, number: str, posting: str, by: Actor) -> Response:
    form = await read_form(request)
    await queries.find(number, by)
    await commit(work_orders.reverse_receipt, posting, by=by, key=form.key, body=form.body)
    return see(f"/work-orders/{number}", _("The receipt was taken back"))


ROUTES = [receive_form, receive, reverse]
