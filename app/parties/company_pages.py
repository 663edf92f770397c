"""The page of our own company."""

from typing import Any

from litestar import Request, Response, get, post

from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import N_, _
from app.documents import attachments
from app.events.log import timeline
from app.parties import company
from app.parties.permissions import EDIT_COMPANY
from app.people.actors import Actor
from app.web.input import Input, read_form
from app.web.masters import Field
from app.web.render import render, see

FIELDS = (
    Field("name", company.LABELS["name"], required=True, limit=120),
    Field("name_en", company.LABELS["name_en"], limit=120, hint=N_("Printed on papers for customers abroad")),
    Field(
        "tax_number",
        company.LABELS["tax_number"],
        limit=40,
        hint=N_("18 characters of the uniform social credit code"),
    ),
    Field("phone", company.LABELS["phone"], limit=40),
    Field("address", company.LABELS["address"], limit=300, wide=True),
    Field("bank", company.LABELS["bank"], limit=120),
    Field("bank_account", company.LABELS["bank_account"], limit=60),
)


async def _page(
    request: Request, form: Input | None, problems: dict[str, str], status: int = 200
) -> Response[str]:
    row = await company.profile()
    values = {**row, **form.values} if form else row
    events = await timeline(company.SUBJECT, row["id"]) if row["id"] else []
    return await render(
        request,
        "parties/company.html",
        status,
        row=row,
        values=values,
        fields=FIELDS,
        problems=problems,
        events=events,
    )


@get("/company")
async def show(request: Request, by: Actor) -> Response[str]:
    by.must(EDIT_COMPANY)
    return await _page(request, None, {})


@post("/company", status_code=303)
async def change(request: Request, by: Actor) -> Response[Any]:
    form = await read_form(request)
    try:
        values = {field.name: field.read(form) for field in FIELDS}
        form.check()
        file = form.files.get("seal")
        seal = (file.filename, await file.read()) if file else None
        await commit(
            company.change,
            values,
            seal,
            by=by,
            version=form.version,
            key=form.key,
            body=form.body + (seal[1] if seal else b""),
        )
    except Refused as refused:
        problems = refused.on_form()
        problems = {"seal" if name == "file" else name: text for name, text in problems.items()}
        return await _page(request, form, problems, refused.status)
    return see("/company", _("%(what)s saved", what=_("Company")))


@get("/company/seal")
async def seal(by: Actor) -> Response[bytes]:
    """The picture of the seal."""
    by.must(EDIT_COMPANY)
    digest = (await company.profile())["seal"]
    path = attachments.path_of(digest) if digest else None
    if path is None or not path.exists():
        raise Refused(NOT_FOUND)
    data = path.read_bytes()
    return Response(data, media_type=attachments.sniffed("seal", data))


ROUTES = [show, change, seal]
