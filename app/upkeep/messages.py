"""The words of the interface, collected from code and templates into each capability's `words.zh_CN.po`.

`zhunjiao messages` adds what is new, with the Chinese another capability has for it or none, drops what
nothing says any more, and names what has no Chinese.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from app.config import ROOT

LANGUAGE = "zh_CN"
SOURCES = ("app/**/*.py", "tasks/**/*.py", "templates/**/*.html")
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
FACTS = re.compile(r"%\((\w+)\)s|%%")
CLUMSY = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9.,:;()!?]|[A-Za-z0-9.,;()!?][\u4e00-\u9fff]")
"""Half-width marks beside Chinese, or Latin letters and figures without a space between."""


Words = dict[str, list[str]]
"""Source texts by capability, each list sorted."""


def collect(check: bool = False) -> int:
    """Bring every catalogue up to date, or with `check` only look; 1 when a word has no Chinese."""
    if not check:
        for capability in sorted({*used(), *catalogues()}):
            update(capability)
        catalogues.cache_clear()
    lacking = missing()
    for capability, words in lacking.items():
        print(f"{path_of(capability).relative_to(ROOT)}: {len(words)} without Chinese")
        print("".join(f"  {word!r}\n" for word in words), end="")
    print("\n".join(faults()) or "every translation is sound")
    return 1 if lacking else 0


def update(capability: str) -> None:
    """Write one capability's catalogue; none where it says no word."""
    text, path = as_written(capability), path_of(capability)
    if text:
        path.write_bytes(text)
    else:
        path.unlink(missing_ok=True)


def as_written(capability: str) -> bytes:
    """One capability's catalogue: exactly the words it says, sorted."""
    old, new = catalogues().get(capability, Catalog()), Catalog(locale=LANGUAGE)
    for word in used().get(capability, {}):
        kept = old.get(word) or Message(word)
        new.add(word, kept.string or known(word), flags=kept.flags, user_comments=kept.user_comments)
    if not len(new):
        return b""
    file = BytesIO(HEADER.encode())
    file.seek(0, SEEK_END)
    write_po(file, new, width=0, no_location=True, omit_header=True, sort_output=True)
    return file.getvalue()


def missing() -> Words:
    """The words that have no Chinese."""
    told = catalogues()
    return _some({
        capability: [w for w in words if not (m := told.get(capability, Catalog()).get(w)) or not m.string]
        for capability, words in used().items()
    })  # fmt: skip


def unused() -> Words:
    """The translations of words that nothing says."""
    return _some({
        capability: [str(m.id) for m in catalogue if m.id and m.id not in used().get(capability, {})]
        for capability, catalogue in catalogues().items()
    })  # fmt: skip


def faults() -> list[str]:
    """What is wrong with translations: facts that differ, clumsy setting, two words for one."""
    found, chosen = [], {}
    for capability, message in _translated():
        word, chinese = str(message.id), str(message.string)
        if set(FACTS.findall(word)) != set(FACTS.findall(chinese)):
            found.append(f"{capability}: {word!r} and {chinese!r} name different facts")
        if CLUMSY.search(FACTS.sub("", chinese)):
            found.append(f"{capability}: {chinese!r} needs full-width marks, or a space beside Latin letters")
        first = chosen.setdefault(word, (capability, chinese))
        if first[1] != chinese:
            found.append(f"{word!r} is {first[1]!r} in {first[0]} but {chinese!r} in {capability}")
    return found


@cache
def used() -> dict[str, dict[str, Path]]:
    """{capability: {source text: the file that says it}}, from Python and templates."""
    said: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(each for pattern in SOURCES for each in ROOT.glob(pattern)):
        for word in words_in(path):
            said[capability_of(path)].setdefault(word, path)
    return {capability: dict(sorted(words.items())) for capability, words in sorted(said.items())}


def words_in(path: Path) -> Iterator[str]:
    """The source texts in `_()` and `N_()` of a file; Babel's own reader of Python passes f-strings by."""
    text = path.read_bytes()
    if b"_(" not in text:
        return
    if path.suffix == ".html":
        for _line, _name, found, _notes in babel_extract(BytesIO(text), ("_",), [], {"silent": "false"}):
            word = found[0] if isinstance(found, tuple) else found  # a tuple when named facts stand beside it
            if word:
                yield word
        return
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(word)), *_rest]):
                yield word


def capability_of(path: Path) -> str:
    """Who says the words of a file: its folder, if it is a capability; what all pages share is the web's."""
    folder = path.relative_to(ROOT).parts[1]
    return folder if (ROOT / "app" / folder).is_dir() else "web"


def path_of(capability: str) -> Path:
    return ROOT / "app" / capability / f"words.{LANGUAGE}.po"


@cache
def catalogues() -> dict[str, Catalog]:
    """The catalogue of every capability that has one."""
    read = {}
    for path in sorted(ROOT.glob(f"app/*/words.{LANGUAGE}.po")):
        with path.open("rb") as file:
            read[path.parent.name] = read_po(file, locale=LANGUAGE)
    return read


def known(word: str) -> str:
    """The Chinese any capability has for a word, or nothing."""
    return next((str(m.string) for _capability, m in _translated() if m.id == word), "")


def _translated() -> Iterator[tuple[str, Message]]:
    for capability, catalogue in catalogues().items():
        for message in catalogue:
            if message.id and message.string:
                yield capability, message


def _some(words: Words) -> Words:
    return {capability: found for capability, found in words.items() if found}
