"""Roles: named bundles of grants, each with its scope. A new house begins with ROLES; an administrator edits them."""

import re
from collections.abc import Mapping

from app.core import db
from app.core.refusals import NOT_A_CHOICE, REQUIRED, TAKEN, Refused
from app.core.rows import locked
from app.core.words import N_, Word, translate
from app.events.log import changes, record
from app.people.actors import SCOPES, Actor
from app.people.events import RoleChanged, RoleMade
from app.people.grants import all_permissions
from app.people.logins import actor_of_user
from app.people.permissions import EDIT_USERS
from app.people.refusals import LAST_ADMINISTRATOR, LOGIN_FORM, OWN_LOGIN
from app.people.tables import Role

OWN, TEAM, ALL = SCOPES
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
SCOPE_LABELS = {OWN: N_("Own only"), TEAM: N_("Of the team"), ALL: N_("All")}

ROLES: dict[str, tuple[Word, str]] = {
    "sales": (N_("Sales"), """sales:order:see=all sales:order:create sales:order:confirm sales:order:cancel sales:order:close
        sales:order:price intake:inbound:see intake:inbound:decide parties:customer:see parties:customer:edit catalog:item:see
        portal:link:make delivery:note:see delivery:note:create production:work_order:see billing:receivable:see billing:consigned:bill
        stock:balance:see planning:schedule:see pricing:list:see pricing:list:edit
        alerts:alert:see=own alerts:alert:snooze
        approvals:delegation:make
        intake:learning:edit amendments:request:see amendments:request:close amendments:order:amend
        catalog:bom:see
        inquiries:inquiry:see=all inquiries:inquiry:write quotations:quotation:see=all quotations:quotation:write
        frameworks:order:see=all frameworks:order:write
        frameworks:order:activate"""),
    "export": (N_("Export documents"), """sales:order:see=all sales:order:create sales:order:price intake:inbound:see
        intake:inbound:decide parties:customer:see catalog:item:see delivery:note:see portal:link:make pricing:list:see
        alerts:alert:see=own alerts:alert:snooze
        intake:learning:edit amendments:request:see amendments:request:close
        inquiries:inquiry:see=all inquiries:inquiry:write quotations:quotation:see=all quotations:quotation:write
        frameworks:order:see=all frameworks:order:write"""),
    "merchandiser": (N_("Order follow-up"), """sales:order:see=all sales:order:price parties:customer:see catalog:item:see
        production:work_order:see delivery:note:see delivery:note:create portal:link:make planning:schedule:see stock:balance:see
        pricing:list:see
        alerts:alert:see=own alerts:alert:snooze
        amendments:request:see frameworks:order:see=all"""),
    "pmc": (N_("PMC planner"), """sales:order:see=all catalog:item:see catalog:item:edit catalog:machine:see catalog:machine:edit
        catalog:routing:edit catalog:bom:see catalog:bom:edit production:work_order:see production:work_order:plan production:exception:see
        production:exception:decide offline:action:decide planning:schedule:see planning:schedule:run planning:schedule:publish
        planning:calendar:edit stock:balance:see delivery:note:see people:person:see
        alerts:alert:see=all alerts:alert:snooze
        approvals:delegation:make
        amendments:request:see frameworks:order:see=all"""),
    "purchasing": (N_("Purchasing"), """catalog:item:see catalog:item:edit parties:supplier:see parties:supplier:edit stock:balance:see
        alerts:alert:see=own alerts:alert:snooze
        approvals:delegation:make
        catalog:bom:see"""),
    "outside": (N_("Outside processing"), """catalog:item:see parties:supplier:see stock:balance:see production:work_order:see
        alerts:alert:see=own alerts:alert:snooze"""),
    "leader": (N_("Team leader"), """production:work_order:see=team production:report:make production:report:correct
        production:exception:see production:exception:decide offline:action:decide catalog:item:see catalog:machine:see
        planning:schedule:see stock:balance:see
        alerts:alert:see=own alerts:alert:snooze
        catalog:bom:see"""),
    "worker": (N_("Worker"), """production:report:make stock:receipt:make delivery:note:pick"""),
    "toolkeeper": (N_("Tool keeper"), """catalog:item:see catalog:machine:see production:work_order:see"""),
    "quality": (N_("Quality"), """production:work_order:see production:exception:see production:exception:decide catalog:item:see
        stock:balance:see
        alerts:alert:see=own alerts:alert:snooze"""),
    "warehouse": (N_("Warehouse"), """stock:balance:see stock:bin:see stock:bin:edit stock:move:make stock:receipt:make
        stock:posting:reverse delivery:note:see delivery:note:create delivery:note:pick delivery:note:post
        delivery:note:reverse catalog:item:see production:work_order:see opening:data:see opening:goods:import
        alerts:alert:see=own alerts:alert:snooze
        catalog:bom:see"""),
    "clerk": (N_("Shop floor clerk"), """production:work_order:see production:report:make production:report:correct offline:action:decide
        catalog:item:see
        alerts:alert:see=own alerts:alert:snooze"""),
    "finance": (N_("Finance"), """sales:order:see=all sales:order:price parties:customer:see parties:customer:edit
        billing:receivable:see billing:receipt:see billing:receipt:make billing:receipt:match billing:receipt:reverse
        billing:consigned:bill catalog:item:see catalog:item:edit catalog:cost:see
        delivery:note:see parties:company:edit pricing:list:see sales:order:waive
        alerts:alert:see=own alerts:alert:snooze
        approvals:delegation:make
        opening:data:see opening:orders:import opening:money:import frameworks:order:see=all"""),
    "boss": (N_("Owner and vice manager"), """sales:order:see=all sales:order:create sales:order:price sales:order:confirm sales:order:cancel
        sales:order:close parties:customer:see parties:customer:edit parties:supplier:see catalog:item:see catalog:cost:see catalog:machine:see
        production:work_order:see production:exception:see planning:schedule:see stock:balance:see stock:bin:see
        delivery:note:see billing:receivable:see billing:consigned:bill billing:receipt:see approvals:request:see intake:inbound:see people:person:see
        pricing:list:see pricing:list:edit sales:order:waive
        alerts:alert:see=all alerts:alert:snooze alerts:rule:edit
        approvals:delegation:make approvals:rule:edit
        amendments:request:see
        catalog:bom:see
        inquiries:inquiry:see=all inquiries:inquiry:write quotations:quotation:see=all quotations:quotation:write
        frameworks:order:see=all frameworks:order:write
        frameworks:order:activate"""),
    "admin": (N_("Administrator"), "*"),
}  # fmt: skip


async def plant_roles() -> dict[str, int]:
    """Write the roles that are not there yet, with their grants; code → id."""
    known = {p.code for p in all_permissions()}
    ids: dict[str, int] = {r["code"]: r["id"] for r in await db.rows("select id, code from roles")}
    for code, (label, granted) in ROLES.items():
        if code in ids:
            continue
        made = await db.rows(
            "insert into roles (code, name, active, version) values ({}, {}, {}, 1) returning id",
            code, translate(label, "zh_CN"), True,
        )  # fmt: skip
        ids[code] = made[0]["id"]
        pairs = [(p, "all") for p in sorted(known)] if granted == "*" else [_pair(g) for g in granted.split()]
        await db.write_many("grants", ("role", "permission", "scope"), [(ids[code], p, s) for p, s in pairs])
    return ids


def _pair(text: str) -> tuple[str, str]:
    permission, _equals, scope = text.partition("=")
    return permission, scope or ALL


async def create(code: str, name: str, grants: Mapping[str, str], *, by: Actor) -> Role:
    """A new role; `grants` is {permission: scope}."""
    by.must(EDIT_USERS)
    if not code or not name:
        raise Refused(REQUIRED, "name" if code else "code")
    if not _CODE.fullmatch(code):
        raise Refused(LOGIN_FORM, "code")
    if await db.value("select 1 from roles where code = {}", code):
        raise Refused(TAKEN, "code", given=code)
    wanted = _checked(grants)
    role = Role(code=code, name=name)
    await role.save()
    await _write(role.id, wanted)
    await record(RoleMade(subject=("role", role.id), role=name), by=by)
    return role


async def change(
    code: str, name: str, active: bool, grants: Mapping[str, str], *, by: Actor, version: int | None = None
) -> Role:
    """The role is called this and grants just these; refused when nobody, or not oneself, could edit roles any more."""
    by.must(EDIT_USERS)
    if not name:
        raise Refused(REQUIRED, "name")
    wanted, role = _checked(grants), await locked(Role, Role.code == code, version=version)
    held = await grants_of(role.id)
    before = _told(role.name, role.active, held)
    await db.rows(
        "update roles set name = {}, active = {}, version = version + 1 where id = {}", name, active, role.id
    )
    await db.rows("delete from grants where role = {}", role.id)
    await _write(role.id, wanted)
    await somebody_governs(by)
    difference = changes(before, _told(name, active, wanted))
    if difference:
        await record(RoleChanged(subject=("role", role.id), role=name, changes=difference), by=by)
    role.name, role.active, role.version = name, active, role.version + 1
    return role


async def grants_of(role_id: int) -> dict[str, str]:
    """{permission: scope} of a role."""
    found = await db.rows("select permission, scope from grants where role = {} order by permission", role_id)
    return {row["permission"]: row["scope"] for row in found}


async def somebody_governs(by: Actor, field: str | None = None) -> None:
    """After a change: Refused when no active login may edit logins and roles, or when the one who changes may no more."""
    if db.on_postgres():  # two administrators who take each other away at the same moment: one sees the other
        await db.rows("select pg_advisory_xact_lock(20261123)")
    if by.user_id is not None and by.may(EDIT_USERS):
        me = await actor_of_user(by.user_id)
        if me is None or not me.may(EDIT_USERS):
            raise Refused(OWN_LOGIN, field)
    left = await db.value(
        'select 1 from users u join people p on p.id = u.person join user_roles ur on ur."user" = u.id'
        " join roles r on r.id = ur.role join grants g on g.role = r.id"
        " where u.active and p.active and r.active and g.permission = {} limit 1",
        EDIT_USERS.code,
    )
    if left is None:
        raise Refused(LAST_ADMINISTRATOR, field)


def _checked(grants: Mapping[str, str]) -> dict[str, str]:
    known = {p.code: p for p in all_permissions()}
    for permission, scope in grants.items():
        if permission not in known or scope not in SCOPES or (scope != ALL and not known[permission].scoped):
            raise Refused(NOT_A_CHOICE, permission, given=f"{permission}={scope}"[:80])
    return dict(sorted(grants.items()))


async def _write(role_id: int, grants: Mapping[str, str]) -> None:
    await db.write_many(
        "grants", ("role", "permission", "scope"), [(role_id, p, s) for p, s in grants.items()]
    )


def _told(name: str, active: bool, grants: Mapping[str, str]) -> dict[str, object]:
    """The role as its event compares it: each permission by its label, with the scope in words."""
    said = {str(p.label): "" for p in all_permissions()}
    labels = {p.code: str(p.label) for p in all_permissions()}
    said |= {labels.get(p, p): str(SCOPE_LABELS.get(s, s)) for p, s in grants.items()}
    return {"Name": name, "In use": active, **said}
