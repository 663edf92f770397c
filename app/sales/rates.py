"""Exchange rates: CNY for one unit of a currency, at 10⁻⁶, by day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.core import clock, db
from app.core.money import MICRO
from app.core.quantities import half_up, number
from app.core.refusals import NOT_POSITIVE, TOO_LARGE, Refused
from app.people.actors import Actor
from app.sales.permissions import CREATE


def rate_micro(text: str | Decimal, field: str = "rate") -> int:
    """A rate as typed."""
    value = number(text, field)
    if value <= 0:
        raise Refused(NOT_POSITIVE, field)
    if value > 100_000:
        raise Refused(TOO_LARGE, field, given=str(text)[:40])
    return half_up(Fraction(value) * MICRO) or 1


async def for_draft(given: str | Decimal, currency: str) -> int:
    """The rate written on the order; 0 when none is, 10⁶ for CNY."""
    written = rate_micro(given) if str(given).strip() else 0
    return MICRO if currency == "CNY" else written


async def newest(currency: str, on: date | None = None) -> int:
    """The rate of the day or the last one before it; 0 if there is none."""
    if currency == "CNY":
        return MICRO
    found = await db.value(
        "select rate_micro from exchange_rates where currency = {} and day <= {} order by day desc limit 1",
        currency, on or clock.today(),
    )  # fmt: skip
    return int(found or 0)


async def keep(currency: str, day: date, rate: int) -> None:
    """Write the rate of a day; part of a verb's transaction."""
    await db.rows(
        "insert into exchange_rates (currency, day, rate_micro) values ({}, {}, {})"
        " on conflict (currency, day) do update set rate_micro = excluded.rate_micro",
        currency, day, rate,
    )  # fmt: skip


async def write(currency: str, day: date, given: str, *, by: Actor) -> None:
    """Keep the rate of a day as typed."""
    by.must(CREATE)
    await keep(currency, day, rate_micro(given))
