"""Pages that belong to nobody in particular: search, live stream, the shells of the tablet screens."""

from urllib.parse import quote

from litestar import Request, Response, get
from litestar.response import File, Stream

from app.config import ROOT, settings
from app.core import db, search
from app.core.refusals import NOT_FOUND, Refused
from app.core.text import digits, searchable
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.web import live, view_pages
from app.web.api_docs import api_docs
from app.web.assets import office_styles
from app.web.menu import menu_for
from app.web.packing import AS_FILES
from app.web.render import html, render

FOUND: dict[str, tuple[Word, str, str, str]] = {
    "sales_order": (N_("Orders"), "sales:order:see", "/orders/{}",
                    "select id, number as code, customer_name as name, customer_order_number as more from sales_orders"),
    "inquiry": (N_("Inquiries"), "inquiries:inquiry:see", "/inquiries/{}",
                "select id, number as code, asker as name, first_item as more from inquiries"),
    "quotation": (N_("Quotations"), "quotations:quotation:see", "/quotations/{}",
                  "select id, number as code, customer_name as name, customer_reference as more from quotations"),
    "framework_order": (N_("Framework orders"), "frameworks:order:see", "/framework-orders/{}",
                        "select id, number as code, customer_name as name, customer_number as more from framework_orders"),
    "customer": (N_("Customers"), "parties:customer:see", "/customers/{}", "select id, code, name, short_name as more from customers"),
    "item": (N_("Items"), "catalog:item:see", "/items/{}", "select id, code, name, spec as more from items"),
    "bom": (N_("Bills of materials"), "catalog:bom:see", "/boms/{}", "select id, code, name, revision as more from boms"),
    "lot": (N_("Lots"), "stock:balance:see", "/stock/{item}?lot={code}",
            "select l.id, l.number as code, i.code || ' ' || i.name as name, l.heat as more, i.code as item from lots l"
            " join items i on i.id = l.item"),
    "work_order": (N_("Work orders"), "production:work_order:see", "/work-orders/{}",
                   "select w.id, w.number as code, i.name || ' ' || i.spec as name, '' as more from work_orders w"
                   " join items i on i.id = w.item"),
    "delivery_note": (N_("Delivery notes"), "delivery:note:see", "/delivery-notes/{}",
                      "select d.id, d.number as code, c.name, '' as more from delivery_notes d join customers c on c.id = d.customer"),
    "receipt": (N_("Receipts"), "billing:receipt:see", "/receipts/{}",
                "select r.id, r.number as code, c.name, r.reference as more from receipts r join customers c on c.id = r.customer"),
    "supplier": (N_("Suppliers"), "parties:supplier:see", "/suppliers/{}", "select id, code, name, short_name as more from suppliers"),
    "machine": (N_("Machines"), "catalog:machine:see", "/machines/{}", "select id, code, name, '' as more from machines"),
    "person": (N_("People"), "people:person:see", "/people/{}", "select id, code, name, '' as more from people"),
}  # fmt: skip


async def hits(query: str, by: Actor, limit: int) -> list[dict[str, object]]:
    """What this person may see of what the query finds, in groups."""
    kinds = [k for k, (_label, permission, _href, _sql) in FOUND.items() if by.may(permission)]
    groups = []
    for kind, ids in (await search.find(query, kinds, limit)).items():
        if not ids:
            continue
        label, _permission, href, sql = FOUND[kind]
        rows = await db.rows(
            f"select * from ({sql}) f where f.id in ({', '.join(map(str, ids))}) order by f.id desc"
        )
        groups.append(
            {"label": _(label), "kind": kind, "hits": [{**r, "href": _address(href, r)} for r in rows]}
        )
    return groups


def _address(href: str, row: dict[str, object]) -> str:
    """Where a hit leads: `{}` is its code, other columns stand by their name."""
    parts = {name: quote(str(value), safe="") for name, value in row.items()}
    return href.format(parts["code"], **parts)


@get("/cmdk")
async def palette(request: Request, by: Actor, q: str = "") -> Response[str]:
    """Answers of the command palette: pages to jump to and things found."""
    menu = (await menu_for(by, "/"))["menu"]
    wanted = search.words_of(q.strip().lstrip(">"))
    items = [item for group in menu for item in group["items"]]
    jumps = [i for i in items if all(word in searchable(i["label"], i["also"]) for word in wanted)][:8]
    groups = [] if q.startswith(">") else await hits(q, by, 6)
    return html(request, "web/palette.html", jumps=jumps, groups=groups)


@get("/search")
async def found(request: Request, by: Actor, q: str = "") -> Response[str]:
    return await render(request, "web/search.html", q=q, groups=await hits(q, by, 30))


@get("/events/stream", media_type="text/event-stream")
async def stream(request: Request, by: Actor, topics: str = "", after: str = "") -> Stream:
    """Which of the watched things change, as server-sent events; resumes after the last one heard."""
    last = request.headers.get("Last-Event-ID") or after
    since = digits(last, 18)
    return Stream(
        live.messages(live.topics_of(topics), since), media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )  # fmt: skip


@get("/_ui")
async def components(request: Request, by: Actor) -> Response[str]:
    """Every component in every state (development)."""
    if settings.production:
        raise Refused(NOT_FOUND)
    return await render(request, "ui.html")


@get("/health")
async def health() -> dict[str, str]:
    await db.value("select 1")
    return {"status": "ok"}


@get("/static/office.css", media_type="text/css; charset=utf-8", middleware=AS_FILES)
async def office_css() -> str:
    return office_styles()


def _shell(path: str, media_type: str) -> File:
    return File(ROOT / "pwa" / path, media_type=media_type, content_disposition_type="inline",
                headers={"Cache-Control": "no-cache"})  # fmt: skip


@get("/floor", middleware=AS_FILES)
async def floor() -> File:
    return _shell("floor.html", "text/html; charset=utf-8")


@get("/scan", middleware=AS_FILES)
async def scan() -> File:
    return _shell("scan.html", "text/html; charset=utf-8")


@get("/enrol", middleware=AS_FILES)
async def enrol() -> File:
    return _shell("enrol.html", "text/html; charset=utf-8")


@get("/manifest.webmanifest")
async def manifest() -> File:
    return _shell("manifest.webmanifest", "application/manifest+json")


@get("/robots.txt", media_type="text/plain")
async def robots() -> str:
    return "User-agent: *\nDisallow: /\n"


ROUTES = [
    *view_pages.ROUTES,
    api_docs,
    palette,
    found,
    stream,
    components,
    health,
    office_css,
    floor,
    scan,
    enrol,
    manifest,
    robots,
]
