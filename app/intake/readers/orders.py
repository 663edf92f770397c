"""From grids to orders: which table belongs to which header, several orders in one file, and the checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.intake.readers import chat, checks
from app.intake.readers.across import spread
from app.intake.readers.header import Header, header_in
from app.intake.readers.lines import Lines, lines_of
from app.intake.readers.numbers import number_in
from app.intake.readers.own_labels import own_in
from app.intake.readers.reading import Found, Grid, Problem, ReadColumn, ReadLine, ReadOrder
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import HEADER_ONLY, TAXED, UNTAXED
from app.intake.readers.tables import Table, tables_in
from app.intake.readers.titles import number_in_name
from app.intake.readers.unreadable import Unreadable
from app.intake.readers.vocabulary import NONE, Vocabulary


def orders_in(
    name: str, grids: tuple[Grid, ...], words: Vocabulary = NONE, received: date | None = None
) -> tuple[ReadOrder, ...]:
    """Every order in the file. Raises Unreadable when there is none or two tables could be the order."""
    sheets = [Sheet(grid, words, received) for grid in grids]
    tables = {id(sheet): tables_in(sheet) for sheet in sheets}
    orders: list[ReadOrder] = []
    for sheet in sheets:
        orders.extend(_orders_of_sheet(sheet, tables[id(sheet)], grids))
    if not orders:
        orders.extend(order for sheet in sheets if (order := chat.order_in(sheet)))
    if not orders:
        raise Unreadable("NO_TABLE", sheets=grids)
    _borrow_headers(orders, [sheet for sheet in sheets if not tables[id(sheet)]])
    for order in orders:
        _complete(order, name if len(orders) == 1 else "")
    return tuple(orders)


def _orders_of_sheet(sheet: Sheet, tables: list[Table], grids: tuple[Grid, ...]) -> list[ReadOrder]:
    tables = [table for table in tables if table.lines and table.signature not in sheet.words.passed_over]
    groups: list[tuple[Header, list[Table]]] = []
    start = 0
    for position, table in enumerate(tables):
        following = tables[position + 1].head if position + 1 < len(tables) else sheet.height
        end = _parting(sheet, table, following) if following < sheet.height else following
        above, below = range(start, table.head), range(_footer_from(table), end)
        header = header_in(sheet, above)
        header.found |= own_in(sheet, above)
        near = _order_day(header)
        _add(header, header_in(sheet, below, table.total, near))
        _add(header, Header(own_in(sheet, below)))
        if tax := tax_in(sheet, above) or tax_in(sheet, below):
            header.found.setdefault("tax_included", tax)
        start = end
        own_number = "customer_order_number" in header.found or "customer_order_number" in table.columns
        if not groups or (own_number and not _same_order(groups[-1], header, table)):
            groups.append((header, [table]))
        elif groups[-1][1][-1].goes_on(table):
            groups[-1][1].append(table)
            _add(groups[-1][0], header)
        else:
            first, second = groups[-1][1][0], table
            raise Unreadable(
                "TWO_TABLES", grids, (first.signature, second.signature),
                first=sheet.cell(first.head, 0), second=sheet.cell(second.head, 0),
            )  # fmt: skip
    return [order for header, parts in groups for order in _orders_of_group(header, parts)]


def _same_order(before: tuple[Header, list[Table]], header: Header, table: Table) -> bool:
    """Whether a table goes on with the order before it: each page of a printed order bears its number once more."""
    numbers = [h.found.get("customer_order_number") for h in (before[0], header)]
    one, other = (found.value if found else None for found in numbers)
    return one is not None and one == other and before[1][-1].goes_on(table)


def _footer_from(table: Table) -> int:
    return table.total if table.total is not None else table.end


def _parting(sheet: Sheet, table: Table, following: int) -> int:
    """Between two tables: the last blank row before the second one's own header block, or the first's end."""
    blanks = [row for row in range(table.end, following) if not sheet.filled(row)][-40:]
    for row in blanks:
        if "customer_order_number" in header_in(sheet, range(row, following)).found:
            continue
        return blanks[max(0, blanks.index(row) - 1)]
    return blanks[-1] if blanks else table.end


def _add(header: Header, other: Header) -> None:
    for name, found in other.found.items():
        header.found.setdefault(name, found)
    header.problems.extend(other.problems)


def _order_day(header: Header) -> date | None:
    found = header.found.get("order_date")
    return found.value if found and isinstance(found.value, date) else None


def _orders_of_group(header: Header, tables: list[Table]) -> list[ReadOrder]:
    """One order, or one for each number of each customer where the table has columns of them."""
    read = Lines()
    for table in tables:
        more = lines_of(table, _order_day(header))
        read.lines.extend(more.lines)
        read.problems.extend(more.problems)
        read.currencies |= more.currencies
    _money(header, tables, read)
    by_number: dict[tuple[object, ...], list[ReadLine]] = {}
    last: tuple[object, ...] = (None, None)
    for line in read.lines:
        said = [line.fields.get(name) for name in ("customer_order_number", "customer_name")]
        last = tuple(found.value if found else before for found, before in zip(said, last, strict=True))
        by_number.setdefault(last, []).append(line)
    if len(by_number) == 1:
        order = ReadOrder(header.found, read.lines, _totals(tables), [*header.problems, *read.problems])
        order.columns = _columns(tables[0])
        _lift(order)
        return [order]
    orders = _parted(header, read, list(by_number.values()))
    for order in orders:
        order.columns = _columns(tables[0])
    return orders


def _columns(table: Table) -> list[ReadColumn]:
    """Every heading of the table, those that were not understood too."""
    sheet, taken = table.sheet, {column.index: column for column in table.columns.values()}
    found = []
    for index in range(max(sheet.width(row) for row in range(table.head, table.body))):
        column = taken.get(index)
        texts = dict.fromkeys(sheet.text(row, index) for row in range(table.head, table.body))
        label = column.label if column else " ".join(t for t in texts if t.strip()).replace("\n", " ")
        if label.strip():
            cell = sheet.cell(table.body - 1, index)
            found.append(ReadColumn(label[:60], cell, column.field if column else ""))
    return found


def _parted(header: Header, read: Lines, parts: list[list[ReadLine]]) -> list[ReadOrder]:
    """An order for each part of the lines; totals of the sheet belong to none of them."""
    shared = {name: f for name, f in header.found.items() if name not in ("total_amount", "total_in_words")}
    by_cell: dict[str, list[Problem]] = {}
    for problem in read.problems:
        by_cell.setdefault(problem.cell, []).append(problem)
    orders = []
    for lines in parts:
        cells = dict.fromkeys(found.cell for line in lines for found in line.fields.values())
        cells |= dict.fromkeys(line.cell for line in lines)
        order = ReadOrder(dict(shared), lines)
        order.problems = [problem for cell in cells for problem in by_cell.pop(cell, ())]
        _lift(order)
        orders.append(order)
    orders[0].problems[:0] = header.problems
    orders[0].problems.extend(problem for left in by_cell.values() for problem in left)
    return orders


def _lift(order: ReadOrder) -> None:
    """Facts of the order that stand in each of its lines (number, customer, date) belong to its header."""
    for name in sorted(HEADER_ONLY):
        found = [f for line in order.lines if (f := line.fields.pop(name, None))]
        if not found:
            continue
        values = {f.value for f in found}
        order.header[name] = found[0] if len(values) == 1 else replace(found[0], confidence=0.5)
        if len(values) > 1:
            facts = {"one": found[0].text, "other": next(f.text for f in found if f.value != found[0].value)}
            order.problems.append(Problem("HEADER_CONTRADICTS", found[0].cell, facts))


def _totals(tables: list[Table]) -> dict[str, Found]:
    """What the last 合计 row says, by line field."""
    totals: dict[str, Found] = {}
    for table in tables:
        for name in ("quantity", "amount"):
            column = table.columns.get(name)
            if table.total is None or column is None:
                continue
            raw = table.sheet.own(table.total, column.index)
            number = number_in(raw)
            if column.index in table.days:
                number = spread(table.sheet, table.total, table.body - 1, table.days, "").number
            if number.value is not None and isinstance(number.value, Decimal):
                text = table.sheet.text(table.total, column.index)
                cell = table.sheet.cell(table.total, column.index)
                totals[name] = Found(number.value, text, cell, number.sure, column.label)
    return totals if len([t for t in tables if t.total is not None]) == 1 else {}


def _money(header: Header, tables: list[Table], read: Lines) -> None:
    """Currency and tax as the headings, the prices and the small print say it."""
    for table in tables:
        for name in ("unit_price", "amount"):
            column = table.columns.get(name)
            if column is None:
                continue
            cell = table.sheet.cell(column.row, column.index)
            if column.currency:
                read.currencies.setdefault(column.currency, Found(column.currency, column.label, cell, 0.95))
            if column.taxed is not None:
                header.found.setdefault("tax_included", Found(column.taxed, column.label, cell, 0.95))
    named = list(read.currencies.values())
    given = header.found.get("currency")
    given = None if given and given.value and given.doubtful and named else given
    if given is None and named:
        header.found["currency"] = named[0] if len(named) == 1 else replace(named[0], confidence=0.3)
    others = {found.text: found for found in named if given and given.value and found.value != given.value}
    if len(named) > 1 or others:
        one, other = (given or named[0]), next(iter(others.values()), named[-1])
        facts = {"one": str(one.value), "other": str(other.value)}
        header.problems.append(Problem("CURRENCY_CONTRADICTS", other.cell, facts))
        header.found["currency"] = replace(one, confidence=0.3)


def tax_in(sheet: Sheet, rows: range) -> Found | None:
    """Whether the prices include tax, as a sentence outside the table says."""
    for row in rows:
        for column in sheet.filled(row):
            text = sheet.own(row, column)
            if not isinstance(text, str):
                continue
            said = text.lower()[:600]
            if UNTAXED.search(said) or TAXED.search(said):
                return Found(not UNTAXED.search(said), text[:60], sheet.cell(row, column), 0.85)
    return None


def _borrow_headers(orders: list[ReadOrder], others: list[Sheet]) -> None:
    """A cover sheet without a table of its own completes the one order of the file."""
    if len(orders) != 1:
        return
    for sheet in others:
        rows = range(sheet.height)
        for name, found in (header_in(sheet, rows).found | own_in(sheet, rows)).items():
            orders[0].header.setdefault(name, found)


def _complete(order: ReadOrder, file_name: str) -> None:
    """The total, a number from the file's name, and the arithmetic."""
    if "amount" in order.totals:
        order.header["total_amount"] = order.totals["amount"]
    if "customer_order_number" not in order.header:
        order.problems.append(Problem("ORDER_NUMBER_MISSING", order.lines[0].cell if order.lines else ""))
        if number := number_in_name(file_name):
            order.header["customer_order_number"] = Found(number, file_name, "", 0.5)
    wrong = checks.check(order)
    order.problems.extend(wrong)
    places = {problem.cell for problem in wrong if problem.code == "AMOUNT_DIFFERS"}
    for line in order.lines:
        if (amount := line.fields.get("amount")) and amount.cell in places:
            for name in ("quantity", "unit_price", "amount"):
                line.fields[name] = replace(line.fields[name], confidence=0.5)
    if any(problem.code in ("TOTAL_DIFFERS", "WORDS_DIFFER") for problem in wrong):
        for name in ("total_amount", "total_in_words"):
            if found := order.header.get(name):
                order.header[name] = replace(found, confidence=0.5)
