"""What is done with many rows of a list at once. Each row is a command of its own, with its own key and its own refusal."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post

from app.core.db import Done, commit
from app.core.refusals import Reason, Refused
from app.core.text import digits
from app.core.words import N_, Word, _
from app.documents.joining import joined
from app.documents.pages import sent
from app.people.actors import Actor, Permission
from app.web.input import read_form
from app.web.lists import MOST, ListPage, draw
from app.web.render import html, see

NOTHING_CHOSEN = Reason("nothing_chosen", N_("Tick at least one row"))
TOO_MANY_CHOSEN = Reason("too_many_chosen", N_("At most %(limit)s rows at once; %(length)s are ticked"))
FINDS_OTHERS = Reason(
    "finds_others", N_("The filter finds %(found)s rows now, not %(seen)s; nothing was done. Look again"), 409
)
NOT_PRINTED = Reason("not_printed", N_("Nothing is printed: %(name)s: %(why)s"), 409)
List = ListPage | Callable[[Actor], ListPage]


@dataclass(frozen=True)
class Verb:
    """A command for each ticked row, `verb(name, version=…, by=…)`; `done` says of how many it was done."""

    key: str
    label: Word
    icon: str
    permission: Permission
    verb: Callable[..., Awaitable[Any]]
    done: Word
    question: Word = Word("")


@dataclass(frozen=True)
class Paper:
    """A paper of each ticked row, `paint(request, name, by)`, all in one file."""

    key: str
    label: Word
    permission: Permission
    paint: Callable[[Request, str, Actor], Awaitable[bytes]]
    icon: str = "printer"


@dataclass(frozen=True)
class Came:
    """What came of one row: done (ok), waiting for somebody (chg), refused (bad)."""

    name: str
    href: str
    kind: str
    said: str


def bulk_routes(
    page: List, see_list: Permission, offers: Sequence[Verb | Paper], path: str = ""
) -> list[Any]:
    """The addresses of what a list offers for its ticked rows; `path` when the list depends on the reader."""
    base = path or (page.path if isinstance(page, ListPage) else "")
    found = [_everything_route(base, page, see_list)]
    for each in offers:
        if isinstance(each, Verb):
            found += [_verb_route(base, page, see_list, offers, each), _way_back(base, see_list, each)]
        else:
            found.append(_paper_route(base, page, see_list, each))
    return found


def _way_back(base: str, see_list: Permission, offer: Verb) -> Any:
    @get(f"{base}/bulk/{offer.key}", name=f"bulk:{base}:{offer.key}:back")
    async def back_to_the_list(request: Request, by: Actor) -> Response:
        """The address of an answer, asked for again."""
        by.must(see_list)
        return see(_with_query(base, request))

    return back_to_the_list


def _with_query(base: str, request: Request) -> str:
    return base + (f"?{request.url.query}" if request.url.query else "")


def _everything_route(base: str, page: List, see_list: Permission) -> Any:
    @get(f"{base}/bulk/everything", name=f"everything:{base}")
    async def offer_everything(request: Request, by: Actor) -> Response:
        """How many rows the filter finds, to be chosen together: asked once a whole page is ticked, since counting takes time."""
        by.must(see_list)
        shown = page if isinstance(page, ListPage) else page(by)
        finds = len(await shown.found(request, by, MOST + 1))
        return html(request, "layouts/_everything.html", finds=min(finds, MOST), too_many=finds > MOST)

    return offer_everything


def _verb_route(
    base: str, page: List, see_list: Permission, offers: Sequence[Verb | Paper], offer: Verb
) -> Any:
    @post(f"{base}/bulk/{offer.key}", name=f"bulk:{base}:{offer.key}", status_code=200)
    async def done_to_many(request: Request, by: Actor) -> Response:
        by.must(see_list)
        by.must(offer.permission)
        shown = page if isinstance(page, ListPage) else page(by)
        form = await read_form(request)
        if form.has("everything"):
            chosen = await _kept(shown, request, by, form.raw("everything"), form.key)
        else:
            chosen = _chosen((await request.form()).getall("chosen", []))
        outcome = [
            await _do(offer, name, version, shown.href({shown.key: name}), by, form.key)
            for name, version in chosen
        ]
        said = summary(offer, outcome)
        if all(came.kind == "ok" for came in outcome):
            return see(_with_query(base, request), said)
        order = ("bad", "chg", "ok")
        outcome.sort(key=lambda came: order.index(came.kind))
        return await draw(request, by, shown, offers, outcome=(said, outcome))

    return done_to_many


async def _do(offer: Verb, name: str, version: int | None, href: str, by: Actor, key: str | None) -> Came:
    own = f"{key}:{offer.key}:{name}" if key else None
    try:
        done = await commit(offer.verb, name, version=version, by=by, key=own, body=name)
    except Refused as refused:
        return Came(name, href, "bad", refused.sentence())
    if done.status == 202:
        return Came(name, href, "chg", _("Waiting for approval"))
    return Came(name, href, "ok", _("Carried out"))


def summary(offer: Verb, outcome: Sequence[Came]) -> str:
    """12 confirmed · 2 refused."""
    counts = [sum(came.kind == kind for came in outcome) for kind in ("ok", "chg", "bad")]
    words = (offer.done, N_("%(n)s wait for approval"), N_("%(n)s refused"))
    return " · ".join(_(word, n=n) for word, n in zip(words, counts, strict=True) if n)


def _paper_route(base: str, page: List, see_list: Permission, offer: Paper) -> Any:
    @get(f"{base}/bulk/{offer.key}.pdf", name=f"bulk:{base}:{offer.key}")
    async def papers_of_many(request: Request, by: Actor) -> Response[bytes]:
        by.must(see_list)
        by.must(offer.permission)
        asked, papers = request.query_params, []
        if seen := asked.get("everything"):
            shown = page if isinstance(page, ListPage) else page(by)
            chosen = await _everything(shown, request, seen, by=by)
        else:
            chosen = _chosen(asked.getall("chosen", []))
        for name, _version in chosen:
            try:
                papers.append(await offer.paint(request, name, by))
            except Refused as refused:
                raise Refused(NOT_PRINTED, name=name, why=refused.sentence()) from refused
        return sent(await joined(papers), "application/pdf", f"{offer.key}.pdf", inline=True)

    return papers_of_many


async def _kept(
    page: ListPage, request: Request, by: Actor, seen: str, key: str | None
) -> list[tuple[str, int | None]]:
    """All that the filter finds; asked again under the same key the same rows, which it may find no longer."""

    async def answer(done: Done) -> dict[str, Any]:
        return {"rows": done.value}

    query, own = request.url.query, f"{key}:rows" if key else None
    done = await commit(_everything, page, request, seen, by=by, key=own, body=query, answer=answer)
    return [(name, version) for name, version in done.answer["rows"]]


async def _everything(
    page: ListPage, request: Request, seen: str, *, by: Actor
) -> list[tuple[str, int | None]]:
    """All that the filter finds, as long as these are as many as the person saw."""
    found = await page.found(request, by, MOST)
    if seen != str(len(found)):
        raise Refused(FINDS_OTHERS, found=len(found), seen=seen[:9])
    return list(found)


def _chosen(sent_values: Sequence[Any]) -> list[tuple[str, int | None]]:
    """Names and the versions that were seen, from `7:SO20261128-0001`; each once."""
    found: dict[str, int | None] = {}
    for value in sent_values:
        version, _colon, name = str(value)[:120].partition(":")
        if name:
            found[name] = digits(version)
    if not found:
        raise Refused(NOTHING_CHOSEN)
    if len(found) > MOST:
        raise Refused(TOO_MANY_CHOSEN, limit=MOST, length=len(found))
    return list(found.items())
