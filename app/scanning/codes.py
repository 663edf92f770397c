"""The grammar of our own codes: `HTTP(S)://HOST/Q/<T><body><check>`, upper case so that a QR code is small.

`<T>` is the kind, `<body>` the immutable identity (a row id in base 36, or a badge's random token), `<check>`
the ISO 7064 MOD 37,36 character over both. The host is whoever printed the paper; what follows `/Q/` counts.
Codes of suppliers and GS1 are not of this form: they are `NOT_OURS` and looked up as aliases.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from app.core.ids import base36
from app.core.refusals import Reason, Refused
from app.core.words import N_

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_BODY = 32

NOT_OURS = Reason("code_not_ours", N_("“%(given)s” is not one of our codes"))
MISREAD = Reason("code_misread", N_("“%(given)s” was not read whole; scan it again"))

_AIM = re.compile(r"^\][A-Z][0-9A-Z]\x1d*")
_CODE = re.compile(r"[OWBLPDCK][0-9A-Z]{2,33}")
_LINK = re.compile(r"/Q/([0-9A-Z]+)")
_SILENT = re.compile(r"[\s\x00-\x1c\x1e\x1f\x7f\u200b\ufeff]+")
"""What scanners and keyboards add around a code; a group separator inside one is part of it."""


class Kind(StrEnum):
    """What a code names; the letter is printed on paper and never given a second meaning."""

    OPERATION = "O"
    WORK_ORDER = "W"
    BIN = "B"
    LOT = "L"
    PERSON = "P"
    DELIVERY_NOTE = "D"
    CONTAINER = "C"
    COMMAND = "K"


class Unreadable(Refused):
    """What was scanned is no code of ours (`NOT_OURS`) or looks like one that was read wrongly (`MISREAD`).

    A supplier's bare code may begin like ours, so the aliases are asked after either.
    """


@dataclass(frozen=True)
class Code:
    """A code that was read and whose check character is right."""

    kind: Kind
    body: str

    @property
    def id(self) -> int:
        """The row id the body stands for. A badge's token and a command's word are bodies, not ids."""
        return int(self.body, 36)

    def __str__(self) -> str:
        return make(self.kind, self.body)


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over `[0-9A-Z]+`: finds each single wrong character and most swaps."""
    product = 36
    for character in text:
        product = (product + DIGITS.index(character)) % 36 or 36
        product = product * 2 % 37
    return DIGITS[(37 - product) % 36]


def make(kind: Kind | str, body: str) -> str:
    """The bare code, such as `O3F9K`. Raises ValueError on an unknown kind or a bad body."""
    if not re.fullmatch(rf"[0-9A-Z]{{1,{LONGEST_BODY}}}", body):
        raise ValueError(f"a code's body is 1 to {LONGEST_BODY} of 0-9A-Z: {body!r}")
    text = Kind(kind) + body
    return text + check_character(text)


def make_for_id(kind: Kind | str, id: int) -> str:
    """The bare code of a row."""
    return make(kind, base36(id))


def url(address: str, code: str) -> str:
    """What the QR code holds. `address` is where the house is reached; a bare `host:port` means HTTPS."""
    place = urlsplit(address if "//" in address else f"https://{address}")
    return f"{place.scheme}://{place.netloc}/Q/{code}".upper()


def parse(text: str) -> Code:
    """The code in a scan, from any host or bare, as scanners and phones deliver it. Raises `Unreadable`."""
    given = _SILENT.sub("", unicodedata.normalize("NFKC", text[:500])).strip("\x1d").upper()
    given = _AIM.sub("", given)
    link = _LINK.search(given)
    bare = link[1] if link else given
    if not _CODE.fullmatch(bare):
        raise Unreadable(NOT_OURS, given=given[:40])
    if check_character(bare[:-1]) != bare[-1]:
        raise Unreadable(MISREAD, given=given[:40])
    return Code(Kind(bare[0]), bare[1:-1])
