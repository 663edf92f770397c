"""已学会: what intake has learned of each customer, to be seen, mended and taken back."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.conditions import Condition, contains, named
from app.core.db import commit
from app.core.paging import Listing
from app.core.refusals import NOT_FOUND, Refused
from app.core.text import digits
from app.core.words import N_, _
from app.intake import learning, permissions
from app.intake.learning import COLUMN, DESCRIPTION, FIELDS, KINDS, NAME, PRICE, QUANTITY, TABLE, TERM, UNIT
from app.people.actors import Actor
from app.web.export import export_route
from app.web.input import read_form
from app.web.lists import Column, Filter, ListPage, View, draw
from app.web.render import render, see

PART_NUMBER = "part_number"
WORDS = {**KINDS, PART_NUMBER: N_("Part number")}
_BOTH = (
    "(select 'w' || w.id as key, w.id, w.customer, w.kind, w.said, w.means, w.version from learned_words w"
    " union all select 'p' || x.id, x.id, x.customer, 'part_number', x.code, i.code, x.item from customer_items x"
    " join items i on i.id = x.item) l join customers c on c.id = l.customer"
)


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["kind_word"] = _(WORDS[row["kind"]])
        row["meaning"] = meaning(row["kind"], row["means"])


def meaning(kind: str, means: str) -> str:
    """What a word means, in words."""
    if kind == TERM and means:
        return _("%(n)s days", n=learning.told(kind, means))
    return _(learning.told(kind, means)) if kind in (COLUMN, NAME, TABLE, TERM) else means


LEARNED = ListPage(
    nothing=N_("What you put right in a file is remembered here"),
    name="learned-words", title=N_("Learned"), path="/intake/learned", id_column="l.key",
    listing=Listing(
        "l.key, l.kind, l.said, l.means, c.code as customer_code, c.name as customer", _BOTH,
        {"customer": ("c.name", "l.kind", "l.said", "l.key"), "said": ("l.said", "l.key")}, "customer",
    ),
    columns=(
        Column("said", N_("What the customer says"), "code", sort="said", sub="kind_word", below=N_("Kind")),
        Column("meaning", N_("What it means"), phone="full"),
        Column("customer", N_("Customer"), sub="customer_code", below=N_("Customer's code"), sort="customer"),
    ),
    filters=(
        Filter("customer", N_("Customer"), named("c.code", "c.name", "c.short_name"), kind="text"),
        Filter("said", N_("What the customer says"), lambda v: contains(v, "l.said"), kind="text"),
        Filter("kind", N_("Kind"), lambda v: Condition("l.kind = {}", (v,)) if v in WORDS else None, tuple(WORDS.items())),
    ),
    views=(
        View("all", N_("All"), {}),
        View("columns", N_("Headings"), {"kind": COLUMN}),
        View("part_numbers", N_("Part numbers"), {"kind": PART_NUMBER}),
    ),
    href=lambda row: f"/intake/learned/{row['key']}", dress=_dress,
)  # fmt: skip


@get("/intake/learned")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, LEARNED)


export_page = export_route(LEARNED, permissions.SEE)


async def _word(key: str) -> dict[str, Any]:
    number = key[1:]
    if key[:1] not in ("w", "p") or digits(number) is None:
        raise Refused(NOT_FOUND)
    found = await db.one(
        f"select l.*, c.code as customer_code, c.name as customer_name from {_BOTH} where l.key = {{}}", key
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return found


@get("/intake/learned/{key:str}")
async def show(request: Request, by: Actor, key: str) -> Response:
    by.must(permissions.SEE)
    return await _show(request, by, await _word(key), {})


async def _show(request: Request, by: Actor, word: dict[str, Any], problems: dict[str, str], given: str | None = None,
                status: int = 200) -> Response:  # fmt: skip
    return await render(
        request, "intake/word.html", status, word=word, kind=_(WORDS[word["kind"]]), problems=problems,
        given=word["means"] if given is None else given, title=await _title(word["means"]) if given is None else given,
        fields=[(f, _(w)) for f, w in FIELDS.items()],
        ask="field" if word["kind"] == COLUMN else "unit" if word["kind"] in (UNIT, QUANTITY, PRICE)
        else "item" if word["kind"] in (DESCRIPTION, PART_NUMBER) else "",
        meaning=meaning(word["kind"], word["means"]), may_teach=by.may(permissions.TEACH),
    )  # fmt: skip


async def _title(code: str) -> str:
    """An item of ours as people know it; of anything else what was given."""
    item = await db.one("select code, name, spec from items where code = {}", code)
    return " ".join(item.values()).strip() if item else code


@post("/intake/learned/{key:str}/change", status_code=303)
async def change(request: Request, by: Actor, key: str) -> Response:
    by.must(permissions.TEACH)
    form, word = await read_form(request), await _word(key)
    try:
        verb = learning.change_part_number if key[0] == "p" else learning.change
        means = form.chosen("means")
        await commit(verb, word["id"], means, by=by, version=form.version, key=form.key, body=form.body)
    except Refused as refused:
        return await _show(request, by, word, refused.on_form(), form.chosen("means"), refused.status)
    return see(f"/intake/learned?customer={word['customer_code']}", _("Mended"))


@post("/intake/learned/{key:str}/forget", status_code=303)
async def forget(request: Request, by: Actor, key: str) -> Response:
    form, word = await read_form(request), await _word(key)
    verb = learning.forget_part_number if key[0] == "p" else learning.forget
    await commit(verb, word["id"], by=by, version=form.version, key=form.key, body=form.body)
    return see(
        f"/intake/learned?customer={word['customer_code']}",
        _("Forgotten; the next file is asked about again"),
    )


ROUTES = [index, export_page, show, change, forget]
