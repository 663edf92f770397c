"""The list of logins."""

from typing import Any

from app.core import clock, db
from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.words import N_, _
from app.web.lists import Column, Filter, ListPage, View


async def _dress(rows: list[dict[str, Any]]) -> None:
    now, ids = clock.real_now(), [row["id"] for row in rows]
    held = await db.rows(
        'select ur."user" as id, r.name from user_roles ur join roles r on r.id = ur.role where {} order by r.id',
        db.any_of('ur."user"', ids),
    )
    for row in rows:
        row["state"] = state_of(row, now)
        row["roles"] = "、".join(each["name"] for each in held if each["id"] == row["id"])


def state_of(row: dict[str, Any], now: Any) -> tuple[str, str]:
    """How a login stands: off, locked, with a one-time password, or in use."""
    if not row["active"] or not row["person_active"]:
        return _("Switched off"), "draft"
    if row["locked_until"] is not None and row["locked_until"] > now:
        return _("Locked"), "bad"
    if row["must_change_password"]:
        return _("One-time password"), "warn"
    return _("In use"), "ok"


def _state(value: str) -> Condition | None:
    return {
        "in_use": Condition("u.active and p.active"),
        "off": Condition("not (u.active and p.active)"),
        "locked": Condition("u.locked_until > {}", (clock.real_now(),)),
        "one_time": Condition("u.active and u.must_change_password"),
    }.get(value)


USERS = ListPage(
    name="users", title=N_("Logins"), path="/users", search_kind="person", id_column="p.id",
    listing=Listing(
        "u.id, u.login, u.language, u.active, u.locked_until, u.must_change_password, p.name, p.code as person,"
        " p.active as person_active, (select s.seen_at from login_sessions s"
        ' where s."user" = u.id order by s.seen_at desc limit 1) as seen_at',
        "users u join people p on p.id = u.person",
        {"login": ("u.login",), "name": ("p.name", "u.id")}, "login",
    ),
    columns=(
        Column("login", N_("Login"), "code", sort="login"), Column("name", N_("Person"), sort="name", sub="person", below=N_("Code")),
        Column("roles", N_("Roles"), phone="full"), Column("seen_at", N_("Last seen"), "moment", phone="hide"),
        Column("state", N_("State"), "pill"),
    ),
    filters=(
        Filter("role", N_("Role"), lambda v: Condition(
            'u.id in (select ur."user" from user_roles ur join roles r on r.id = ur.role where r.code = {})',
            (v[:60].replace("\x00", ""),)), kind="text"),
        Filter("state", N_("State"), _state, (
            ("in_use", N_("In use")), ("locked", N_("Locked")), ("one_time", N_("One-time password")), ("off", N_("Switched off")))),
    ),
    views=(
        View("all", N_("All"), {}), View("locked", N_("Locked"), {"state": "locked"}), View("off", N_("Switched off"), {"state": "off"}),
    ),
    href=lambda row: f"/users/{row['login']}", dress=_dress, placeholder=N_("Code or name; pinyin initials work"),
    actions=(
        {"label": N_("Roles"), "href": "/roles", "icon": "shield-check"},
        {"label": N_("API keys"), "href": "/api-keys", "icon": "key-round", "permission": "people:key:edit"},
        {"label": N_("New login"), "href": "/users/new", "icon": "plus", "look": "pri", "key": "C"},
    ),
)  # fmt: skip
