"""Custom fields of each kind, as an administrator would define them."""

from typing import Any

from app.core.db import commit
from app.custom_fields import definitions
from app.custom_fields.definitions import NewField
from app.custom_fields.tables import CustomField
from tests.world import World

KINDS: dict[str, dict[str, Any]] = {
    "project": {"label": "项目号", "label_en": "Project", "kind": "text"},
    "coating_um": {"label": "膜厚", "label_en": "Coating", "kind": "number", "unit": "μm", "decimals": 1},
    "audit_on": {"label": "审核日期", "label_en": "Audited on", "kind": "day"},
    "urgency": {"label": "加急程度", "label_en": "Urgency", "kind": "choice", "options": [("普通", "Normal"), ("特急", "Rush")]},
    "sealed": {"label": "封样", "label_en": "Sealed sample", "kind": "flag"},
}  # fmt: skip
VALUES = {
    "project": "XM-2026-07",
    "coating_um": "12.5",
    "audit_on": "2026-12-18",
    "urgency": "特急",
    "sealed": "1",
}


async def field(world: World, thing: str, key: str, **more: Any) -> CustomField:
    """One field of a kind of thing; those of KINDS by their key."""
    given = {"label": key, **KINDS.get(key, {}), **more}
    return (await commit(definitions.define, NewField(thing=thing, key=key, **given), by=world.admin)).value


async def all_kinds(world: World, thing: str, **more: Any) -> None:
    for key in KINDS:
        await field(world, thing, key, **{"searchable": True, "in_list": True, "printed": True} | more)
