"""The rows of a list as HTML.

Put together here and not in a template: fifty of them are most of a list's time. A row that says what it said before looks
as it did: it is not drawn again.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from app.core import clock
from app.core.words import _, language
from app.web.columns import Column
from app.web.icons import glyph
from app.web.render import amount, cell_text, day
from app.web.templates import written

Row = dict[str, Any]
NOTHING = '<span class="muted">—</span>'
SHORT = 13
"""Words of fewer characters than this do not wrap."""


Box = tuple[str, int, int | None, bool]
"""Of a row that can be ticked: its name, the version that is seen, its amount in fen if one is summed, and if it is ticked."""


@dataclass(frozen=True)
class Pick:
    """Rows can be ticked: by which value they are known, whose sum is told (fen), and which are ticked now."""

    key: str
    adds: str = ""
    ticked: Collection[str] = ()

    def box(self, row: Row) -> Box:
        name = row[self.key]
        return name, row["version"], (row[self.adds] or 0) if self.adds else None, name in self.ticked


def drawn(
    columns: Sequence[Column], rows: Sequence[Row], href: Callable[[Row], str], pick: Pick | None = None
) -> Markup:
    """The body of the table."""
    shape = _shape(tuple(columns), language(), clock.today())
    return Markup(
        "\n".join(
            [_line(shape, href(row), pick.box(row) if pick else None, *shape.values(row)) for row in rows]
        )
    )


@dataclass(frozen=True, eq=False)
class Shape:
    """How rows are drawn: their cells, and the names of the values these look at. Of one language and one day, since cells
    say "today"."""

    cells: tuple[Callable[[Row, str], str], ...]
    names: tuple[str, ...]
    may_lack: tuple[str, ...]

    def values(self, row: Row) -> list[Any]:
        return [row[name] for name in self.names] + [row.get(name) for name in self.may_lack]


@lru_cache(200)
def _shape(columns: tuple[Column, ...], spoken: str, today: date) -> Shape:
    linked = next((c for c in columns if c.kind == "code"), columns[0])
    names = dict.fromkeys(name for c in columns for name in (c.key, c.sub, c.unit) if name)
    may_lack = dict.fromkeys(
        name for name in (*(c.tone for c in columns), "currency") if name and name not in names
    )
    return Shape(tuple(_cell(c, c is linked) for c in columns), tuple(names), tuple(may_lack))


@lru_cache(2000, typed=True)
def _line(shape: Shape, href: str, box: Box | None, *values: Any) -> str:
    """One row; what it is drawn from are its arguments, and nothing else."""
    row, to = dict(zip((*shape.names, *shape.may_lack), values, strict=True)), written(href)
    cells = "".join([cell(row, to) for cell in shape.cells])
    return f'<tr data-href="{to}">{_tick_box(*box) if box else ""}{cells}</tr>'


def _tick_box(name: str, version: int, adds: int | None, ticked: bool) -> str:
    """Sends the version that was seen and the name."""
    value, label = written(f"{version}:{name}"), written(_("Choose %(name)s", name=name))
    more = "" if adds is None else f' data-adds="{adds}"'
    if ticked:
        more += " checked"
    return (
        '<td class="pick"><label><input type="checkbox" name="chosen" form="bulk"'
        f' value="{value}" aria-label="{label}"{more}></label></td>'
    )


def _cell(column: Column, linked: bool) -> Callable[[Row, str], str]:
    """How one column draws its cells."""
    main = _MAIN.get(column.kind, _text)
    phone = column.phone or ("head" if column.kind == "pill" else "start" if linked else "label")
    fixed = " ".join(name for name, given in (
        (f"{phone}-s", True), ("num", column.numeric), ("p3", column.low), ("nw", column.kind == "due"),
    ) if given)  # fmt: skip
    label = f' data-label="{escape(_(column.label))}"' if phone == "label" else ""
    wraps, stays = (f'<td class="{fixed}{more}"{label}>' for more in ("", " nw"))

    def draw(row: Row, href: str) -> str:
        shown, length = main(column, row)
        below, below_length = _below(column, row) if column.sub else ("", 0)
        begin = stays if length < SHORT and below_length < SHORT else wraps
        if linked and shown:
            shown = f'<a class="b6" href="{href}">{shown}</a>'
        return f"{begin}{shown or NOTHING}{below}</td>"

    return draw


def _text(column: Column, row: Row) -> tuple[str, int]:
    value = row[column.key]
    text = cell_text(value, column.kind, row)
    if column.unit and value is not None:
        text = f"{text} {row[column.unit]}"
    return written(text), len(text)


def _amount(column: Column, row: Row) -> tuple[str, int]:
    """Money with its symbol."""
    return written(amount(row[column.key], row["currency"])), SHORT


def _due(column: Column, row: Row) -> tuple[str, int]:
    return f'<span class="b6">{written(day(row[column.key]))}</span>', 0


def _pill(column: Column, row: Row) -> tuple[str, int]:
    """A state: its word, its kind, and whether it is struck out."""
    word, kind, *struck = row[column.key]
    look = "st struck" if struck and struck[0] else "st"
    return f'<span class="{look}" data-kind="{kind}">{glyph(kind)}{written(word)}</span>', SHORT


def _progress(column: Column, row: Row) -> tuple[str, int]:
    """A bar: green when all is done, red when it is in danger, else blue."""
    percent = min(100, row[column.key])
    kind = "ok" if percent == 100 else "bad" if row.get(column.tone) == "bad" else "run"
    return (
        f'<div class="bar" data-kind="{kind}" style="--p:{percent}"><i></i><span>{percent}%</span></div>',
        SHORT,
    )


_MAIN = {"amount": _amount, "due": _due, "pill": _pill, "progress": _progress}


def _below(column: Column, row: Row) -> tuple[str, int]:
    """The second, smaller line."""
    text = row[column.sub]
    if column.kind == "amount":
        text = amount(text) if text and row["currency"] != "CNY" else ""
    if text is None or text == "":
        return "", 0
    tone = row.get(column.tone) if column.tone and column.kind != "progress" else None
    kind = f' data-kind="{tone}"' if tone else ""
    return f"<small{kind}>{written(text)}</small>", len(str(text))
