"""Bins: one bin with what lies in it, and choosing one; the rest they and warehouses have like all masters."""

from litestar import Request, Response, get

from app.core import db
from app.core.conditions import contains
from app.core.rows import get as fetch
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.stock import bins, permissions
from app.stock.lists import BALANCES
from app.stock.masters import BINS, WAREHOUSES
from app.stock.tables import Bin
from app.web.master_pages import pages_of
from app.web.render import html, render


@get("/bins/{code:str}")
async def show_bin(request: Request, by: Actor, code: str) -> Response:
    by.must(permissions.SEE_BINS)
    row = await fetch(Bin, Bin.code == code)
    rows = await db.rows(
        f"select {BALANCES.listing.select} from {BALANCES.listing.source} where b.bin = {{}} and b.quantity_q <> 0"
        " order by i.code, l.id limit 200",
        row.id,
    )
    assert BALANCES.dress is not None
    await BALANCES.dress(rows)
    return await render(
        request, "stock/bin.html", row=row, rows=rows, kind=_(bins.KINDS[row.kind]) if row.kind in bins.KINDS else "",
        warehouse=await db.value("select name from warehouses where id = {}", row.warehouse),
        events=await timeline("bin", row.id, 20),
    )  # fmt: skip


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
    meant = contains(q.strip()[:40], "b.code", "b.name")
    found = await db.rows(
        "select b.code, b.name, w.name as warehouse from bins b join warehouses w on w.id = b.warehouse where b.active"
        f" and b.kind <> 'virtual' and ({meant.sql}) order by b.code limit 12",
        *meant.args,
    )
    options = [{"value": b["code"], "label": b["code"], "note": b["warehouse"]} for b in found]
    return html(request, "stock/bin_options.html", options=options, beginning=BINS.list.beginning(by))


@get("/lookup/warehouses")
async def warehouses(request: Request, by: Actor, q: str = "") -> Response:
    """Warehouses in use whose code or name holds what is typed; for who keeps bins."""
    by.must(permissions.EDIT_BINS)
    meant = contains(q.strip()[:40], "w.code", "w.name")
    found = await db.rows(
        f"select w.code, w.name from warehouses w where w.active and w.code <> {{}} and ({meant.sql}) order by w.code limit 12",
        bins.OF_THE_HOUSE, *meant.args,
    )  # fmt: skip
    options = [{"value": w["code"], "label": w["code"], "note": w["name"]} for w in found]
    return html(request, "stock/bin_options.html", options=options, beginning=WAREHOUSES.list.beginning(by))


ROUTES = [*pages_of(WAREHOUSES), *pages_of(BINS), show_bin, lookup, warehouses]
