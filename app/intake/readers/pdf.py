"""PDFs with a text layer as a grid: characters → rows by height → cells under their headings."""

from dataclasses import replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from app.documents.joining import PDFIUM
from app.intake.readers import limits
from app.intake.readers.placing import Row, Run, is_heading, place
from app.intake.readers.reading import Grid, Raw
from app.intake.readers.synonyms import SUBTOTAL, TOTAL, column_named, key
from app.intake.readers.unreadable import Unreadable
from app.intake.readers.workbook import guarded

FEWEST_CHARACTERS = 30
_CHARACTERS = 200_000
_CONTINUED = {"name", "spec", "remark"}


def grids(data: bytes) -> tuple[Grid, ...]:
    """All pages as one grid. Raises Unreadable NO_TEXT for a scan."""
    with PDFIUM:
        rows = guarded(lambda: _rows_of(data))
    if sum(len(run.text) for row in rows for run in row.runs) < FEWEST_CHARACTERS:
        raise Unreadable("NO_TEXT")
    if len(rows) > limits.ROWS:
        raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
    place(rows)
    rows = _joined(rows)
    values: list[tuple[Raw, ...]] = [
        tuple(row.cells.get(c) for c in range(min(max(row.cells, default=-1) + 1, limits.COLUMNS)))
        for row in rows
    ]
    return (Grid("PDF", tuple(values)),)


def _rows_of(data: bytes) -> list[Row]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        cut_off = b"%%EOF" not in data[-2048:]
        raise Unreadable("ENCRYPTED" if encrypted else "TRUNCATED" if cut_off else "DAMAGED") from None
    rows: list[Row] = []
    try:
        for number in range(min(len(document), limits.PAGES)):
            page = document[number]
            text = page.get_textpage()
            rows.extend(_rows(number, _runs(_characters(text))))
            text.close()
            page.close()
    finally:
        document.close()
    return rows


def _characters(text: pypdfium2.PdfTextPage) -> list[Run]:
    characters: list[Run] = []
    spaced = False
    for index in range(min(text.count_chars(), _CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
            spaced = True
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        if right > left and top > bottom:
            characters.append(Run(left, right, bottom, top, chr(code), spaced))
            spaced = False
    return characters


def _lines(characters: list[Run]) -> list[list[Run]]:
    """Characters by line, from the top of the page down."""
    lines: list[list[Run]] = []
    for one in sorted(characters, key=lambda c: -(c.top + c.bottom)):
        last = lines[-1] if lines else None
        if last and (last[0].top + last[0].bottom - one.top - one.bottom) / 2 < 0.55 * (
            last[0].top - last[0].bottom
        ):
            last.append(one)
        else:
            lines.append([one])
    return lines


def _runs(characters: list[Run]) -> list[list[Run]]:
    """Each line as runs: a gap wider than a character parts two cells, a small one is a space."""
    lines = []
    for line in _lines(characters):
        runs: list[Run] = []
        for one in sorted(line, key=lambda c: c.left):
            height = one.top - one.bottom
            last = runs[-1] if runs else None
            gap = one.left - last.right if last else 0.0
            if last is None or gap > 0.75 * height:
                runs.append(replace(one, words=[replace(one)]))
                continue
            spaced = one.after_space or gap > 0.3 * height
            last.text += (" " if spaced else "") + one.text
            last.right = max(last.right, one.right)
            if spaced:
                last.words.append(replace(one))
            else:
                last.words[-1].text += one.text
                last.words[-1].right = max(last.words[-1].right, one.right)
        lines.append(runs)
    return lines


def _rows(page: int, lines: list[list[Run]]) -> list[Row]:
    rows = []
    for runs in lines:
        height = median(run.top - run.bottom for run in runs)
        rows.append(Row(page, sum(run.top + run.bottom for run in runs) / 2 / len(runs), height, runs))
    return rows


def _joined(rows: list[Row]) -> list[Row]:
    """A name that wraps belongs to the line it stands nearest to."""
    heading: dict[int, str] = {}
    kept: list[Row] = []
    anchors: list[Row] = []
    fragments: list[Row] = []
    for row in rows:
        if is_heading(row):
            heading = {index: column_named(text)[0] for index, text in row.cells.items()}
        fields = {heading.get(index, "") for index in row.cells}
        if "quantity" in fields and not is_heading(row):
            anchors.append(row)
        elif heading and fields and fields <= _CONTINUED and not _speaks(row):
            fragments.append(row)
            continue
        kept.append(row)
    for fragment in sorted(fragments, key=lambda r: (r.page, -r.y)):
        near = [
            a for a in anchors if a.page == fragment.page and abs(a.y - fragment.y) < 2.2 * fragment.height
        ]
        if not near:
            kept.append(fragment)
            continue
        anchor = min(near, key=lambda a: abs(a.y - fragment.y))
        for index, text in fragment.cells.items():
            own = anchor.cells.get(index, "")
            parts = [text, own] if fragment.y > anchor.y else [own, text]
            anchor.cells[index] = " ".join(part for part in parts if part)
    return sorted(kept, key=lambda row: (row.page, -row.y))


def _speaks(row: Row) -> bool:
    """A total or a labelled remark is nobody's continuation."""
    words = [key(text) for text in row.cells.values()]
    return any(":" in word or TOTAL.match(word) or SUBTOTAL.match(word) for word in words)
