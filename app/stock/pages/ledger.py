"""What is on hand, how it came to be, and moving it by hand."""

from typing import Any

from litestar import Request, Response, get, post

from app.catalog.tables import Item
from app.core import db
from app.core.db import commit
from app.core.quantities import Weight, labelled
from app.core.refusals import Invalid, Refused
from app.core.rows import get as fetch
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.stock import moves, permissions
from app.stock.balances import IN_STORE, RESERVED
from app.stock.ledger import GOOD, Why
from app.stock.lists import BALANCES, POSTINGS, about, moves_in, moves_of
from app.stock.moves import BY_HAND, Wanted
from app.stock.queries import posting_called
from app.stock.words import QUALITY, WHY
from app.web.export import export, export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/stock")
async def balance_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_BALANCES)
    return await draw(request, by, BALANCES)


balance_export = export_route(BALANCES, permissions.SEE_BALANCES)


@get("/stock/{code:str}")
async def item_ledger(request: Request, by: Actor, code: str) -> Response:
    """The movements of one item, with where it lies now."""
    by.must(permissions.SEE_BALANCES)
    item = await fetch(Item, Item.code == code)
    totals = await db.one(
        f"select cast(coalesce(sum(b.quantity_q), 0) as bigint) as quantity_q, cast(coalesce(sum({RESERVED}), 0) as bigint)"
        f" as reserved_q from stock_balances b join bins p on p.id = b.bin where b.item = {{}} and {IN_STORE}",
        item.id,
    )
    places = await db.rows(
        "select p.code as bin, l.id as lot_id, l.number as lot, b.quality, b.quantity_q, l.weight_micro, l.weight_pieces"
        " from stock_balances b join bins p on p.id = b.bin join lots l on l.id = b.lot"
        " where b.item = {} and b.quantity_q <> 0 and p.kind <> 'virtual' order by p.code, l.id limit 30",
        item.id,
    )
    for row in places:
        weight = Weight(row["weight_micro"], row["weight_pieces"]) or item.weight
        row["about"] = about(row["quantity_q"], item.base_unit, weight)
    assert totals is not None
    echo = about(totals["quantity_q"], item.base_unit, item.weight)
    return await draw(request, by, moves_of(item), item=item, totals=totals, places=places, about=echo)


@get("/stock/{code:str}/export.xlsx")
async def item_export(request: Request, by: Actor, code: str) -> Response:
    by.must(permissions.SEE_BALANCES)
    return await export(request, by, moves_of(await fetch(Item, Item.code == code)))


@get("/stock/moves/new")
async def new_move(request: Request, by: Actor, item: str = "", lot: str = "", bin: str = "") -> Response:
    by.must(permissions.MAKE_MOVES)
    return await _move_form(
        request, {"item": item, "lot": lot, "from": bin, "why": "move" if bin else "opening"}, {}
    )


async def _move_form(
    request: Request, values: dict[str, Any], problems: dict[str, str], status: int = 200
) -> Response:
    item = await db.one(
        "select name, spec, base_unit, unit_label from items where code = {}",
        str(values.get("item", ""))[:60],
    )
    shown = f"{item['name']} {item['spec']}".strip() if item else str(values.get("item_text", ""))
    word = item["unit_label"] if item else ""
    return await render(
        request, "stock/move.html", status, values=values, problems=problems, item_shown=shown,
        reasons=[(str(w), _(WHY[w])) for w in BY_HAND], units=[(u, labelled(u, word)) for u in ("千件", "件", "万件", "kg", "吨")],
    )  # fmt: skip


def wanted_of(form: Input) -> Wanted:
    """One movement as entered, from a form or from a line of a program."""
    return Wanted(
        item=form.chosen("item", 60, required=True), quantity=form.text("quantity", 40, required=True),
        unit=form.text("unit" if form.has("unit") else "quantity_unit", 10), lot=form.text("lot", 60) or "-",
        heat=form.text("heat", 60), start=form.chosen("from", 60), end=form.chosen("to", 60), weight=form.text("weight", 40),
        from_quality=form.choice("from_quality", tuple(QUALITY), GOOD), to_quality=form.choice("to_quality", tuple(QUALITY), GOOD),
    )  # fmt: skip


@post("/stock/moves", status_code=303)
async def make_move(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    try:
        why = form.choice("why", [str(w) for w in Why])
        wanted = wanted_of(form)
        form.check()
        done = await commit(moves.make, why, [wanted], by=by, key=form.key, body=form.body, answer=_where)
    except Refused as refused:
        problems = {name.removeprefix("moves-0-"): said for name, said in refused.fields().items()}
        if not problems and not isinstance(refused, Invalid) and refused.status != 422:
            raise
        return await _move_form(request, form.values, problems or {"": refused.sentence()}, 422)
    number = done.answer["number"]
    return see(f"/stock/postings/{number}", _("Posted as %(number)s", number=number))


async def _where(done: db.Done) -> dict[str, str]:
    return {"number": done.value.number}


@get("/stock/postings")
async def posting_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE_BALANCES)
    return await draw(request, by, POSTINGS)


posting_export = export_route(POSTINGS, permissions.SEE_BALANCES)


@get("/stock/postings/{number:str}")
async def show_posting(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.SEE_BALANCES)
    row = await posting_called(number)
    rows = await moves_in([row["id"]])
    return await render(
        request,
        "stock/posting.html",
        row=row,
        moves=rows,
        why=_(WHY[row["why"]]),
        events=await timeline("posting", row["id"], by=by),
    )


@post("/stock/postings/{number:str}/reverse", status_code=303)
async def reverse_posting(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    done = await commit(moves.reverse, number, by=by, key=form.key, body=form.body, answer=_where)
    return see(
        f"/stock/postings/{done.answer['number']}", _("Reversed by %(number)s", number=done.answer["number"])
    )


ROUTES = [
    balance_list, balance_export, item_ledger, item_export, new_move, make_move, posting_list, posting_export, show_posting,
    reverse_posting,
]  # fmt: skip
