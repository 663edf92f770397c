"""Reporting what a customer used of consigned goods, and taking such a report back."""

from typing import Any

from litestar import Request, Response, get, post

from app.billing import consignment, permissions
from app.core.db import Done, commit
from app.core.quantities import PIECE, Weight, labelled
from app.core.refusals import Refused
from app.core.words import _
from app.people.actors import Actor
from app.sales import orders
from app.web.input import Input, read_form
from app.web.render import render, see

UNITS = {PIECE: ("件", "千件", "kg"), "kg": ("kg", "吨")}


@get("/orders/{number:str}/consigned")
async def used_form(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.BILL_CONSIGNED)
    return await _draw(request, number, by, {}, {})


async def _draw(
    request: Request,
    number: str,
    by: Actor,
    values: dict[str, Any],
    problems: dict[str, str],
    status: int = 200,
) -> Response:
    order = await orders.find(number, by)
    lines = await consignment.lines_of(order.id)
    for line in lines:
        line["unit"] = line["unit_label"] or line["base_unit"]
        line["units"] = [
            (u, labelled(u, line["unit_label"])) for u in UNITS.get(line["base_unit"], (line["base_unit"],))
        ]
    return await render(
        request, "billing/consigned.html", status, order=order, lines=lines, values=values, problems=problems
    )


@post("/orders/{number:str}/consigned", status_code=303)
async def bill_used(request: Request, number: str, by: Actor) -> Response:
    by.must(permissions.BILL_CONSIGNED)
    form = await read_form(request)
    order = await orders.find(number, by)
    try:
        used = _read(form, await consignment.lines_of(order.id))
        form.check()
        done = await commit(
            consignment.bill_used, number, used, by=by, key=form.key, body=form.body, answer=_numbered
        )
    except Refused as refused:
        return await _draw(request, number, by, form.values, refused.on_form(), refused.status)
    return see(
        f"/orders/{number}?tab=money", _("Receivable %(number)s is made", number=done.answer["number"])
    )


def _read(form: Input, lines: list[dict[str, Any]]) -> dict[int, int]:
    """{line_no: quantity} of the fields in which something is written."""
    used = {}
    for line in lines:
        at, weight = f"line-{line['line_no']}", Weight(line["weight_micro"], line["weight_pieces"])
        quantity = form.quantity(at, line["base_unit"], weight, line["code"], f"{at}_unit", required=False)
        if quantity is not None:
            used[line["line_no"]] = quantity.milli
    return used


async def _numbered(done: Done) -> dict[str, Any]:
    return {"number": done.value.number}


@post("/receivables/{number:str}/take-back", status_code=303)
async def take_back(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(consignment.take_back_used, number, by=by, key=form.key, body=form.body)
    return see(f"/receivables/{number}", _("Taken back: the goods count as lying with the customer"))


ROUTES = [used_form, bill_used, take_back]
