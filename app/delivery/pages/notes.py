"""Delivery notes: the list, one note with its lines and picks, and its verbs."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.quantities import KILOGRAM, PIECE, Weight, labelled, shown
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import N_, _
from app.delivery import notes, permissions, queries, states
from app.delivery.lists import NOTES
from app.delivery.pages import slip
from app.delivery.pages.scans import picked_by_scan
from app.delivery.picking import suggestions
from app.events.log import timeline
from app.people.actors import Actor
from app.sales.states import kind_said
from app.stock.lists import about
from app.web.bulk import Paper, bulk_routes
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see

UNITS = (PIECE, "千件", KILOGRAM)
FOR_MANY = (Paper("slips", N_("Delivery slip"), permissions.SEE, slip.paper),)


@get("/delivery-notes")
async def note_list(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, NOTES, FOR_MANY)


note_export = export_route(NOTES, permissions.SEE)


@post("/orders/{number:str}/delivery-notes", status_code=303)
async def make_note(request: Request, by: Actor, number: str) -> Response:
    """Write a note for an order: what is due next, as far as it lies in the store."""
    form = await read_form(request)
    planned_on = form.day("planned_on")
    form.check()
    done = await commit(
        notes.create, number, planned_on=planned_on, by=by, key=form.key, body=form.body, answer=_where
    )
    return see(
        f"/delivery-notes/{done.answer['number']}",
        _("Delivery note %(number)s written", number=done.answer["number"]),
    )


async def _where(done: db.Done) -> dict[str, str]:
    return {"number": done.value.number}


@get("/delivery-notes/{number:str}")
async def show_note(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.SEE)
    return await _page(request, by, number, {}, {})


async def _page(
    request: Request,
    by: Actor,
    number: str,
    values: dict[str, Any],
    problems: dict[str, str],
    status: int = 200,
    wrong: str = "",
    opened: str = "",
) -> Response:
    row = await queries.note_called(number)
    lines, picks = await queries.lines_of([row["id"]]), await queries.picks_of([row["id"]])
    where = await suggestions(row["id"]) if row["state"] in states.OPEN else {}
    for line in lines:
        line["kind_label"] = kind_said(line["kind"])
        line["unit"] = line["unit_label"] or line["base_unit"]
        line["about"] = about(
            line["quantity_q"], line["base_unit"], Weight(line["weight_micro"], line["weight_pieces"])
        )
        line["picks"] = [each for each in picks if each["line"] == line["id"]]
        line["suggestions"] = where.get(line["id"], [])
    words = dict.fromkeys(line["unit"] for line in lines if line["base_unit"] == PIECE) or {PIECE: None}
    return await render(
        request, "delivery/note.html", status, units=[(unit, "/".join(dict.fromkeys(labelled(unit, word) for word in words))) for unit in UNITS],
        row=row, lines=lines, look=states.LOOKS[row["state"]], wrong=wrong,
        verbs=possible(states.MOVES, row["state"]), values=values, problems=problems, opened=opened,
        order_numbers=sorted({line["order_number"] for line in lines}), events=await timeline("delivery_note", row["id"], 50, by=by),
        missing=[line for line in lines if line["picked_q"] < line["quantity_q"]],
    )  # fmt: skip


@post("/delivery-notes/{number:str}/picks", status_code=303)
async def pick(request: Request, by: Actor, number: str) -> Response:
    """Pick by the code of a lot (and a quantity, if not all), or by one of the places the page names."""
    form = await read_form(request)
    try:
        done = await commit(_pick, number, form, by=by, key=form.key, body=form.body, answer=_what)
    except Refused as refused:
        wrong = refused.sentence() if refused.reason.code == "wrong_item" else ""
        problems = {} if wrong else refused.fields() or {"": refused.sentence()}
        return await _page(request, by, number, form.values, problems, 422, wrong)
    return see(f"/delivery-notes/{number}", _("Picked %(quantity)s", quantity=done.answer["quantity"]))


async def _pick(number: str, form: Input, *, by: Actor) -> Any:
    if form.has("scan") or not form.has("lot"):
        return await picked_by_scan(number, form, by=by)
    lot, place, line_no = (
        form.id("lot", required=True),
        form.id("bin", required=True),
        form.whole("line_no", 0),
    )
    quantity_q = form.whole("quantity_q", 0, high=10**15)
    form.check()
    assert lot is not None and place is not None
    return await notes.pick(number, line_no or None, lot, place, quantity_q or None, by=by)


async def _what(done: db.Done) -> dict[str, str]:
    item = await db.one(
        "select i.unit_label, i.base_unit from lots l join items i on i.id = l.item where l.id = {}",
        done.value.lot,
    )
    assert item is not None
    return {"quantity": f"{shown(done.value.quantity_q)} {item['unit_label'] or item['base_unit']}"}


@post("/delivery-notes/{number:str}/picks/{pick_id:int}/undo", status_code=303)
async def unpick(request: Request, by: Actor, number: str, pick_id: int) -> Response:
    form = await read_form(request)
    await commit(notes.unpick, number, pick_id, by=by, key=form.key, body=form.body)
    return see(f"/delivery-notes/{number}", _("Put back"))


@post("/delivery-notes/{number:str}/post", status_code=303)
async def post_note(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    await commit(notes.post, number, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/delivery-notes/{number}", _("Posted: stock and order are up to date"))


@post("/delivery-notes/{number:str}/reverse", status_code=303)
async def reverse_note(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    reason = form.prose("reason")
    try:
        form.check()
        await commit(notes.reverse, number, reason, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        wrong = refused.in_dialog("reason")
        return await _page(request, by, number, form.values, wrong, 422, opened="reverse")
    return see(f"/delivery-notes/{number}", _("Reversed: the goods lie in their bins again"))


@post("/delivery-notes/{number:str}/cancel", status_code=303)
async def cancel_note(request: Request, by: Actor, number: str) -> Response:
    form = await read_form(request)
    await commit(notes.cancel, number, by=by, version=form.version, key=form.key, body=form.body)
    return see(f"/delivery-notes/{number}", _("Cancelled"))


ROUTES = [
    note_list, note_export, make_note, show_note, pick, unpick, post_note, reverse_note, cancel_note,
    *bulk_routes(NOTES, permissions.SEE, FOR_MANY),
]  # fmt: skip
