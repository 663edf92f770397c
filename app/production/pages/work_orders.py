"""One work order with its operations, reports and exceptions, and what is decided about it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import clock
from app.core.db import Done, commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import get as row_of
from app.core.states import possible
from app.core.words import _
from app.documents.attachments import attached_to
from app.events.log import timeline
from app.people.actors import Actor
from app.production import permissions, queries, reasons, states, work_orders
from app.production.pages.said import in_kilograms, said
from app.production.tables import WorkOrder
from app.sales.conditions import days_left
from app.sales.echo import short
from app.stock.permissions import MAKE_RECEIPTS, REVERSE_POSTINGS
from app.web.input import read_form
from app.web.render import render, see

SHOWN_EVENTS = 30
VERBS = {"release": work_orders.release, "resume": work_orders.resume}
DECIDED = {
    "release": lambda number: _("Released %(number)s", number=number),
    "hold": lambda number: _("%(number)s is on hold", number=number),
    "resume": lambda number: _("%(number)s goes on", number=number),
    "cancel": lambda number: _("Cancelled %(number)s", number=number),
}


@get("/work-orders/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    work_order = await queries.find(number, by)
    return await _show(request, work_order, by)


async def _show(
    request: Request, work_order: WorkOrder, by: Actor, opened: str = "", typed: Mapping[str, str] = {},
    problems: Mapping[str, str] = {},
) -> Response:  # fmt: skip
    """The page; after a refusal with its dialog open and what was typed in it."""
    return await render(
        request, "production/work_order/show.html", 422 if problems else 200, opened=opened, typed=typed, problems=problems,
        **await _page(work_order, by),
    )  # fmt: skip


async def _page(work_order: WorkOrder, by: Actor) -> dict[str, Any]:
    item = await row_of(Item, Item.id == work_order.item)
    steps = await queries.steps(work_order.id)
    for step in steps:
        step["look"] = states.OPERATION_LOOKS[step["state"]]
        step["percent"] = (
            min(100, step["good_q"] * 100 // work_order.quantity_q) if work_order.quantity_q else 0
        )
        step["moves"] = _moves(step, work_order, by)
    reports = await queries.reports(work_order.id)
    for report in reports:
        report["flagged"] = [
            _(reasons.COLLISIONS[f]) for f in report["flags"].split(",") if f in reasons.COLLISIONS
        ]
        report["reasons"] = [
            f"{_(reasons.SCRAP.get(s['reason']) or s['reason'])} {short(s['entered'], s['unit'], item.label)}"
            for s in report["scrap"]
        ]
        report["can_undo"] = (
            report["undone"] is None and report["reverses"] is None and by.may(permissions.CORRECT)
        )
    open_exceptions = await queries.exceptions_of(work_order.id)
    for row in open_exceptions:
        row["what"], row["look"] = _(reasons.EXCEPTIONS[row["kind"]]), states.EXCEPTION_LOOKS[row["state"]]
    moves = possible(states.MOVES, work_order.state)
    ends = steps[-1]["planned_end"] if steps else None
    return {
        "work_order": work_order, "item": item, "steps": steps, "reports": reports, "exceptions": open_exceptions,
        "look": states.LOOKS[work_order.state], "orders": await queries.orders_of(work_order.id),
        "receipts": await queries.receipts_of(work_order.id), "files": await attached_to(("work_order", work_order.id)),
        "quantity": said(work_order.quantity_q, item.base_unit, item.label),
        "echo": in_kilograms(work_order.quantity_q, item.base_unit, item.weight),
        "left": days_left(work_order.due_date, clock.today()) if work_order.state not in (states.DONE, states.CANCELLED) else ("", ""),
        "plan_late": ends is not None and clock.local(ends).date() > work_order.due_date,
        "moves": moves if by.may(permissions.PLAN) else set(), "can_receive": by.may(MAKE_RECEIPTS),
        "can_reverse": by.may(REVERSE_POSTINGS), "can_decide": by.may(permissions.DECIDE_EXCEPTIONS),
        "events": await timeline("work_order", work_order.id, SHOWN_EVENTS),
    }  # fmt: skip


def _moves(step: dict[str, Any], work_order: WorkOrder, by: Actor) -> list[str]:
    """What may be done about an operation now, by this person at a desk."""
    if work_order.state in (states.DRAFT, states.CANCELLED):
        return []
    found = []
    if by.may(permissions.CORRECT):
        first = {
            states.READY: "start",
            states.WAITING: "start",
            states.RUNNING: "pause",
            states.PAUSED: "resume",
        }
        found = ["report", *([first[step["state"]]] if step["state"] in first else [])]
    if (
        step["state"] != states.COMPLETE
        and step["started_at"]
        and (by.may(permissions.CORRECT) or by.may(permissions.PLAN))
    ):
        found.append("finish")
    return found


@post("/orders/{number:str}/work-orders", status_code=303)
async def make_for_order(request: Request, number: str, by: Actor) -> Response:
    """Make what an order still needs and release it to the floor."""
    form = await read_form(request)
    done = await commit(
        work_orders.make_for_order,
        number,
        release_now=True,
        by=by,
        key=form.key,
        body=form.body,
        answer=_numbers,
    )
    numbers = done.answer["numbers"]
    where = f"/work-orders/{numbers[0]}" if len(numbers) == 1 else f"/orders/{number}?tab=work-orders"
    return see(where, _("Released to production: %(numbers)s", numbers="、".join(numbers)))


async def _numbers(done: Done) -> dict[str, Any]:
    return {"numbers": [w.number for w in done.value]}


@post("/work-orders/{number:str}/{verb:str}", status_code=303)
async def decide(request: Request, number: str, verb: str, by: Actor) -> Response:
    """Release, hold, resume, cancel: buttons of the page."""
    form = await read_form(request)
    work_order = await queries.find(number, by)
    if verb in VERBS:
        await commit(VERBS[verb], number, version=form.version, by=by, key=form.key, body=form.body)
    elif verb in ("hold", "cancel"):
        reason = form.prose("reason", 200)
        decided = work_orders.hold if verb == "hold" else work_orders.cancel
        try:
            form.check()
            await commit(decided, number, reason, version=form.version, by=by, key=form.key, body=form.body)
        except Refused as refused:
            return await _show(request, work_order, by, verb, form.values, refused.in_dialog("reason"))
    else:
        raise Refused(NOT_FOUND)
    return see(f"/work-orders/{number}", DECIDED[verb](number))


ROUTES = [show, make_for_order, decide]
