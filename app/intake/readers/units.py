"""Units as order files write them: 千支, /Kpcs, 每千件, per 1000 PC, 数量(K)."""

import re
from functools import lru_cache

from app.core.quantities import PIECE_WORDS, Unit
from app.core.quantities import unit_of as unit_named
from app.core.refusals import Refused
from app.core.text import clean

_PER = re.compile(r"^(?:[/每]|per\b)\s*")
_FACTORS = {
    "1": "",
    "100": "百",
    "1000": "千",
    "10000": "万",
    "k": "千",
    "w": "万",
    "百": "百",
    "千": "千",
    "万": "万",
}
_FACTOR = re.compile(r"^(1000|10000|100|1|k|w|百|千|万)\s*(.*)$")
_PIECES = {"pcs", "pc", "pce", "pieces", "piece", "ea", "each", *PIECE_WORDS}


LONGEST = 40


def unit_in(text: str) -> Unit | None:
    """The unit these words name, in the words of the file (千支 stays 千支). None when they name none.

    A bare 千 or K counts pieces: 千件. A lone M is not taken: to some it is a thousand, to others a metre.
    """
    return _unit_in(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _unit_in(text: str) -> Unit | None:
    word = _PER.sub("", clean(text).lower()).strip(" .()")
    if not word or len(word) > 16:
        return None
    if "/" in word:
        named = {unit for part in word.split("/") if (unit := unit_in(part))}
        return (
            min(named, key=lambda u: u.code in ("件", "千件"))
            if len({u.factor for u in named}) == 1
            else None
        )
    return _factored(word) or _named(word)


def _factored(word: str) -> Unit | None:
    """千支, kpcs, 1000pcs, 千: a factor before pieces. A bare figure names no unit."""
    match = _FACTOR.match(word)
    if not match:
        return None
    factor, counted = match.groups()
    if not counted:
        return _named(_FACTORS[factor] + "件") if not factor.isdigit() else None
    if counted not in _PIECES:
        return None
    return _named(_FACTORS[factor] + (counted if counted in PIECE_WORDS else "件"))


def _named(word: str) -> Unit | None:
    try:
        unit = unit_named(word)
    except Refused:
        return None
    own_words = word in PIECE_WORDS or (word[0] in "百千万" and word[1:] in PIECE_WORDS)
    return Unit(word, unit.base, unit.factor) if own_words else unit


def together(heading: Unit | None, column: Unit | None) -> tuple[Unit | None, float]:
    """Heading and unit column as one: 数量(K) with 支 beside it counts 千支, but is worth a look."""
    if heading is None or column is None:
        return heading or column, 0.97
    if heading.factor == column.factor and heading.base == column.base:
        return column, 0.97
    if heading.code == "千件" and column.factor == 1 and column.code in PIECE_WORDS:
        return unit_in("千" + column.code), 0.7
    return column, 0.3


def said_like(stated: Unit, unit: Unit | None) -> Unit:
    """单价/K beside 支 is per 千支: the same size in the words of the line."""
    if unit and unit.base == stated.base and unit.base == "件" and stated.code.endswith("件"):
        counted = unit.code.lstrip("百千万")
        return unit_in(stated.code[:-1] + counted) or stated
    return stated
