"""The page that changes an order that stands: its deliveries as they are and as they are to be, looked at before it is done."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post

from app.amendments import amending, change_requests, effects, permissions, prefilling, states
from app.amendments.prefilling import Filled, Origin
from app.core.db import Done, commit
from app.core.quantities import labelled
from app.core.refusals import Refused
from app.core.text import digits
from app.core.words import _
from app.people.actors import Actor
from app.sales import amending as selling
from app.sales import orders
from app.sales.echo import short
from app.sales.tables import SalesOrder
from app.web.input import Input, read_form
from app.web.render import render, see

MOST = 2000
CARRIED = ("request", "framework", "change")


@get("/orders/{number:str}/amend")
async def form(request: Request, number: str, by: Actor) -> Response:
    """`?framework=…&change=…` or `?request=…` fills in what is asked for."""
    by.must(permissions.AMEND)
    order = await orders.find(number, by)
    amending.must_stand(order)
    rows, origin = await _asked(order, {name: request.query_params.get(name, "") for name in CARRIED}, by)
    return await _draw(request, order, rows, origin, origin.cause, origin.reason)


async def _asked(order: SalesOrder, asked: dict[str, str], by: Actor) -> tuple[list[Filled], Origin]:
    rows = prefilling.as_it_stands(await selling.lines_of(order.id))
    if asked["framework"]:
        seq = digits(asked["change"]) or 0
        return await prefilling.of_call_off(rows, order.id, asked["framework"], seq, by)
    if asked["request"]:
        found = await change_requests.find(asked["request"], by)
        if found["sales_order"] == order.id and found["state"] == states.OPEN:
            return prefilling.of_request(rows, found)
    return rows, Origin()


@post("/orders/{number:str}/amend", status_code=200)
async def amend(request: Request, number: str, by: Actor) -> Response:
    """Change the order; or only say what that would do (`look`)."""
    by.must(permissions.AMEND)
    order, sent = await orders.find(number, by), await read_form(request)
    carried = {name: sent.raw(name)[:60] for name in CARRIED}
    typed = sent.rows("changes", MOST)
    parts = [_part(row) for row in typed]
    rows, origin = await _as_sent(order, carried, parts, by)
    cause, reason = sent.raw("cause")[:20], sent.raw("reason")[:400]

    async def answer(done: Done) -> dict[str, Any]:
        return {"request": done.value.number}

    try:
        amending.must_stand(order)
        if sent.has("look"):
            _cause, _reason, amended = await amending.read(order, cause, reason, parts)
            told = await effects.of(order, amended, by)
            return await _draw(request, order, rows, origin, cause, reason, told=told)
        done = await commit(
            amending.amend, number, cause, reason, parts, carried["request"], carried["framework"], _whole(carried["change"]),
            by=by, key=sent.key, body=sent.body, version=sent.version, answer=answer,
        )  # fmt: skip
    except Refused as refused:
        return await _draw(
            request, order, rows, origin, cause, reason, refused.on_form(), status=refused.status
        )
    if done.deferred:
        return see(
            f"/orders/{number}", _("The change of order %(number)s waits for approval", number=number), "chg"
        )
    at = f"/framework-orders/{carried['framework']}" if carried["framework"] else f"/orders/{number}"
    return see(
        at, _("Order %(number)s is changed: %(request)s", number=number, request=done.answer["request"])
    )


def _whole(said: str) -> int:
    return digits(said) or 0


def _part(row: Input) -> dict[str, Any]:
    return {
        "line_no": _whole(row.raw("line_no")), "seq": _whole(row.raw("seq")), "quantity": row.raw("quantity")[:40],
        "due_date": row.raw("due_date")[:20],
    }  # fmt: skip


async def _as_sent(
    order: SalesOrder, carried: dict[str, str], parts: list[dict[str, Any]], by: Actor
) -> tuple[list[Filled], Origin]:
    """The rows with what was typed, in the order in which it was sent."""
    try:
        rows, origin = await _asked(order, carried, by)
    except Refused:  # decided meanwhile: the verb says so
        rows, origin = prefilling.as_it_stands(await selling.lines_of(order.id)), Origin(hidden=carried)
    by_place = {(row.line["line_no"], row.seq): row for row in rows}
    sent = [
        replace(row, quantity=part["quantity"], due_date=part["due_date"])
        for part in parts if (row := by_place.get((part["line_no"], part["seq"]))) is not None
    ]  # fmt: skip
    return (sent if len(sent) == len(parts) and sent else rows), origin


async def _draw(
    request: Request, order: SalesOrder, rows: list[Filled], origin: Origin, cause: str, reason: str,
    problems: dict[str, str] | None = None, told: list[effects.Effect] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    lines: dict[int, dict[str, Any]] = {}
    for at, row in enumerate(rows):
        label = row.line["unit_label"] or row.line["base_unit"]
        line = lines.setdefault(row.line["line_no"], {**row.line, "parts": [], "unit_said": labelled(row.line["unit"], label),
                                                      "whole": short(row.line["entered"], row.line["unit"], label)})  # fmt: skip
        line["parts"].append((at, row))
    return await render(
        request, "amendments/amend.html", status, order=order, lines=list(lines.values()), origin=origin, cause=cause, reason=reason,
        causes=[(code, _(word)) for code, word in states.CAUSES.items()], problems=problems or {}, effects=told,
    )  # fmt: skip


ROUTES = [form, amend]
