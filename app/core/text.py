"""Cleaning what people type and finding it again: full and half width, pinyin, the words of a search."""

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
YES, NO = ("1", "true", "on", "yes", "是"), ("", "0", "false", "off", "no", "否")


def clean(text: str) -> str:
    """One line: full width to half width (NFKC), no control characters, single spaces, trimmed."""
    return _SPACE.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFKC", text))).strip()


def clean_lines(text: str) -> str:
    """Several lines: control characters dropped, line ends kept, the writer's own width kept."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def prose(text: str) -> str:
    """One line that people read and nothing is matched with: single spaces, the writer's own width kept (，：（）)."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def digits(text: str, most: int = 9) -> int | None:
    """The whole number that a text is, of at most so many plain digits; None for anything else."""
    return int(text) if len(text) <= most and text.isascii() and text.isdigit() else None


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> tuple[str, str]:
    """Full pinyin and initials of a name, lower case: 宁波恒立 → ('ningbohengli', 'nbhl')."""
    from pypinyin import Style, lazy_pinyin

    full = "".join(lazy_pinyin(text, errors=str.lower))
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=str.lower))
    return _SPACE.sub("", full), _SPACE.sub("", initials)


def searchable(*parts: str | None) -> str:
    """The text a thing is found by: its words in lower case, each Chinese name with pinyin and initials."""
    words: list[str] = []
    for part in parts:
        if not part:
            continue
        plain = clean(part).lower()
        words.append(plain)
        if any("\u3400" <= c <= "\u9fff" for c in plain):
            words.extend(pinyin(plain))
    return " ".join(dict.fromkeys(words))
