"""All that one call-off plan changed, where it is more than the framework order's page shows."""

from litestar import Request, Response, get

from app.core import db
from app.core.refusals import NOT_FOUND, Refused
from app.frameworks import figures, frameworks, plans
from app.frameworks.pages import rows
from app.people.actors import Actor
from app.web.render import render


@get("/framework-orders/{number:str}/plans/{seq:int}")
async def show(request: Request, number: str, seq: int, by: Actor) -> Response:
    framework = await frameworks.find(number, by)
    plan = await db.one(
        "select * from call_off_plans where framework = {} and seq = {}", framework.id, min(seq, 2**31 - 1)
    )
    if plan is None:
        raise Refused(NOT_FOUND)
    lines = {line["id"]: line for line in await figures.lines_of(framework.id)}
    changes = await rows.changes(
        framework.id, lines, rows.of_plan(plan["id"]), request.query_params.get("after", "")
    )
    return await render(
        request,
        "frameworks/plan_changes.html",
        framework=framework,
        plan=plan,
        name=plans.name_of(plan),
        changes=changes,
    )


ROUTES = [show]
