"""Writing a checked draft into the tables: head with its kept columns, lines, their schedules, the words it is found by."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core import clock, db, search
from app.core.money import in_cny
from app.sales import rates, schedules
from app.sales.agreed import COLUMNS as TAKEN
from app.sales.drafting import Draft
from app.sales.line_drafting import DraftLine
from app.sales.tables import SalesOrder, SalesOrderLine

PRICED_COLUMNS = (
    "line_no", "kind", "item", "customer_item", "drawing_revision", "spec", "entered", "unit", "quantity_q", "price_micro",
    "price_unit", "price_from", "tax_rate", "net", "tax", "gross", "over_percent", "under_percent", "remark",
)  # fmt: skip
LINE_COLUMNS = ('"order"', *PRICED_COLUMNS, "delivered_q", "custom")


async def head_of(draft: Draft) -> dict[str, Any]:
    """The columns of the head that follow from the draft; gross_cny by the order's rate or, for now, the newest one."""
    lines = draft.lines
    gross = sum(line.amount.gross for line in lines)
    currency, rate = str(draft.values["currency"]), await rate_of(draft)
    return {
        **draft.values, "customer": draft.customer["id"], "customer_name": draft.customer["name"],
        "net": sum(line.amount.net for line in lines), "tax": sum(line.amount.tax for line in lines),
        "gross": gross, "gross_cny": in_cny(gross, currency, rate),
        "first_item": lines[0].item.title[:200], "line_count": len(lines),
        "ordered_q": sum(line.quantity.milli for line in lines if line.in_stock),
        "open_lines": sum(line.in_stock for line in lines),
        "next_due": schedules.next_due(line.schedules for line in lines if line.in_stock),
    }  # fmt: skip


OFFERED = ("customer", "customer_name", "currency", "tax_included", "trade_term", "rate_micro", "net", "tax", "gross", "gross_cny",
           "first_item", "line_count", "remark", *TAKEN)  # fmt: skip


async def offered_head(draft: Draft) -> dict[str, Any]:
    """Of head_of() what a quotation or a framework order has too."""
    head = await head_of(draft)
    return {name: head[name] for name in OFFERED}


async def write_head(number: str, draft: Draft, **more: Any) -> SalesOrder:
    return (await write_heads([number], [draft], **more))[0]


async def write_heads(numbers: Sequence[str], drafts: Sequence[Draft], **more: Any) -> list[SalesOrder]:
    """The heads of several orders, with what is the same in all of them."""
    now = clock.now()
    orders = [
        SalesOrder(number=number, made_at=now, **await head_of(draft), **more)
        for number, draft in zip(numbers, drafts, strict=True)
    ]
    columns = [column for column in SalesOrder.all_columns() if not column._meta.primary_key]
    ids = await db.insert_many(
        "sales_orders", [f'"{column._meta.db_column_name}"' for column in columns],
        [tuple(getattr(order, column._meta.name) for column in columns) for order in orders],
    )  # fmt: skip
    for order, id_ in zip(orders, ids, strict=True):
        order.id, order._exists_in_db = id_, True
    return orders


async def write_lines(orders: Mapping[int, Sequence[tuple[int, DraftLine]]]) -> None:
    """Insert the lines of orders under their numbers, each with its delivery schedules."""
    lines = [(order, no, line) for order, numbered in orders.items() for no, line in numbered]
    ids = await db.insert_many(
        "sales_order_lines",
        LINE_COLUMNS,
        [(order, *priced(no, line), 0, line.custom) for order, no, line in lines],
    )
    await db.write_many(
        "delivery_schedules", ("line", "seq", "entered", "quantity_q", "requested_date", "delivered_q"),
        [
            (id_, seq, each.entered, each.quantity_q, each.due_date, 0)
            for id_, (_o, _no, line) in zip(ids, lines, strict=True) for seq, each in enumerate(line.schedules, 1)
        ],
    )  # fmt: skip


def priced(line_no: int, line: DraftLine) -> tuple[Any, ...]:
    """The values of PRICED_COLUMNS."""
    amount = line.amount
    return (
        line_no, line.kind, line.item.id, line.customer_item, line.drawing_revision, line.spec, line.entered, line.unit,
        line.quantity.milli, line.price, line.price_unit, line.price_from, line.tax_rate, amount.net, amount.tax, amount.gross,
        line.over_percent, line.under_percent, line.remark,
    )  # fmt: skip


async def replace_lines(order_id: int, draft: Draft) -> None:
    """The draft's lines instead of those that stand: a kept line keeps its number, a new one gets one never used."""
    standing = await db.rows('select line_no from sales_order_lines where "order" = {}', order_id)
    await remove_lines(order_id)
    numbered = renumbered(draft.lines, {row["line_no"] for row in standing})
    await write_lines({order_id: numbered})


def renumbered(lines: Sequence[DraftLine], numbers: set[int]) -> list[tuple[int, DraftLine]]:
    """Lines written anew with their numbers: one of those that stood stays, a new line gets one never used."""
    highest, taken, numbered = max(numbers, default=0), set[int](), []
    for line in lines:
        no = line.line_no if line.line_no in numbers and line.line_no not in taken else 0
        if not no:
            highest += 1
            no = highest
        taken.add(no)
        numbered.append((no, line))
    return numbered


async def remove_lines(order_id: int) -> None:
    """Take all lines of an order away, that it may be written anew; nothing may point to them."""
    ids = [
        row["id"] for row in await db.rows('select id from sales_order_lines where "order" = {}', order_id)
    ]
    if ids:
        marks = ", ".join(["{}"] * len(ids))
        await db.rows(f"delete from delivery_schedules where line in ({marks})", *ids)
        await SalesOrderLine.delete().where(SalesOrderLine.id.is_in(ids))


async def rate_of(draft: Draft) -> int:
    """CNY for one unit of the draft's currency at 10⁻⁶: as written on it, else the newest; 0 when there is none."""
    return draft.values["rate_micro"] or await rates.newest(str(draft.values["currency"]))


async def index(orders: Sequence[SalesOrder], drafts: Sequence[Draft]) -> None:
    """The words that orders are found by."""
    await search.index_many("sales_order", {
        order.id: found_by(draft, order.number, order.customer_order_number, order.channel_order_number, order.old_number)
        for order, draft in zip(orders, drafts, strict=True)
    })  # fmt: skip


def found_by(draft: Draft, *numbers: str) -> list[str]:
    """The words by which an order, a quotation or a framework order is found: its numbers, its customer, its items, and what its
    custom fields say."""
    customer, lines = draft.customer, draft.lines[:20]
    return [
        *numbers, str(customer["name"]), str(customer["short_name"]), str(customer["code"]),
        *dict.fromkeys(word for line in lines for word in (line.item.code, line.customer_item, line.item.title)), *draft.found_by,
    ]  # fmt: skip
