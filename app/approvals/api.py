"""`/api/v1/approvals`: what waits for whom, and deciding it."""

from typing import Any

from litestar import Request, Response, get, post

from app.approvals import queries, requests
from app.approvals.commands import commands
from app.approvals.tables import ApprovalRequest
from app.core.paging import Condition
from app.people.actors import Actor
from app.web.api import by_of, carry_out, if_match, listed, reply
from app.web.input import read_json

BASE = "/api/v1/approvals"


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A request as programs see it."""
    command = commands().get(row["command"])
    decided = row["decided_at"]
    return {
        "number": row["number"], "command": row["command"], "state": row["state"], "subject": row["subject_kind"],
        "label": row["subject_label"], "arguments": row["arguments"], "facts": row["facts"], "rule": row["rule_name"],
        "role": row["role_code"], "page": command.href(row["arguments"]) if command else None, "asked_by": row["asked_by"],
        "asked_at": row["asked_at"].isoformat(), "decided_by": row["decided_by"],
        "decided_at": decided.isoformat() if decided else None, "comment": row["comment"], "outcome": row["outcome"],
        "version": row["version"],
    }  # fmt: skip


@get(BASE)
async def approvals(request: Request, by: Actor) -> Response:
    """`?mine=true`: what waits for a role of this user; `?state=pending`."""
    params = request.query_params
    wanted = [queries.visible_to(by)]
    if params.get("mine") == "true":
        wanted += [queries.PENDING, queries.to_decide_by(by)]
    if params.get("state"):
        wanted.append(Condition("a.state = {}", (params["state"][:20].replace("\x00", ""),)))
    text = params.get("limit", "50")
    limit = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 50
    page = await queries.LISTING.page(wanted, params.get("sort"), params.get("cursor"), limit)
    return listed([told(queries.told(row)) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{number:str}}")
async def approval(request: Request, number: str, by: Actor) -> Response:
    return reply(told(await queries.request_of(number, by)))


@post(f"{BASE}/{{number:str}}/approve", status_code=200)
async def approve(request: Request, number: str, by: Actor) -> Response:
    """`{"comment": "…"}`; the held command runs right after, as its asker."""
    return await _decide(request, requests.approve, number)


@post(f"{BASE}/{{number:str}}/reject", status_code=200)
async def reject(request: Request, number: str, by: Actor) -> Response:
    """`{"comment": "…"}` says why."""
    return await _decide(request, requests.reject, number)


async def _decide(request: Request, verb: Any, number: str) -> Response:
    form = await read_json(request)
    comment, by = form.text("comment", 500), by_of(request)
    form.check()
    await queries.request_of(number, by)

    async def shown(decided: ApprovalRequest) -> dict[str, Any]:
        return told(await queries.request_of(decided.number, by))

    return await carry_out(request, verb, number, comment, shown=shown, version=if_match(request))


ROUTES = [approvals, approval, approve, reject]
