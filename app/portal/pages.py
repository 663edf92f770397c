"""The customer's page, and the links sales gives out."""

from litestar import Request, Response, get, post
from litestar.enums import MediaType

from app.config import settings
from app.core import clock, db, words
from app.core.db import commit
from app.core.refusals import Refused
from app.core.words import _
from app.people.actors import Actor
from app.portal import links, permissions, progress
from app.sales import orders
from app.web.address import address_of
from app.web.input import read_form
from app.web.render import environment, render, see


def _page(template: str, status: int, **context: object) -> Response[str]:
    text = environment().get_template(template).render(language=words.language(), **context)
    return Response(
        text, status_code=status, media_type=MediaType.HTML, headers={"Cache-Control": "no-store"}
    )


async def _company() -> str:
    found = await db.one("select name, name_en from company order by id limit 1")
    if found is None:
        return "准交"
    return (found["name_en"] if words.language() == "en" else "") or found["name"]


@get("/t/{secret:str}")
async def customer_page(request: Request, secret: str, lang: str = "") -> Response:
    """Where the order is and when it comes; no login, no script."""
    if lang in ("zh", "en"):
        words.speak("zh_CN" if lang == "zh" else "en")
    try:
        link = await links.opened(secret)
    except Refused as refused:
        return _page(
            "portal/ended.html", refused.status, company=await _company(), sentence=refused.sentence()
        )
    shown = await progress.of_order(link["order"], link["shows_quantities"])
    seller = await db.one(
        "select p.name, case when p.phone <> '' then p.phone else (select max(phone) from company) end as phone"
        " from sales_orders o join people p on p.id = o.salesperson where o.id = {}",
        link["order"],
    )
    return _page(
        "portal/progress.html", 200, company=await _company(), shown=shown, seller=seller, now=clock.local(clock.now()),
        until=clock.local(link["ends_at"]).date(), arrives=progress.customer_day(shown.arrives) if shown.arrives else "",
        other="en" if words.language() == "zh_CN" else "zh",
    )  # fmt: skip


def link_of(request: Request, secret: str) -> str:
    """The address to give the customer: PUBLIC_URL if there is one, else where the seller is now."""
    return f"{address_of(request)}/t/{secret}"


@get("/orders/{number:str}/share")
async def share_page(request: Request, by: Actor, number: str) -> Response:
    by.must(permissions.MAKE_LINKS)
    return await _share(request, by, number)


async def _share(
    request: Request, by: Actor, number: str, made: str = "", problems: dict | None = None, status: int = 200
) -> Response:
    order = await orders.find(number, by)
    allows = await db.value("select progress_quantities from customers where id = {}", order.customer)
    return await render(
        request, "portal/share.html", status, order=order, links=await links.of_order(order.id), made=made, problems=problems or {},
        default_days=links.DEFAULT_DAYS, allows=allows, public=bool(settings.public_url),
    )  # fmt: skip


@post("/orders/{number:str}/share", status_code=200)
async def share(request: Request, by: Actor, number: str) -> Response:
    """Make a link and show it, once."""
    form = await read_form(request)
    try:
        days = form.whole("days", links.DEFAULT_DAYS, low=1)
        form.check()
        done = await commit(links.make, number, days, form.flag("quantities"), by=by)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _share(request, by, number, problems=refused.fields(), status=refused.status)
    return await _share(request, by, number, link_of(request, done.value[1]))


@post("/orders/{number:str}/share/{link:int}/revoke", status_code=303)
async def revoke(request: Request, by: Actor, number: str, link: int) -> Response:
    await read_form(request)
    await commit(links.revoke, number, link, by=by)
    return see(f"/orders/{number}/share", _("The link has ended"))


ROUTES = [customer_page, share_page, share, revoke]
