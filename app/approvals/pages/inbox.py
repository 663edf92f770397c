"""The inbox: what waits for this person, the card with what is needed to decide, and deciding it."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post

from app.approvals import asking, deciding, permissions, queries, seating, trail
from app.approvals.commands import MONEY, Command, Stake, command_of, commands
from app.approvals.rules import differences
from app.approvals.saying import (
    changes_in_words,
    facts_in_words,
    rule_in_words,
    unknown_in_words,
    value_of,
)
from app.approvals.states import LOOKS, PENDING, RETURNED
from app.approvals.who import names
from app.core.conditions import Condition
from app.core.db import commit
from app.core.refusals import Refused
from app.core.words import N_, Word, _
from app.events.log import timeline
from app.people.actors import Actor
from app.web.input import Input, read_form
from app.web.render import render, see

VIEWS: tuple[tuple[str, Word], ...] = (
    ("", N_("For me to decide")), ("asked", N_("Asked by me")), ("decided", N_("Decided")), ("all", N_("All")),
)  # fmt: skip
FORMS = {"return": N_("Return to the asker"), "transfer": N_("Give it on"), "add": N_("Ask somebody as well")}
"""What is done with a form of its own; `?do=` opens it."""


def _conditions(view: str, by: Actor) -> list[Condition]:
    if view == "asked":
        return [queries.asked_by(by)]
    if view == "decided":
        return [Condition("a.state <> 'pending'"), queries.visible_to(by)]
    if view == "all":
        return [queries.visible_to(by)]
    return [queries.PENDING, queries.to_decide_by(by)]


@get("/inbox")
async def inbox(request: Request, by: Actor) -> Response:
    """The list, with the first request open beside it."""
    return await _draw(request, by, None)


@get("/inbox/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    found = await queries.request_of(number, by)
    return await _draw(request, by, found, view=await _view_of(found, by))


async def _view_of(found: dict[str, Any], by: Actor) -> str:
    """The list in which a request stands for this person."""
    if found["state"] == PENDING and by.user_id in await seating.whose_turn(found["id"]):
        return ""
    if found["asker"] == by.user_id:
        return "asked"
    return "decided" if found["state"] != PENDING else "all" if by.may(permissions.SEE_ALL) else ""


async def _draw(
    request: Request, by: Actor, chosen: dict[str, Any] | None, problems: dict[str, str] | None = None,
    values: dict[str, str] | None = None, status: int = 200, do: str = "", view: str = "",
) -> Response:  # fmt: skip
    view = request.query_params.get("view", view)
    view = view if view in dict(VIEWS) else ""
    do = do or request.query_params.get("do", "")
    cursor = request.query_params.get("after") or request.query_params.get("before")
    page = await queries.LISTING.page(_conditions(view, by), cursor=cursor)
    rows = [_listed(queries.told(row), by, decides=not view) for row in page.rows]
    named = chosen is not None
    chosen = chosen or (rows[0] if rows else None)
    card: dict[str, Any] = await _card(chosen, by) if chosen else {}
    shown = [(key, label) for key, label in VIEWS if key != "all" or by.may(permissions.SEE_ALL)]
    views = [
        {"label": _(label), "href": "/inbox" + (f"?view={key}" if key else ""), "current": key == view}
        for key, label in shown
    ]
    return await render(
        request, "approvals/inbox.html", status, rows=rows, page=page, views=views, view=view, chosen=chosen, named=named,
        looks=LOOKS, problems=problems or {}, values=values or {}, do=do if do in FORMS else "", forms=FORMS, **card,
    )  # fmt: skip


def _listed(row: dict[str, Any], by: Actor, decides: bool) -> dict[str, Any]:
    """With what the list says of it: its command in words and, if there is one they may see, the amount at stake."""
    command = commands().get(row["command"])
    facts = command.readable(row["facts"], command.reader(by, decides)) if command else {}
    money = next((fact for fact in command.facts if fact.kind == MONEY), None) if command else None
    amount = value_of(money, facts[money.name]) if money and money.name in facts else ""
    return {**row, "title": _(command.label) if command else row["command"], "amount": amount}


async def _card(chosen: dict[str, Any], by: Actor) -> dict[str, Any]:
    command, waits = await command_of(chosen["command"]), chosen["state"] == PENDING
    decides = waits and by.user_id in await seating.whose_turn(chosen["id"])
    assigns = waits and by.may(permissions.EDIT_RULES)
    earlier, reader = await queries.before(chosen), command.reader(by, decides) if command else by
    facts = command.readable(chosen["facts"], reader) if command else chosen["facts"]
    changed = differences({n: v for n, v in earlier["facts"].items() if n in facts}, facts) if earlier else {}
    return {
        "command": command, "facts": facts_in_words(command, facts),
        "rule": rule_in_words(command, chosen["terms"], await names()),
        "unknown": unknown_in_words(command, chosen["terms"], chosen["facts"]),
        "href": command.href(chosen["arguments"]) if command else "", "decides": decides, "assigns": assigns,
        "asks": chosen["asker"] == by.user_id, "returned": chosen["state"] == RETURNED, "earlier": earlier,
        "changed": changes_in_words(command, changed), "trail": (await trail.of([chosen["id"]]))[chosen["id"]],
        "stake": await _stake(command, chosen["arguments"], reader),
        "able": await queries.people_that_can_agree() if decides or assigns else [],
        "events": await timeline("approval", chosen["id"], 20, by=reader),
    }  # fmt: skip


async def _stake(command: Command | None, arguments: dict[str, Any], by: Actor) -> Stake | None:
    """What hangs on it, as far as this person may see the thing itself."""
    if command is None or command.stake is None:
        return None
    try:
        return await command.stake(arguments, by)
    except Refused:
        return None


async def _next(by: Actor) -> str:
    """Where one goes on after a decision: the next request, or the empty inbox."""
    page = await queries.LISTING.page(_conditions("", by), limit=1)
    return f"/inbox/{page.rows[0]['number']}" if page.rows else "/inbox"


async def _decide(
    request: Request, number: str, by: Actor, verb: Callable[..., Awaitable[Any]], said: Word, do: str = "", to: bool = False
) -> Response:  # fmt: skip
    """Run a verb on a request; what it refuses at a field is shown there with all that was typed."""
    form = await read_form(request)
    found = await queries.request_of(number, by)
    try:
        wanted = _entered(form, to)
        form.check()
        await commit(verb, number, *wanted, by=by, key=form.key, body=form.body, version=form.version)
    except Refused as refused:
        if not refused.fields():
            raise
        values = {"comment": form.raw("comment"), "to": form.raw("to")}
        return await _draw(request, by, found, refused.fields(), values, 422, do)
    return see(await _next(by), _(said, label=found["subject_label"]))


def _entered(form: Input, to: bool) -> list[str]:
    return [*([form.text("to", 60)] if to else []), form.prose("comment", 500)]


@post("/inbox/{number:str}/approve", status_code=303)
async def approve(request: Request, number: str, by: Actor) -> Response:
    return await _decide(request, number, by, deciding.approve, N_("Approved: %(label)s"))


@post("/inbox/{number:str}/reject", status_code=303)
async def reject(request: Request, number: str, by: Actor) -> Response:
    return await _decide(request, number, by, deciding.reject, N_("Rejected: %(label)s"))


@post("/inbox/{number:str}/return", status_code=303)
async def send_back(request: Request, number: str, by: Actor) -> Response:
    return await _decide(request, number, by, deciding.send_back, N_("Returned: %(label)s"), "return")


@post("/inbox/{number:str}/transfer", status_code=303)
async def transfer(request: Request, number: str, by: Actor) -> Response:
    return await _decide(
        request, number, by, deciding.transfer, N_("Given on: %(label)s"), "transfer", to=True
    )


@post("/inbox/{number:str}/add-approver", status_code=303)
async def add_approver(request: Request, number: str, by: Actor) -> Response:
    return await _decide(
        request, number, by, deciding.add_approver, N_("Asked somebody as well: %(label)s"), "add", to=True
    )


@post("/inbox/{number:str}/withdraw", status_code=303)
async def withdraw(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    found = await queries.request_of(number, by)
    await commit(asking.take_back, number, by=by, key=form.key, body=form.body)
    return see("/inbox?view=asked", _("Withdrawn: %(label)s", label=found["subject_label"]))


@post("/inbox/{number:str}/remind", status_code=303)
async def remind(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    found = await queries.request_of(number, by)
    await commit(asking.remind, number, by=by, key=form.key, body=form.body)
    return see(f"/inbox/{number}?view=asked", _("Reminded: %(label)s", label=found["subject_label"]))


ROUTES = [inbox, show, approve, reject, send_back, transfer, add_approver, withdraw, remind]
