"""Fitting text into a width: every line is measured, so that nothing ever runs over its neighbour."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.fonts import drawable, width

# Chinese breaks after any character, Latin words and numbers stay whole: GB/T, B2511-0351.
_PIECE = re.compile(r" +|[^ \u2e80-\uffef]+|[\u2e80-\uffef]")
_NOT_FIRST = "，。、；：？！）》」』】〕…,.;:?!)]}%‰℃"
_NOT_LAST = "（《「『【〔(["

ELLIPSIS = "…"
LONGEST = 2000
"""Characters looked at: more never fits on a sheet."""


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, weight, alignment, grey (0 black … 1 white), most lines."""

    size: float = 9.0
    bold: bool = False
    align: str = "left"
    grey: float = 0.0
    lines: int = 1

    @property
    def leading(self) -> float:
        """Distance of lines in points."""
        return self.size * 1.28

    def width(self, text: str) -> float:
        return width(text, self.size, self.bold)


def fit(text: str, style: Style, room: float) -> list[str]:
    """The lines of a text in `room` points, at most `style.lines` of them; the rest becomes an ellipsis."""
    lines: list[str] = []
    for paragraph in drawable(text[:LONGEST]).strip().split("\n"):
        for line in wrap(paragraph, style, room):
            if len(lines) == style.lines:
                lines[-1] = clip(lines[-1] + ELLIPSIS, style, room)
                return lines
            lines.append(line)
    return lines


def wrap(text: str, style: Style, room: float) -> Iterator[str]:
    """All lines of one drawable paragraph; a word wider than the room is cut."""
    line = ""
    for piece in _pieces(text):
        if style.width((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line.strip():
            yield line.rstrip()
        line = piece.lstrip()
        while line and style.width(line.rstrip()) > room:
            head = max(1, _longest(line, style, room))
            yield line[:head].rstrip()
            line = line[head:].lstrip()
    if line.strip() or not text:
        yield line.rstrip()


def clip(text: str, style: Style, room: float) -> str:
    """One line of drawable text, ended by an ellipsis if it must be cut; empty where not even that fits."""
    if style.width(text) <= room:
        return text
    room -= style.width(ELLIPSIS)
    return text[: _longest(text, style, room)].rstrip() + ELLIPSIS if room >= 0 else ""


def _pieces(text: str) -> list[str]:
    """What must stay on one line, punctuation kept with the word it belongs to."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        sticks = pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if sticks and len(pieces[-1]) < 12:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _longest(text: str, style: Style, room: float) -> int:
    """How many leading characters fit into the room."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if style.width(text[:middle]) <= room else (low, middle - 1)
    return low
