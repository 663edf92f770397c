"""One quotation: what it offers, how far below the list, its revisions beside each other, and what can be done next."""

from typing import Any

from litestar import Request, Response, get, post

from app.approvals import trail
from app.core import clock, db
from app.core.db import Done, commit
from app.core.quantities import Quantity, Weight, labelled
from app.core.refusals import Refused
from app.core.states import possible
from app.core.words import N_, _
from app.custom_fields import defined, values
from app.events.log import timeline
from app.inquiries import permissions as asking
from app.inquiries.inquiries import Lost
from app.inquiries.states import LOST_REASONS
from app.integrations import channels, jobs
from app.parties.permissions import EDIT_CUSTOMERS
from app.parties.terms import Terms
from app.people.actors import Actor
from app.quotations import accepting, comparing, conditions, offering, permissions, quotations, similar
from app.quotations.entering import acceptance_of
from app.quotations.states import ACCEPTED, LOOKS, MOVES, SENT, letter
from app.quotations.tables import Quotation
from app.sales import permissions as sales
from app.sales import standing
from app.sales.echo import in_base, short
from app.web.input import read_form
from app.web.render import render, see

SHOWN_EVENTS = 30


@get("/quotations/{number:str}")
async def show(request: Request, number: str, by: Actor) -> Response:
    return await _show(request, number, by)


async def _show(
    request: Request, number: str, by: Actor, problems: dict[str, str] | None = None, opened: str = "",
    typed: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The page; after a refusal with its dialog open and what was typed in it."""
    quotation = await quotations.find(number, by)
    custom = await defined.fields()
    lines = await _lines(quotation, custom["sales_order_line"])
    today, listed = clock.today(), [line["pair"] for line in lines]
    stage = conditions.stage_of(quotation.state, quotation.valid_until, today)
    customer = await db.one(
        "select code, name, mail, contact, phone, address, level, payment_days, prospect from customers where id = {}",
        quotation.customer,
    )
    asked = await trail.about(("quotation", quotation.id), by)
    waits = any(each["state"] == "pending" for each in asked)
    return await render(
        request, "quotations/show.html", status, quotation=quotation, lines=lines, look=LOOKS[stage], stage=stage,
        left=conditions.left(quotation.state, quotation.valid_until, today), customer=customer, asked=asked,
        off=standing.below(listed) if any(price for _own, price in listed) else None,
        custom=values.shown(custom["sales_order"], quotation.custom), terms=Terms(
            quotation.payment_days, quotation.closing_day, quotation.terms_from).sentence(),
        revisions=await _revisions(quotation), can=_can(quotation, stage, by, waits, bool(customer and customer["prospect"])), reasons=[
            (code, _(word)) for code, word in LOST_REASONS.items()],
        events=await timeline("quotation", quotation.id, SHOWN_EVENTS, by=by), problems=problems or {}, opened=opened,
        typed=typed or {}, mail_works=await channels.is_set_up(jobs.MAIL), **await _related(quotation, lines, by),
    )  # fmt: skip


async def _lines(quotation: Quotation, custom: defined.Fields) -> list[dict[str, Any]]:
    """The lines in words, each with how far it is below the price list of its day."""
    lines = await offering.lines_of(quotation.id)
    pairs = await standing.beside_the_list(quotation, quotation.quoted_on, lines)
    for line, pair in zip(lines, pairs, strict=True):
        label = line["unit_label"] or line["base_unit"]
        line["more"] = values.shown(custom, line["custom"])
        line["pair"] = pair if line["price_micro"] else (0, 0)
        line["off"] = standing.below([line["pair"]])
        line["shown"], line["per"] = (
            short(line["entered"], line["unit"], label),
            labelled(line["price_unit"], label),
        )
        weight = Weight(line["weight_micro"], line["weight_pieces"])
        line["base"] = in_base(Quantity(line["quantity_q"], line["base_unit"]), label, weight)
        line["quantity_unit"] = labelled(line["unit"], label)
    return lines


async def _revisions(quotation: Quotation) -> list[dict[str, Any]]:
    """All revisions, newest first, each with what it says otherwise than the one before it."""
    rows = await db.rows("select * from quotations where root = {} order by revision", quotation.root)
    if len(rows) == 1:
        return []
    lines = await offering.lines_of_many([row["id"] for row in rows])
    today, found = clock.today(), list[dict[str, Any]]()
    for i, row in enumerate(rows):
        stage = conditions.stage_of(row["state"], row["valid_until"], today)
        found.append({
            **row, "letter": letter(row["revision"]), "look": LOOKS[stage], "current": row["id"] == quotation.id,
            "differs": comparing.differences(rows[i - 1], row, lines[i - 1], lines[i]) if i else None,
        })  # fmt: skip
    return found[::-1]


async def _related(quotation: Quotation, lines: list[dict[str, Any]], by: Actor) -> dict[str, Any]:
    """The order it became, and what its items were offered and sold for elsewhere."""
    order = None
    if quotation.sales_order and by.may(sales.SEE):
        order = await db.value("select number from sales_orders where id = {}", quotation.sales_order)
    items = {line["item"]: line for line in lines}
    found = []
    for item, line in list(items.items())[:3]:
        rows = await similar.of_item(item, quotation.customer, by)
        others = [row for row in rows if row["number"] not in (quotation.number, order)]
        found.append(
            {"item": {"code": line["code"], "title": f"{line['name']} {line['item_spec']}"}, "rows": others}
        )
    asked = await db.value("select number from inquiries where id = {}", quotation.inquiry or 0)
    return {"order": order, "inquiry": asked if by.may(asking.SEE) else None, "similar": found}


def _can(quotation: Quotation, stage: str, by: Actor, waits: bool, prospect: bool) -> dict[str, bool]:
    """What this person may do with it now; one that waits for approval is not pushed on."""
    moves = possible(MOVES, stage) if by.may(permissions.WRITE) else set()
    return {
        "edit": "edit" in moves, "send": "send" in moves and not waits, "revise": "revise" in moves, "lose": "lose" in moves,
        "accept": stage == SENT and "accept" in moves and by.may(sales.CREATE)
        and (not prospect or by.may(EDIT_CUSTOMERS)),
        "again": stage == ACCEPTED and by.may(permissions.WRITE),
    }  # fmt: skip


@post("/quotations/{number:str}/send", status_code=303)
async def send(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    mail = form.text("mail", 120)
    try:
        form.check()
        done = await commit(
            quotations.send, number, mail, by=by, key=form.key, body=form.body, version=form.version
        )
    except Refused as refused:
        return await _refused(request, number, by, refused, "send-quotation", {"mail": mail})
    if done.deferred:
        return see(
            f"/quotations/{number}", _("Quotation %(number)s waits for approval", number=number), "chg"
        )
    said = (
        N_("Quotation %(number)s is sent")
        if mail
        else N_("Quotation %(number)s is booked as sent: hand over its PDF")
    )
    return see(f"/quotations/{number}", _(said, number=number))


@post("/quotations/{number:str}/revise", status_code=303)
async def revise(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)

    async def answer(done: Done) -> dict[str, Any]:
        return {"number": done.value.number}

    done = await commit(
        quotations.revise, number, by=by, key=form.key, body=form.body, version=form.version, answer=answer
    )
    newer = done.answer["number"]
    return see(f"/quotations/{newer}/edit", _("%(number)s is the revision that counts now", number=newer))


@post("/quotations/{number:str}/accept", status_code=303)
async def accept(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)

    async def answer(done: Done) -> dict[str, Any]:
        return {"order": done.value[1]}

    try:
        taken = acceptance_of(form)
        done = await commit(
            accepting.accept,
            number,
            taken,
            by=by,
            key=form.key,
            body=form.body,
            version=form.version,
            answer=answer,
        )
    except Refused as refused:
        typed = {name: form.raw(name)[:100] for name in form.values}
        return await _refused(request, number, by, refused, "accept-quotation", typed)
    order = done.answer["order"]
    return see(f"/orders/{order}", _("Quotation %(number)s became this order draft", number=number))


@post("/quotations/{number:str}/lose", status_code=303)
async def lose(request: Request, number: str, by: Actor) -> Response:
    form = await read_form(request)
    lost = Lost(form.text("reason", 40), form.prose("note", 300))
    try:
        form.check()
        await commit(quotations.lose, number, lost, by=by, key=form.key, body=form.body, version=form.version)
    except Refused as refused:
        return await _refused(
            request,
            number,
            by,
            refused,
            "lose-quotation",
            {"reason": lost.reason, "note": form.raw("note")[:400]},
        )
    return see(f"/quotations/{number}", _("Quotation %(number)s is lost", number=number))


async def _refused(
    request: Request, number: str, by: Actor, refused: Refused, opened: str, typed: dict[str, str]
) -> Response:
    """The page with the dialog that was refused, what was typed in it, and why."""
    return await _show(request, number, by, refused.on_form(), opened, typed, refused.status)


ROUTES = [show, send, revise, accept, lose]
