"""Call-offs and changes of plans in words, a part at a time: whoever has more than a page shows says so and goes on by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import db
from app.core.conditions import Condition
from app.core.rows import gathered
from app.core.text import digits
from app.frameworks import figures, plans
from app.frameworks.entering import ticked
from app.frameworks.states import CHANGES, DECISIONS, OPEN
from app.sales import conditions as selling

MOST, SHOWN_CHANGES = 200, 60
"""So many on a page; so many changes under each plan."""
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """Some rows of `total`; `following` is the key that the rest comes after, `begun` whether others came before."""

    rows: Sequence[dict[str, Any]]
    total: int
    following: str = ""
    begun: bool = False


async def call_offs(framework_id: int, lines: Mapping[int, Line], today: date, after: str = "") -> Part:
    """What is called off and in no order yet, by day; after `1@2026-12-18`, a line's number and a day."""
    open_ = "from call_offs c join framework_lines f on f.id = c.line where c.framework = {} and c.sales_order is null"
    come = ticked([after]) if after else []
    later = Condition("1 = 1")
    if come:
        no, day = come[0]
        later = Condition("(c.due_date > {} or (c.due_date = {} and f.line_no > {}))", (day, day, no))
    rows = await db.rows(
        f"select c.line, f.line_no, c.due_date, sum(c.quantity_q) as quantity_q {open_} and {later.sql}"
        f" group by c.line, f.line_no, c.due_date order by c.due_date, f.line_no limit {MOST + 1}",
        framework_id, *later.args,
    )  # fmt: skip
    total = await db.value(
        f"select count(*) from (select 1 as one {open_} group by c.line, c.due_date) t", framework_id
    )
    undecided = await _undecided(framework_id)
    shown = [_call_off(row, lines[row["line"]], undecided, today) for row in rows[:MOST]]
    return Part(shown, int(total), shown[-1]["key"] if len(rows) > MOST else "", bool(come))


def _call_off(
    row: dict[str, Any], line: Line, undecided: set[tuple[int, date]], today: date
) -> dict[str, Any]:
    left, kind = selling.days_left(row["due_date"], today)
    return {
        **row, "line": line, "said": figures.said(int(row["quantity_q"]), line), "left": left, "kind": kind,
        "key": f"{line['line_no']}@{row['due_date'].isoformat()}", "asks": (row["line"], row["due_date"]) in undecided,
    }  # fmt: skip


async def _undecided(framework_id: int) -> set[tuple[int, date]]:
    rows = await db.rows(
        "select line, before_day from call_off_changes where framework = {} and state = 'open' and sales_order is null",
        framework_id,
    )
    return {(row["line"], row["before_day"]) for row in rows}


def undecided() -> Condition:
    return Condition("k.state = {}", (OPEN,))


async def changes_of(framework_id: int, lines: Mapping[int, Line], several: Sequence[int]) -> dict[int, Part]:
    """The first changes of each of several plans."""
    rows = await db.rows(
        "select * from (select k.*, s.number as sales_order_number, count(*) over (partition by k.plan) as of_plan,"
        " row_number() over (partition by k.plan order by k.seq) as place from call_off_changes k"
        " left join sales_orders s on s.id = k.sales_order where k.framework = {} and {}) c where c.place <= {} order by c.seq",
        framework_id, db.any_of("k.plan", several), SHOWN_CHANGES,
    )  # fmt: skip
    by_plan, found = gathered(rows, "plan"), dict[int, Part]()
    for plan in several:
        shown = [_change(row, lines[row["line"]]) for row in by_plan[plan]]
        total = shown[0]["of_plan"] if shown else 0
        found[plan] = Part(shown, total, str(shown[-1]["seq"]) if len(shown) < total else "")
    return found


def of_plan(plan: int) -> Condition:
    return Condition("k.plan = {}", (plan,))


async def changes(framework_id: int, lines: Mapping[int, Line], which: Condition, after: str = "") -> Part:
    """Changes of plans, as they came; after the change of a number."""
    seq = digits(after) or 0
    rows = await db.rows(
        "select k.*, s.number as sales_order_number from call_off_changes k left join sales_orders s on s.id = k.sales_order"
        f" where k.framework = {{}} and {which.sql} and k.seq > {{}} order by k.seq limit {MOST + 1}",
        framework_id, *which.args, seq,
    )  # fmt: skip
    total = len(rows)
    if seq or len(rows) > MOST:
        total = int(await db.value(
            f"select count(*) from call_off_changes k where k.framework = {{}} and {which.sql}", framework_id, *which.args
        ))  # fmt: skip
    shown = [_change(row, lines[row["line"]]) for row in rows[:MOST]]
    return Part(shown, total, str(shown[-1]["seq"]) if len(rows) > MOST else "", bool(seq))


def _change(row: dict[str, Any], line: Line) -> dict[str, Any]:
    return {
        **row, "line": line, "look": CHANGES[row["what"]], "decision": DECISIONS[row["state"]],
        "before": plans.said(row["before_q"], row["before_day"], line), "after": plans.said(row["after_q"], row["after_day"], line),
    }  # fmt: skip
