"""What a change of an order, a quotation or a framework order tells: its head, and line by line what it was and what it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.money import SYMBOLS, Money, price_shown
from app.core.quantities import labelled
from app.core.words import N_, Word
from app.custom_fields import values as custom
from app.custom_fields.defined import Fields
from app.events import log
from app.sales import agreed
from app.sales.echo import short
from app.sales.states import KINDS

MOST = 60
"""Points that are told of one change; of more only how many."""
NEW, GONE, MORE = N_("New line"), N_("Line left out"), N_("More changes of lines")
_LABELS = {
    "item": N_("Item"), "customer_item": N_("Customer's part number"), "kind": N_("Kind"), "quantity": N_("Quantity"),
    "price": N_("Unit price"), "tax_rate": N_("Tax rate %"), "over_percent": N_("Over-delivery up to percent"),
    "under_percent": N_("Short delivery up to percent"), "due": N_("Due date"), "deliveries": N_("Several deliveries"),
    "drawing_revision": N_("Drawing revision"), "spec": N_("Specification"), "remark": N_("Remark"),
}  # fmt: skip
Row = Mapping[str, Any]
More = Callable[[Row], dict[str, Any]]
Lines = Mapping[int, Mapping[str, Any]]
Told = tuple[Mapping[str, Any], Lines]
"""The head, and the lines by their numbers."""


def changes(before: Told, after: Told) -> dict[str, list[Any]]:
    """What differs, by the words people know it by: of the head, then of the lines."""
    return log.changes(dict(before[0]), dict(after[0])) | _of_lines(before[1], after[1])


def head(paper: Any, labels: Mapping[str, Word], fields: Fields = (), **more: Any) -> dict[str, Any]:
    """The columns of `labels` and all that is agreed, in their words, and the custom fields; `more` says columns otherwise than they
    are kept."""
    said = {"gross": Money(paper.gross, paper.currency).shown(), **more}
    said |= agreed.shown({name: getattr(paper, name) for name in agreed.LABELS})
    told = {
        str(word): said.get(name, getattr(paper, name)) for name, word in {**labels, **agreed.LABELS}.items()
    }
    return told | (custom.logged(fields, paper.custom) if fields else {})


def lines(rows: Sequence[Row], currency: str, fields: Fields = (), more: More = lambda row: {}) -> Lines:
    """Lines that know the code of their item and its word for a piece, each in the words of its fields, with `more` of each and
    its custom fields."""
    own = {row["line_no"]: custom.logged(fields, row["custom"]) if fields else {} for row in rows}
    return {row["line_no"]: _line(row, currency) | more(row) | own[row["line_no"]] for row in rows}


def _line(row: Row, currency: str) -> dict[str, Any]:
    parts, wanted = row.get("schedules", ()), row.get("requested_date")
    said = {name: row.get(name, "") for name in _LABELS} | {
        "item": row["code"], "kind": str(KINDS.get(row["kind"], row["kind"])), "quantity": short(row["entered"], row["unit"], row["unit_label"]),
        "price": _price(row, currency),
        "tax_rate": f"{row['tax_rate'] / 100:g}", "due": wanted.isoformat() if wanted and not parts else "",
        "deliveries": "; ".join(f"{each['requested_date'].isoformat()}: {each['entered']}" for each in parts),
    }  # fmt: skip
    return {str(label): said[name] for name, label in _LABELS.items()}


def _price(row: Row, currency: str) -> str:
    """¥268.00 / 千支."""
    per = labelled(row["price_unit"], row["unit_label"])
    return f"{SYMBOLS[currency]}{price_shown(row['price_micro'])} / {per}" if row["price_micro"] else ""


def _of_lines(before: Lines, after: Lines) -> dict[str, list[Any]]:
    """{"#2 · Quantity": [before, after]}; a line that came or went in one breath."""
    found: dict[str, list[Any]] = {}
    for no in sorted({*before, *after}):
        old, new = before.get(no), after.get(no)
        if old is None or new is None:
            found[f"#{no} · {NEW if old is None else GONE}"] = [
                _whole(old) if old else "",
                _whole(new) if new else None,
            ]
        else:
            found |= {
                f"#{no} · {name}": [old.get(name, ""), new[name]]
                for name in new
                if new[name] != old.get(name, "")
            }
    few = dict(list(found.items())[:MOST])
    return few if len(few) == len(found) else few | {str(MORE): ["", len(found) - len(few)]}


def _whole(line: Row) -> str:
    return " · ".join(filter(None, (line[str(_LABELS[name])] for name in ("item", "quantity", "price"))))
