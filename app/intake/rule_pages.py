"""Cleaning rules: the list, the form with its field to try a rule out."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.conditions import Condition
from app.core.db import commit
from app.core.paging import Listing
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import N_, _
from app.intake import cleaning, permissions
from app.intake.cleaning import FIELDS, KINDS, NewRule
from app.intake.lists import CHANNEL_WORDS
from app.people.actors import Actor
from app.web.export import export_route
from app.web.input import Input, read_form
from app.web.lists import Column, Filter, ListPage, draw
from app.web.render import render, see

CHANNELS = ("", *CHANNEL_WORDS)


async def _dress(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["field_word"], row["kind_word"] = _(FIELDS[row["field"]]), _(KINDS[row["kind"]])
        row["for"] = " · ".join(
            [_(CHANNEL_WORDS[row["channel"]]) if row["channel"] in CHANNEL_WORDS else _("All channels"),
             row["customer"] or _("all customers")]
        )  # fmt: skip
        row["look"] = (_("In force"), "ok") if row["active"] else (_("Switched off"), "draft")


RULES = ListPage(
    name="cleaning-rules", title=N_("Cleaning rules"), path="/intake/rules", id_column="r.id",
    listing=Listing(
        "r.id, r.name, r.field, r.kind, r.channel, r.pattern, r.replacement, r.active, coalesce(c.name, '') as customer",
        "cleaning_rules r left join customers c on c.id = r.customer", {"position": ("r.position", "r.id")}, "position",
    ),
    columns=(
        Column("name", N_("Rule"), "code", sub="pattern", below=N_("Pattern")),
        Column("field_word", N_("Field"), sub="kind_word", below=N_("Kind")),
        Column("for", N_("Applies to"), low=True),
        Column("look", N_("State"), "pill"),
    ),
    filters=(
        Filter("field", N_("Field"), lambda v: Condition("r.field = {}", (v,)) if v in FIELDS else None, tuple(FIELDS.items())),
    ),
    href=lambda row: f"/intake/rules/{row['id']}", dress=_dress,
    actions=({"label": N_("New cleaning rule"), "href": "/intake/rules/new", "icon": "plus", "look": "pri",
              "permission": "intake:learning:edit", "key": "N"},),
)  # fmt: skip


@get("/intake/rules")
async def index(request: Request, by: Actor) -> Response:
    by.must(permissions.SEE)
    return await draw(request, by, RULES)


export_page = export_route(RULES, permissions.SEE)
BLANK = {"name": "", "field": "customer_order_number", "kind": "regex", "pattern": "", "replacement": "", "channel": "",
         "customer": "", "position": "10", "active": "1"}  # fmt: skip


@get("/intake/rules/new")
async def new(request: Request, by: Actor) -> Response:
    by.must(permissions.TEACH)
    return await _form(request, by, None, BLANK, {})


async def _form(request: Request, by: Actor, id_: int | None, values: dict[str, Any], problems: dict[str, str],
                status: int = 200) -> Response:  # fmt: skip
    sample, tried = str(values.get("sample") or ""), ""
    if sample and "pattern" not in problems and "replacement" not in problems:
        try:
            tried = cleaning.applied(
                str(values["kind"]), str(values["pattern"]), str(values["replacement"]), sample
            )
        except Refused as refused:
            problems = {**problems, **refused.fields()}
    return await render(
        request, "intake/rule.html", status, id=id_, values=values, problems=problems, sample=sample, tried=tried,
        fields=[(f, _(w)) for f, w in FIELDS.items()], rule_kinds=[(k, _(w)) for k, w in KINDS.items()],
        channels=[("", _("All channels")), *((c, _(w)) for c, w in CHANNEL_WORDS.items())], may_teach=by.may(permissions.TEACH),
    )  # fmt: skip


async def _rule(id_: int) -> dict[str, Any]:
    found = await db.one(
        "select r.*, coalesce(c.code, '') as customer_code, coalesce(c.name, '') as customer_name from cleaning_rules r"
        " left join customers c on c.id = r.customer where r.id = {}",
        id_ if id_ < 2**31 else 0,
    )
    if found is None:
        raise Refused(NOT_FOUND)
    return {**found, "customer": found["customer_code"], "active": "1" if found["active"] else ""}


@get("/intake/rules/{rule_id:int}")
async def show(request: Request, by: Actor, rule_id: int) -> Response:
    by.must(permissions.SEE)
    return await _form(request, by, rule_id, await _rule(rule_id), {})


def _entered(form: Input) -> NewRule:
    rule = NewRule(
        name=form.text("name", 80), field=form.text("field", 40), kind=form.text("kind", 20), pattern=_kept(form, "pattern"),
        replacement=_kept(form, "replacement"), channel=form.choice("channel", CHANNELS, ""),
        customer=form.text("customer", 60) or form.text("customer_text", 60), position=form.whole("position", 10),
        active=form.flag("active"),
    )  # fmt: skip
    form.check()
    return rule


def _kept(form: Input, name: str) -> str:
    """As typed: blanks at the ends of a pattern count."""
    form.text(name, 200)
    return form.raw(name)[:200]


@post("/intake/rules/try")
async def attempt(request: Request, by: Actor) -> Response:
    """What a rule that is being written makes of an example."""
    by.must(permissions.TEACH)
    form = await read_form(request)
    id_ = form.whole("id")
    return await _form(request, by, id_ or None, {**BLANK, **form.values, "active": form.raw("active")}, {})


@post("/intake/rules", status_code=303)
async def create(request: Request, by: Actor) -> Response:
    return await _write(request, by, None)


@post("/intake/rules/{rule_id:int}", status_code=303)
async def update(request: Request, by: Actor, rule_id: int) -> Response:
    by.must(permissions.TEACH)
    await _rule(rule_id)
    return await _write(request, by, rule_id)


async def _write(request: Request, by: Actor, id_: int | None) -> Response:
    form = await read_form(request)
    try:
        await commit(
            cleaning.write, _entered(form), id_, by=by, version=form.version, key=form.key, body=form.body
        )
    except Refused as refused:
        values = {**BLANK, **form.values, "active": form.raw("active")}
        return await _form(request, by, id_, values, refused.on_form(), refused.status)
    return see("/intake/rules", _("The rule is kept; it holds for what comes in from now on"))


ROUTES = [index, export_page, new, show, attempt, create, update]
