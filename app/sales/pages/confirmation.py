"""The order confirmation as a PDF: kept on the shelf once the order is confirmed, a mere draft before."""

import asyncio
from datetime import date
from typing import Any

from litestar import Request, Response, get

from app.core import db
from app.core.db import commit
from app.core.words import speaking
from app.custom_fields import defined, values
from app.documents import paint, sheets, shelf
from app.documents.pages import sent
from app.people.actors import Actor
from app.sales import orders, schedules
from app.sales.echo import short
from app.sales.pages.paper import frame_of, sheet_line
from app.sales.permissions import PRICE
from app.sales.states import DRAFT, SERVICE, SUBMITTED
from app.sales.tables import SalesOrder


@get("/orders/{number:str}/confirmation.pdf")
async def confirmation(request: Request, number: str, by: Actor) -> Response[bytes]:
    """`?language=en` for the customer abroad."""
    return sent(await paper(request, number, by), "application/pdf", f"{number}.pdf", inline=True)


async def paper(request: Request, number: str, by: Actor) -> bytes:
    """The confirmation of one order, in the language asked for."""
    order = await orders.find(number, by)
    by.must(PRICE)
    language = "en" if request.query_params.get("language") == "en" else "zh_CN"
    with speaking(language):
        sheet = await sheet_of(order)
    if order.state in (DRAFT, SUBMITTED):
        return await asyncio.to_thread(paint.order_confirmation, sheet, language=language)
    done = await commit(
        shelf.issue, "order_confirmation", f"OC-{order.number}", ("sales_order", order.id), sheet,
        paint.order_confirmation, by=by, language=language,
    )  # fmt: skip
    return bytes(done.value.pdf)


async def sheet_of(order: SalesOrder) -> sheets.OrderConfirmation:
    """What stands on the confirmation, in the language spoken now."""
    customer = await db.one("select * from customers where id = {}", order.customer)
    assert customer is not None
    custom = await defined.fields()
    lines = await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.kind as item_kind, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces"
        " from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {} order by l.line_no',
        order.id,
    )
    await schedules.give(lines, order.id)
    return sheets.OrderConfirmation(
        **await frame_of(order, customer), number=order.number, date=order.order_date.isoformat(),
        lines=tuple([
            sheet_line(
                line, order.currency, _due(line, order.due_date), values.in_line(custom["sales_order_line"], line["custom"])
            )
            for line in lines
        ]),
        customer_order=order.customer_order_number,
        terms=tuple(
            f"{label}: {value}" for thing, document in (("sales_order", order.custom), ("customer", customer["custom"]))
            for label, value in values.printed(custom[thing], document)
        ),
    )  # fmt: skip


def _due(line: dict[str, Any], due: date) -> str:
    """The day a line is wanted; of several deliveries each day with its quantity."""
    if line["item_kind"] == SERVICE:
        return ""
    label = line["unit_label"] or line["base_unit"]
    return (
        "\n".join(
            f"{each['requested_date'].isoformat()}\n{short(each['entered'], line['unit'], label)}"
            for each in line["schedules"]
        )
        or (line["requested_date"] or due).isoformat()
    )


ROUTES = [confirmation]
