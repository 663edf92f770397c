"""`/api/v1/integration-jobs`: what was sent to third parties, and sending it again."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.integrations import jobs
from app.integrations.lists import JOBS
from app.integrations.pages import job_of
from app.integrations.permissions import SEE
from app.integrations.tables import IntegrationJob
from app.people.actors import Actor
from app.web.api import by_of, carry_out, if_match, listed, reply

BASE = "/api/v1/integration-jobs"


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A call as programs see it."""
    moments = {n: row[n].isoformat() if row.get(n) else None for n in ("made_at", "due_at", "ended_at")}
    wire = {n: json.loads(row[n]) if row[n] else None for n in ("request", "answer") if n in row}
    kept = {n: row[n] for n in ("id", "target", "label", "state", "tries", "code", "version")}
    return {**kept, "said": row["answered"], **moments, **wire}


@get(BASE)
async def listing(request: Request, by: Actor, limit: int = 50) -> Response:
    """`?state=failed&target=wecom`."""
    by.must(SEE)
    page = await JOBS.page(request, by, limit)
    return listed([shown(row) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{job_id:int}}")
async def show(job_id: int, by: Actor) -> Response:
    return reply(shown(await job_of(job_id, by)))


def _answered(request: Request) -> Any:
    async def answered(job: IntegrationJob) -> dict[str, Any]:
        return shown(await job_of(job.id, by_of(request)))

    return answered


@post(f"{BASE}/{{job_id:int}}/retry", status_code=200)
async def retry(request: Request, job_id: int) -> Response:
    """Send again what was given up or got no answer."""
    return await carry_out(request, jobs.retry, job_id, shown=_answered(request), version=if_match(request))


@post(f"{BASE}/{{job_id:int}}/drop", status_code=200)
async def drop(request: Request, job_id: int) -> Response:
    """Do not send it any more."""
    return await carry_out(request, jobs.drop, job_id, shown=_answered(request), version=if_match(request))


ROUTES = [listing, show, retry, drop]
