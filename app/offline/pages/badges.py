"""Badges and PINs of people."""

import base64

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import _
from app.documents import qr
from app.documents.paint.badges import badge as paint_badges
from app.documents.sheets import Badge
from app.events.log import timeline
from app.offline import lists
from app.people import badges
from app.people.actors import Actor
from app.people.permissions import EDIT_PEOPLE
from app.scanning import codes
from app.web.address import address_of
from app.web.export import export
from app.web.input import read_form
from app.web.lists import draw
from app.web.render import render, see


@get("/badges")
async def badge_list(request: Request, by: Actor) -> Response:
    by.must(EDIT_PEOPLE)
    return await draw(request, by, lists.BADGES)


@get("/badges/export.xlsx")
async def badge_export(request: Request, by: Actor) -> Response:
    by.must(EDIT_PEOPLE)
    return await export(request, by, lists.BADGES)


async def _badge_page(request: Request, code: str, problems: dict[str, str], status: int = 200) -> Response:
    row = await db.one(
        "select p.id, p.code, p.name, p.badge_hash, p.pin_hash, p.version, t.name as team_name from people p"
        " left join teams t on t.id = p.team where p.code = {} and p.active",
        code,
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return await render(
        request,
        "offline/badge.html",
        status,
        row=row,
        problems=problems,
        events=await timeline("person", row["id"]),
    )


@get("/badges/{code:str}")
async def show_badge(request: Request, by: Actor, code: str) -> Response:
    by.must(EDIT_PEOPLE)
    return await _badge_page(request, code, {})


@post("/badges/{code:str}", status_code=200)
async def give_badge(request: Request, by: Actor, code: str) -> Response:
    """A new badge, answered with the card to print: its code is not kept and cannot be shown again."""
    form = await read_form(request)
    done = await commit(badges.give, [code], by=by, key=form.key, body=form.body)
    if done.value is None:
        return see(f"/badges/{code}", _("This badge was shown already; give a new one"), "warn")
    person, token = done.value[0]
    company = await db.value("select name from company order by id limit 1") or "准交"
    team = await db.value("select name from teams where id = {}", person.team) if person.team else ""
    link = codes.url(address_of(request), codes.make(codes.Kind.PERSON, token))
    card = Badge(company=company, name=person.name, number=person.code, team=team, qr=link)
    pdf = base64.b64encode(paint_badges(card, language=by.language)).decode()
    picture = qr.svg(link, _("Badge"))
    return await render(request, "offline/badge_given.html", person=person, team=team, qr=picture, pdf=pdf)


@post("/badges/{code:str}/pin", status_code=303)
async def set_pin(request: Request, by: Actor, code: str) -> Response:
    form = await read_form(request)
    try:
        await commit(badges.set_pin, code, form.raw("pin").strip(), by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _badge_page(request, code, refused.fields(), refused.status)
    return see(f"/badges/{code}", _("PIN set"))


ROUTES = [badge_list, badge_export, show_badge, give_badge, set_pin]
