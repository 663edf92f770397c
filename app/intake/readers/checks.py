"""Arithmetic over an order that was read: quantity × price, sums, and the amount in words against figures."""

from decimal import Decimal

from app.core.quantities import plain
from app.intake.readers import amounts, capital
from app.intake.readers.reading import Found, Problem, ReadLine, ReadOrder

CENT = Decimal("0.01")


def check(order: ReadOrder) -> list[Problem]:
    """Everything in the order that contradicts itself, each at the cell that says so."""
    return [
        *(problem for line in order.lines if (problem := line_amount(line))),
        *sums(order),
        *words(order),
    ]


def line_amount(line: ReadLine) -> Problem | None:
    """Quantity × price against the amount, through the units of both."""
    quantity, price, amount = (
        _number(line.fields.get(name)) for name in ("quantity", "unit_price", "amount")
    )
    written = line.fields.get("amount")
    if quantity is None or price is None or amount is None or written is None:
        return None
    expected = amounts.amount_of(line.fields, quantity, price)
    if expected is None or amounts.agree(expected, amount):
        return None
    facts = {"expected": plain(expected.quantize(CENT)), "written": plain(amount)}
    return Problem("AMOUNT_DIFFERS", written.cell, facts)


def sums(order: ReadOrder) -> list[Problem]:
    """Σ of the lines against the 合计 row and the total in the header."""
    problems = []
    for name, code in (("amount", "TOTAL_DIFFERS"), ("quantity", "QUANTITY_TOTAL_DIFFERS")):
        written = order.totals.get(name) or (order.header.get("total_amount") if name == "amount" else None)
        total, values = _number(written), [_number(line.fields.get(name)) for line in order.lines]
        if written is None or total is None or not values or (name == "quantity" and len(_units(order)) > 1):
            continue
        known = [value for value in values if value is not None]
        missing = name == "amount" and any(value is None for value in values)
        expected = sum(known, Decimal(0))
        if (missing and expected < total) or not known:
            continue
        if abs(expected - total) > CENT + Decimal("0.005") * len(known) * any(
            v != round(v, 2) for v in known
        ):
            problems.append(
                Problem(code, written.cell, {"expected": plain(expected), "written": plain(total)})
            )
    return problems


def words(order: ReadOrder) -> list[Problem]:
    """大写 against the amount in figures; without figures against the lines."""
    said = order.header.get("total_in_words")
    figures = order.header.get("total_amount") or order.totals.get("amount")
    amount, total = _number(said), _number(figures)
    if said is None or amount is None:
        return []
    if total is None:
        known = [_number(line.fields.get("amount")) for line in order.lines]
        if not known or any(value is None for value in known):
            return []
        total = sum((value for value in known if value is not None), Decimal(0))
    if abs(total.quantize(CENT) - amount) <= Decimal("0.0051"):
        return []
    return [Problem("WORDS_DIFFER", said.cell, {"words": capital.write(amount), "written": plain(total)})]


def _number(found: Found | None) -> Decimal | None:
    return found.value if found and isinstance(found.value, Decimal) else None


def _units(order: ReadOrder) -> set[object]:
    return {found.value if (found := line.fields.get("unit")) else None for line in order.lines}
