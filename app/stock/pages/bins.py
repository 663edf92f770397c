"""Bins: the list, one bin with what lies in it, making and changing them."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.core.rows import get as fetch
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.stock import bins, permissions
from app.stock.lists import BALANCES, BINS
from app.stock.tables import Bin
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import html, render, see


@get("/bins")
async def bin_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_BINS)
    return await draw(request, by, BINS)


bin_export = export_route(BINS, permissions.SEE_BINS)


async def _form(
    request: Request, values: dict[str, Any], problems: dict[str, str], status: int = 200
) -> Response:
    found = await db.rows("select code, name from warehouses where code <> '@' and active order by code")
    return await render(
        request, "stock/bin_new.html", status, values=values, problems=problems,
        warehouses=[(w["code"], w["name"]) for w in found], kinds=[(k, _(word)) for k, word in bins.KINDS.items()],
    )  # fmt: skip


@get("/bins/new")
async def new_bin(request: Request, by: Actor) -> Response:
    by.must(permissions.EDIT_BINS)
    return await _form(request, {"kind": bins.STORE}, {})


def bin_of(form: Input) -> tuple[str, str, str, str]:
    """What a new bin needs, from a form or from a program: its code, warehouse, name and kind."""
    code, warehouse = form.code(), form.text("warehouse", 60, required=True)
    name, kind = form.text("name", 80), form.choice("kind", tuple(bins.KINDS), bins.STORE)
    form.check()
    return code, warehouse, name, kind


@post("/bins", status_code=303)
async def make_bin(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    try:
        given = bin_of(form)
        await commit(bins.create, *given, by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _form(request, form.values, refused.fields(), 422)
    return see("/bins", _("Bin %(code)s made", code=given[0]))


@get("/bins/{code:str}")
async def show_bin(request: Request, by: Actor, code: str) -> Response:
    by.must(permissions.SEE_BINS)
    return await _page(request, code, {}, {})


async def _page(
    request: Request, code: str, values: dict[str, Any], problems: dict[str, str], status: int = 200
) -> Response:
    row = await fetch(Bin, Bin.code == code)
    rows = await db.rows(
        f"select {BALANCES.listing.select} from {BALANCES.listing.source} where b.bin = {{}} and b.quantity_q <> 0"
        " order by i.code, l.id limit 200",
        row.id,
    )
    assert BALANCES.dress is not None
    await BALANCES.dress(rows)
    return await render(
        request, "stock/bin.html", status, row=row, rows=rows, values=values, problems=problems,
        kinds=[(k, _(word)) for k, word in bins.KINDS.items()], events=await timeline("bin", row.id, 20),
        warehouse=await db.value("select name from warehouses where id = {}", row.warehouse),
    )  # fmt: skip


@post("/bins/{code:str}", status_code=303)
async def edit_bin(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    try:
        wanted = {"name": form.text("name", 80, required=True), "kind": form.choice("kind", tuple(bins.KINDS)),
                  "active": form.flag("active")}  # fmt: skip
        form.check()
        await commit(bins.edit, code, by=by, version=form.version, key=form.key, body=form.body, **wanted)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _page(request, code, form.values, refused.fields(), 422)
    return see(f"/bins/{code}", _("Saved"))


CHOOSES_BINS = (
    permissions.SEE_BINS.code,
    permissions.MAKE_MOVES.code,
    permissions.MAKE_RECEIPTS.code,
    "delivery:note:pick",
)


@get("/lookup/bins")
async def lookup(request: Request, by: Actor, q: str = "") -> Response:
    """Bins in use whose code or name holds what is typed; for who chooses one somewhere."""
    if not any(map(by.may, CHOOSES_BINS)):
        by.must(permissions.SEE_BINS)
    like = f"%{q.strip()[:40].lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    found = await db.rows(
        "select b.code, b.name, w.name as warehouse from bins b join warehouses w on w.id = b.warehouse where b.active"
        " and b.kind <> 'virtual' and (lower(b.code) like {} escape '!' or lower(b.name) like {} escape '!') order by b.code limit 12",
        like, like,
    )  # fmt: skip
    options = [{"value": b["code"], "label": b["code"], "note": b["warehouse"]} for b in found]
    return html(request, "stock/bin_options.html", options=options)


ROUTES = [bin_list, bin_export, new_bin, make_bin, show_bin, edit_bin, lookup]
