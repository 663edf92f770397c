"""送货单: the slip the customer signs. A posted note's slip goes on the shelf; an open one's is only a look at it."""

import asyncio
from fractions import Fraction
from typing import Any

from litestar import Request, Response, get

from app.core import db
from app.core.db import commit
from app.core.money import Money, line_amount, price_figure
from app.core.quantities import PIECE, Quantity, Weight, half_up, labelled, shown
from app.core.words import _, language
from app.custom_fields import defined, values
from app.delivery import permissions, queries, states
from app.documents import shelf
from app.documents.letterhead import letterhead
from app.documents.pages import sent
from app.documents.paint import delivery_slip
from app.documents.sheets import DeliveryLine, DeliverySlip
from app.people.actors import Actor
from app.sales.permissions import PRICE
from app.sales.states import kind_said
from app.scanning import codes
from app.scanning.codes import Kind
from app.web.address import address_of


async def slip_of(note: dict[str, Any], address: str, with_prices: bool = False) -> DeliverySlip:
    """What stands on the slip: a row for each lot that was picked, or for each line while nothing is."""
    rows = await _rows(note["id"])
    custom = await defined.fields()
    drawn = [_line(n, row, with_prices, custom["sales_order_line"]) for n, row in enumerate(rows, 1)]
    receiver, _space, phone = note["contact"].partition(" ")
    total = sum((_kg(row) for row in rows), Fraction(0))
    currency = rows[0]["currency"] if rows else "CNY"
    amount = Money(sum(_amount(row) for row in rows), currency).shown() if with_prices else ""
    return DeliverySlip(
        company=await letterhead(), number=note["number"], date=(note["posted_on"] or note["planned_on"]).isoformat(),
        qr=codes.url(address, codes.make_for_id(Kind.DELIVERY_NOTE, note["id"])), customer=note["customer_name"],
        lines=tuple(drawn), address=note["address"], receiver=receiver, phone=phone,
        order=_joined(row["order_number"] for row in rows), customer_order=_joined(row["customer_order_number"] for row in rows),
        total=_totals(rows), total_cartons=str(sum(_cartons(row) for row in rows) or ""), total_weight=_weight(total),
        total_amount=amount, with_prices=with_prices, terms=_terms(rows, custom["sales_order"]), prepared_by=note.get("prepared_by") or "",
    )  # fmt: skip


async def _rows(note_id: int) -> list[dict[str, Any]]:
    return await db.rows(
        "select n.line_no, coalesce(k.quantity_q, n.quantity_q) as quantity_q, t.number as lot, i.name, i.spec, i.base_unit,"
        " i.unit_label, coalesce(t.weight_micro, i.weight_micro) as weight_micro, coalesce(t.weight_pieces, i.weight_pieces)"
        " as weight_pieces, i.weight_micro as item_micro, i.weight_pieces as item_pieces, i.per_box, i.boxes_per_carton,"
        " l.kind, l.custom, o.custom as order_custom, l.customer_item, l.price_micro, l.price_unit, l.tax_rate,"
        " o.tax_included, o.currency, o.number as order_number,"
        " o.customer_order_number from delivery_note_lines n"
        ' join sales_order_lines l on l.id = n.order_line join sales_orders o on o.id = l."order" join items i on i.id = n.item'
        " left join delivery_picks k on k.line = n.id left join lots t on t.id = k.lot"
        " where n.note = {} and (k.id is not null"
        " or not exists (select 1 from delivery_picks x join delivery_note_lines y on y.id = x.line where y.note = n.note))"
        " order by n.line_no, k.id",
        note_id,
    )


def _terms(rows: list[dict[str, Any]], fields: defined.Fields) -> tuple[str, ...]:
    """The printed custom fields of the orders, each once."""
    documents = dict.fromkeys(row["order_custom"] for row in rows)
    said = (
        f"{label}: {value}" for document in documents for label, value in values.printed(fields, document)
    )
    return tuple(dict.fromkeys(said))


def _line(n: int, row: dict[str, Any], with_prices: bool, fields: defined.Fields) -> DeliveryLine:
    return DeliveryLine(
        line=str(n), description=_called(row, fields), quantity=shown(row["quantity_q"]),
        unit=_label(row), customer_item=row["customer_item"],
        lot=row["lot"] if row["lot"] and row["lot"] != "-" else "", cartons=str(_cartons(row) or ""), net_weight=_weight(_kg(row)),
        unit_price=f"{price_figure(row['price_micro'])}/{labelled(row['price_unit'], _label(row))}"
        if with_prices and row["price_micro"] else "",
        amount=Money(_amount(row), row["currency"]).shown() if with_prices else "",
    )  # fmt: skip


def _called(row: dict[str, Any], fields: defined.Fields) -> str:
    return " · ".join(
        filter(
            None,
            (
                f"{row['name']} {row['spec']}".strip(),
                kind_said(row["kind"]),
                values.in_line(fields, row["custom"]),
            ),
        )
    )


def _label(row: dict[str, Any]) -> str:
    """What one of it is called."""
    return row["unit_label"] or row["base_unit"]


def _kg(row: dict[str, Any]) -> Fraction:
    if row["base_unit"] != PIECE:
        return Fraction(row["quantity_q"], 1000)
    weight = Weight(row["weight_micro"], row["weight_pieces"]) or Weight(
        row["item_micro"], row["item_pieces"]
    )
    return Fraction(row["quantity_q"], 1000) * weight.kg_per_piece if weight else Fraction(0)


def _cartons(row: dict[str, Any]) -> int:
    """Whole cartons and the one begun."""
    per_carton = row["per_box"] * row["boxes_per_carton"]
    return -(-row["quantity_q"] // (per_carton * 1000)) if per_carton and row["base_unit"] == PIECE else 0


def _amount(row: dict[str, Any]) -> int:
    quantity = Quantity(row["quantity_q"], row["base_unit"])
    if not row["price_micro"]:
        return 0
    weight = Weight(row["item_micro"], row["item_pieces"])
    return line_amount(
        quantity,
        row["price_micro"],
        row["price_unit"],
        row["currency"],
        row["tax_included"],
        row["tax_rate"],
        weight,
    ).gross


def _weight(kg: Fraction) -> str:
    return shown(half_up(kg * 10) * 100) if kg else ""


def _totals(rows: list[dict[str, Any]]) -> str:
    sums: dict[str, int] = {}
    for row in rows:
        unit = _label(row)
        sums[unit] = sums.get(unit, 0) + row["quantity_q"]
    return " + ".join(f"{shown(q)} {unit}" for unit, q in sums.items())


def _joined(texts: Any) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))


@get("/delivery-notes/{number:str}/slip.pdf")
async def print_slip(request: Request, by: Actor, number: str) -> Response[bytes]:
    name = f"{_('Delivery slip')}-{number}.pdf"
    return sent(await paper(request, number, by), "application/pdf", name, inline=True)


async def paper(request: Request, number: str, by: Actor) -> bytes:
    """The slip of one note; `?prices=1` with prices, for those who may see them."""
    by.must(permissions.SEE)
    with_prices = request.query_params.get("prices") == "1"
    if with_prices:
        by.must(PRICE)
    note = await queries.note_called(number)
    sheet = await slip_of(
        {**note, "prepared_by": note["posted_by"] or by.name}, address_of(request), with_prices
    )
    if note["state"] != states.POSTED:
        return await asyncio.to_thread(delivery_slip, sheet, language=language())
    kind = "delivery_slip_with_prices" if with_prices else "delivery_slip"
    done = await commit(
        shelf.issue, kind, f"{number}-{'P' if with_prices else 'S'}", ("delivery_note", note["id"]), sheet, delivery_slip,
        by=by, language=language(),
    )  # fmt: skip
    return bytes(done.value.pdf)


ROUTES = [print_slip]
