"""When money is due: the statement's closing day, and from when the days of the terms are counted. Pure."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.core.words import N_, Word, _

CLOSING, MONTH_END, DELIVERY = "closing", "month_end", "delivery"
COUNTED_FROM: tuple[tuple[str, Word], ...] = (
    (CLOSING, N_("the statement's closing day")),
    (MONTH_END, N_("the end of the statement's month")),
    (DELIVERY, N_("the day of delivery")),
)


@dataclass(frozen=True)
class Terms:
    """So many days, counted from where; `closing_day` 0 = end of the month, and in a short month its last day."""

    payment_days: int
    closing_day: int = 0
    counted_from: str = CLOSING

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Terms":
        """The terms as a customer's file or an order keeps them."""
        return cls(row["payment_days"], row["closing_day"], row["terms_from"] or CLOSING)

    def due_on(self, arose_on: date) -> date:
        """What arises after the closing day falls into the next month's statement."""
        if self.counted_from == DELIVERY:
            return arose_on + timedelta(days=self.payment_days)
        closes = _closing(arose_on.year, arose_on.month, self.closing_day)
        if arose_on > closes:
            after = closes.replace(day=1) + timedelta(days=32)
            closes = _closing(after.year, after.month, self.closing_day)
        if self.counted_from == MONTH_END:
            closes = _closing(closes.year, closes.month, 0)
        return closes + timedelta(days=self.payment_days)

    def sentence(self) -> str:
        """月结 30 天，25 日结账."""
        if self.counted_from == DELIVERY:
            return _("%(n)s days after delivery", n=self.payment_days)
        if not self.closing_day:
            return _("%(n)s days after the end of the month", n=self.payment_days)
        if self.counted_from == MONTH_END:
            return _(
                "closing on day %(day)s, %(n)s days after that month's end",
                day=self.closing_day,
                n=self.payment_days,
            )
        return _("%(n)s days after closing on day %(day)s", n=self.payment_days, day=self.closing_day)


def agreed(row: Mapping[str, Any]) -> str:
    """30 % deposit, closing on day 25 …: as a customer's file or an order keeps it."""
    terms = Terms.of(row).sentence()
    if not row["deposit_percent"]:
        return terms
    return _("%(percent)s %% deposit; %(terms)s", percent=f"{row['deposit_percent'] / 100:g}", terms=terms)


def _closing(year: int, month: int, closing_day: int) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(closing_day or last, last))
