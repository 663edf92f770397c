"""QR codes as one filled path, in a PDF or an SVG: sharp at any size and a twentieth of the usual bytes."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from reportlab.pdfgen.pathobject import PDFPathObject

QUIET = 4
"""Modules of white around a code, as the standard asks."""

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=512)
def matrix(text: str) -> Matrix:
    """The modules row by row, dark is True, without the white border.

    ASCII only: readers guess the encoding of anything else, each in its own way. Raises ValueError on other
    text, on none, and on more than the largest code holds.
    """
    if not text or not text.isascii():
        raise ValueError(f"a QR code holds ASCII text, not {text!r}")
    code = qrcode.QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as full:
        raise ValueError("too much text for a QR code") from full
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def bars(text: str) -> Iterator[tuple[int, int, int, int]]:
    """The dark area as few rectangles (x, y, width, height) in modules from the top left corner.

    Runs of a row that stand under an equal run of the row above grow downwards instead of starting anew.
    """
    open_runs: dict[tuple[int, int], int] = {}
    rows = [*matrix(text), ()]
    for y, row in enumerate(rows):
        runs = set(_runs(row))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            yield run[0], top, run[1], y - top
        for run in runs:
            open_runs.setdefault(run, y)


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    x = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield x, length
        x += length


def draw(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Draw a code into a square of `size` points with its lower left corner at (x, y), border inside."""
    modules = len(matrix(text))
    unit = size / (modules + 2 * QUIET)
    canvas.saveState()
    # In modules from the top left corner: whole numbers keep the file small.
    canvas.translate(x + QUIET * unit, y + size - QUIET * unit)
    canvas.scale(unit, -unit)
    canvas.setFillGray(0)
    path = PDFPathObject([f"{left} {top} {wide} {high} re" for left, top, wide, high in sorted(bars(text))])
    canvas.drawPath(path, fill=1, stroke=0)
    canvas.restoreState()


def svg(text: str, label: str = "") -> str:
    """A code as an `<svg>` element that fills its box. `label` is read out by screen readers."""
    from markupsafe import escape

    side = len(matrix(text)) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{w}v{h}h-{w}z" for x, y, w, h in sorted(bars(text)))
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label="{escape(label or text)}" shape-rendering="crispEdges">'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
