"""What a line comes to: quantity × price through the units of both, and whether that is what is written."""

from collections.abc import Mapping
from decimal import Decimal

from app.core.quantities import Unit
from app.intake.readers.reading import Found
from app.intake.readers.units import unit_in


def units_of(fields: Mapping[str, Found]) -> tuple[Unit, Unit] | None:
    """The unit of a line's quantity and that of its price; None where one is not said."""
    counted, priced = (
        unit_in(str(found.value)) if (found := fields.get(name)) else None for name in ("unit", "price_unit")
    )
    return (counted, priced) if counted and priced else None


def amount_of(fields: Mapping[str, Found], quantity: Decimal, price: Decimal) -> Decimal | None:
    """None where the price is for something else than is counted: for kg where pieces are ordered."""
    units = units_of(fields)
    if units is None:
        return quantity * price
    counted, priced = units
    if counted.base != priced.base:
        return None
    ratio = counted.factor / priced.factor
    return quantity * price * ratio.numerator / ratio.denominator


def agree(calculated: Decimal, written: Decimal) -> bool:
    """Equal to the 分, as people round."""
    return abs(calculated - written) <= Decimal("0.0101")
