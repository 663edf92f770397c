"""One framework order: how much of each line is called off, what is to be decided, its call-offs, plans and orders."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from litestar import Request, Response, get, post

from app.approvals import trail
from app.core import clock, db
from app.core.conditions import Condition
from app.core.db import Done, commit
from app.core.paging import Page
from app.core.quantities import labelled
from app.core.refusals import Refused
from app.core.states import possible
from app.core.text import digits
from app.core.words import N_, _
from app.events.log import timeline
from app.frameworks import conditions, figures, frameworks, lists, ordering, permissions, plans
from app.frameworks.entering import ticked
from app.frameworks.pages import rows
from app.frameworks.states import ACTIVE, LOOKS, MOVES, OPEN
from app.frameworks.tables import FrameworkOrder
from app.parties.terms import Terms
from app.people.actors import Actor
from app.sales import conditions as selling
from app.sales import permissions as sales
from app.sales.lists import ORDERS
from app.sales.lists import dress as dress_orders
from app.web.input import read_form
from app.web.render import render, see

SHOWN_EVENTS, SHOWN_ORDERS, SHOWN_PLANS = 30, 30, 12
Line = Mapping[str, Any]


@get("/framework-orders/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    return await _show(request, number, by)


async def _show(
    request: Request, number: str, by: Actor, problems: dict[str, str] | None = None, opened: str = "",
    typed: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The page; after a refusal with its dialog open and what was typed in it."""
    framework = await frameworks.find(number, by)
    today = clock.today()
    stage = conditions.stage_of(framework.state, framework.valid_until, today)
    lines = await _lines(framework)
    by_id = {line["id"]: line for line in lines}
    asked = await trail.about(("framework_order", framework.id), by)
    customer = await db.one("select code, name from customers where id = {}", framework.customer)
    from_ = partial(request.query_params.get, default="")
    seller = await db.value("select name from people where id = {}", framework.salesperson or 0)
    return await render(
        request, "frameworks/show.html", status, framework=framework, lines=lines, look=LOOKS[stage], stage=stage, customer=customer,
        left=conditions.left(framework.state, framework.valid_until, today), priced=by.may(sales.PRICE), asked=asked, salesperson=seller,
        can=_can(framework, stage, by, any(each["state"] == "pending" for each in asked)), used=lists.used([line["stands"] for line in lines]),
        terms=Terms(framework.payment_days, framework.closing_day, framework.terms_from).sentence(),
        call_offs=await rows.call_offs(framework.id, by_id, today, from_("call_offs")), free=await _free(framework.id),
        undecided=await rows.changes(framework.id, by_id, rows.undecided(), from_("changes")),
        plans=await _plans(framework, by_id, from_("plans")), orders=await _orders(framework.id, by, from_("orders")), opened=opened,
        typed=typed or {}, last_plan=await _last_plan(framework.id), older_plans=bool(from_("plans")), older_orders=bool(from_("orders")),
        events=await timeline("framework_order", framework.id, SHOWN_EVENTS, by=by), problems=problems or {},
    )  # fmt: skip


async def _lines(framework: FrameworkOrder) -> list[dict[str, Any]]:
    """The lines in words, each with how it stands."""
    stands = await figures.of(framework.id)
    lines = await figures.lines_of(framework.id)
    for line in lines:
        own = line["stands"] = stands[line["id"]]
        line["per"] = labelled(line["price_unit"], line["unit_label"] or line["base_unit"])
        line["unit_said"] = figures.unit_said(line)
        line["said"] = {
            name: figures.said(getattr(own, name), line)
            for name in ("agreed", "called", "ordered", "shipped", "open")
        }
        line["limit"] = (
            figures.said(own.limit(framework.beyond_percent), line) if framework.beyond_percent else ""
        )
        line["percent"], line["kind_of"] = own.percent(own.called), lists.kind_of(own.percent(own.called))
        line["shipped_percent"] = own.percent(own.shipped)
    return lines


def _can(framework: FrameworkOrder, stage: str, by: Actor, waits: bool) -> dict[str, bool]:
    """What this person may do with it now; one that waits for approval is not pushed on."""
    writes = possible(MOVES, framework.state) if by.may(permissions.WRITE) else set()
    decides = possible(MOVES, framework.state) if by.may(permissions.ACTIVATE) else set()
    runs = stage == ACTIVE and "plan" in writes
    return {
        "edit": "edit" in writes, "plan": runs, "order": runs and by.may(sales.CREATE), "decide": "plan" in writes,
        "activate": "activate" in decides and not waits, "close": "close" in decides, "reopen": "reopen" in decides,
    }  # fmt: skip


async def _plans(framework: FrameworkOrder, lines: Mapping[int, Line], older: str) -> list[dict[str, Any]]:
    """The newest plans, each with what it changed."""
    before = digits(older) or 2**31 - 1
    found = await db.rows(
        f"select * from call_off_plans where framework = {{}} and seq < {{}} order by seq desc limit {SHOWN_PLANS}",
        framework.id, before,
    )  # fmt: skip
    changes = await rows.changes_of(framework.id, lines, [row["id"] for row in found])
    return [{**row, "name": plans.name_of(row), "changes": changes[row["id"]]} for row in found]


async def _last_plan(framework_id: int) -> dict[str, Any] | None:
    row = await db.one(
        "select * from call_off_plans where framework = {} order by seq desc limit 1", framework_id
    )
    return {**row, "name": plans.name_of(row)} if row else None


async def _free(framework_id: int) -> int:
    """How much is to be decided that is in no order."""
    return int(await db.value(
        "select count(*) from call_off_changes where framework = {} and state = {} and sales_order is null", framework_id, OPEN
    ))  # fmt: skip


async def _orders(framework_id: int, by: Actor, cursor: str) -> Page | None:
    """The orders called off from it, as far as this person may see them, newest first."""
    if not by.may(sales.SEE):
        return None
    own = Condition("o.id in (select c.sales_order from call_offs c where c.framework = {})", (framework_id,))
    page = await ORDERS.listing.page([own, *selling.visible_to(by)], "-number", cursor or None, SHOWN_ORDERS)
    await dress_orders(page.rows)
    return page


@post("/framework-orders/{number:str}/activate", status_code=303)
async def activate(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    done = await commit(
        frameworks.activate, number, by=by, key=form.key, body=form.body, version=form.version
    )
    at = f"/framework-orders/{number}"
    if done.deferred:
        return see(at, _("Framework order %(number)s waits for approval", number=number), "chg")
    return see(at, _("Framework order %(number)s is in force", number=number))


@post("/framework-orders/{number:str}/close", status_code=303)
async def close(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    reason = form.prose("reason", 300)
    try:
        form.check()
        await commit(
            frameworks.close, number, reason, by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        typed = {"reason": form.raw("reason")[:400]}
        return await _show(request, number, by, refused.on_form(), "close-framework", typed, refused.status)
    return see(f"/framework-orders/{number}", _("Framework order %(number)s is closed", number=number))


@post("/framework-orders/{number:str}/reopen", status_code=303)
async def reopen(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(frameworks.reopen, number, by=by, key=form.key, body=form.body, version=form.version)
    said = _("Framework order %(number)s is a draft again: put it in force", number=number)
    return see(f"/framework-orders/{number}", said)


@post("/framework-orders/{number:str}/orders", status_code=303)
async def order(request: Request, number: str, by: Actor) -> Response:
    """One order of the ticked call-offs."""
    form = await read_form(request)
    chosen = ticked((await request.form()).getall("chosen", []))

    async def answer(done: Done) -> dict[str, Any]:
        return {"order": done.value[1]}

    try:
        body = f"{number} {sorted(chosen)}"
        done = await commit(ordering.order, number, chosen, by=by, key=form.key, body=body, answer=answer)
    except Refused as refused:
        return await _show(request, number, by, _at_the_top(refused), status=refused.status)
    made = done.answer["order"]
    return see(f"/orders/{made}", _("This order draft was made of call-offs of %(number)s", number=number))


def _at_the_top(refused: Refused) -> dict[str, str]:
    """The refusals of a page without fields."""
    return {"": "; ".join(refused.on_form().values())}


@post("/framework-orders/{number:str}/changes/{seq:int}/agree", status_code=303)
async def agree(request: Request, number: str, seq: int, by: Actor) -> Response:
    return await _decide(request, number, by, plans.decide, seq, True)


@post("/framework-orders/{number:str}/changes/{seq:int}/refuse", status_code=303)
async def refuse(request: Request, number: str, seq: int, by: Actor) -> Response:
    return await _decide(request, number, by, plans.decide, seq, False)


@post("/framework-orders/{number:str}/changes/agree", status_code=303)
async def agree_all(request: Request, number: str, by: Actor) -> Response:
    return await _decide(request, number, by, plans.decide_all, True)


@post("/framework-orders/{number:str}/changes/refuse", status_code=303)
async def refuse_all(request: Request, number: str, by: Actor) -> Response:
    return await _decide(request, number, by, plans.decide_all, False)


async def _decide(
    request: Request, number: str, by: Actor, verb: Callable[..., Awaitable[Any]], *which: Any
) -> Response:
    form = await read_form(request)
    note = form.prose("note", 300)
    try:
        form.check()
        await commit(verb, number, *which, note, by=by, key=form.key, body=f"{request.url.path} {note}")
    except Refused as refused:
        return await _show(request, number, by, _at_the_top(refused), status=refused.status)
    said = N_("Agreed: what was to change is changed") if which[-1] else N_("Refused: what stood stays")
    return see(f"/framework-orders/{number}", _(said))


ROUTES = [show, activate, close, reopen, order, agree, refuse, agree_all, refuse_all]
