"""The form of an order, which quotations and framework orders have too: its fields, empty, as sent, and as written."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.core import db
from app.core.money import MICRO, price_shown
from app.core.quantities import plain
from app.core.words import _
from app.custom_fields import defined
from app.people.actors import Actor
from app.sales import agreed
from app.sales.entering import lines_of, schedules_of
from app.sales.pages import taken
from app.sales.states import KINDS
from app.web.custom_inputs import as_written, typed
from app.web.entry import Entry
from app.web.input import Input

UNITS = ("件", "千件", "万件", "kg", "吨")
LINE = ("item", "item_text", "customer_item", "quantity", "unit", "unit_price", "price_unit", "kind", "tax_rate",
        "over_percent", "under_percent", "due_date", "drawing_revision", "spec", "remark", "line_no")  # fmt: skip
HEAD = ("customer", "customer_text", "customer_order_number", "due_date", "currency", "tax_included", "trade_term", "rate",
        "channel", "channel_order_number", "remark", "version", *agreed.LABELS)  # fmt: skip
BLANK: dict[str, Any] = dict.fromkeys(LINE, "") | {"kind": "normal", "schedules": ()}


async def customer_of(code: str) -> dict[str, Any] | None:
    return await db.one("select * from customers where code = {}", code[:60].replace("\x00", ""))


def taken_from(customer: Mapping[str, Any] | None) -> dict[str, str]:
    """The head's values of a new one for this customer."""
    if customer is None:
        return {}
    return taken.values_of(customer) | {"customer": customer["code"], "customer_text": customer["name"]}


def sent(form: Input, head: Sequence[str] = HEAD, line: Sequence[str] = LINE) -> Entry:
    return Entry(
        {name: form.raw(name)[:1000] for name in head} | typed(form),
        [
            {name: row.raw(name)[:400] for name in line} | typed(row) | {"schedules": _deliveries(row)}
            for row in lines_of(form)
        ],
    )


def _deliveries(row: Input) -> list[dict[str, str]]:
    return [{name: each.raw(name)[:40] for name in ("due_date", "quantity")} for each in schedules_of(row)]


async def worded(lines: Sequence[dict[str, Any]]) -> None:
    """Give each line the word of its item, in which its units are said."""
    codes = sorted({line["item"][:60].replace("\x00", "") for line in lines if line["item"]})
    found = await db.rows("select code, unit_label from items where {}", db.any_of("code", codes))
    words = {row["code"]: row["unit_label"] for row in found}
    for line in lines:
        line["word"] = words.get(line["item"], "")


async def context(form: Entry, number: str, by: Actor) -> dict[str, Any]:
    """What the form needs to be drawn; `number` is '' for a new one."""
    customer = await customer_of(form.values["customer"] or form.values["customer_text"])
    await worded(form.lines)
    return {
        "form": form, "number": number, "units": UNITS, "kinds": [(code, _(label)) for code, label in KINDS.items()],
        "custom": await defined.fields(), **await taken.context(customer, form.values, by),
    }  # fmt: skip


async def head_written(paper: Any, names: Sequence[str] = HEAD) -> dict[str, Any]:
    """The head of an order or an offer as form values, with its custom fields where it has them."""
    customer = await db.one("select code, name from customers where id = {}", paper.customer)
    assert customer is not None
    values = {name: _written(getattr(paper, name, "")) for name in names}
    values |= agreed.shown({name: getattr(paper, name) for name in agreed.LABELS}) | {
        "customer": customer["code"], "customer_text": customer["name"],
        "rate": plain(Decimal(paper.rate_micro) / MICRO) if paper.currency != "CNY" and paper.rate_micro else "",
    }  # fmt: skip
    return values | as_written((await defined.fields())["sales_order"], getattr(paper, "custom", None))


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


async def lines_written(rows: Sequence[Mapping[str, Any]], paper: Any) -> list[dict[str, Any]]:
    """Lines with their items as form values."""
    own = (await defined.fields())["sales_order_line"]
    return [_line(row, paper) | as_written(own, row.get("custom")) for row in rows]


def _line(line: Mapping[str, Any], paper: Any) -> dict[str, Any]:
    """What it has from the head or a price list is left empty, to be taken again."""
    wanted, written = line.get("requested_date"), line["price_micro"] and not line["price_from"]
    parts = [
        {"due_date": s["requested_date"].isoformat(), "quantity": s["entered"]}
        for s in line.get("schedules", ())
    ]
    return {name: line.get(name, "") for name in LINE} | {
        "item": line["code"], "item_text": f"{line['code']} {line['name']} {line['item_spec']}".strip(),
        "quantity": line["entered"], "unit_price": price_shown(line["price_micro"]) if written else "",
        "price_unit": line["price_unit"] if written else "",
        "tax_rate": f"{line['tax_rate'] / 100:g}", "due_date": wanted.isoformat() if wanted and wanted != paper.due_date and not parts else "",
        "schedules": parts,
        **{n: line[n] if line[n] != getattr(paper, n) else "" for n in ("over_percent", "under_percent")},
    }  # fmt: skip
