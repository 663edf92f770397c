"""Roles: what each may do and how far it reaches."""

from typing import Any

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import commit
from app.core.refusals import NOT_FOUND, Refused
from app.core.words import N_, Word, _
from app.events.log import timeline
from app.people import roles
from app.people.actors import Actor
from app.people.grants import all_permissions
from app.people.permissions import EDIT_USERS
from app.web.input import Input, read_form
from app.web.render import render, see

CAPABILITIES: dict[str, Word] = {
    "inquiries": N_("Inquiries"), "quotations": N_("Quotations"), "frameworks": N_("Framework orders"),
    "sales": N_("Sales orders"), "intake": N_("Intake"), "amendments": N_("Change requests"), "pricing": N_("Price lists"),
    "portal": N_("Customer links"), "parties": N_("Customers, suppliers, company"),
    "catalog": N_("Items and machines"), "production": N_("Production"), "planning": N_("Scheduling"), "stock": N_("Stock"),
    "delivery": N_("Delivery"), "billing": N_("Money"), "approvals": N_("Approvals"), "offline": N_("Tablets and scanners"),
    "alerts": N_("Alerts"), "integrations": N_("Channels"), "opening": N_("Going live"), "events": N_("Events"),
    "people": N_("People and the house"), "documents": N_("Papers and files"), "custom_fields": N_("Custom fields"),
}  # fmt: skip
"""The groups of the matrix, in this order."""


def matrix() -> list[dict[str, Any]]:
    """All permissions by capability: [{label, permissions}]."""
    order = list(CAPABILITIES)
    groups: dict[str, list[Any]] = {}
    for permission in all_permissions():
        groups.setdefault(permission.code.split(":")[0], []).append(permission)
    return [
        {"label": _(CAPABILITIES[name]), "permissions": groups[name]}
        for name in sorted(groups, key=order.index)
    ]


def _sent_grants(form: Input) -> dict[str, str]:
    """{permission: scope} of the boxes ticked and scopes chosen."""
    return {
        name.removeprefix("grant."): str(v)
        for name, v in form.values.items()
        if name.startswith("grant.") and v
    }


@get("/roles")
async def list_roles(request: Request, by: Actor) -> Response[str]:
    by.must(EDIT_USERS)
    found = await db.rows(
        "select r.code, r.name, r.active, (select count(*) from grants g where g.role = r.id) as grants,"
        ' (select count(*) from user_roles ur join users u on u.id = ur."user" where ur.role = r.id and u.active) as users'
        " from roles r order by r.active desc, r.id"
    )
    return await render(request, "people/roles.html", roles=found)


async def _form(
    request: Request, row: dict[str, Any] | None, values: dict[str, Any], granted: dict[str, str], problems: dict[str, str],
    status: int = 200,
) -> Response[str]:  # fmt: skip
    holders = [] if row is None else await db.rows(
        'select u.login, p.name from user_roles ur join users u on u.id = ur."user" join people p on p.id = u.person'
        " where ur.role = {} and u.active order by u.login limit 60", row["id"],
    )  # fmt: skip
    return await render(
        request, "people/role.html", status, row=row, values=values, granted=granted, problems=problems, matrix=matrix(),
        scopes=list(roles.SCOPE_LABELS.items()), holders=holders, events=await timeline("role", row["id"]) if row else [],
    )  # fmt: skip


async def _role(code: str) -> dict[str, Any]:
    row = await db.one(
        "select id, code, name, active, version from roles where code = {}", code.replace("\x00", "")[:60]
    )
    if row is None:
        raise Refused(NOT_FOUND)
    return row


@get("/roles/new")
async def new_role(request: Request, by: Actor, like: str = "") -> Response[str]:
    """An empty form, or one with the grants of the role that is `like` it."""
    by.must(EDIT_USERS)
    granted = await roles.grants_of((await _role(like))["id"]) if like else {}
    return await _form(request, None, {"active": True}, granted, {})


@post("/roles", status_code=303)
async def make(request: Request, by: Actor) -> Response[Any]:
    form = await read_form(request)
    try:
        code, name = form.text("code", 60, required=True), form.text("name", 80, required=True)
        form.check()
        await commit(roles.create, code, name, _sent_grants(form), by=by, key=form.key, body=form.body)
    except Refused as refused:
        if not refused.fields():
            raise
        return await _form(request, None, form.values, _sent_grants(form), refused.fields(), refused.status)
    return see(f"/roles/{code}", _("%(what)s saved", what=name))


@get("/roles/{code:str}")
async def show_role(request: Request, by: Actor, code: str) -> Response[str]:
    by.must(EDIT_USERS)
    row = await _role(code)
    return await _form(request, row, row, await roles.grants_of(row["id"]), {})


@post("/roles/{code:str}", status_code=303)
async def change(request: Request, by: Actor, code: str) -> Response[Any]:
    form = await read_form(request)
    try:
        name = form.text("name", 80, required=True)
        form.check()
        await commit(
            roles.change, code, name, form.flag("active"), _sent_grants(form), by=by, version=form.version,
            key=form.key, body=form.body,
        )  # fmt: skip
    except Refused as refused:
        problems = refused.on_form()
        values = {**form.values, "active": form.flag("active")}
        return await _form(request, await _role(code), values, _sent_grants(form), problems, refused.status)
    return see(f"/roles/{code}", _("%(what)s saved", what=name))


ROUTES = [list_roles, new_role, make, show_role, change]
