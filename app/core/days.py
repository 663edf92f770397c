"""Days and moments as people and programs write them."""

from datetime import date, datetime

from app.config import settings
from app.core.refusals import NOT_A_DATE, Refused
from app.core.text import clean

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def day_of(text: str, field: str | None = None) -> date:
    """2026-12-18, 2026/12/8 or 2026.12.8, of this century; Refused for what is no day."""
    text = clean(text).replace("/", "-").replace(".", "-")
    try:
        dashed = "-".join(f"{int(p):02d}" for p in text[:10].split("-")) if text.count("-") == 2 else text
        found = date.fromisoformat(dashed)
    except ValueError:
        raise Refused(NOT_A_DATE, field, given=text[:20]) from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused(NOT_A_DATE, field, given=text[:20])
    return found


def moment_of(text: str, field: str | None = None, zoned: bool = False) -> datetime:
    """RFC 3339 with its offset, or (unless `zoned`) a browser's 2026-12-08T14:30 on the factory's clock; Refused for the rest."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(NOT_A_DATE, field, given=text[:30]) from None
    if (zoned and found.tzinfo is None) or not FIRST_DAY <= found.date() <= LAST_DAY:
        raise Refused(NOT_A_DATE, field, given=text[:30])
    return found if found.tzinfo else found.replace(tzinfo=settings.zone)
