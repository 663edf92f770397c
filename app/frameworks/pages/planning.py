"""Taking a call-off plan: a grid of days and parts that Excel is pasted into or a file fills, compared before it is taken."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.db import Done, commit
from app.core.refusals import NOT_NOW, Refused
from app.core.words import N_, _
from app.frameworks import calling, figures, frameworks, permissions, plans
from app.frameworks.calling import Looked
from app.frameworks.entering import Grid, grid_of
from app.frameworks.pages import plan_file
from app.frameworks.refusals import NO_FILE
from app.frameworks.states import CHANGES, LOOKS, MOVES
from app.frameworks.tables import FrameworkOrder
from app.people.actors import Actor
from app.sales.echo import in_unit
from app.sales.pages.order_form import UNITS
from app.web.input import Input, read_form
from app.web.render import render, see

DAYS, SPARE = 12, 4
"""So many columns at least, and so many more than are filled."""


@get("/framework-orders/{number:str}/plan")
async def plan(request: Request, number: str, by: Actor) -> Response:
    """The plan as it stands, to be written over."""
    by.must(permissions.WRITE)
    framework = await _to_plan(number, by)
    return await _draw(request, framework, await _standing(framework))


async def _to_plan(number: str, by: Actor) -> FrameworkOrder:
    """A framework order that takes plans."""
    framework = await frameworks.find(number, by)
    if framework.state not in MOVES["plan"][0]:
        raise Refused(NOT_NOW, state=LOOKS[framework.state].label)
    frameworks.must_not_have_run_out(framework)
    return framework


async def _standing(framework: FrameworkOrder) -> list[list[str]]:
    """The grid of what is called off: each line, and its days."""
    lines = await figures.lines_of(framework.id)
    rows = await calling.open_rows(framework.id)
    wanted = {spot: sum(q for _id, q in each) for spot, each in rows.items()}
    if framework.repeats:
        for spot, orders in (await calling.ordered_rows(framework.id, clock.today())).items():
            wanted[spot] = wanted.get(spot, 0) + sum(q for _order, q in orders)
    days = sorted({day for _line, day in wanted})
    return [
        ["", *(day.isoformat() for day in days)],
        *([_called(line, lines), *(_cell(wanted, line, day) for day in days)] for line in lines),
    ]


def _called(line: dict[str, Any], lines: Sequence[dict[str, Any]]) -> str:
    """What a plan calls a line: the customer's part number, our code, or its number where both stand twice."""
    name = line["customer_item"] or line["code"]
    same = [each for each in lines if name in (each["customer_item"], each["code"])]
    return str(name) if len(same) == 1 else f"#{line['line_no']}"


def _cell(wanted: dict[tuple[int, date], int], line: dict[str, Any], day: date) -> str:
    milli = wanted.get((line["id"], day), 0)
    return in_unit(milli, line) if milli else ""


@post("/framework-orders/{number:str}/plan", status_code=200)
async def take(request: Request, number: str, by: Actor) -> Response:
    """Take the plan; or only say what it would change (`look`)."""
    by.must(permissions.WRITE)
    form = await read_form(request)
    framework, grid = await frameworks.find(number, by), grid_of(form)
    if grid.unread:
        return await _draw(request, framework, grid.rows, grid, _unread(grid), status=422)

    async def answer(done: Done) -> dict[str, Any]:
        return {"made": done.value[1].made, "flagged": done.value[1].flagged}

    try:
        if form.has("look"):
            return await _draw(
                request, framework, grid.rows, grid, looked=await calling.look(framework, grid.plan)
            )
        done = await commit(
            plans.take,
            number,
            grid.plan,
            by=by,
            key=form.key,
            body=form.body,
            version=form.version,
            answer=answer,
        )
    except Refused as refused:
        return await _draw(request, framework, grid.rows, grid, grid.at_cells(refused), status=refused.status)
    return see(f"/framework-orders/{number}", _came(done.answer), "chg" if done.answer["flagged"] else "ok")


@post("/framework-orders/{number:str}/plan/file", status_code=200)
async def read_file(request: Request, number: str, by: Actor) -> Response:
    """The customer's file in the grid, compared at once; nothing is taken yet."""
    by.must(permissions.WRITE)
    form, framework = await read_form(request), await _to_plan(number, by)
    file, lines = form.files.get("file"), await figures.lines_of(framework.id)
    try:
        if file is None:
            raise Refused(NO_FILE, "file")
        read = await asyncio.to_thread(plan_file.read, file.filename, await file.read(), lines, clock.today())
    except Refused as refused:
        problems = refused.on_form("file")
        return await _draw(
            request, framework, await _standing(framework), problems=problems, status=refused.status
        )
    cells = [{f"c{n}": cell for n, cell in enumerate(row)} for row in read.rows]
    grid = grid_of(Input({"rows": cells}))
    drawn = partial(_draw, request, framework, grid.rows, grid, left=read.left)
    if grid.unread:
        return await drawn(_unread(grid), status=422)
    try:
        return await drawn(looked=await calling.look(framework, grid.plan))
    except Refused as refused:
        return await drawn(grid.at_cells(refused), status=refused.status)


def _unread(grid: Grid) -> dict[str, str]:
    return {name: refused.sentence() for name, refused in grid.unread.items()}


def _came(answer: dict[str, Any]) -> str:
    if not answer["made"] and not answer["flagged"]:
        return _("The plan says what stands already: nothing changed")
    said = N_("The plan is taken: %(made)s changes")
    if answer["flagged"]:
        said = N_("The plan is taken: %(made)s changes, %(flagged)s more are to be decided")
    return _(said, **answer)


async def _draw(
    request: Request, framework: FrameworkOrder, rows: list[list[str]], grid: Grid | None = None,
    problems: dict[str, str] | None = None, looked: Looked | None = None, status: int = 200, left: Sequence[str] = (),
) -> Response:  # fmt: skip
    lines = [{**line, "unit_said": figures.unit_said(line)} for line in await figures.lines_of(framework.id)]
    width = max(DAYS, len(rows[0]) - 1 + SPARE if rows else 0) + 1
    height = max(len(rows), len(lines) + 1, 2)
    filled = [*rows, *([""] for _n in range(height - len(rows)))]
    return await render(
        request, "frameworks/plan.html", status, framework=framework, rows=[row + [""] * (width - len(row)) for row in filled],
        problems=problems or {}, reference=grid.plan.reference if grid else "", adds=bool(grid and grid.plan.adds), lines=lines,
        unit=grid.unit if grid else "", units=[(unit, unit) for unit in UNITS],
        differs=differences(looked) if looked else None, left=left,
    )  # fmt: skip


def differences(looked: Looked) -> list[dict[str, Any]]:
    """What a plan would change, in words; what somebody has to decide last."""
    found = []
    for changes, asks in ((looked.made, False), (looked.flagged, True)):
        for change in changes:
            line = looked.lines[change.line]
            found.append({
                "line": line, "look": CHANGES[change.what], "before": plans.said(change.before_q, change.before_day, line),
                "after": plans.said(change.after_q, change.after_day, line), "asks": asks,
            })  # fmt: skip
    return found


ROUTES = [plan, take, read_file]
