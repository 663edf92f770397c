"""Orders as people write them in a chat: `M10*45 8.8 达克罗 5千支 486/千支`, one line for each part."""

import re

from app.core.text import clean
from app.intake.readers.currencies import currency_in
from app.intake.readers.dates import day_in
from app.intake.readers.header import header_in
from app.intake.readers.numbers import decimals, number_in
from app.intake.readers.own_labels import own_in
from app.intake.readers.reading import Found, Problem, ReadLine, ReadOrder
from app.intake.readers.sheet import Sheet
from app.intake.readers.units import unit_in

_UNITS = r"(?:[百千万kw]?(?:支|只|套|件|个|粒|颗|枚|根|片|pcs|pc)|[千万](?![a-z])|kg|公斤|千克|吨|k(?![a-z]))"
_QUANTITY = re.compile(
    rf"(?:(?<![A-Za-z0-9_.,/*×x-])(?P<number>\d[\d,]*(?:\.\d+)?)|(?<=[A-Za-z0-9-]{{6}}[*×x])(?P<times>\d{{3,}}))"
    rf"\s*(?P<unit>{_UNITS})(?![A-Za-z0-9_/])",
    re.IGNORECASE,
)  # HC-10-2201*5000支 is a part number and a quantity, M10*45 is a size
_MAY_BE_ONE = re.compile(rf"\d\s*{_UNITS}(?![A-Za-z0-9_])|(?<![A-Za-z])M\d+\s*[*×x]\s*\d", re.IGNORECASE)
_PRICE = re.compile(
    rf"(?:单价|价格|价|@)?\s*[:：]?\s*(?P<sign>[¥$€])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<money>元|块|usd|rmb)?"
    rf"\s*(?:/|每|一)\s*(?P<per>{_UNITS})", re.IGNORECASE)  # fmt: skip
_BARE_PRICE = re.compile(
    r"(?:单价|价格|@)\s*[:：]?\s*(?P<sign>[¥$€])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<money>元|usd)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:\(?(?P<no>\d{1,3})\s*[.、)]\s*(?!\d))")
_DAY = re.compile(
    r"(?:(?P<label>交期|交货期?|要货)\s*[:：]?\s*)?"
    r"(?P<day>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|(?<![\d.])\d{1,2}\s*[月/]\s*\d{1,2}\s*[日号]?)"
    r"\s*(?P<use>(?:之前|以前|前)?\s*(?:要|交|到|发|送|出)货?|之前|以前|前)?"
)
_EDGES = " ,;:，。；：、-—*×"


def order_in(sheet: Sheet) -> ReadOrder | None:
    """The order in running text, None when no line names a quantity with its unit."""
    order = ReadOrder()
    for row in range(sheet.height):
        text = " ".join(str(sheet.own(row, c)) for c in sheet.filled(row))[:400]
        if line := _line(text, row, sheet, order):
            order.lines.append(line)
    if not order.lines:
        return None
    header = header_in(sheet, range(sheet.height))
    order.header |= header.found | own_in(sheet, range(sheet.height))
    _due(sheet, order)
    order.problems.extend(header.problems)
    return order


def _due(sheet: Sheet, order: ReadOrder) -> None:
    """The day of the whole order where a sentence says it: 12月10号前要."""
    taken = {line.row for line in order.lines}
    for row in range(sheet.height):
        text = clean(str(sheet.own(row, 0) or ""))[:400]
        if row not in taken and "due_date" not in order.header and (day := _day(text, sheet, row)):
            order.header["due_date"] = day[0]


def _day(text: str, sheet: Sheet, row: int) -> tuple[Found, str] | None:
    """A day that something is wanted for, and the text without it."""
    for match in _DAY.finditer(text):
        day = day_in(match["day"], sheet.received)
        if not (match["label"] or match["use"]) or not day.value:
            continue
        found = Found(day.value, match[0].strip(), sheet.cell(row, 0), min(day.sure, 0.85))
        return found, f"{text[: match.start()]} {text[match.end() :]}"
    return None


def _line(written: str, row: int, sheet: Sheet, order: ReadOrder) -> ReadLine | None:
    text, cell = clean(written), sheet.cell(row, 0)
    numbered = _NUMBERED.match(text)
    rest = text[numbered.end() :] if numbered else text
    day = _day(rest, sheet, row)
    rest = day[1] if day else rest
    priced = _PRICE.search(rest)
    if priced:
        rest = f"{rest[: priced.start()]} {rest[priced.end() :]}"
    quantities = list(_QUANTITY.finditer(rest))
    if len(quantities) != 1:
        if len(quantities) > 1 or _MAY_BE_ONE.search(rest):
            order.problems.append(Problem("ROW_NOT_READ", cell, {"text": text[:80]}))
        return None
    quantity = quantities[0]
    rest = f"{rest[: quantity.start()]} {rest[quantity.end() :]}"
    if not priced and (priced := _BARE_PRICE.search(rest)):
        rest = f"{rest[: priced.start()]} {rest[priced.end() :]}"
    name = re.sub(r"(?:数量|单价|需?要|订|来)\s*[:：]?\s*(?=$|[\s,，])", " ", rest)
    name = " ".join(name.split()).strip(_EDGES)
    if len(name) < 2:
        return None
    line = ReadLine(row, cell, {"name": Found(name, name, cell, 0.85)})
    if day:
        line.fields["due_date"] = day[0]
    if numbered and numbered["no"]:
        line.fields["line_no"] = Found(numbered["no"], numbered["no"], cell, 0.9)
    _quantity(line, quantity, order)
    if priced:
        _price(line, priced, order)
    return line


def _quantity(line: ReadLine, match: re.Match[str], order: ReadOrder) -> None:
    text = match[0].strip()
    number = number_in(f"{match['number'] or match['times']}{match['unit']}")
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
