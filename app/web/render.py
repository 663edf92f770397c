"""Drawing pages: one Jinja environment, strict about names, with the words, numbers and dates of the reader's language."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType
from markupsafe import Markup

from app.config import ROOT, settings
from app.core import clock, money, quantities
from app.core.ids import key as new_key
from app.core.words import _, language
from app.events.log import label_of
from app.people.actors import Actor
from app.web.assets import asset, module, office_sheet
from app.web.icons import glyph, icon
from app.web.templates import SpokenEnvironment, drawn_once

WEEKDAYS_ZH = "一二三四五六日"


def day(value: date | datetime | None) -> str:
    """12-10 周三 this year, 2027-01-10 in another."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return _day(value, clock.today().year, language())


@lru_cache(1000)
def _day(value: date, this_year: int, spoken: str) -> str:
    if value.year != this_year:
        return value.isoformat()
    weekday = f"周{WEEKDAYS_ZH[value.weekday()]}" if spoken == "zh_CN" else value.strftime("%a")
    return f"{value:%m-%d} {weekday}"


def moment(value: datetime | None) -> str:
    """今天 14:22, 昨天 16:30, 12-03 09:10."""
    if value is None:
        return "—"
    wall = clock.local(value)
    gap = (clock.today() - wall.date()).days
    if gap == 0:
        return _("Today %(time)s", time=f"{wall:%H:%M}")
    if gap == 1:
        return _("Yesterday %(time)s", time=f"{wall:%H:%M}")
    return f"{wall:%m-%d %H:%M}" if wall.year == clock.today().year else f"{wall:%Y-%m-%d %H:%M}"


def quantity(milli: int | None) -> str:
    return "—" if milli is None else quantities.shown(milli)


def amount(minor: int | None, currency: str = "CNY") -> str:
    """With its symbol: ¥186,420.00."""
    return "—" if minor is None else money.Money(minor, currency).shown()


def figure(minor: int | None, currency: str = "CNY") -> str:
    """Without symbol, for columns whose head carries it."""
    return "—" if minor is None else money.Money(minor, currency).figure()


def price(micro: int | None) -> str:
    return "—" if micro is None else money.price_figure(micro)


def number(value: int | float | None) -> str:
    return "—" if value is None else f"{value:,}"


def initials(name: str) -> str:
    return name[:1] if name else "?"


def environment() -> SpokenEnvironment:
    """The templates in the language spoken now."""
    return _environment(language())


@cache
def _environment(spoken: str) -> SpokenEnvironment:
    drawings = {
        "icon": icon,
        "drawn": icon,
        "glyph": glyph,
        "asset": asset,
        "module": module,
    }  # the same as long as no file changes
    env = SpokenEnvironment(
        spoken, drawings if settings.production else None, loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=not settings.production,
    )  # fmt: skip
    env.globals.update(
        _=_, asset=asset, module=module, office_sheet=office_sheet, form_fields=form_fields, draw_icon=icon, draw_glyph=glyph,
        address_with=address_with, once=drawn_once,
    )  # fmt: skip
    env.filters.update(
        cell_text=cell_text, told=told, said=said, in_words=in_words, day=day, moment=moment,
        quantity=quantity, labelled=quantities.labelled, money=amount, in_cny=in_cny, figure=figure, price=price, number=number,
        urlpart=lambda text: quote(str(text), safe=""), json=lambda value: Markup(json.dumps(value, ensure_ascii=False)),
    )  # fmt: skip
    return env


def cell_text(value: Any, kind: str, row: dict[str, Any]) -> str:
    """A list cell as text, by the kind of its column."""
    if value is None or value == "":
        return ""
    if kind == "flag":
        return _("yes") if value else ""
    if kind == "money":
        return figure(value, row.get("currency") or "CNY")
    return _SHOWS.get(kind, str)(value)


_SHOWS: dict[str, Callable[[Any], str]] = {
    "quantity": quantity, "price": price, "day": day, "due": day, "moment": moment, "number": number,
}  # fmt: skip


def in_cny(paper: Any) -> str:
    """What a foreign paper's amount is in CNY, before more is said; nobody knows while there is no rate."""
    if paper.currency == "CNY":
        return ""
    unknown = paper.gross and not paper.gross_cny
    return f"{_('no exchange rate yet') if unknown else amount(paper.gross_cny)} · "


def said(choices: Any) -> list[tuple[str, str]]:
    """(code, word) pairs with their words in the reader's language."""
    return [(code, _(word)) for code, word in choices]


def told(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events of a timeline as the timeline component wants them."""
    return [
        {
            "actor": e["actor"], "text": e["sentence"], "time": moment(e["happened_at"]), "at": e["happened_at"].isoformat(),
            "icon": e["icon"], "changes": [{"label": label_of(n), "before": in_words(b), "after": in_words(a)} for n, b, a in e["diff"]],
        }
        for e in events
    ]  # fmt: skip


def address_with(path: str, query: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """The address with some of its query changed: None takes a name away, a list names it several times."""
    kept = {name: value for name, value in {**query, **changes}.items() if value is not None}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def _query(request: Request) -> dict[str, Any]:
    """The address's query: each name with its value, or with all of them where it stands several times."""
    said = request.query_params.dict()
    return {name: values[0] if len(values) == 1 else values for name, values in said.items()}


def in_words(value: Any) -> Any:
    """A value of a change as it is read: yes and no, words of the house translated."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return clock.short_day(_(value)) if isinstance(value, str) and value else value


def form_fields() -> Markup:
    """Hidden inputs of every form that changes something: the key of this intent, made when the form is drawn."""
    return Markup(f'<input type="hidden" name="_key" value="{new_key()}">')


def actor_of(request: Request) -> Actor | None:
    return request.scope.get("state", {}).get("actor")


def html(request: Request, template: str, status: int = 200, **context: Any) -> Response[str]:
    """Draw a template with what every page has."""
    state = request.scope.get("state", {})
    flash = state.get("flash") or []
    everywhere = {
        "user": state.get("actor"), "request_path": request.url.path, "query": _query(request), "request_query": request.url.query,
        "menu": state.get("menu", ()), "notices": state.get("notices", 0), "flash": flash, "language": language(),
        "today": clock.today(), "backup_banner": state.get("backup_banner"),
        "clock_banner": _("The clock of this house is moved: %(now)s", now=moment(clock.now())) if clock.moved() else None,
    }  # fmt: skip
    text = environment().get_template(template).render({**everywhere, **context})
    response: Response[str] = Response(
        text, status_code=status, media_type=MediaType.HTML, headers={"Vary": "HX-Request"}
    )
    if flash:
        response.delete_cookie("flash")
    return response


async def render(request: Request, template: str, status: int = 200, **context: Any) -> Response[str]:
    """A whole page for a person: as html(), with the menu's counts."""
    from app.web.menu import menu_for

    actor = actor_of(request)
    if actor is not None and "menu" not in request.scope["state"]:
        request.scope["state"].update(await menu_for(actor, request.url.path))
    return html(request, template, status, **context)


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def see(address: str, flash: str = "", kind: str = "ok", undo: str = "") -> Response[None]:
    """Go on to a page of this house (303), with one sentence to show there."""
    if address.startswith(("//", "/\\")):  # browsers read these as another site
        address = "/" + address.lstrip("/\\")
    location = quote(address, safe="/?&=%#:+,;@~!$'()*[]")  # a header holds no Chinese
    response: Response[None] = Response(None, status_code=303, headers={"Location": location})
    if flash:
        said = json.dumps([{"kind": kind, "text": flash, **({"undo_href": undo} if undo else {})}])
        response.set_cookie("flash", quote(said), max_age=60, httponly=True, samesite="lax", path="/")
    return response
