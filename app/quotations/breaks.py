"""Quantity breaks of a quoted line: from so much on it costs less. Entered as text, `50 = 255; 100 = 248`, in the line's units."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.core import text
from app.core.money import price_micro, price_shown
from app.core.quantities import Quantity
from app.core.refusals import Refused
from app.quotations.refusals import BREAKS_UNREADABLE, BREAKS_WITHOUT_PRICE
from app.sales.line_drafting import DraftLine

MOST = 10
_BETWEEN = re.compile(r"[;；，\n]")
_PAIR = re.compile(r"([\d.,]+)\s*[=:：＝]\s*([\d.,]+)")
Break = tuple[str, int, int]
"""Quantity as entered, at 10⁻³ of the base unit, and the price from there on at 10⁻⁶."""


def read(given: str, line: DraftLine) -> list[Break]:
    """The breaks of a line, rising. Refused when one of them cannot be read."""
    parts = [part for each in _BETWEEN.split(given) if (part := text.clean(each))]
    if not parts:
        return []
    if not line.price:
        raise Refused(BREAKS_WITHOUT_PRICE)
    if len(parts) > MOST:
        raise Refused(BREAKS_UNREADABLE)
    found = sorted((_one(part, line) for part in parts), key=lambda each: each[1])
    if len({each[1] for each in found}) < len(found):
        raise Refused(BREAKS_UNREADABLE)
    return found


def _one(part: str, line: DraftLine) -> Break:
    pair = _PAIR.fullmatch(part)
    if pair is None:
        raise Refused(BREAKS_UNREADABLE)
    item = line.item
    quantity = Quantity.entered(pair[1], line.unit, item.base_unit, item.weight, item.code)
    return pair[1], quantity.milli, price_micro(pair[2])


def written(breaks: Sequence[Sequence[Any]]) -> str:
    """As a form writes them."""
    return "; ".join(f"{entered} = {price_shown(price)}" for entered, _milli, price in breaks)


def price_at(line: Mapping[str, Any], breaks: Sequence[Sequence[Any]], milli: int) -> int:
    """What the line costs when so much is ordered: the highest break that is reached, else its own price."""
    reached = [price for _entered, from_q, price in breaks if milli >= from_q]
    return int(reached[-1]) if reached else int(line["price_micro"])
