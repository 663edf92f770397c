"""开账: the steps, each kind with its file, a file as it was checked, and the end of it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post

from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import _
from app.events.log import timeline
from app.opening import files, house, permissions, queries, states, totals
from app.opening.blanks import blank
from app.opening.kinds import KINDS
from app.opening.lists import IMPORTS, rows_list
from app.opening.refusals import NO_FILE
from app.opening.rows import Kind
from app.opening.tables import OpeningImport
from app.people.actors import Actor
from app.web.export import MEDIA_TYPE, export_route, workbook
from app.web.file_problems import gathered
from app.web.input import Input, read_form
from app.web.lists import Column, draw
from app.web.render import render, see

DIFFERENCES = [Column(n, totals.HEADS[n]) for n in ("party", "figure", "ours", "typed", "difference")]
PROBLEMS = [Column(n, totals.HEADS[n]) for n in ("row", "cell", "column", "message")]


@get("/opening")
async def steps(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    state = await house.state()
    return await render(
        request, "opening/steps.html", masters=await queries.masters(), sources=queries.MASTERS, steps=await queries.steps(by),
        state=state, look=states.OPENING_LOOKS[state], blocks=await house.blocks(), may_complete=by.may(permissions.COMPLETE),
        events=await timeline("opening", house.ONLY, by=by),
    )  # fmt: skip


@post("/opening/complete", status_code=303)
async def complete(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    await commit(house.complete, by=by, key=form.key, body=form.body)
    return see("/opening", _("The opening is complete"))


@post("/opening/reopen", status_code=303)
async def reopen(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    await commit(house.reopen, by=by, key=form.key, body=form.body)
    return see("/opening", _("The opening goes on"))


@post("/opening/take-back", status_code=303)
async def take_back(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    done = await commit(house.take_back, by=by, key=form.key, body=form.body)
    return see("/opening", _("%(n)s rows taken back out of the books", n=done.value or 0))


@get("/opening/imports")
async def import_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, IMPORTS)


import_export = export_route(IMPORTS, permissions.SEE)


@get("/opening/imports/{number:str}")
async def show_import(request: Request, by: Actor, number: str) -> Response:
    row = await files.find(number, by)
    return await _import_page(request, row, by, {}, {})


async def _import_page(
    request: Request,
    row: OpeningImport,
    by: Actor,
    values: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    kind = KINDS[row.kind]
    found = queries.problems_of(kind, row)
    waiting = row.state in (states.CHECKED, states.FAILED) and not found
    checked = await files.again(row) if waiting else None
    compared = (
        await queries.compared(kind, row, list(checked.plan.after.values()), checked.plan.read)
        if checked
        else None
    )
    return await render(
        request, "opening/import.html", status, row=row, kind=kind, found=found, look=states.LOOKS[row.state], compared=compared,
        gathered=gathered(found), plan=checked.plan if checked else None, progress=files.progress(row.number), values=values, problems=problems,
        parties_hint=", ".join(_(totals.LABELS[w]) for w in totals.BY_PARTY.get(kind.name, (totals.AMOUNT,))),
        is_open=await house.state() == states.OPEN, events=await timeline("opening_import", row.id, by=by),
    )  # fmt: skip


@post("/opening/imports/{number:str}/totals", status_code=303)
async def type_totals(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    row = await files.find(number, by)
    try:
        await commit(
            files.type_totals,
            row.number,
            typed_of(form),
            by=by,
            version=form.version,
            key=form.key,
            body=form.body,
        )
    except Refused as refused:
        return await _import_page(request, row, by, form.values, refused.on_form(), refused.status)
    return see(f"/opening/imports/{row.number}#totals")


def typed_of(form: Input) -> dict[str, Any]:
    """The old system's totals of a form or a program: `amount:CNY`, `rows` … and the pasted lines of the parties."""
    names = {name for name in form.values if name.partition(":")[0] in totals.LABELS}
    return {"totals": {name: form.raw(name) for name in sorted(names)}, "parties": form.raw("parties")}


@post("/opening/imports/{number:str}/book", status_code=303)
async def book(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    row, refused = await files.run((await files.find(number, by)).number, by=by, key=form.key, body=form.body)
    if refused is not None:
        return see(f"/opening/imports/{row.number}", refused.sentence(), "bad")
    return see(
        f"/opening/imports/{row.number}",
        _("%(number)s is in the books", number=row.number) if row.booked_at else "",
    )


@get("/opening/imports/{number:str}/differences.xlsx")
async def differences(by: Actor, number: str) -> Response:
    """What the old system has otherwise, figure by figure and party by party."""
    row = await files.find(number, by)
    kind, checked = KINDS[row.kind], await files.again(row)
    compared = await queries.compared(kind, row, list(checked.plan.after.values()), checked.plan.read)
    told = [queries.told(kind, each) for each in compared["differences"]]
    return await _file(f"{row.number}-differences", DIFFERENCES, told)


@get("/opening/imports/{number:str}/problems.xlsx")
async def problem_file(by: Actor, number: str) -> Response:
    row = await files.find(number, by)
    return await _file(f"{row.number}-problems", PROBLEMS, queries.problems_of(KINDS[row.kind], row))


async def _file(name: str, columns: list[Column], rows: list[dict[str, Any]]) -> Response:
    data = await asyncio.to_thread(workbook, name, columns, [_(c.label) for c in columns], rows)
    head = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(data, media_type=MEDIA_TYPE, headers=head)


def pages_of(kind: Kind) -> list[Any]:
    """The file of a kind, its template, and what is in the books of it."""
    path, rows = f"/opening/{kind.name}", rows_list(kind)

    @get(path, name=f"opening:{kind.name}")
    async def show(request: Request, by: Actor) -> Response:
        by.must(kind.permission)
        return await _kind_page(request, by, kind, {}, {})

    @post(path, name=f"opening:{kind.name}:receive", status_code=303)
    async def receive(request: Request, by: Actor) -> Response:
        by.must(kind.permission)
        form = await read_form(request)
        try:
            number = (await received(kind, form, by)).answer["number"]
        except Refused as refused:
            return await _kind_page(request, by, kind, form.values, refused.on_form("file"), refused.status)
        return see(f"/opening/imports/{number}")

    @get(f"{path}/template.xlsx", name=f"opening:{kind.name}:template")
    async def template(by: Actor) -> Response:
        by.must(kind.permission)
        head = {"Content-Disposition": f'attachment; filename="{kind.resource}.xlsx"'}
        return Response(blank(kind), media_type=MEDIA_TYPE, headers=head)

    @get(f"{path}/rows", name=f"opening:{kind.name}:rows")
    async def row_list(request: Request, by: Actor) -> Response:
        by.must(kind.permission)
        return await draw(request, by, rows)

    return [show, receive, template, row_list, export_route(rows, kind.permission)]


async def _kind_page(
    request: Request,
    by: Actor,
    kind: Kind,
    values: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    step = next(s for s in await queries.steps(by) if s["kind"] is kind)
    return await render(
        request, "opening/kind.html", status, kind=kind, step=step, values=values, problems=problems,
        is_open=await house.state() == states.OPEN, look=states.LOOKS[step["last"]["state"]] if step["last"] else None,
    )  # fmt: skip


async def received(kind: Kind, form: Input, by: Actor) -> Done:
    """Keep the file of a form or program, checked; the answer carries its number."""
    by.must(kind.permission)
    file = form.files.get("file")
    if file is None:
        raise Refused(NO_FILE, "file")
    data, whole = await file.read(), form.flag("whole")
    given = typed_of(form)
    typed = {"totals": totals.typed_of(given["totals"]), "parties": given["parties"]}
    checked = await files.read(kind, data, whole)

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    return await commit(
        files.keep,
        kind.name,
        file.filename,
        data,
        whole,
        checked,
        typed,
        by=by,
        key=form.key,
        body=form.body + data,
        answer=answer,
    )


ROUTES = [
    steps, complete, reopen, take_back, import_list, import_export, show_import, type_totals, book, differences, problem_file,
    *(route for kind in KINDS.values() for route in pages_of(kind)),
]  # fmt: skip
