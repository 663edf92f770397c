"""One pattern for every list: searched, filtered, sorted, paged by key, saved as views, exported; any state is a URL.

A capability describes its list once as a `ListPage`; page, API and export read it from there.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response

from app.core import search
from app.core.conditions import Condition, capped_counts, either, matching
from app.core.paging import Listing, Page
from app.core.words import Word, _
from app.custom_fields.defined import of
from app.people.actors import Actor
from app.people.grants import label_of
from app.web import saved_views
from app.web.columns import Column, chosen
from app.web.custom_columns import columns_of, dressing, filters_of
from app.web.filters import Filter
from app.web.render import render
from app.web.rows import Pick, drawn

__all__ = ["Column", "Filter", "ListPage", "View", "draw"]
MOST = 500
"""Rows that something is done with at once."""


@dataclass(frozen=True)
class View:
    """A tab above the list: a named query string, with a count if `counted` conditions are given."""

    key: str
    label: Word
    query: Mapping[str, str]
    counted: tuple[Condition, ...] | None = None


@dataclass(frozen=True)
class ListPage:
    """All that a list is. `search_kind` names the things in search_texts; `href(row)` is where a row leads; `nothing`
    says how the first row comes while there is none. Rows that can be ticked are known by their `key`, in SQL
    `key_column`; `adds` names the amount in fen that is added up over them."""

    name: str
    title: Word
    path: str
    listing: Listing
    columns: Sequence[Column]
    href: Callable[[dict[str, Any]], str]
    filters: Sequence[Filter] = ()
    views: Sequence[View] = ()
    search_kind: str = ""
    id_column: str = "id"
    placeholder: Word = Word("")
    nothing: Word = Word("")
    origin: Mapping[str, str] = field(default_factory=dict)
    """The action that leads where rows come from when they are not made here."""
    visible: Callable[[Actor], Sequence[Condition]] = lambda by: ()
    dress: Callable[[list[dict[str, Any]]], Awaitable[None]] | None = None
    template: str = "layouts/list.html"
    actions: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    key: str = "number"
    key_column: str = ""
    adds: str = ""
    custom: str = ""
    """The kind of thing whose custom fields are columns and filters as well."""

    def beginning(self, by: Actor) -> Mapping[str, str] | None:
        """The action by which the first row is made, where this person may."""
        return next((a for a in self._making() if not a.get("permission") or by.may(a["permission"])), None)

    def left_to(self, by: Actor) -> str:
        """The right of those who make rows, for whom may not."""
        if self.beginning(by):
            return ""
        return next((label_of(action["permission"]) for action in self._making()), "")

    def _making(self) -> Iterator[Mapping[str, str]]:
        return (action for action in self.actions if action.get("look") == "pri")

    def seen_by(self, by: Actor) -> "ListPage":
        """The list with the columns that this person may see."""
        columns = [column for column in self.columns if column.right is None or by.may(column.right)]
        return self if len(columns) == len(self.columns) else replace(self, columns=columns)

    async def whole(self) -> "ListPage":
        """The list with the custom fields of its things."""
        fields = await of(self.custom) if self.custom else ()
        if not fields:
            return self
        alias = self.id_column.partition(".")[0]
        return replace(
            self, custom="", listing=replace(self.listing, select=f"{self.listing.select}, {alias}.custom"),
            columns=(*self.columns, *columns_of(fields)), filters=(*self.filters, *filters_of(fields, alias)),
            dress=dressing(fields, self.dress),
        )  # fmt: skip

    def conditions(self, request: Request, by: Actor) -> list[Condition]:
        """All that the URL asks for, within what this person may see; where rows are ticked, those: for exports."""
        ticked = [value.partition(":")[2] for value in request.query_params.getall("chosen", [])][:MOST]
        if ticked and self.key_column and "everything" not in request.query_params:
            return [*self.visible(by), matching(self.key_column, ticked)]
        words = self.words(request)
        return [*self.filtered(request, by), *([Condition(*words.condition())] if words else [])]

    async def found(self, request: Request, by: Actor, most: int) -> list[tuple[str, int]]:
        """Name and version of the rows that the URL finds, in the list's order: the first so many."""
        whole, alias = await self.whole(), self.id_column.partition(".")[0]
        listing = replace(whole.listing, select=f"{self.key_column} as name, {alias}.version", max_limit=most)
        found = await listing.page(
            whole.filtered(request, by), request.query_params.get("sort"), None, most, whole.words(request)
        )
        return [(row["name"], row["version"]) for row in found.rows]

    def words(self, request: Request) -> search.Words | None:
        """The words searched for in this list."""
        words = search.words_of(request.query_params.get("q", ""))
        return (
            search.Words(self.search_kind, self.id_column, tuple(words))
            if words and self.search_kind
            else None
        )

    def filtered(self, request: Request, by: Actor) -> list[Condition]:
        """The filters of the URL, without its words."""
        wanted = [*self.visible(by)]
        for each in self.filters:
            values = [v for v in request.query_params.getall(each.name, []) if v != ""][:50]
            found = [c for c in (each.condition(v) for v in values) if c is not None]
            if found:
                wanted.append(either(found))
        return wanted

    def shown(self, request: Request, usual: str) -> list[Column]:
        """The columns of the URL, else those that this person usually sees."""
        return chosen(self.columns, request.query_params.get("columns") or usual)

    async def page(self, request: Request, by: Actor, limit: int = 50) -> Page:
        params, whole = request.query_params, await self.whole()
        cursor = params.get("after") or params.get("before") or params.get("cursor")
        page = await whole.listing.page(
            whole.filtered(request, by), params.get("sort"), cursor, limit, words=whole.words(request)
        )
        if whole.dress is not None:
            await whole.dress(page.rows)
        return page


async def draw(
    request: Request, by: Actor, page: ListPage, offers: Sequence[Any] = (),
    outcome: tuple[str, Sequence[Any]] | None = None, **context: Any,
) -> Response[str]:  # fmt: skip
    """The list as a page, with what it offers for ticked rows (bulk.py) and what came of the last time."""
    page = (await page.whole()).seen_by(by)
    found = await page.page(request, by)
    saved, usual = await saved_views.kept(page.name, by)
    columns = page.shown(request, usual)
    offers = [offer for offer in offers if by.may(offer.permission)]
    refused = [came.name for came in outcome[1] if came.kind == "bad"] if outcome else []
    pick = Pick(page.key, page.adds, refused) if offers else None
    return await render(
        request, page.template, list=page, page=found, rows=found.rows, columns=columns,
        others=[column for column in page.columns if column not in columns],
        body=drawn(columns, found.rows, page.href, pick) if found.rows else "", offers=offers, outcome=outcome,
        views=await _views(request, by, page, saved), filters=[await _filter(request, f) for f in page.filters],
        chosen_sort=found.sort, beginning=page.beginning(by), left_to=page.left_to(by), **context,
    )  # fmt: skip


async def _filter(request: Request, each: Filter) -> dict[str, Any]:
    options = (
        [(v, _(label)) for v, label in each.choices] if not callable(each.choices) else await each.choices()
    )
    chosen = [v for v in request.query_params.getall(each.name, []) if v != ""]
    names = dict(options)
    shown = "、".join(str(names.get(v, v)) for v in chosen)
    return {
        "name": each.name,
        "label": _(each.label),
        "kind": each.kind,
        "options": options,
        "chosen": chosen,
        "value": shown,
    }


async def _views(
    request: Request, by: Actor, page: ListPage, saved: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    current = saved_views.normal(request.url.query)
    visible, counted = page.visible(by), [v for v in page.views if v.counted is not None]
    found = await capped_counts(page.listing.source, [[*visible, *(v.counted or ())] for v in counted])
    counts = dict(zip((v.key for v in counted), found, strict=True))
    shown = []
    for view in page.views:
        query, count = urlencode(sorted(view.query.items())), counts.get(view.key)
        shown.append({
            "label": _(view.label), "href": page.path + (f"?{query}" if query else ""), "current": query == current,
            "count": None if count is None else "999+" if count > 999 else count,
        })  # fmt: skip
    for view in saved:
        now = saved_views.normal(view["query"]) == current
        shown.append({"label": view["name"], "href": f"{page.path}?{view['query']}", "current": now, "count": None,
                      "id": view["id"] if view["owner"] == by.user_id else None})  # fmt: skip
    return shown
