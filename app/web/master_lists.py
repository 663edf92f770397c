"""What the list of every master has: what is in use and what is not, making one, importing many."""

from collections.abc import Mapping
from typing import Any

from app.core.conditions import Condition
from app.core.words import N_, Word, _
from app.web.lists import Filter
from app.web.masters import Field

ACTIVE = Field("active", N_("In use"), "flag", default=True)


USED = (("1", N_("In use")), ("0", N_("Not in use")))


def active_filter(alias: str) -> Filter:
    """In use or not; `alias` is the master's in the listing's source."""
    return Filter(
        "active", N_("State"), lambda v: Condition(f"{alias}.active" if v == "1" else f"not {alias}.active"),
        USED,
    )  # fmt: skip


async def dress_active(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["state"] = (_("In use"), "ok") if row["active"] else (_("Not in use"), "draft")


def new_and_import(path: str, label: Word, permission: str) -> tuple[Mapping[str, str], ...]:
    """The two actions above every list of masters."""
    return (
        {"label": N_("Import"), "href": f"{path}/import", "icon": "upload", "permission": permission},
        {
            "label": label,
            "href": f"{path}/new",
            "icon": "plus",
            "look": "pri",
            "key": "C",
            "permission": permission,
        },
    )
