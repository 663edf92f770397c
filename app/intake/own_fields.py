"""Custom fields of orders and their lines in files: columns under their labels, cells of the proposal like any other."""

from collections.abc import Mapping, Sequence

from app.core.refusals import Refused
from app.custom_fields.defined import DAY, Field, Fields, fields
from app.custom_fields.values import parse, written
from app.intake.asking import NEEDED
from app.intake.proposal import Cell, Remark
from app.intake.readers.dates import day_in
from app.intake.readers.synonyms import key
from app.intake.readers.vocabulary import OF_ORDER
from app.intake.records import Record

Custom = Mapping[str, Fields]


async def columns() -> dict[str, str]:
    """Heading → the reader's name of a column; that of a line's field goes before one of the order's."""
    known = await fields()
    found = {key(head): OF_ORDER + each.name for each in known["sales_order"] for head in _heads(each)}
    return found | {key(head): each.name for each in known["sales_order_line"] for head in _heads(each)}


def _heads(each: Field) -> set[str]:
    return {each.label, each.label_en, each.head} - {""}


async def headings() -> dict[str, str]:
    """The reader's name of a column → its heading in the standard table."""
    known = await fields()
    of_lines = {each.name: each.said for each in known["sales_order_line"]}
    taken = set(of_lines.values())
    of_orders = {OF_ORDER + each.name: each.said for each in known["sales_order"] if each.said not in taken}
    return of_orders | of_lines


def of_order(record: Record, custom: Custom) -> dict[str, Cell]:
    """The order's cells, each from the head (of what a program sent) or the first line that says it."""
    found: dict[str, Cell] = {}
    for each in custom["sales_order"]:
        facts = [
            record["header"].get(each.name),
            *(line["fields"].get(OF_ORDER + each.name) for line in record["lines"]),
        ]
        if fact := next((f for f in facts if f and f["value"]), None):
            found[each.name] = _cell(each, fact)
        elif each.required:
            found[each.name] = _asked()
    return found


def of_line(facts: Record, custom: Custom) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for each in custom["sales_order_line"]:
        if (fact := facts.get(each.name)) and (fact["value"] or not each.required):
            found[each.name] = _cell(each, fact)
        elif each.required:
            found[each.name] = _asked()
    return found


def _asked() -> Cell:
    """A field that must be filled in and is not said."""
    return Cell(doubtful=True, why=[Remark(NEEDED)])


def _cell(each: Field, fact: Record) -> Cell:
    """The value as a form holds it; one that the field cannot hold is asked about."""
    said = fact["value"]
    if each.kind == DAY and (day := day_in(said).value):
        said = day.isoformat()
    cell = Cell(said, said, fact["cell"], bool(fact["doubtful"]))
    try:
        cell.value = written(each, parse(each, said))
    except Refused as refused:
        cell.doubtful = True
        cell.why.append(Remark(refused.reason.sentence, refused.facts))
    return cell


def read_from(cells: Sequence[Mapping[str, Cell]]) -> bool:
    """Whether any custom field stands in these cells."""
    return any(name.startswith("custom-") for each in cells for name in each)
