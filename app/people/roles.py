"""The roles a new house begins with. They are data afterwards: an administrator edits their grants."""

from app.core import db
from app.core.words import N_, Word, translate
from app.people.grants import all_permissions

OWN, TEAM, ALL = "own", "team", "all"

ROLES: dict[str, tuple[Word, str]] = {
    "sales": (N_("Sales"), """sales:order:see=all sales:order:create sales:order:confirm sales:order:cancel sales:order:close
        sales:order:price intake:inbound:see intake:inbound:decide parties:customer:see parties:customer:edit catalog:item:see
        portal:link:make delivery:note:see delivery:note:create production:work_order:see billing:receivable:see
        stock:balance:see planning:schedule:see"""),
    "export": (N_("Export documents"), """sales:order:see=all sales:order:create sales:order:price intake:inbound:see
        intake:inbound:decide parties:customer:see catalog:item:see delivery:note:see portal:link:make"""),
    "merchandiser": (N_("Order follow-up"), """sales:order:see=all sales:order:price parties:customer:see catalog:item:see
        production:work_order:see delivery:note:see delivery:note:create portal:link:make planning:schedule:see stock:balance:see"""),
    "pmc": (N_("PMC planner"), """sales:order:see=all catalog:item:see catalog:item:edit catalog:machine:see catalog:machine:edit
        catalog:routing:edit production:work_order:see production:work_order:plan production:exception:see
        production:exception:decide offline:action:decide planning:schedule:see planning:schedule:run planning:schedule:publish
        planning:calendar:edit stock:balance:see delivery:note:see"""),
    "purchasing": (N_("Purchasing"), """catalog:item:see catalog:item:edit parties:supplier:see parties:supplier:edit stock:balance:see"""),
    "outside": (N_("Outside processing"), """catalog:item:see parties:supplier:see stock:balance:see production:work_order:see"""),
    "leader": (N_("Team leader"), """production:work_order:see=team production:report:make production:report:correct
        production:exception:see production:exception:decide offline:action:decide catalog:item:see catalog:machine:see
        planning:schedule:see stock:balance:see"""),
    "worker": (N_("Worker"), """production:report:make stock:receipt:make delivery:note:pick"""),
    "toolkeeper": (N_("Tool keeper"), """catalog:item:see catalog:machine:see production:work_order:see"""),
    "quality": (N_("Quality"), """production:work_order:see production:exception:see production:exception:decide catalog:item:see
        stock:balance:see"""),
    "warehouse": (N_("Warehouse"), """stock:balance:see stock:bin:see stock:bin:edit stock:move:make stock:receipt:make
        stock:posting:reverse delivery:note:see delivery:note:create delivery:note:pick delivery:note:post
        delivery:note:reverse catalog:item:see production:work_order:see"""),
    "clerk": (N_("Shop floor clerk"), """production:work_order:see production:report:make production:report:correct offline:action:decide
        catalog:item:see"""),
    "finance": (N_("Finance"), """sales:order:see=all sales:order:price parties:customer:see parties:customer:edit
        billing:receivable:see billing:receipt:see billing:receipt:make billing:receipt:match billing:receipt:reverse
        delivery:note:see parties:company:edit"""),
    "boss": (N_("Owner and vice manager"), """sales:order:see=all sales:order:price sales:order:confirm sales:order:cancel
        sales:order:close parties:customer:see parties:customer:edit parties:supplier:see catalog:item:see catalog:machine:see
        production:work_order:see production:exception:see planning:schedule:see stock:balance:see stock:bin:see
        delivery:note:see billing:receivable:see billing:receipt:see approvals:request:see intake:inbound:see people:person:see"""),
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
    permission, _, scope = text.partition("=")
    return permission, scope or ALL
