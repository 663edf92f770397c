"""Grams, the parts by which words are looked up in texts: every one and two characters of every word, which also serves two
Chinese characters, and every three with a digit, since pairs tell few numbers and sizes apart.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

TELLING = 8
"""Characters at the end of a word of which the grams are asked for: each more is a long list to read."""


def grams_of(kind: str, text: str) -> set[str]:
    """The grams of a text, each after its kind: common words of one kind do not slow another."""
    prefix = initials(kind)
    return {prefix + gram for word in text.split() for gram in _of_word(word)}


def wanted(kind: str, words: Sequence[str]) -> set[str]:
    """Grams that a text with these words must have: of long words those of the end, where numbers differ."""
    return {initials(kind) + gram for word in words for gram in _fewest(word[-TELLING:])}


def _fewest(word: str) -> set[str]:
    """Threes where there are digits, else pairs; a word of one character is that character."""
    threes = {i for i in range(len(word) - 2) if _with_digit(word[i : i + 3])}
    pairs = {i for i in range(len(word) - 1) if not threes & {i - 1, i}}
    return {word[i : i + 3] for i in threes} | {word[i : i + 2] for i in pairs} or {word}


def _with_digit(part: str) -> bool:
    return any("0" <= character <= "9" for character in part)


@lru_cache(maxsize=100)
def initials(kind: str) -> str:
    """What the grams of a kind begin with, short and no other kind's: `so ` for sales_order, `re ` for receivable."""
    first, *others = kind.split("_")
    return first[0] + ("".join(part[0] for part in others) or first[-1]) + " "


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> frozenset[str]:
    threes = (word[i : i + 3] for i in range(len(word) - 2))
    return (
        frozenset(word) | {word[i : i + 2] for i in range(len(word) - 1)} | set(filter(_with_digit, threes))
    )


def spelled(grams: Iterable[str]) -> str:
    """Grams as SQLite's index keeps them: letters and digits only, `sok61g62` for ab of a sales order."""
    return " ".join(sorted(map(_spelled, grams)))


@lru_cache(maxsize=50_000)
def _spelled(gram: str) -> str:
    kind, _space, characters = gram.partition(" ")
    return f"{kind}k" + "g".join(f"{ord(c):x}" for c in characters)
