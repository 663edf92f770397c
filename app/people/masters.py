"""People, teams and departments, as masters."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.conditions import Condition
from app.core.paging import Listing
from app.core.refusals import Refused
from app.core.words import N_
from app.people import events, permissions
from app.people.actors import Actor
from app.people.refusals import OWN_SUBSTITUTE
from app.people.roles import somebody_governs
from app.people.tables import Department, Person, Team
from app.web.lists import Column, Filter, ListPage
from app.web.master_lists import ACTIVE, active_filter, dress_active, new_and_import
from app.web.masters import Field, Master, Reference

DEPARTMENT = Reference("departments", "/lookup/departments")
TEAM = Reference("teams", "/lookup/teams")
PERSON = Reference("people", "/lookup/people")


def _person_links(row: Mapping[str, Any], by: Actor) -> Sequence[Mapping[str, str]]:
    links = []
    if by.may(permissions.EDIT_PEOPLE):
        links.append({"label": N_("Badge and PIN"), "href": f"/badges/{row['code']}", "icon": "id-card"})
    if by.may(permissions.EDIT_USERS):
        links.append({"label": N_("Login"), "href": f"/people/{row['code']}/login", "icon": "key-round"})
    return links


async def _person_holds(row: Mapping[str, Any], by: Actor) -> None:
    if row["substitute"] == row["id"]:
        raise Refused(OWN_SUBSTITUTE, "substitute")
    if not row["active"]:
        await somebody_governs(by, "active")


PEOPLE = Master(
    kind="person", noun=N_("Person"), table=Person, resource="people", path="/people", icon="user-round",
    see=permissions.SEE_PEOPLE, edit=permissions.EDIT_PEOPLE, made=events.PersonMade, changed=events.PersonChanged,
    actions=_person_links, holds=_person_holds,
    fields=(
        Field("name", N_("Name"), required=True, limit=80),
        Field("department", N_("Department"), "ref", reference=DEPARTMENT),
        Field("team", N_("Team"), "ref", reference=TEAM),
        Field("phone", N_("Phone"), limit=40),
        Field("leads_team", N_("Leads the team"), "flag"),
        Field("heads_department", N_("Heads the department"), "flag"),
        Field("substitute", N_("Substitute"), "ref", reference=PERSON, hint=N_("Who stands in during an absence")),
        ACTIVE,
    ),
    list=ListPage(
        name="people", title=N_("People"), path="/people", search_kind="person", id_column="p.id",
        listing=Listing(
            "p.id, p.code, p.name, p.phone, p.active, coalesce(d.name, '') as department, coalesce(t.name, '') as team,"
            " coalesce((select u.login from users u where u.person = p.id and u.active order by u.id limit 1), '') as login",
            "people p left join departments d on d.id = p.department left join teams t on t.id = p.team",
            {"code": ("p.code",), "name": ("p.name", "p.id")}, "code",
        ),
        columns=(
            Column("code", N_("Code"), "code", sort="code"), Column("name", N_("Name"), sort="name"),
            Column("department", N_("Department"), sub="team", below=N_("Team")), Column("phone", N_("Phone"), phone="hide"),
            Column("login", N_("Login"), low=True, phone="hide"), Column("state", N_("State"), "pill"),
        ),
        filters=(
            Filter("team", N_("Team"), lambda v: Condition("t.code = {}", (v[:60].replace("\x00", ""),)), kind="text"),
            Filter("department", N_("Department"), lambda v: Condition("d.code = {}", (v[:60].replace("\x00", ""),)), kind="text"),
            active_filter("p"),
        ),
        href=lambda row: f"/people/{row['code']}", dress=dress_active, placeholder=N_("Code or name; pinyin initials work"),
        actions=(
            {"label": N_("Departments"), "href": "/departments", "icon": "building-2"},
            {"label": N_("Teams"), "href": "/teams", "icon": "users"},
            {"label": N_("Badges"), "href": "/badges", "icon": "id-card", "permission": "people:person:edit"},
            *new_and_import("/people", N_("New person"), "people:person:edit"),
        ),
    ),
)  # fmt: skip

DEPARTMENTS = Master(
    kind="department", noun=N_("Department"), table=Department, resource="departments", path="/departments", icon="building-2",
    see=permissions.SEE_PEOPLE, edit=permissions.EDIT_PEOPLE, made=events.DepartmentMade, changed=events.DepartmentChanged,
    fields=(Field("name", N_("Name"), required=True, limit=80), ACTIVE),
    list=ListPage(
        name="departments", title=N_("Departments"), path="/departments", search_kind="department", id_column="d.id",
        listing=Listing(
            "d.id, d.code, d.name, d.active, (select count(*) from people p where p.department = d.id and p.active) as people",
            "departments d", {"code": ("d.code",)}, "code",
        ),
        columns=(Column("code", N_("Code"), "code", sort="code"), Column("name", N_("Name")),
                 Column("people", N_("People"), "number"), Column("state", N_("State"), "pill")),
        filters=(active_filter("d"),), href=lambda row: f"/departments/{row['code']}", dress=dress_active,
        actions=new_and_import("/departments", N_("New department"), "people:person:edit"),
    ),
)  # fmt: skip

TEAMS = Master(
    kind="team", noun=N_("Team"), table=Team, resource="teams", path="/teams", icon="users",
    see=permissions.SEE_PEOPLE, edit=permissions.EDIT_PEOPLE, made=events.TeamMade, changed=events.TeamChanged,
    fields=(
        Field("name", N_("Name"), required=True, limit=80),
        Field("department", N_("Department"), "ref", reference=DEPARTMENT),
        ACTIVE,
    ),
    list=ListPage(
        name="teams", title=N_("Teams"), path="/teams", search_kind="team", id_column="t.id",
        listing=Listing(
            "t.id, t.code, t.name, t.active, coalesce(d.name, '') as department,"
            " (select count(*) from people p where p.team = t.id and p.active) as people",
            "teams t left join departments d on d.id = t.department", {"code": ("t.code",), "name": ("t.name", "t.id")}, "code",
        ),
        columns=(Column("code", N_("Code"), "code", sort="code"), Column("name", N_("Name"), sort="name"),
                 Column("department", N_("Department")), Column("people", N_("People"), "number"),
                 Column("state", N_("State"), "pill")),
        filters=(active_filter("t"),), href=lambda row: f"/teams/{row['code']}", dress=dress_active,
        actions=new_and_import("/teams", N_("New team"), "people:person:edit"),
    ),
)  # fmt: skip
MASTERS = (PEOPLE, DEPARTMENTS, TEAMS)
