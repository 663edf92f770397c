"""Where a problem of the reading is asked: at the field in whose cell it lies; what lies in none is asked for the whole."""

from app.core.words import N_
from app.intake.proposal import Cell, Proposal
from app.intake.readers.problems import SENTENCES, readable
from app.intake.records import Record

NEEDED = N_("The file does not say this")


def place(proposal: Proposal, record: Record) -> None:
    """Give each problem to its field."""
    cells: dict[str, list[Cell]] = {}
    for cell in proposal.cells():
        if cell.cell:
            cells.setdefault(cell.cell, []).append(cell)
    for line, drawn in zip(record["lines"], proposal.lines, strict=True):
        if "amount" in line["fields"]:
            cells.setdefault(line["fields"]["amount"]["cell"], []).extend(
                (drawn["quantity"], drawn["unit_price"])
            )
    for problem in record["problems"]:
        if problem["code"] not in SENTENCES:
            continue
        if problem["code"] in ("UNIT_MISSING", "UNIT_UNKNOWN") and _ask_for_unit(problem, proposal):
            continue
        if problem["code"] == "ORDER_NUMBER_MISSING":
            number = proposal.head["customer_order_number"]
            number.why = [why for why in number.why if why.sentence != NEEDED]
            number.doubt(SENTENCES[problem["code"]])
            continue
        at = [c for c in cells.get(problem["cell"], ()) if _fits(problem["code"], c, proposal)]
        at = [c for c in at if c.doubtful] or at
        for cell in at:
            cell.doubt(SENTENCES[problem["code"]], **readable(problem["facts"]))
        if not at:
            proposal.problems.append(problem)


def _ask_for_unit(problem: Record, proposal: Proposal) -> bool:
    """A unit that is not said, or not known, is asked at the unit alone; the figure beside it is not doubtful for that."""
    for line in proposal.lines:
        unit = line["unit"]
        if problem["cell"] in (line["quantity"].cell, unit.cell):
            unit.cell = unit.cell or problem["cell"]
            unit.why = [why for why in unit.why if why.sentence != NEEDED]
            unit.doubt(SENTENCES[problem["code"]], **readable(problem["facts"]))
            return True
    return False


def _fits(code: str, cell: Cell, proposal: Proposal) -> bool:
    """A cell of the source may have given several fields: a problem of units is not one of the item."""
    if code in ("UNIT_MISSING", "UNIT_UNKNOWN", "UNIT_CONTRADICTS"):
        return any(cell in (line["unit"], line["quantity"]) for line in proposal.lines)
    return True
