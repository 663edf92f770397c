"""Pages of a master, made from its description."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from app.core import db, search
from app.core.db import Done, commit
from app.core.quantities import UNITS, labelled
from app.core.refusals import Refused
from app.core.text import digits
from app.core.words import _
from app.events.log import timeline
from app.people.actors import Actor
from app.web import imports, masters
from app.web.export import export_route
from app.web.file_problems import gathered
from app.web.input import read_form
from app.web.lists import draw
from app.web.master_children import MOST_IN_FORM, Child, words_of
from app.web.masters import Master
from app.web.render import html, render, see

SPARE_ROWS = 3


def form_values(master: Master, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the values of its form."""
    values = {"code": row["code"], **{f.name: f.shown(row) for f in master.fields}}
    for f in master.fields:
        if f.kind == "ref":
            values[f"{f.name}_text"] = f.told(row)
    for child in master.children:
        for i, each in enumerate(row[child.name]):
            values |= {f"{child.name}-{i}-{f.name}": f.shown(each) for f in child.fields}
    return values


def _drawn_rows(master: Master, values: dict[str, Any]) -> dict[str, int]:
    """How many rows of each child the form draws: those filled and some to fill."""
    rows = {}
    for child in master.children:
        typed = {f.name for f in child.fields if f.kind not in ("flag", "choice", "unit")}
        sent = ((n.split("-", 2), value) for n, value in values.items() if n.startswith(f"{child.name}-"))
        used = [
            at
            for n, value in sent
            if len(n) == 3 and (at := digits(n[1])) is not None and n[2] in typed and value not in (None, "")
        ]
        count = max(used, default=-1) + 1
        rows[child.name] = count + SPARE_ROWS if count <= MOST_IN_FORM else 0
    return rows


async def _form(request: Request, by: Actor, master: Master, row: dict[str, Any] | None, values: dict[str, Any],
                problems: dict[str, str], status: int = 200) -> Response[str]:  # fmt: skip
    master = await masters.whole(master, by, row)
    words = [await words_of(child, values) for child in master.children]
    return await render(
        request, "masters/form.html", status, master=master, row=row, values=values, problems=problems,
        rows=_drawn_rows(master, values), words={row: word for some in words for row, word in some.items()},
        units=[(u, labelled(u, str(values.get("unit_label") or ""))) for u in UNITS],
    )  # fmt: skip


def pages_of(master: Master) -> list[Any]:
    """List, export, detail, new, edit, import."""

    @get(master.path, name=f"{master.resource}:list")
    async def list_page(request: Request, by: Actor) -> Response:
        by.must(master.see)
        return await draw(request, by, master.list)

    @get(f"{master.path}/{{code:str}}", name=f"{master.resource}:show")
    async def show_page(request: Request, by: Actor, code: str) -> Response:
        by.must(master.see)
        row = await masters.row_of(master, code)
        return await render(
            request, "masters/show.html", master=await masters.whole(master, by), row=row, may_edit=by.may(master.edit),
            events=await timeline(master.kind, row["id"], by=by), links=master.actions(row, by),
        )  # fmt: skip

    shown = [] if master.own_page else [show_page]
    exported = export_route(master.list, master.see)
    return [list_page, exported, *shown, *_form_pages(master), *_import_pages(master)]


def _form_pages(master: Master) -> list[Any]:
    @get(f"{master.path}/new", name=f"{master.resource}:new")
    async def new_page(request: Request, by: Actor) -> Response:
        by.must(master.edit)
        asked = request.query_params
        fields = (await masters.whole(master, by)).fields
        values = {f.name: asked[f.name][:200] if f.name in asked else f.default for f in fields}
        values["active"] = True
        return await _form(request, by, master, None, values, {})

    @post(master.path, name=f"{master.resource}:make", status_code=303)
    async def make(request: Request, by: Actor) -> Response:
        return await _save(request, by, master, None)

    @get(f"{master.path}/{{code:str}}/edit", name=f"{master.resource}:edit")
    async def edit_page(request: Request, by: Actor, code: str) -> Response:
        by.must(master.edit)
        row = await masters.row_of(master, code)
        return await _form(request, by, master, row, form_values(await masters.whole(master, by), row), {})

    @post(f"{master.path}/{{code:str}}", name=f"{master.resource}:change", status_code=303)
    async def change(request: Request, by: Actor, code: str) -> Response:
        return await _save(request, by, master, code)

    return [new_page, make, edit_page, change]


async def _save(request: Request, by: Actor, master: Master, code: str | None) -> Response:
    form = await read_form(request)

    async def where(done: Done) -> dict[str, Any]:
        return {"code": done.value["code"]}

    try:
        done = await commit(
            masters.save,
            master,
            code,
            form,
            by=by,
            version=form.version,
            key=form.key,
            body=form.body,
            answer=where,
        )
    except Refused as refused:
        row = await masters.row_of(master, code) if code is not None else None
        return await _form(request, by, master, row, form.values, refused.on_form(), refused.status)
    return see(
        f"{master.path}/{quote(done.answer['code'], safe='')}", _("%(what)s saved", what=done.answer["code"])
    )


def _import_pages(master: Master) -> list[Any]:
    async def page(
        request: Request, child: Child | None, found: Any, problems: dict[str, str], status: int = 200
    ) -> Response:
        return await render(
            request,
            "masters/import.html",
            status,
            master=master,
            child=child,
            found=found,
            gathered=gathered(found.errors) if found else [],
            problems=problems,
        )

    @get(f"{master.path}/import", name=f"{master.resource}:import")
    async def import_page(request: Request, by: Actor, of: str = "") -> Response:
        child = imports.child_of(master, of)
        by.must(child.permission if child else master.edit)
        return await page(request, child, None, {})

    @get(f"{master.path}/import-template.xlsx", name=f"{master.resource}:template")
    async def template(by: Actor, of: str = "") -> Response:
        child = imports.child_of(master, of)
        by.must(child.permission if child else master.edit)
        return imports.template(await masters.whole(master, by), child)

    @post(f"{master.path}/import", name=f"{master.resource}:run-import", status_code=200)
    async def run_import(request: Request, by: Actor, of: str = "") -> Response:
        child, form = imports.child_of(master, of), await read_form(request)
        try:
            found = await imports.take(master, child, form, dry=form.raw("apply") != "1", by=by)
        except Refused as refused:
            return await page(request, child, None, refused.on_form("file"), refused.status)
        return await page(request, child, found, {})

    return [import_page, template, run_import]


def lookup_of(master: Master) -> Any:
    """The answers of a lookup field: options whose value is the code."""

    @get(f"/lookup/{master.resource}", name=f"{master.resource}:lookup")
    async def lookup(request: Request, by: Actor, q: str = "") -> Response:
        by.must(master.see)
        condition = (
            db.any_of("m.id", (await search.find(q, [master.kind], 12)).get(master.kind, []))
            if q.strip()
            else None
        )
        rows = (
            await db.rows(
                f"select m.* from {master.tablename} m where m.active and {{}} order by m.code limit 12",
                condition,
            )
            if condition is not None
            else await db.rows(
                f"select m.* from {master.tablename} m where m.active order by m.code limit 12"
            )
        )
        return html(request, "masters/lookup.html", rows=rows, beginning=master.list.beginning(by))

    return lookup


def routes_of(master: Master) -> list[Any]:
    return [*pages_of(master), lookup_of(master)]
