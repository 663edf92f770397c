"""The verbs of call-off plans: take one, which replaces what stands, and decide what touches the firm days or orders."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.core import clock, db, text
from app.core import states as machine
from app.core.refusals import Refused
from app.core.rows import locked
from app.events.log import record
from app.frameworks import calling, events, figures, frameworks, permissions
from app.frameworks.calling import Line, Looked, NewPlan
from app.frameworks.comparing import Change, Spot
from app.frameworks.refusals import CHANGE_THE_ORDER, DECIDED, STANDS_OTHERWISE
from app.frameworks.states import AGREED, DECISIONS, DROPPED, LOOKS, MADE, MOVES, OPEN, REFUSED
from app.frameworks.tables import CallOffChange, CallOffPlan, FrameworkOrder
from app.people.actors import Actor
from app.sales.echo import in_unit

Standing = Mapping[Spot, Sequence[int]]
_CALLED = ("due_date", "entered", "quantity_q", "plan")


async def take(
    number: str, new: NewPlan, *, by: Actor, version: int | None = None
) -> tuple[FrameworkOrder, CallOffPlan]:
    """Take a plan: what it says otherwise than what stands is made at once, outside the firm days; the rest is to be decided."""
    by.must(permissions.WRITE)
    framework = await frameworks.to_change(number, by, version)
    frameworks.must_not_have_run_out(framework)
    await machine.move(framework, MOVES, "plan", LOOKS)
    looked = await calling.look(framework, new)
    plan = await _write(framework, looked, new)
    await frameworks.overtake(framework)
    await _keep(framework, plan, [*looked.made, *looked.flagged], len(looked.made))
    await _make(framework, plan.id, looked.made, looked.lines, looked.standing)
    await _name_again(plan, looked)
    framework.planned_at = plan.taken_at
    await db.rows("update framework_orders set planned_at = {} where id = {}", plan.taken_at, framework.id)
    await record(_told(framework, plan), by=by)
    return framework, plan


async def _write(framework: FrameworkOrder, looked: Looked, new: NewPlan) -> CallOffPlan:
    seq = await db.value(
        "select coalesce(max(seq), 0) + 1 from call_off_plans where framework = {}", framework.id
    )
    plan = CallOffPlan(
        framework=framework.id, seq=seq, reference=looked.reference, received_on=clock.today(), adds=new.adds,
        made=len(looked.made), flagged=len(looked.flagged), taken_at=clock.now(),
    )  # fmt: skip
    await plan.save()
    return plan


async def _keep(framework: FrameworkOrder, plan: CallOffPlan, changes: Sequence[Change], made: int) -> None:
    """The differences, so that they can be read and decided later; the first so many are made."""
    last = await db.value(
        "select coalesce(max(seq), 0) from call_off_changes where framework = {}", framework.id
    )
    columns = (
        "framework", "seq", "plan", "line", "what", "before_day", "before_q", "after_day", "after_q", "sales_order", "state",
    )  # fmt: skip
    await db.write_many("call_off_changes", columns, [
        (framework.id, last + i + 1, plan.id, c.line, c.what, c.before_day, c.before_q, c.after_day, c.after_q, c.order or None,
         MADE if i < made else OPEN)
        for i, c in enumerate(changes)
    ])  # fmt: skip


async def _make(
    framework: FrameworkOrder,
    plan: int,
    changes: Sequence[Change],
    lines: Mapping[int, Line],
    standing: Standing,
) -> None:
    """Do to what stands what changes say."""
    gone, kept, fresh = list[int](), dict[int, tuple[Any, ...]](), list[tuple[Any, ...]]()
    for change in changes:
        ids = list(standing.get((change.line, change.before_day), ())) if change.before_day else []
        gone += ids if change.what == DROPPED else ids[1:]
        values = (change.after_day, in_unit(change.after_q, lines[change.line]), change.after_q, plan)
        if change.what != DROPPED and ids:
            kept[ids[0]] = values
        elif change.what != DROPPED:
            fresh.append((framework.id, change.line, 0, *values))
    if gone:
        await db.rows("delete from call_offs where {}", db.any_of("id", gone))
    await db.update_many("call_offs", _CALLED, kept)
    await db.insert_many("call_offs", ("framework", "line", "line_no", *_CALLED), fresh)


async def _name_again(plan: CallOffPlan, looked: Looked) -> None:
    """What stays as it stood is named by the newest plan too."""
    named = [id_ for spot in looked.comparison.wanted for id_ in looked.standing.get(spot, ())]
    for start in range(0, len(named), 500):
        await db.rows(
            "update call_offs set plan = {} where {}", plan.id, db.any_of("id", named[start : start + 500])
        )


def name_of(plan: CallOffPlan | Mapping[str, Any]) -> str:
    """What people call a plan: the customer's number, or which one it is."""
    row = plan if isinstance(plan, Mapping) else plan.to_dict()
    return str(row["reference"] or f"#{row['seq']}")


def _told(framework: FrameworkOrder, plan: CallOffPlan) -> events.PlanTaken | events.PlanSame:
    subject, also = frameworks.about(framework)
    named = name_of(plan)
    if not plan.made and not plan.flagged:
        return events.PlanSame(subject=subject, also=also, number=framework.number, plan=named)
    return events.PlanTaken(
        subject=subject, also=also, number=framework.number, plan=named, made=plan.made, flagged=plan.flagged
    )


async def decide(
    number: str, seq: int, agree: bool, note: str = "", *, by: Actor, version: int | None = None
) -> FrameworkOrder:
    """Agree to a change that was flagged, which is then made, or refuse it.

    What an order has already is agreed to once the order is changed.
    """
    by.must(permissions.WRITE)
    framework = await frameworks.to_change(number, by, version)
    where = (CallOffChange.framework == framework.id) & (CallOffChange.seq == min(seq, 2**31 - 1))
    row = await locked(CallOffChange, where)
    if row.state != OPEN:
        raise Refused(DECIDED)
    await machine.move(framework, MOVES, "plan", LOOKS)
    lines = {line["id"]: line for line in await figures.lines_of(framework.id)}
    change = Change(
        row.what, row.line, row.before_day, row.before_q, row.after_day, row.after_q, row.sales_order or 0
    )
    if agree and change.order:
        await _make_of_order(framework, change)
    elif agree:
        await _make_agreed(framework, row.plan, change, lines[change.line])
    state, note = AGREED if agree else REFUSED, text.prose(note)[:300]
    await db.rows(
        "update call_off_changes set state = {}, note = {}, decided_at = {} where id = {}",
        state, note, clock.now(), row.id,
    )  # fmt: skip
    await record(_decided(framework, change, lines[change.line], state, note), by=by)
    return framework


async def decide_all(
    number: str, agree: bool, note: str = "", *, by: Actor, version: int | None = None
) -> FrameworkOrder:
    """Agree to all that is to be decided and in no order yet, or refuse all."""
    by.must(permissions.WRITE)
    framework = await frameworks.to_change(number, by, version)
    rows = await db.rows(
        "select seq from call_off_changes where framework = {} and state = {}"
        f"{' and sales_order is null' if agree else ''} order by seq",
        framework.id, OPEN,
    )  # fmt: skip
    if not rows:
        raise Refused(DECIDED)
    for row in rows:
        framework = await decide(number, row["seq"], agree, note, by=by)
    return framework


async def _make_of_order(framework: FrameworkOrder, change: Change) -> None:
    """Refused while the orders still have for the day what they had when the plan came. What the plan dropped altogether is
    called off no more, where its line was taken out of the order."""
    assert change.before_day is not None
    orders = await calling.ordered_rows(framework.id, change.before_day)
    if sum(q for _order, q in orders.get((change.line, change.before_day), ())) == change.before_q:
        number = await db.value("select number from sales_orders where id = {}", change.order)
        raise Refused(CHANGE_THE_ORDER, order=number)
    if change.what == DROPPED:
        await db.rows(
            "delete from call_offs where line = {} and due_date = {} and sales_order = {} and not exists (select 1"
            ' from sales_order_lines l where l."order" = call_offs.sales_order and l.line_no = call_offs.line_no)',
            change.line, change.before_day, change.order,
        )  # fmt: skip


async def _make_agreed(framework: FrameworkOrder, plan: int, change: Change, line: Line) -> None:
    rows = await calling.open_rows(framework.id)
    before = sum(q for _id, q in rows.get((change.line, change.before_day), ())) if change.before_day else 0
    if before != change.before_q:
        raise Refused(STANDS_OTHERWISE)
    stands = (await figures.of(framework.id))[change.line]
    refused = calling.beyond(framework, line, stands, change.after_q - change.before_q)
    if refused is not None:
        raise refused
    ids = {spot: [id_ for id_, _q in each] for spot, each in rows.items()}
    await _make(framework, plan, [change], {change.line: line}, ids)


def _decided(
    framework: FrameworkOrder, change: Change, line: Line, state: str, note: str
) -> events.ChangeDecided:
    subject, also = frameworks.about(framework)
    if change.order:
        also = (*also, ("sales_order", change.order))
    return events.ChangeDecided(
        subject=subject, also=also, number=framework.number, item=line["code"], before=said(change.before_q, change.before_day, line),
        after=said(change.after_q, change.after_day, line), answer=DECISIONS[state].label, note=note,
    )  # fmt: skip


def said(milli: int, day: date | None, line: Line) -> str:
    """One side of a change in words: 5 千支 · 2026-12-18."""
    return f"{figures.said(milli, line)} · {day.isoformat()}" if day else "—"
