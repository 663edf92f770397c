"""What a form or a program sends as a framework order or as a call-off plan, as the verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import clock
from app.core.refusals import NOT_A_DATE, Refused
from app.core.text import digits
from app.frameworks.agreeing import NewFramework
from app.frameworks.calling import MOST, NewCallOff, NewPlan
from app.frameworks.ordering import Chosen
from app.intake.readers.across import NEAR
from app.intake.readers.dates import day_in
from app.sales.entering import order_of
from app.web.input import Input

ROWS, COLUMNS = 500, 80
"""Of the grid: the first row has the days, the first column the parts."""
_NOTHING = ("", "-", "—", "/")


def framework_of(form: Input) -> NewFramework:
    """The framework order as entered; what cannot be read of it is told with all else that is wrong."""
    begins, until = form.day("valid_from"), form.day("valid_until")
    agreed = order_of(form)
    return NewFramework(
        agreed=agreed, valid_from=begins, valid_until=until, firm_days=form.raw("firm_days"),
        beyond_percent=form.raw("beyond_percent"), repeats=not form.has("repeats") or form.flag("repeats"),
    )  # fmt: skip


def plan_of(form: Input) -> NewPlan:
    """A program's plan: `call_offs: [{line | item | customer_item, due_date, quantity, unit}]`."""
    entered = []
    for i, row in enumerate(form.rows("call_offs", MOST + 1)):
        said = row.raw("line_no") or row.raw("customer_item") or row.raw("item")
        entered.append(
            NewCallOff(
                line=said, due_date=row.day("due_date"), quantity=row.raw("quantity"), unit=row.raw("unit")
            )
        )
        form.adopt("call_offs", i, row)
    form.check()
    return NewPlan(call_offs=entered, reference=form.raw("reference"), adds=form.flag("adds"))


def chosen_of(form: Input) -> list[Chosen]:
    """The call-offs a program orders: `call_offs: [{line_no, due_date}]`."""
    found = list[Chosen]()
    for i, row in enumerate(form.rows("call_offs", MOST)):
        no, day = row.whole("line_no"), row.day("due_date", required=True)
        form.adopt("call_offs", i, row)
        if day is not None:
            found.append((no, day))
    form.check()
    return found


def ticked(values: Sequence[Any]) -> list[Chosen]:
    """The call-offs ticked on a page: `1@2026-12-18`."""
    found = list[Chosen]()
    for value in values:
        no, _at, day = str(value).partition("@")
        if (line_no := digits(no, 5)) is not None and (read := day_in(day[:10]).value):
            found.append((line_no, read))
    return found


@dataclass(frozen=True)
class Grid:
    """A plan as it stands in the grid: its rows of cells, what it says, and the cell of each of its fields."""

    rows: list[list[str]]
    plan: NewPlan
    cells: dict[str, str]
    unread: dict[str, Refused]
    unit: str

    def at_cells(self, refused: Refused) -> dict[str, str]:
        """Its refusals at the cells they are about."""
        return {self.cells.get(name, name): said for name, said in refused.on_form("call_offs").items()}


def grid_of(form: Input) -> Grid:
    """The grid as sent: days in the first row, a part in each row below, quantities where they meet."""
    rows = [[row.raw(f"c{n}")[:80] for n in range(COLUMNS)] for row in form.rows("rows", ROWS)]
    width = max((n + 1 for row in rows for n, cell in enumerate(row) if cell.strip()), default=1)
    rows = [row[:width] for row in rows]
    days, unread = _days(rows[0] if rows else [], any(_said(cell) for row in rows[1:] for cell in row[1:]))
    entered, cells = list[NewCallOff](), dict[str, str]()
    for r, row in enumerate(rows[1:], 1):
        for n, cell in enumerate(row[1:], 1):
            if not _said(cell):
                continue
            at = f"call_offs-{len(entered)}"
            cells |= {
                f"{at}-quantity": f"rows-{r}-c{n}",
                f"{at}-unit": f"rows-{r}-c{n}",
                f"{at}-due_date": f"rows-0-c{n}",
            }
            cells[f"{at}-line"] = f"rows-{r}-c0"
            entered.append(
                NewCallOff(line=row[0], due_date=days.get(n), quantity=cell, unit=form.raw("unit"))
            )
    plan = NewPlan(call_offs=entered, reference=form.raw("reference"), adds=form.flag("adds"))
    return Grid(rows, plan, cells, unread, form.raw("unit")[:10])


def _said(cell: str) -> bool:
    return cell.strip() not in _NOTHING


def _days(row: Sequence[str], wanted: bool) -> tuple[dict[int, date], dict[str, Refused]]:
    """The days above the columns, as Excel and people write them; a day without a year is the next one."""
    found, unread = dict[int, date](), dict[str, Refused]()
    near = clock.today() - NEAR
    for n, cell in enumerate(row):
        if n == 0 or not _said(cell):
            continue
        read = day_in(cell, near).value
        if read is not None:
            found[n] = read
        elif wanted:
            unread[f"rows-0-c{n}"] = Refused(NOT_A_DATE, f"rows-0-c{n}", given=cell[:20])
    return found, unread
