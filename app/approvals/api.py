"""`/api/v1/approvals`: what waits for whom, and deciding it; `/api/v1/approval-rules`: what makes it wait."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, patch, post

from app.approvals import asking, deciding, editing, permissions, queries, trail
from app.approvals.commands import command_of, commands
from app.approvals.editing import NewRule, NewStep
from app.approvals.rules import AND, verdict
from app.approvals.saying import rule_in_words
from app.approvals.steps import ONE
from app.approvals.tables import ApprovalRequest, ApprovalRule
from app.approvals.who import names
from app.core.conditions import Condition
from app.people.actors import Actor
from app.web.api import by_of, carry_out, if_match, limit_of, listed, reply
from app.web.input import Input, read_json

BASE, RULES = "/api/v1/approvals", "/api/v1/approval-rules"


def told(row: dict[str, Any], steps: list[dict[str, Any]], by: Actor) -> dict[str, Any]:
    """A request as programs see it."""
    command, decided, terms = commands().get(row["command"]), row["decided_at"], row["terms"]
    return {
        "number": row["number"], "command": row["command"], "state": row["state"], "subject": row["subject_kind"],
        "label": row["subject_label"], "arguments": row["arguments"], "facts": command.readable(row["facts"], by) if command else row["facts"],
        "unknown_facts": list(verdict(row["facts"], terms["conditions"], terms.get("joined", AND)).unknown),
        "rule": row["rule_name"], "page": command.href(row["arguments"]) if command else None,
        "asked_by": row["asked_by"], "asked_at": row["asked_at"].isoformat(), "step": row["step"],
        "waits_for": trail.waits_for(steps), "steps": [_step(step) for step in steps], "decided_by": row["decided_by"],
        "decided_at": decided.isoformat() if decided else None, "comment": row["comment"], "outcome": row["outcome"],
        "version": row["version"],
    }  # fmt: skip


def _step(step: dict[str, Any]) -> dict[str, Any]:
    seats = [
        {"who": seat["who"], "name": seat["name"], "state": seat["state"], "added": seat["added"],
         "stand_in": seat["stand_in"] or None, "since": seat["since"].isoformat() if seat["since"] else None,
         "decided_at": seat["at"].isoformat() if seat["at"] else None, "comment": seat["comment"]}
        for seat in step["seats"]
    ]  # fmt: skip
    return {"step": step["step"], "mode": step["mode"], "seats": seats}


async def _shown(number: str, by: Actor) -> dict[str, Any]:
    row = await queries.request_of(number, by)
    return told(row, (await trail.of([row["id"]]))[row["id"]], by)


@get(BASE)
async def approvals(request: Request, by: Actor) -> Response:
    """`?mine=true`: what waits for this user; `?state=pending`."""
    params = request.query_params
    wanted = [queries.visible_to(by)]
    if params.get("mine") == "true":
        wanted += [queries.PENDING, queries.to_decide_by(by)]
    if params.get("state"):
        wanted.append(Condition("a.state = {}", (params["state"][:20].replace("\x00", ""),)))
    page = await queries.LISTING.page(wanted, params.get("sort"), params.get("cursor"), limit_of(request))
    trails = await trail.of([row["id"] for row in page.rows])
    return listed([told(queries.told(row), trails[row["id"]], by) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def approval(request: Request, number: str, by: Actor) -> Response:
    return reply(await _shown(number, by))


@post(f"{BASE}/{{number:str}}/approve", status_code=200)
async def approve(request: Request, number: str, by: Actor) -> Response:
    """`{"comment": "…"}`; after the last step the held command runs, as its asker."""
    return await _decide(request, deciding.approve, number)


@post(f"{BASE}/{{number:str}}/reject", status_code=200)
async def reject(request: Request, number: str, by: Actor) -> Response:
    """`{"comment": "…"}` says why."""
    return await _decide(request, deciding.reject, number)


@post(f"{BASE}/{{number:str}}/return", status_code=200)
async def send_back(request: Request, number: str, by: Actor) -> Response:
    """`{"comment": "…"}` says what the asker should put right."""
    return await _decide(request, deciding.send_back, number)


@post(f"{BASE}/{{number:str}}/transfer", status_code=200)
async def transfer(request: Request, number: str, by: Actor) -> Response:
    """`{"to": "LOGIN", "comment": "…"}`: that person decides instead."""
    return await _decide(request, deciding.transfer, number, to=True)


@post(f"{BASE}/{{number:str}}/add-approver", status_code=200)
async def add_approver(request: Request, number: str, by: Actor) -> Response:
    """`{"to": "LOGIN", "comment": "…"}`: that person has to agree as well."""
    return await _decide(request, deciding.add_approver, number, to=True)


@post(f"{BASE}/{{number:str}}/withdraw", status_code=200)
async def withdraw(request: Request, number: str, by: Actor) -> Response:
    """The asker takes it back."""
    return await _act(request, asking.take_back, number)


@post(f"{BASE}/{{number:str}}/remind", status_code=200)
async def remind(request: Request, number: str, by: Actor) -> Response:
    """The asker reminds those whose turn it is; not more often than every half hour."""
    return await _act(request, asking.remind, number)


async def _decide(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, to: bool = False
) -> Response:
    form = await read_json(request)
    wanted = [*([form.text("to", 60, required=True)] if to else []), form.prose("comment", 500)]
    form.check()
    return await _act(request, verb, number, *wanted)


async def _act(request: Request, verb: Callable[..., Awaitable[Any]], number: str, *given: str) -> Response:
    by = by_of(request)
    await queries.request_of(number, by)

    async def shown(done: ApprovalRequest) -> dict[str, Any]:
        return await _shown(done.number, by)

    return await carry_out(request, verb, number, *given, shown=shown, version=if_match(request))


async def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule as programs see and write it."""
    conditions = [
        dict(zip(("fact", "comparison", "value"), each, strict=True)) for each in rule["conditions"]
    ]
    words = rule_in_words(await command_of(rule["command"]), rule, await names())
    return {name: rule[name] for name in ("code", "name", "command", "joined", "steps", "own", "active", "version")} | {
        "conditions": conditions, "words": words,
    }  # fmt: skip


@get(RULES)
async def rules(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return listed([await _rule(rule) for rule in await queries.rules()], None)


@get(f"{RULES}/{{code:str}}")
async def rule(request: Request, code: str, by: Actor) -> Response:
    by.must(permissions.EDIT_RULES)
    return reply(await _rule(await queries.rule_of(code)))


@post(RULES, status_code=201)
async def make_rule(request: Request, by: Actor) -> Response:
    """`{name, command, joined, conditions: [{fact, comparison, value}], steps: [{who: ["role:boss"], mode, hours}], own, active}`."""
    new = _entered(await read_json(request))
    return await carry_out(
        request, editing.write, new, shown=_written, address=lambda made: f"{RULES}/{made.code}", status=201
    )


@patch(f"{RULES}/{{code:str}}", status_code=200)
async def change_rule(request: Request, code: str, by: Actor) -> Response:
    """The fields that are given are changed."""
    by.must(permissions.EDIT_RULES)
    form, old = await read_json(request), await _rule(await queries.rule_of(code))
    new = _entered(Input({**old, **form.values}))
    return await carry_out(request, editing.write, new, code, shown=_written, version=if_match(request))


@post(f"{RULES}/{{code:str}}/switch", status_code=200)
async def switch_rule(request: Request, code: str, by: Actor) -> Response:
    """`{"active": true}` puts a rule into force, `false` out of it."""
    form = await read_json(request)
    return await carry_out(
        request, editing.switch, code, form.flag("active"), shown=_written, version=if_match(request)
    )


async def _written(rule: ApprovalRule) -> dict[str, Any]:
    return await _rule(await queries.rule_of(rule.code))


def _entered(form: Input) -> NewRule:
    conditions = [
        (row.text("fact", 60), row.raw("comparison")[:2], row.raw("value")[:200])
        for row in form.rows("conditions")
    ]
    steps = [
        NewStep(who=tuple(str(who)[:80] for who in _list(row.values.get("who"))), mode=row.raw("mode")[:10] or ONE,
                hours=row.raw("hours")[:60])
        for row in form.rows("steps")
    ]  # fmt: skip
    active = form.flag("active") if "active" in form.values else True
    return NewRule(
        name=form.raw("name")[:200], command=form.raw("command")[:80], conditions=conditions, steps=steps,
        joined=form.raw("joined")[:10] or AND, own=form.flag("own"), active=active,
    )  # fmt: skip


def _list(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [value] if value else []


ROUTES = [
    approvals, approval, approve, reject, send_back, transfer, add_approver, withdraw, remind, rules, rule, make_rule,
    change_rule, switch_rule,
]  # fmt: skip
