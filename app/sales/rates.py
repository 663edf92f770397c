"""Exchange rates: CNY for one unit of a currency, at 10⁻⁶, by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core import clock, db
from app.core.money import MICRO, price_shown
from app.core.quantities import half_up, number
from app.core.refusals import NOT_POSITIVE, TOO_LARGE, Refused
from app.core.words import _
from app.parties.permissions import EDIT_COMPANY
from app.people.actors import Actor
from app.sales.permissions import CREATE


@dataclass(frozen=True)
class Rate:
    """CNY for one unit, at 10⁻⁶; 0 while nobody wrote one. `day`: whose rate it is, None where a paper brought its own."""

    micro: int
    day: date | None = None

    def told(self) -> dict[str, Any]:
        """As a command keeps it that waits: what is agreed to later is what was asked."""
        return {"micro": self.micro, "day": self.day.isoformat() if self.day else None}

    def said(self) -> str:
        """rate 7.12 of 11-28."""
        if not self.micro:
            return ""
        rate = price_shown(self.micro)
        if self.day is None:
            return _("rate %(rate)s", rate=rate)
        return _(
            "rate %(rate)s of %(day)s",
            rate=rate,
            day=f"{self.day:%m-%d}" if self.day.year == clock.today().year else self.day.isoformat(),
        )

    @staticmethod
    def read(kept: Mapping[str, Any]) -> "Rate":
        return Rate(int(kept["micro"]), date.fromisoformat(kept["day"]) if kept["day"] else None)


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


async def of_today(currency: str) -> Rate:
    """The rate of today or the last one before it."""
    if currency == "CNY":
        return Rate(MICRO)
    found = await db.one(
        "select rate_micro, day from exchange_rates where currency = {} and day <= {} order by day desc limit 1",
        currency, clock.today(),
    )  # fmt: skip
    return Rate(int(found["rate_micro"]), found["day"]) if found else Rate(0)


async def that_counts(own: int, currency: str, asked: Mapping[str, Any] | None = None) -> Rate:
    """A paper's own rate, else the one it was put to somebody at, else today's."""
    if own:
        return Rate(own)
    return Rate.read(asked) if asked else await of_today(currency)


async def newest(currency: str) -> int:
    """What one unit is in CNY today, at 10⁻⁶; 0 while nobody knows."""
    return (await of_today(currency)).micro


async def keep(currency: str, day: date, rate: int) -> None:
    """Write the rate of a day; part of a verb's transaction."""
    await db.rows(
        "insert into exchange_rates (currency, day, rate_micro) values ({}, {}, {})"
        " on conflict (currency, day) do update set rate_micro = excluded.rate_micro",
        currency, day, rate,
    )  # fmt: skip


def must_keep(by: Actor) -> None:
    """Who writes orders keeps rates, and who keeps the books."""
    if not by.may(EDIT_COMPANY):
        by.must(CREATE)


async def write(currency: str, day: date, given: str, *, by: Actor) -> None:
    """Keep the rate of a day as typed."""
    must_keep(by)
    await keep(currency, day, rate_micro(given))
