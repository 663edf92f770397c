"""Text files and pasted text as grids: CSV in any separator, UTF-8, UTF-16 and GB 18030."""

import csv
import io
import re
from dataclasses import replace
from unicodedata import east_asian_width

from app.intake.readers import limits
from app.intake.readers.placing import Row, Run, is_heading, place
from app.intake.readers.reading import Grid, Raw
from app.intake.readers.unreadable import KINDS, Unreadable

_SEPARATORS = "\t,;|，^"
_EXCEL_TEXT = re.compile(r'^="([^"]*)"$')  # ="00123" keeps a code text in Excel
_TOGETHER = re.compile(r"[^\s\u3000]+")
_ACCENT = re.compile(rb"[\x20-\x7e][\xc0-\xff][\x20-\x7e]")
_HIGH_TWICE = re.compile(rb"[\x80-\xff]{2}")
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def decoded(data: bytes) -> str:
    """The text, whatever usual encoding it is in. Raises Unreadable where no encoding gives sensible text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif 0 in data[:4096]:
        candidates = ["utf-16-le" if data[1:4096:2].count(0) >= data[:4096:2].count(0) else "utf-16-be"]
    else:
        candidates = ["utf-8-sig", *(["cp1252"] if _western(data) else []), "gb18030", "big5"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_STRANGE.findall(text[:100_000])) * 50 <= len(text[:100_000]):
            return text
    raise Unreadable("UNREADABLE_ENCODING")


def _western(data: bytes) -> bool:
    """Latin letters with an accent among others: one high byte between letters at a time, where Chinese has two or more."""
    alone, together = len(_ACCENT.findall(data[:100_000])), len(_HIGH_TWICE.findall(data[:100_000]))
    return bool(alone) and not together


def grids(data: bytes) -> tuple[Grid, ...]:
    """One grid. Text without any separator becomes a grid of one column, a line in each row."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > limits.ROWS + 1:
        raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
    if not any(line.strip() for line in lines):
        raise Unreadable("EMPTY")
    separator = separator_of(lines)
    rows = _split(text, separator) if separator else _aligned(lines) or [[line] for line in lines]
    if max(len(row) for row in rows) > limits.COLUMNS:
        raise Unreadable("TOO_MANY_COLUMNS", limit=limits.COLUMNS)
    if sum(len(row) for row in rows) > limits.CELLS:
        raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    name = "CSV" if separator else "TXT"
    return (Grid(name, tuple(tuple(_cell(cell) for cell in row) for row in rows)),)


def separator_of(lines: list[str]) -> str:
    """The separator that cuts most lines into the same number (3 or more) of cells, '' for running text."""
    sample = [line for line in lines if line.strip()][:200]
    best, most = "", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in sample]
        usual = max(set(counts), key=counts.count)
        usual = max(
            (c for c in set(counts) if c >= 2 and counts.count(c) >= 2), key=counts.count, default=usual
        )
        alike = sum(1 for count in counts if count == usual)
        if usual >= 2 and alike > most:
            best, most = separator, alike
    return best


def _aligned(lines: list[str]) -> list[list[str]]:
    """A table that was printed as text: its cells stand below their headings, two spaces apart; [] for none."""
    rows = [Row(0, -y, 1, _runs(line)) for y, line in enumerate(lines)]
    headed = next((y for y, row in enumerate(rows) if len(row.runs) > 3 and is_heading(row)), None)
    if headed is None or all(len(row.runs) < 3 for row in rows[headed + 1 :]):
        return []
    place(rows)
    return [[row.cells.get(x, "") for x in range(max(row.cells, default=-1) + 1)] for row in rows]


def _runs(line: str) -> list[Run]:
    """What stands together in a line, measured as it is printed: a Chinese character is two wide."""
    runs: list[Run] = []
    for match in _TOGETHER.finditer(line):
        left = _wide(line[: match.start()])
        word = Run(left, left + _wide(match[0]), 0, 1, match[0])
        last = runs[-1] if runs else None
        if last and word.left - last.right < 2:
            last.text, last.right = f"{last.text} {word.text}", word.right
            last.words.append(word)
        else:
            runs.append(replace(word, words=[word]))
    return runs


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _split(text: str, separator: str) -> list[list[str]]:
    """Rows of cells; where a stray quote would swallow the rest, quotes are plain characters."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        rows = []
    swallowed = any(cell.count("\n") > 20 for row in rows for cell in row)
    if not rows or swallowed:
        rows = [line.split(separator) for line in text.split("\n")]
    if len(rows) > limits.ROWS + 1:
        raise Unreadable("NOT_A_SPREADSHEET", kind=KINDS["binary"])
    return rows or [[]]


def _cell(text: str) -> Raw:
    match = _EXCEL_TEXT.match(text.strip())
    return (match[1] if match else text.strip()) or None
