"""The lists of devices, badges and of what devices sent."""

from typing import Any

from app.core.conditions import Condition, named
from app.core.paging import Listing
from app.core.words import N_, _
from app.offline import states
from app.offline.actions import ACTIONS
from app.people.devices import KINDS, state_of
from app.web.lists import Column, Filter, ListPage, View

DEVICE_LOOKS = {
    "new": (N_("Not enrolled yet"), "todo"),
    "enrolled": (N_("Enrolled"), "ok"),
    "revoked": (N_("Revoked"), "draft"),
}


async def _dress_devices(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        label, kind = DEVICE_LOOKS[state_of(row)]
        row["state"], row["kind_label"] = (_(label), kind), _(KINDS.get(row["kind"], N_("Other")))


DEVICES = ListPage(
    name="devices",
    nothing=N_("Register a tablet or scanner, then scan its code with it"),
    title=N_("Devices"),
    path="/devices",
    id_column="d.id",
    listing=Listing(
        "d.id, d.code, d.name, d.kind, d.seen_at, d.enrolled_at, d.revoked_at, t.name as team_name,"
        " t.code as team_code",
        "devices d left join teams t on t.id = d.team",
        {"code": ("d.code",), "name": ("d.name", "d.id")},
        "name",
    ),
    columns=(
        Column("name", N_("Device"), "code", sort="name", sub="code", below=N_("Code")),
        Column("kind_label", N_("Kind")),
        Column("team_name", N_("Team")),
        Column("state", N_("State"), "pill"),
        Column("seen_at", N_("Last seen"), "moment"),
    ),
    filters=(Filter("team", N_("Team"), named("t.code", "t.name"), kind="text"),),
    href=lambda row: f"/devices/{row['code']}",
    dress=_dress_devices,
    actions=(
        {"label": N_("Set up a scanner"), "href": "/setup/scanner", "icon": "scan-line"},
        {"label": N_("Badges"), "href": "/badges", "icon": "id-card"},
        {"label": N_("New device"), "href": "/devices/new", "icon": "plus", "look": "pri", "key": "C"},
    ),
)


async def _dress_badges(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["badge"] = (_("Has a badge"), "ok") if row["badge_hash"] else (_("No badge"), "todo")
        row["pin"] = (_("Has a PIN"), "ok") if row["pin_hash"] else (_("No PIN"), "draft")


BADGES = ListPage(
    name="badges",
    title=N_("Badges"),
    path="/badges",
    search_kind="",
    id_column="p.id",
    listing=Listing(
        "p.id, p.code, p.name, p.badge_hash, p.pin_hash, coalesce(t.name, '') as team_name",
        "people p left join teams t on t.id = p.team",
        {"name": ("p.name", "p.id"), "code": ("p.code",)},
        "code",
    ),
    columns=(
        Column("name", N_("Person"), "code", sort="name", sub="code", below=N_("Code")),
        Column("team_name", N_("Team")),
        Column("badge", N_("Badge"), "pill"),
        Column("pin", N_("PIN"), "pill"),
    ),
    filters=(
        Filter("team", N_("Team"), named("t.code", "t.name"), kind="text"),
        Filter(
            "badge",
            N_("Badge"),
            lambda v: {"none": Condition("p.badge_hash = ''")}.get(v),
            (("none", N_("No badge")),),
        ),
    ),
    views=(View("all", N_("All"), {}), View("none", N_("No badge"), {"badge": "none"})),
    visible=lambda by: (Condition("p.active"),),
    href=lambda row: f"/badges/{row['code']}",
    dress=_dress_badges,
)


def why(row: dict[str, Any]) -> str:
    """The reason in few words: the closed list's and the flags' own, else the sentence that was said."""
    label = (
        states.FLAGS.get(row["reason"])
        if row["state"] in (states.FLAGGED, states.SEEN)
        else states.REFUSED.get(row["reason"])
    )
    return _(label) if label else row["detail"] or row["reason"]


async def _dress_parked(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["what"] = _(ACTIONS[row["name"]].label) if row["name"] in ACTIONS else "—"
        look = states.LOOKS[row["state"]]
        row["look"], row["why"] = (_(look.label), look.kind), why(row)


def _in(*wanted: str) -> Condition:
    return Condition(f"a.state in ({', '.join(['{}'] * len(wanted))})", wanted)


PARKED_ACTIONS = ListPage(
    name="parked_actions",
    nothing=N_("What a device sent and could not be booked comes here"),
    title=N_("Sent by devices"),
    path="/device-actions",
    id_column="a.id",
    listing=Listing(
        "a.id, a.action, a.name, a.state, a.reason, a.detail, a.happened_at, a.arrived_at, a.decided_by,"
        " a.version, d.name as device,"
        " d.code as device_code, p.name as person, p.code as person_code",
        "parked_actions a left join devices d on d.id = a.device left join people p on p.id = a.person",
        {"arrived_at": ("a.arrived_at", "a.id")},
        "-arrived_at",
    ),
    columns=(
        Column("what", N_("Action"), "code", sub="person", below=N_("Person")),
        Column("why", N_("Why it is here")),
        Column("device", N_("Device")),
        Column("look", N_("State"), "pill"),
        Column("happened_at", N_("Happened"), "moment"),
        Column("arrived_at", N_("Arrived"), "moment", sort="arrived_at"),
    ),
    filters=(
        Filter(
            "state",
            N_("State"),
            lambda v: _in(v) if v in states.LOOKS else None,
            tuple((state, look.label) for state, look in states.LOOKS.items()),
        ),
    ),
    views=(
        View("parked", N_("Not booked"), {"state": states.PARKED}, (_in(states.PARKED),)),
        View("flagged", N_("To look at"), {"state": states.FLAGGED}, (_in(states.FLAGGED),)),
        View("all", N_("All"), {}),
    ),
    href=lambda row: f"/device-actions/{row['id']}",
    dress=_dress_parked,
)


def parked_shown(row: dict[str, Any]) -> dict[str, Any]:
    """A parked action for programs, under the device's own id of it."""
    return {
        "id": row["action"],
        "name": row["name"],
        "state": row["state"],
        "reason": row["reason"],
        "detail": row["detail"],
        "device": row["device_code"],
        "person": row["person_code"],
        "happened_at": row["happened_at"].isoformat() if row["happened_at"] else None,
        "arrived_at": row["arrived_at"].isoformat(),
    }
