"""Orders as people write them in a chat: `M10*45 8.8 达克罗 5千支 486/千支`, one line for each part."""

import re

from app.core.text import clean
from app.intake.readers.currencies import currency_in
from app.intake.readers.header import header_in
from app.intake.readers.numbers import decimals, number_in
from app.intake.readers.reading import Found, Problem, ReadLine, ReadOrder
from app.intake.readers.sheet import Sheet
from app.intake.readers.units import unit_in

_UNITS = r"(?:[百千万kw]?(?:支|只|套|件|个|粒|颗|枚|根|片|pcs|pc)|[千万](?![a-z])|kg|公斤|千克|吨|k(?![a-z]))"
_QUANTITY = re.compile(
    rf"(?<![\w.,/*×x-])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>{_UNITS})(?![\w/])", re.IGNORECASE
)
_PRICE = re.compile(
    rf"(?:单价|价格|价|@)?\s*[:：]?\s*(?P<sign>[¥$€])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<money>元|块|usd|rmb)?"
    rf"\s*(?:/|每|一)\s*(?P<per>{_UNITS})", re.IGNORECASE)  # fmt: skip
_BARE_PRICE = re.compile(
    r"(?:单价|价格|@)\s*[:：]?\s*(?P<sign>[¥$€])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<money>元|usd)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:\(?(?P<no>\d{1,3})\s*[.、)]\s*(?!\d))")
_EDGES = " ,;:，。；：、-—"


def order_in(sheet: Sheet) -> ReadOrder | None:
    """The order in running text, None when no line names a quantity with its unit."""
    order = ReadOrder()
    for row in range(sheet.height):
        text = " ".join(str(sheet.own(row, c)) for c in sheet.filled(row))[:400]
        if line := _line(text, row, sheet.cell(row, 0), order):
            order.lines.append(line)
    if not order.lines:
        return None
    header = header_in(sheet, range(sheet.height))
    order.header |= header.found
    order.problems.extend(header.problems)
    return order


def _line(written: str, row: int, cell: str, order: ReadOrder) -> ReadLine | None:
    text = clean(written)
    numbered = _NUMBERED.match(text)
    rest = text[numbered.end() :] if numbered else text
    priced = _PRICE.search(rest)
    if priced:
        rest = f"{rest[: priced.start()]} {rest[priced.end() :]}"
    quantities = list(_QUANTITY.finditer(rest))
    if len(quantities) != 1:
        if len(quantities) > 1:
            order.problems.append(Problem("ROW_NOT_READ", cell, {"text": text[:80]}))
        return None
    quantity = quantities[0]
    rest = f"{rest[: quantity.start()]} {rest[quantity.end() :]}"
    if not priced and (priced := _BARE_PRICE.search(rest)):
        rest = f"{rest[: priced.start()]} {rest[priced.end() :]}"
    name = re.sub(r"(?:数量|单价)\s*[:：]?\s*(?=$|[\s,，])", " ", rest)
    name = " ".join(name.split()).strip(_EDGES)
    if len(name) < 2:
        return None
    line = ReadLine(row, cell, {"name": Found(name, name, cell, 0.85)})
    if numbered and numbered["no"]:
        line.fields["line_no"] = Found(numbered["no"], numbered["no"], cell, 0.9)
    _quantity(line, quantity, order)
    if priced:
        _price(line, priced, order)
    return line


def _quantity(line: ReadLine, match: re.Match[str], order: ReadOrder) -> None:
    text = match[0].strip()
    number = number_in(f"{match['number']}{match['unit']}")
    line.fields["quantity"] = Found(number.value, text, line.cell, min(number.sure, 0.9))
    if number.unit:
        line.fields["unit"] = Found(number.unit.code, text, line.cell, 0.9)
    else:
        order.problems.append(Problem("UNIT_MISSING", line.cell, {"text": text}))


def _price(line: ReadLine, match: re.Match[str], order: ReadOrder) -> None:
    text = match[0].strip()
    line.fields["unit_price"] = Found(decimals(match["number"])[0], text, line.cell, 0.85)
    per = match.groupdict().get("per")
    named, unit = unit_in(per) if per else None, line.fields.get("unit")
    if named:
        line.fields["price_unit"] = Found(named.code, text, line.cell, 0.9)
    elif unit:
        line.fields["price_unit"] = Found(unit.value, "", line.cell, 0.6)
    if currency := currency_in(match["sign"] or match["money"] or ""):
        order.header.setdefault("currency", Found(currency, text, line.cell, 0.85))
