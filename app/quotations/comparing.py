"""What one revision of a quotation says otherwise than another, line by line. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.money import price_figure
from app.core.quantities import labelled
from app.core.words import N_, Word, _
from app.quotations import breaks
from app.sales.echo import short

Row = Mapping[str, Any]
_HEAD: dict[str, Word] = {
    "valid_until": N_("Valid until"), "lead_days": N_("Delivery in days"), "currency": N_("Currency"), "trade_term": N_("Trade term"),
    "payment_days": N_("Days of the terms"), "deposit_percent": N_("Deposit %"), "remark": N_("Remark"),
}  # fmt: skip
_LINE: dict[str, Word] = {
    "quantity": N_("Quantity"), "price": N_("Unit price"), "breaks": N_("Quantity breaks"), "spec": N_("Specification"),
    "drawing_revision": N_("Drawing revision"), "tax": N_("Tax rate"), "remark": N_("Remark"),
}  # fmt: skip


def differences(
    older: Row, newer: Row, lines_before: Sequence[Row], lines_after: Sequence[Row]
) -> list[dict[str, str]]:
    """What differs, as [{label, before, after}]: the head, then each line by its number."""
    found = [
        _told(_(label), _plain(name, older[name]), _plain(name, newer[name]))
        for name, label in _HEAD.items() if older[name] != newer[name]
    ]  # fmt: skip
    before, after = ({line["line_no"]: line for line in lines} for lines in (lines_before, lines_after))
    for no in sorted(before.keys() | after.keys()):
        found += _line(no, before.get(no), after.get(no))
    return found


def _line(no: int, before: Row | None, after: Row | None) -> list[dict[str, str]]:
    which = (after or before or {})["code"]
    label = f"{_('line %(n)s', n=no)} · {which}"
    if before is None or after is None:
        return [_told(label, _whole(before), _whole(after))]
    was, is_now = _said(before), _said(after)
    if before["item"] != after["item"]:
        return [_told(label, _whole(before), _whole(after))]
    return [
        _told(f"{label} · {_(word)}", was[name], is_now[name])
        for name, word in _LINE.items()
        if was[name] != is_now[name]
    ]


def _told(label: str, before: str, after: str) -> dict[str, str]:
    return {"label": label, "before": before, "after": after}


def _plain(name: str, value: Any) -> str:
    return f"{value / 100:g}" if name == "deposit_percent" else str(value)


def _said(line: Row) -> dict[str, str]:
    """A line's values as people read them."""
    label = line["unit_label"] or line["base_unit"]
    return {
        "quantity": short(line["entered"], line["unit"], label), "breaks": breaks.written(line["breaks"]),
        "price": f"{price_figure(line['price_micro'])} / {labelled(line['price_unit'], label)}", "spec": line["spec"],
        "drawing_revision": line["drawing_revision"], "tax": f"{line['tax_rate'] / 100:g} %", "remark": line["remark"],
    }  # fmt: skip


def _whole(line: Row | None) -> str:
    if line is None:
        return ""
    said = _said(line)
    return f"{line['code']} · {said['quantity']} · {said['price']}"
