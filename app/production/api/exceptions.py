"""Exceptions of production for programs: raised, acknowledged, resolved."""

from typing import Any

from litestar import Request, Response, get, post

from app.core.conditions import Condition
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.people.actors import Actor
from app.production import exceptions, permissions, reasons
from app.production.api.told import facts_in, moment
from app.production.lists import EXCEPTION_LISTING, EXCEPTIONS
from app.production.tables import ProductionException
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import read_json


async def _shown(row: ProductionException) -> dict[str, Any]:
    found = (await EXCEPTION_LISTING.page([Condition("e.id = {}", (row.id,))])).rows
    return _told(found[0])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    operation = f"{row['work_order']}/{row['seq']}" if row["work_order"] else None
    return {
        "number": row["number"], "kind": row["kind"], "text": _(reasons.EXCEPTIONS[row["kind"]]), "state": row["state"],
        "operation": operation, "machine": row["machine_code"], "person": row["person"], "note": row["note"],
        "raised_at": moment(row["raised_at"]), "acknowledged_at": moment(row["acknowledged_at"]),
        "resolved_at": moment(row["resolved_at"]), "solution": row["solution"], "version": row["version"],
    }  # fmt: skip


@get("/api/v1/production-exceptions")
async def list_exceptions(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    page = await EXCEPTIONS.page(request, by, limit)
    return listed([_told(row) for row in page.rows], page.next_cursor)


@get("/api/v1/production-exceptions/{number:str}")
async def get_exception(by: Actor, number: str) -> Response:
    by.must(permissions.SEE_EXCEPTIONS)
    found = (
        await EXCEPTION_LISTING.page([Condition("e.number = {}", (number[:40].replace("\x00", ""),))])
    ).rows
    if not found:
        raise Refused(NOT_FOUND)
    return reply(_told(found[0]))


@post("/api/v1/production-exceptions")
async def raise_exception(request: Request) -> Response:
    """`{"kind": "material", "operation": "WO…/10", "machine": "HEAD-01", "note": "…"}`."""
    form = await read_json(request)
    kind, note = form.choice("kind", tuple(reasons.RAISED)), form.prose("note", 300)
    operation, machine = form.text("operation", 60) or None, form.text("machine", 60)
    facts = facts_in(form)
    form.check()
    return await carry_out(
        request,
        exceptions.raise_,
        kind,
        operation=operation,
        machine=machine,
        note=note,
        **facts,
        shown=_shown,
        status=201,
    )


@post("/api/v1/production-exceptions/{number:str}/acknowledge", status_code=200)
async def acknowledge(request: Request, number: str) -> Response:
    return await carry_out(request, exceptions.acknowledge, number, version=if_match(request), shown=_shown)


@post("/api/v1/production-exceptions/{number:str}/resolve", status_code=200)
async def resolve(request: Request, number: str) -> Response:
    form = await read_json(request)
    note = form.prose("note", 300, required=True)
    form.check()
    return await carry_out(request, exceptions.resolve, number, note, version=if_match(request), shown=_shown)


ROUTES = [list_exceptions, get_exception, raise_exception, acknowledge, resolve]
