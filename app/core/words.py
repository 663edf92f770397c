"""Words in the reader's language. Source strings are English; every capability brings its Chinese in `words.zh_CN.po`.

`_("Only %(n)s left", n=3)` says it now, in the language of the request; `N_("…")` marks a sentence that is said later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from app.config import ROOT, settings
from app.core import plurals

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
_language: ContextVar[str] = ContextVar("language", default=settings.language)


class Word(str):
    """A sentence that knows it is English source text, so that it is translated when it appears inside another."""

    __slots__ = ()


def N_(message: str) -> Word:
    """Mark a sentence for translation without saying it yet."""
    return Word(message)


def language() -> str:
    """The language spoken now: `zh_CN` or `en`."""
    return _language.get()


def speak(code: str) -> None:
    """Speak this language for the rest of the current request; an unknown one means the house's."""
    _language.set(code if code in LANGUAGES else settings.language)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language inside the block, as a printed document for a foreign customer does."""
    token = _language.set(code if code in LANGUAGES else settings.language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(code: str) -> dict[str, str]:
    """All translations of one language, merged from the capabilities' own files."""
    from babel.messages.pofile import read_po

    merged: dict[str, str] = {}
    for path in sorted((ROOT / "app").glob(f"*/words.{code}.po")):
        with path.open("rb") as file:
            merged.update({str(m.id): str(m.string) for m in read_po(file) if m.id and m.string})
    return merged


def translate(message: str, code: str) -> str:
    return message if code == "en" else catalogue(code).get(message, message)


def _(message: str, **facts: Any) -> str:
    """Say a sentence in the current language, with its facts filled in; facts that are `Word`s are translated too."""
    code = _language.get()
    text = translate(message, code)
    if not facts:
        return text
    if code == "en":
        text = plurals.of_one(text, facts)
    return text % {k: translate(v, code) if isinstance(v, Word) else v for k, v in facts.items()}


def noun_beside(noun: str, n: int) -> str:
    """The noun that stands beside a figure of its own: "orders", and "order" beside a 1."""
    return plurals.singular(noun) if n == 1 and _language.get() == "en" else _(noun)
