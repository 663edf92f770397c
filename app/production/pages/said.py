"""Amounts of a work order as the floor says them."""

from app.core.quantities import KILOGRAM, MILLI, PIECE, Quantity, Weight, plain, shown


def said(quantity_q: int, base_unit: str, label: str) -> str:
    """5 千支; below a thousand 430 支."""
    if base_unit == PIECE and quantity_q >= 1000 * MILLI:
        return f"{plain(Quantity(quantity_q).in_unit('千件'))} 千{label}"
    return f"{shown(quantity_q)} {label}"


def in_kilograms(quantity_q: int, base_unit: str, weight: Weight) -> str:
    """≈ 201 kg, where the piece weight is known."""
    if base_unit != PIECE or not weight:
        return ""
    return f"≈ {shown(round(Quantity(quantity_q).in_unit(KILOGRAM, weight) * 10) * 100)} kg"
