"""Opening data for programs: POST /imports/{resource} as for masters, dry run first."""

import json
from typing import Any

from litestar import Request, Response, get, post

from app.opening import files, house, permissions, queries, totals
from app.opening.kinds import KINDS
from app.opening.pages import received, typed_of
from app.opening.rows import Kind
from app.opening.tables import OpeningImport
from app.people.actors import Actor
from app.web.api import carry_out, reply
from app.web.input import read_form, read_json

PATIENCE = 300.0
"""Seconds a program waits for a file to be booked; after that it asks again under the file's number."""


async def shown(row: OpeningImport) -> dict[str, Any]:
    """A file of opening data for programs: counts, problems by cell, totals, differences to the cent."""
    kind = KINDS[row.kind]
    found = queries.problems_of(kind, row)
    body: dict[str, Any] = {
        "number": row.number, "kind": kind.resource, "state": row.state, "dry_run": row.booked_at is None, "whole": bool(row.whole),
        "rows": row.row_count, "created": row.made, "changed": row.changed, "removed": row.removed, "unchanged": row.same,
        "errors": [{k: each[k] for k in ("row", "cell", "field", "code", "message")} for each in found],
        "failure": row.failure, "version": row.version,
    }  # fmt: skip
    if not found:
        after = list((await files.again(row)).plan.after.values())
        differing = (await queries.compared(kind, row, after, []))["differences"]
        body["totals"] = {totals.name_of(f): totals.decimal(f, v) for f, v in totals.sums(after).items()}
        body["differences"] = [
            {"of": d.party, "figure": totals.name_of(d.figure), "here": totals.decimal(d.figure, d.ours),
             "old_system": totals.decimal(d.figure, d.typed), "difference": totals.decimal(d.figure, d.value)}
            for d in differing
        ]  # fmt: skip
    return body


@get("/api/v1/opening")
async def state(by: Actor) -> Response:
    by.must(permissions.SEE)
    steps = await queries.steps(by)
    return reply({
        "state": await house.state(), "in_the_books": {s["kind"].resource: s["count"] for s in steps},
        "blocks": [{"number": b.number, "what": b.said} for b in await house.blocks()],
    })  # fmt: skip


@get("/api/v1/opening-imports/{number:str}")
async def get_import(by: Actor, number: str) -> Response:
    return reply(await shown(await files.find(number, by)))


@post("/api/v1/opening-imports/{number:str}/totals", status_code=200)
async def type_totals(request: Request, by: Actor, number: str) -> Response:
    """`{"amount:CNY": "1860000.00", "rows": "500", "parties": "HENGLI\\t134000.00"}`"""
    form = await read_json(request)
    return await carry_out(request, files.type_totals, number, typed_of(form), shown=shown)


@post("/api/v1/opening-imports/{number:str}/book", status_code=200)
async def book(request: Request, by: Actor, number: str) -> Response:
    return await _booked((await files.find(number, by)).number, by, request.headers.get("Idempotency-Key"))


async def _booked(number: str, by: Actor, key: str | None) -> Response:
    row, refused = await files.run(number, by=by, key=key, body=number, patience=PATIENCE)
    if refused is not None:
        raise refused
    where = {"Location": f"/api/v1/opening-imports/{number}"}
    return reply(await shown(row), 200 if row.booked_at else 202, where)


@post("/api/v1/opening/complete", status_code=200)
async def complete(request: Request, by: Actor) -> Response:
    return await carry_out(request, house.complete, shown=_state)


@post("/api/v1/opening/reopen", status_code=200)
async def reopen(request: Request, by: Actor) -> Response:
    return await carry_out(request, house.reopen, shown=_state)


@post("/api/v1/opening/take-back", status_code=200)
async def take_back(request: Request, by: Actor) -> Response:
    async def told(count: int) -> dict[str, Any]:
        return {"rows": count}

    return await carry_out(request, house.take_back, shown=told)


async def _state(row: Any) -> dict[str, Any]:
    return {"state": row.state}


def _import_of(kind: Kind) -> Any:
    @post(f"/api/v1/imports/{kind.resource}", name=f"api:opening:{kind.name}", status_code=200)
    async def take(request: Request, by: Actor) -> Response:
        """`file`, `apply`, `whole`, totals of the old system (`amount:CNY` …) and `parties`: a dry run unless `apply` is 1."""
        by.must(kind.permission)
        form = await read_form(request)
        number = (await received(kind, form, by)).answer["number"]
        row = await files.find(number, by)
        if form.raw("apply") not in ("1", "true") or json.loads(row.problems):
            return reply(await shown(row))
        return await _booked(number, by, None)

    return take


ROUTES = [
    state, get_import, type_totals, book, complete, reopen, take_back, *(_import_of(kind) for kind in KINDS.values()),
]  # fmt: skip
