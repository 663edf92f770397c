"""What contradicts what the house knows: a price or a quantity far from usual, somebody else's part number, a foreign currency."""

from contextlib import suppress
from fractions import Fraction
from typing import Any

from app.core.money import CURRENCIES, MICRO, price_figure, price_micro, price_shown
from app.core.quantities import Weight, convert_from_base, labelled, shown, unit_of
from app.core.refusals import Refused
from app.core.words import N_
from app.intake.knowing import Known, Usual
from app.intake.proposal import Cell, Proposal, Remark

TIMES_OFF = 3  # a price this many times the usual one, or less than its part, is asked about
FAR = 10  # so is a quantity
FAR_ONCE = 30  # and one where only one earlier order is known

PRICE_OFF = N_("The usual price is %(usual)s per %(unit)s; this one is %(times)s of it")
PRICE_PROPOSED = N_("The file names no price; this is the usual one")
PRICE_LISTED = N_("From the price list %(list)s")
PRICE_MISSING = N_("The file names no price, and none is usual")
QUANTITY_FAR = N_("This customer usually orders %(least)s to %(most)s %(unit)s of it")
ANOTHERS = N_("%(code)s is a part number of %(customer)s")
NOT_KEPT = N_("Orders in %(currency)s are not kept here")


def look(proposal: Proposal, known: Known) -> None:
    """Mark what is doubtful, each at its field with the reason."""
    _currency(proposal)
    customer = proposal.customer["id"] if proposal.customer else 0
    for i, line in enumerate(proposal.lines):
        _part_number(line, customer, known)
        item = proposal.items[i]
        usual = known.usual.get((customer, item["id"])) if item else None
        _price(proposal, i, usual)
        if usual:
            _quantity(line, item, proposal.quantity(i), usual)


def _currency(proposal: Proposal) -> None:
    cell = proposal.head["currency"]
    if cell.value not in CURRENCIES:
        cell.doubt(NOT_KEPT, currency=cell.value)


def _part_number(line: dict[str, Cell], customer: int, known: Known) -> None:
    """A part number that only other customers have."""
    bearers = known.part_numbers.get(line["customer_item"].value, {})
    if bearers and customer and customer not in bearers:
        other = next(iter(bearers.values()))
        line["customer_item"].doubt(
            ANOTHERS, code=line["customer_item"].value, customer=other["customer_name"]
        )


def _price(proposal: Proposal, i: int, usual: Usual | None) -> None:
    """A price left out is filled from the list, or proposed as usual; one that is written is held against them."""
    line, item, listed = proposal.lines[i], proposal.items[i], proposal.listed[i]
    cell, per = line["unit_price"], line["price_unit"]
    if line["kind"].value in ("free", "spare"):
        return
    price, unit = (listed.price, listed.price_unit) if listed else _usual_price(proposal, item, usual)
    if not cell.value:
        if price:
            cell.value, per.value, per.doubtful = price_shown(price), unit, False
        if listed and not cell.doubtful:
            cell.note = Remark(PRICE_LISTED, {"list": listed.list_name or listed.list})
        else:
            cell.doubt(PRICE_PROPOSED if price else PRICE_MISSING)
        return
    with suppress(Refused):
        given = _per_base(price_micro(cell.value), per.value, item)
        normal = _per_base(price, unit, item)
        if not given or not normal:
            return
        ratio = given / normal
        if ratio >= TIMES_OFF or ratio * TIMES_OFF <= 1:
            cell.doubt(
                PRICE_OFF,
                usual=price_figure(price),
                unit=labelled(unit, item["unit_label"] if item else ""),
                times=_times(ratio),
            )


def _times(ratio: Fraction) -> str:
    """In three digits: 0.0123×, 1,230×."""
    return f"{float(f'{float(ratio):.3g}'):,.10g}×"


def _usual_price(proposal: Proposal, item: dict[str, Any] | None, usual: Usual | None) -> tuple[int, str]:
    """The last price of this customer in this currency, else the item's own; (0, '') where none is known."""
    currency = proposal.head["currency"].value
    if usual and usual.currency == currency:
        return usual.price_micro, usual.price_unit
    if item and currency == "CNY":
        return item["usual_price_micro"], item["usual_price_unit"]
    return 0, ""


def _per_base(price: int, unit: str, item: dict[str, Any] | None) -> Fraction:
    """A price at 10⁻⁶ for one base unit of the item; 0 where it cannot be told."""
    if not price or not unit or item is None:
        return Fraction(0)
    weight = Weight(item["weight_micro"], item["weight_pieces"])
    return Fraction(price, MICRO) * convert_from_base(Fraction(1), item["base_unit"], unit_of(unit), weight)


def _quantity(line: dict[str, Cell], item: dict[str, Any] | None, milli: int | None, usual: Usual) -> None:
    far = FAR if usual.times > 1 else FAR_ONCE
    if milli is not None and item and (milli > usual.most * far or milli * far < usual.least):
        line["quantity"].doubt(
            QUANTITY_FAR, least=shown(usual.least), most=shown(usual.most), unit=item["base_unit"]
        )
