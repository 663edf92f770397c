"""The rules, each a sentence that is filled in; tried on last month before it is in force."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from litestar import Request, Response, get, post

from app.approvals import editing, permissions, queries, trying
from app.approvals.commands import Command, PastCase, command_of, commands
from app.approvals.editing import NewRule, NewStep
from app.approvals.lists import RULES
from app.approvals.rules import AND
from app.approvals.saying import COMPARISONS, JOINS, rule_in_words, value_of
from app.approvals.steps import HEAD, HEADS, MODES, ONE, PERSON, ROLE
from app.approvals.who import names
from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.text import digits
from app.core.words import N_, _
from app.people.actors import Actor
from app.web.bulk import Verb, bulk_routes
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see


async def _on(code: str, *, by: Actor, version: int | None = None) -> Any:
    return await editing.switch(code, True, by=by, version=version)


async def _off(code: str, *, by: Actor, version: int | None = None) -> Any:
    return await editing.switch(code, False, by=by, version=version)


FOR_MANY = (
    Verb("on", N_("Switch on"), "play", permissions.EDIT_RULES, _on, N_("%(n)s rules switched on")),
    Verb("off", N_("Switch off"), "pause", permissions.EDIT_RULES, _off, N_("%(n)s rules switched off")),
)


@get("/approval-rules")
async def rules(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return await draw(request, by, RULES, FOR_MANY)


export_rules = export_route(RULES, permissions.EDIT_RULES)


BLANK = NewRule(name="", command="sales_order.confirm", steps=(NewStep(who=("role:boss",), hours="8"),),
                conditions=(("amount_cny", ">", "50000"),))  # fmt: skip


@get("/approval-rules/new")
async def new_rule(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return await _form(request, BLANK)


@get("/approval-rules/{code:str}")
async def rule(request: Request, code: str, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    found = await queries.rule_of(code)
    steps = [NewStep(who=s["who"], mode=s["mode"], hours=str(s["hours"] or "")) for s in found["steps"]]
    shown = NewRule(
        name=found["name"], command=found["command"], steps=steps, conditions=found["conditions"],
        joined=found["joined"], own=found["own"], active=found["active"],
    )  # fmt: skip
    return await _form(request, shown, code, version=str(found["version"]))


@post(["/approval-rules/new", "/approval-rules/{code:str}"], status_code=200)
async def write_rule(request: Request, by: Actor, code: str | None = None) -> Response:
    """Write the rule; or only try it on last month (`try`), or draw one more condition or step."""
    by.must(permissions.EDIT_RULES)
    form = await read_form(request)
    new, version = _entered(form), form.raw("version")[:9]
    if form.has("add_condition"):
        return await _form(
            request, replace(new, conditions=[*new.conditions, ("", ">", "")]), code, version=version
        )
    if form.has("add_step"):
        return await _form(request, replace(new, steps=[*new.steps, NewStep(who=())]), code, version=version)
    if form.has("show"):
        return await _form(request, new, code, version=version)
    try:
        if form.has("try"):
            trial = await trying.on_last_month(await editing.read(new), new.joined)
            return await _form(request, new, code, version=version, trial=trial)

        async def answer(done: Done) -> dict[str, Any]:
            return {}

        await commit(
            editing.write, new, code, by=by, key=form.key, body=form.body, answer=answer, version=form.version
        )
    except Refused as refused:
        return await _form(request, new, code, refused.on_form(), refused.status, version=version)
    said = (
        _("The rule “%(name)s” is in force", name=new.name)
        if new.active
        else _("The rule “%(name)s” is kept, switched off", name=new.name)
    )
    return see("/approval-rules", said)


def _entered(form: Input) -> NewRule:
    conditions = [
        (row.raw("fact")[:60], row.raw("comparison")[:2], row.raw("value")[:200])
        for row in form.rows("conditions") if row.has("value") or row.has("fact")
    ]  # fmt: skip
    steps = []
    for row in form.rows("steps"):
        who = tuple(
            row.raw(name)[:80] for name in sorted(row.values) if name.startswith("who-") and row.has(name)
        )
        if who or row.has("kept"):
            steps.append(NewStep(who=who, mode=row.raw("mode")[:10] or ONE, hours=row.raw("hours")[:60]))
    return NewRule(
        name=form.raw("name")[:200], command=form.raw("command")[:80], steps=steps, conditions=conditions,
        joined=form.raw("joined")[:10] or AND, own=form.flag("own"), active=form.flag("active"),
    )  # fmt: skip


async def _form(
    request: Request, new: NewRule, code: str | None = None, problems: dict[str, str] | None = None, status: int = 200,
    version: str = "", trial: trying.Trial | None = None,
) -> Response:  # fmt: skip
    command = await command_of(new.command) or await next(iter(commands().values())).whole()
    roles = [(f"{ROLE}:{code}", name) for code, name in await queries.roles_that_can_agree()]
    able = [(f"{PERSON}:{login}", name) for login, name in await queries.people_that_can_agree()]
    known = [c for c in new.conditions if command.fact(c[0]) and c[1] in COMPARISONS]
    wanted = [{"who": s.who, "mode": s.mode, "hours": digits(s.hours, 3) or 0}
              for s in new.steps if s.who]  # fmt: skip
    words = rule_in_words(
        command, {"conditions": known, "joined": new.joined, "steps": wanted}, await names()
    )
    return await render(
        request, "approvals/rule.html", status, values=new, code=code, version=version, problems=problems or {}, trial=trial,
        roles=roles, able=able, heads=[(f"{HEAD}:{name}", _(label)) for name, label in HEADS.items()], command=command,
        looked_at=partial(_looked_at, command, known), commands=commands(), words=words,
        comparisons=[(sign, _(label)) for sign, label in COMPARISONS.items()],
        joins=[(key, _(label)) for key, label in JOINS.items()], modes=[(key, _(label)) for key, label in MODES.items()],
        choices={fact.name: [(v, _(label)) for v, label in fact.choices] for fact in command.facts},
    )  # fmt: skip


def _looked_at(command: Command, conditions: Sequence[Sequence[str]], case: PastCase) -> str:
    """The values of a case that a rule looks at: ¥60,000.00 · A."""
    facts = [command.fact(name) for name in dict.fromkeys(name for name, _sign, _value in conditions)]
    return " · ".join(value_of(fact, case.facts.get(fact.name)) for fact in facts if fact)


ROUTES = [
    rules, export_rules, new_rule, rule, write_rule, *bulk_routes(RULES, permissions.EDIT_RULES, FOR_MANY),
]  # fmt: skip
