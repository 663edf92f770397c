"""Inquiries: their list, their form, and one of them with its first-reply time, its files and its quotations."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock, db
from app.core.conditions import Condition
from app.core.db import commit
from app.core.money import CURRENCIES, price_shown
from app.core.refusals import NOT_NOW, Refused
from app.core.states import possible
from app.core.words import N_, _
from app.documents import attachments
from app.events.log import timeline
from app.inquiries import inquiries, permissions
from app.inquiries.entering import inquiry_of, lines_of
from app.inquiries.inquiries import Lost
from app.inquiries.lists import inquiries_for, said
from app.inquiries.reading import lines_of as lines_kept
from app.inquiries.states import CHANNELS, LOOKS, LOST_REASONS, MOVES, OPEN
from app.inquiries.tables import Inquiry
from app.insight import first_reply
from app.people.actors import Actor
from app.quotations.lists import QUOTATIONS
from app.quotations.lists import dress as dress_quotations
from app.sales.pages.order_form import UNITS, customer_of, worded
from app.web.entry import Entry
from app.web.entry_pages import EntryPages
from app.web.export import export
from app.web.input import Input, read_form
from app.web.lists import draw
from app.web.render import render, see

HEAD = (
    "customer",
    "customer_text",
    "asker",
    "contact",
    "channel",
    "received_at",
    "wanted_date",
    "currency",
    "said",
    "version",
)
LINE = ("item", "item_text", "spec", "quantity", "unit", "target_price", "price_unit", "wanted_date")
BLANK: dict[str, Any] = dict.fromkeys(LINE, "")


@get("/inquiries")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, await inquiries_for(by))


@get("/inquiries/export.xlsx")
async def exported(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await export(request, by, await inquiries_for(by))


async def _new(request: Request, by: Actor) -> Entry:
    values = dict.fromkeys(HEAD, "") | {"received_at": _wall(clock.now())}
    customer = await customer_of(request.query_params.get("customer", ""))
    if customer:
        values |= {"customer": customer["code"], "customer_text": customer["name"]}
    return Entry(values, [dict(BLANK)])


def _sent(form: Input) -> Entry:
    return Entry(
        {name: form.raw(name)[:2000] for name in HEAD},
        [{name: row.raw(name)[:400] for name in LINE} for row in lines_of(form)],
    )


async def _draw(request: Request, by: Actor, form: Entry, number: str, status: int) -> Response:
    await worded(form.lines)
    return await render(
        request, "inquiries/form.html", status, form=form, number=number, units=UNITS, now=_wall(clock.now()),
        channels=[(code, _(word)) for code, word in CHANNELS.items()], currencies=[(code, code) for code in CURRENCIES],
    )  # fmt: skip


def _wall(instant: Any) -> str:
    """As a browser's field of date and time wants it."""
    return f"{clock.local(instant):%Y-%m-%dT%H:%M}"


async def _written(number: str, by: Actor) -> Entry:
    """An inquiry as form values."""
    inquiry = await inquiries.find(number, by)
    if inquiry.state not in OPEN:
        raise Refused(NOT_NOW, state=LOOKS[inquiry.state].label)
    customer = await db.one("select code, name from customers where id = {}", inquiry.customer or 0)
    values = {name: getattr(inquiry, name, "") for name in HEAD} | {
        "customer": customer["code"] if customer else "", "customer_text": customer["name"] if customer else "",
        "received_at": _wall(inquiry.received_at), "wanted_date": inquiry.wanted_date.isoformat() if inquiry.wanted_date else "",
    }  # fmt: skip
    return Entry(values, [_line_as_written(line) for line in await lines_kept(inquiry.id)] or [dict(BLANK)])


def _line_as_written(line: dict[str, Any]) -> dict[str, Any]:
    title = f"{line['code']} {line['name']} {line['item_spec']}".strip() if line["code"] else ""
    return {
        **{name: line.get(name) or "" for name in LINE}, "item": line["code"] or "", "item_text": title,
        "target_price": price_shown(line["target_micro"]) if line["target_micro"] else "",
        "wanted_date": line["wanted_date"].isoformat() if line["wanted_date"] else "",
    }  # fmt: skip


PAGES = EntryPages(
    path="/inquiries", right=permissions.WRITE, blank=BLANK, new=_new, written=_written, sent=_sent, draw=_draw,
    entered=inquiry_of, write=inquiries.write, edit=inquiries.edit, done=N_("Inquiry %(number)s is taken in"),
    changed=N_("Inquiry %(number)s is changed"),
)  # fmt: skip


@get("/inquiries/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    return await _show(request, number, by)


async def _show(
    request: Request, number: str, by: Actor, problems: dict[str, str] | None = None, opened: str = "",
    typed: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The page; after a refusal with its dialog open and what was typed in it."""
    inquiry = await inquiries.find(number, by)
    customer = await db.one("select code, name from customers where id = {}", inquiry.customer or 0)
    owner = await db.value("select name from people where id = {}", inquiry.salesperson or 0)
    may = by.may(permissions.WRITE)
    return await render(
        request, "inquiries/show.html", status, inquiry=inquiry, lines=await lines_kept(inquiry.id), look=LOOKS[inquiry.state],
        customer=customer, owner=owner or "", reply=await _reply(inquiry), quotations=await _quotations(inquiry, by),
        files=await attachments.attached_to(("inquiry", inquiry.id)), channel=_(CHANNELS[inquiry.channel]) if inquiry.channel else "",
        verbs=possible(MOVES, inquiry.state) if may else set(), may_edit=may and inquiry.state in OPEN,
        reasons=[(code, _(word)) for code, word in LOST_REASONS.items()],
        events=await timeline("inquiry", inquiry.id, by=by), problems=problems or {}, opened=opened, typed=typed or {},
    )  # fmt: skip


async def _reply(inquiry: Inquiry) -> dict[str, Any]:
    """The first-reply time in words, red beyond the limit."""
    [wait] = await first_reply.waits([inquiry.to_dict()])
    limit = await first_reply.limit()
    late = wait is not None and wait > limit and (inquiry.answered_at is not None or inquiry.state == "new")
    counts = inquiry.answered_at is not None or inquiry.state == "new"
    return {
        "said": said(wait) if counts else "", "kind": "bad" if late else "ok" if inquiry.answered_at else None,
        "hours": limit / timedelta(hours=1),
    }  # fmt: skip


async def _quotations(inquiry: Inquiry, by: Actor) -> list[dict[str, Any]]:
    """The quotations that answer it, as far as this person may see them."""
    wanted = [Condition("o.inquiry = {}", (inquiry.id,)), *QUOTATIONS.visible(by)]
    page = await QUOTATIONS.listing.page(wanted, "-number")
    await dress_quotations(page.rows)
    return page.rows


@post("/inquiries/{number:str}/answer", status_code=303)
async def answer(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    how = form.prose("how", 300)
    try:
        form.check()
        await commit(inquiries.answer, number, how, by=by, key=form.key, body=form.body, version=form.version)
    except Refused as refused:
        return await _show(
            request,
            number,
            by,
            refused.on_form(),
            "answer-inquiry",
            {"how": form.raw("how")[:400]},
            refused.status,
        )
    return see(f"/inquiries/{number}", _("The reply to %(number)s is booked", number=number))


@post("/inquiries/{number:str}/lose", status_code=303)
async def lose(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    lost = Lost(form.text("reason", 40), form.prose("note", 300))
    try:
        form.check()
        await commit(inquiries.lose, number, lost, by=by, key=form.key, body=form.body, version=form.version)
    except Refused as refused:
        typed = {"reason": lost.reason, "note": form.raw("note")[:400]}
        return await _show(request, number, by, refused.on_form(), "lose-inquiry", typed, refused.status)
    return see(f"/inquiries/{number}", _("Inquiry %(number)s is lost", number=number))


@post("/inquiries/{number:str}/reopen", status_code=303)
async def reopen(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    await commit(inquiries.reopen, number, by=by, key=form.key, body=form.body, version=form.version)
    return see(f"/inquiries/{number}", _("Inquiry %(number)s is open again", number=number))


ROUTES = [index, exported, *PAGES.routes(), show, answer, lose, reopen]
