"""Consigned goods (寄售): they lie with the customer and are billed by what the customer reports as used."""

from collections.abc import Mapping
from typing import Any

from app.billing import permissions
from app.billing.receivables import PRICED, USE, Owed, Source, head_of, make, take_back, worth_of_part
from app.billing.refusals import MATCHED, NOT_CONSIGNED, NOT_OF_USE, NOT_THERE, NOTHING_USED
from app.billing.tables import Receivable
from app.core import clock, db
from app.core.quantities import shown
from app.core.refusals import NOT_FOUND, NOT_NOW, NOT_POSITIVE, Refused
from app.people.actors import Actor
from app.sales.finding import to_change
from app.sales.states import CONFIRMED, CONSIGNMENT, LOOKS

_LINES = (
    f"select {PRICED}, ol.delivered_q, i.name, i.spec, i.kind as item_kind from sales_order_lines ol join items i on i.id = ol.item"
    ' where ol."order" = {} and ol.kind = {} order by ol.line_no'
)


async def lines_of(order_id: int) -> list[dict[str, Any]]:
    """An order's consigned lines; `left_q` lies with the customer and is not billed."""
    lines = await db.rows(_LINES, order_id, CONSIGNMENT)
    for line in lines:
        line["left_q"] = max(0, line["delivered_q"] - line["billed_q"])
    return lines


async def bill_used(order_number: str, used: Mapping[int, int], *, by: Actor) -> Receivable:
    """{line_no: quantity at 10⁻³} that the customer used of what lies there: one receivable."""
    by.must(permissions.BILL_CONSIGNED)
    order = await to_change(order_number, by)
    if order.state != CONFIRMED:
        raise Refused(NOT_NOW, state=LOOKS[order.state].label)
    head, owed = await head_of(order.id), Owed()
    lines = {line["line_no"]: line for line in await lines_of(order.id)}
    for line_no, quantity_q in sorted(used.items()):
        line, at = lines.get(line_no), f"line-{line_no}"
        if line is None:
            raise Refused(NOT_CONSIGNED, at, order=order.number, line=line_no)
        if quantity_q <= 0:
            raise Refused(NOT_POSITIVE, at)
        if quantity_q > line["left_q"]:
            unit = line["unit_label"] or line["base_unit"]
            raise Refused(NOT_THERE, at, left=shown(line["left_q"]), unit=unit, line=line_no)
        before = line["billed_q"]
        owed.add(line["id"], quantity_q, worth_of_part(line, head, before, before + quantity_q))
    if not owed.apart:
        raise Refused(NOTHING_USED)
    return await make(head, Source(USE, order.id, order.number, clock.today()), owed, by)


async def take_back_used(number: str, *, by: Actor) -> Receivable:
    """What was reported as used was not: its receivable falls, the goods lie with the customer again."""
    by.must(permissions.BILL_CONSIGNED)
    old = await db.one(
        "select r.*, o.number as order_number, (select min(b.number) from receivables b where b.reverses = r.id) as taken_back"
        ' from receivables r left join sales_orders o on o.id = r."order" where r.number = {}',
        number[:40],
    )
    if old is None:
        raise Refused(NOT_FOUND)
    order = await to_change(old["order_number"] or "", by)
    if old["source_kind"] != USE or old["reverses"] or old["taken_back"]:
        raise Refused(NOT_OF_USE)
    if old["matched"]:
        raise Refused(MATCHED, numbers=number)
    return await take_back(old, order.number, by)
