"""The columns of a list, which of them are shown, and its rows as HTML.

Rows are put together here and not in a template: fifty of them are most of a list's time.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.core.words import Word, _
from app.people.actors import Permission
from app.web.icons import glyph
from app.web.render import amount, cell_text, day
from app.web.templates import written

Row = dict[str, Any]
KINDS = (
    "text", "measure", "code", "quantity", "price", "money", "amount", "day", "due", "moment", "pill", "flag", "number",
    "progress",
)  # fmt: skip
NUMERIC = ("measure", "quantity", "price", "money", "amount", "number")
NOTHING = '<span class="muted">—</span>'
SHORT = 13
"""Words of fewer characters than this do not wrap."""


@dataclass(frozen=True)
class Column:
    """A column: `key` names the row's value, `unit` the row's unit of it, `sub` a second, smaller line (in a file a column of
    its own, headed `below`), `tone` the kind (ok, warn, bad) that colours it; `sort` one of the listing's sorts.
    `shown=False` is there for those who choose it; `right` is needed to see it at all.

    `phone`: where it stands on the card a row becomes: "full" (a line of its own), "start", "end", "head" (beside the
    number), "hide"; else a line with its label.
    """

    key: str
    label: Word
    kind: str = "text"
    sort: str = ""
    sub: str = ""
    below: Word = Word("")
    unit: str = ""
    tone: str = ""
    low: bool = False
    phone: str = ""
    export: bool = True
    shown: bool = True
    right: Permission | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


def chosen(columns: Sequence[Column], wanted: str) -> list[Column]:
    """The columns named, in that order; those of the list itself if none of the names is one of its own."""
    named = {column.key: column for column in columns}
    found = [named[key] for key in dict.fromkeys(wanted.split(",")) if key in named]
    return found or [column for column in columns if column.shown]


@dataclass(frozen=True)
class Pick:
    """Rows can be ticked: by which value they are known, whose sum is told (fen), and which are ticked now."""

    key: str
    adds: str = ""
    ticked: Collection[str] = ()


def drawn(
    columns: Sequence[Column], rows: Sequence[Row], href: Callable[[Row], str], pick: Pick | None = None
) -> Markup:
    """The body of the table."""
    linked = next((c for c in columns if c.kind == "code"), columns[0])
    cells = [_cell(column, column is linked) for column in columns]
    lines = []
    for row in rows:
        to = written(href(row))
        box = _tick_box(row, pick) if pick else ""
        lines.append(f'<tr data-href="{to}">{box}{"".join([cell(row, to) for cell in cells])}</tr>')
    return Markup("\n".join(lines))


def _tick_box(row: Row, pick: Pick) -> str:
    """Sends the version that was seen and the name."""
    name = row[pick.key]
    value, label = written(f"{row['version']}:{name}"), written(_("Choose %(name)s", name=name))
    more = f' data-adds="{row[pick.adds] or 0}"' if pick.adds else ""
    if name in pick.ticked:
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
