"""When money is due. Pure."""

import calendar
from datetime import date, timedelta


def due_on(arose_on: date, closing_day: int, payment_days: int) -> date:
    """The statement's closing day (0 = month end), then the days of the terms.

    What arises after the closing day falls into the next month's statement.
    """
    closes = _closing(arose_on.year, arose_on.month, closing_day)
    if arose_on > closes:
        after = closes.replace(day=1) + timedelta(days=32)
        closes = _closing(after.year, after.month, closing_day)
    return closes + timedelta(days=payment_days)


def _closing(year: int, month: int, closing_day: int) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(closing_day or last, last))
