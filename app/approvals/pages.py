"""The inbox where requests are decided, and the rules that put them there."""

from typing import Any

from litestar import Request, Response, get, post

from app.approvals import editing, permissions, queries, requests
from app.approvals.commands import MONEY, Command, Stake, commands
from app.approvals.editing import NewRule
from app.approvals.saying import COMPARISONS, facts_in_words, rule_in_words, value_of
from app.approvals.states import LOOKS, PENDING
from app.core.db import Done, commit
from app.core.paging import Condition
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import N_, Word, _
from app.events.log import timeline
from app.people.actors import Actor
from app.web.input import Input, read_form
from app.web.render import render, see

VIEWS: tuple[tuple[str, Word], ...] = (
    ("", N_("For me to decide")), ("asked", N_("Asked by me")), ("decided", N_("Decided")), ("all", N_("All")),
)  # fmt: skip


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
    return await _draw(request, by, await queries.request_of(number, by))


async def _draw(
    request: Request,
    by: Actor,
    chosen: dict[str, Any] | None,
    problem: str = "",
    comment: str = "",
    status: int = 200,
) -> Response:
    view = request.query_params.get("view", "")
    view = view if view in dict(VIEWS) else ""
    cursor = request.query_params.get("after") or request.query_params.get("before")
    page = await queries.LISTING.page(_conditions(view, by), cursor=cursor)
    rows = [_listed(queries.told(row)) for row in page.rows]
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
        looks=LOOKS, problem=problem, comment=comment, **card,
    )  # fmt: skip


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    """With what the list says of it: its command in words and, if there is one, the amount at stake."""
    command = commands().get(row["command"])
    money = next((fact for fact in command.facts if fact.kind == MONEY), None) if command else None
    amount = value_of(money, row["facts"].get(money.name)) if money else ""
    return {**row, "title": _(command.label) if command else row["command"], "amount": amount}


async def _card(chosen: dict[str, Any], by: Actor) -> dict[str, Any]:
    command = commands().get(chosen["command"])
    mine = Condition("a.number = {}", (chosen["number"],))
    decides = bool((await queries.LISTING.page([mine, queries.to_decide_by(by)], limit=1)).rows)
    return {
        "command": command, "facts": facts_in_words(command, chosen["facts"]), "stake": await _stake(command, chosen["arguments"], by),
        "rule": rule_in_words(command, chosen["conditions"], chosen["role_name"]),
        "href": command.href(chosen["arguments"]) if command else "",
        "decides": decides and chosen["state"] == PENDING,
        "events": await timeline("approval", chosen["id"], 20),
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


@post("/inbox/{number:str}/approve", status_code=303)
async def approve(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    found, comment = await queries.request_of(number, by), form.text("comment", 500)
    form.check()
    await commit(requests.approve, number, comment, by=by, key=form.key, body=form.body, version=form.version)
    return see(await _next(by), _("Approved: %(label)s", label=found["subject_label"]))


@post("/inbox/{number:str}/reject", status_code=303)
async def reject(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    found, comment = await queries.request_of(number, by), form.text("comment", 500)
    try:
        form.check()
        await commit(
            requests.reject, number, comment, by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        if "comment" not in refused.fields():
            raise
        return await _draw(request, by, found, refused.fields()["comment"], form.raw("comment"), 422)
    return see(await _next(by), _("Rejected: %(label)s", label=found["subject_label"]))


@get("/approval-rules")
async def rules(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    found = await queries.rules()
    for rule in found:
        rule["words"] = rule_in_words(commands().get(rule["command"]), rule["conditions"], rule["role_name"])
    return await render(request, "approvals/rules.html", rules=found)


BLANK = {"name": "", "command": "sales_order.confirm", "role": "boss", "active": True, "version": "",
         "conditions": [["amount_cny", ">", "50000"]]}  # fmt: skip


@get("/approval-rules/new")
async def new_rule(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return await _form(request, dict(BLANK))


@get("/approval-rules/{rule_id:int}")
async def rule(request: Request, rule_id: int, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    found = next((each for each in await queries.rules() if each["id"] == rule_id), None)
    if found is None:
        raise Refused(NOT_FOUND)
    return await _form(request, {**found, "role": found["role_code"]}, rule_id)


@post(["/approval-rules/new", "/approval-rules/{rule_id:int}"], status_code=200)
async def write_rule(request: Request, by: Actor, rule_id: int | None = None) -> Response:
    """Write the rule; or only say what it would have done (`preview`), or draw one more condition (`add_condition`)."""
    by.must(permissions.EDIT_RULES)
    form = await read_form(request)
    new = _entered(form)
    values = {"name": new.name, "command": new.command, "role": new.role, "active": new.active,
              "version": form.raw("version")[:9], "conditions": [list(c) for c in new.conditions]}  # fmt: skip
    if form.has("add_condition"):
        values["conditions"].append(["", ">", ""])
        return await _form(request, values, rule_id)
    try:
        if form.has("preview"):
            command, _role, conditions = await editing.read(new)
            waiting, cases = await editing.preview(command, conditions)
            said = _("%(n)s of the last %(cases)s cases would have waited for this", n=waiting, cases=cases)
            return await _form(request, values, rule_id, said=said)

        async def answer(done: Done) -> dict[str, Any]:
            return {}

        await commit(
            editing.write,
            new,
            rule_id,
            by=by,
            key=form.key,
            body=form.body,
            answer=answer,
            version=form.version,
        )
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return await _form(
            request, values, rule_id, refused.fields() or {"": refused.sentence()}, refused.status
        )
    return see("/approval-rules", _("The rule “%(name)s” is in force", name=new.name))


def _entered(form: Input) -> NewRule:
    conditions = [
        (row.raw("fact")[:60], row.raw("comparison")[:2], row.raw("value")[:200])
        for row in form.rows("conditions") if row.has("value") or row.has("fact")
    ]  # fmt: skip
    return NewRule(
        name=form.raw("name")[:200], command=form.raw("command")[:80], role=form.raw("role")[:60], conditions=conditions,
        active=form.flag("active"),
    )  # fmt: skip


async def _form(
    request: Request, values: dict[str, Any], rule_id: int | None = None, problems: dict[str, str] | None = None,
    status: int = 200, said: str = "",
) -> Response:  # fmt: skip
    command = commands().get(values["command"]) or next(iter(commands().values()))
    roles = await queries.roles_that_can_agree()
    known = [c for c in values["conditions"] if command.fact(c[0]) and c[1] in COMPARISONS]
    return await render(
        request, "approvals/rule.html", status, values=values, rule_id=rule_id, problems=problems or {}, said=said, roles=roles,
        command=command, commands=commands(), words=rule_in_words(command, known, dict(roles).get(values["role"], "…")),
        comparisons=[(sign, _(label)) for sign, label in COMPARISONS.items()],
        choices={fact.name: [(v, _(label)) for v, label in fact.choices] for fact in command.facts},
    )  # fmt: skip


ROUTES = [inbox, show, approve, reject, rules, new_rule, rule, write_rule]
