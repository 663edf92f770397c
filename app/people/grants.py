"""All rights the house knows, collected from the capabilities that declare them."""

from app.core import house
from app.core.words import _
from app.people.actors import Permission


def all_permissions() -> list[Permission]:
    """Every declared permission, by code; what a role's page offers and /_map shows."""
    return sorted({p for _, p in house.instances("permissions", Permission)}, key=lambda p: p.code)


def label_of(code: str) -> str:
    """What a right is called; the empty text for one that nobody declares."""
    return next((str(_(p.label)) for p in all_permissions() if p.code == code), "")
