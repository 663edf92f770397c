"""An order as its customer sees it: one sentence, one date, six steps. No machines, no costs, no names of others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.core import clock, db
from app.core.quantities import shown
from app.core.words import N_, Word, _, language
from app.sales.states import SERVICE, kind_said


@dataclass(frozen=True)
class Step:
    """One of the six steps: done, now or wait; `when` is a day in words."""

    label: str
    state: str
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the order with how far it is made, in percent; the quantity only if sales allows. Nothing is made for a charge."""

    name: str
    quantity: str
    percent: int | None


@dataclass(frozen=True)
class Progress:
    """All that the page shows. An order of charges alone arrives on no day."""

    sentence: str
    number: str
    what: str
    arrives: date | None
    promised: date | None
    late: bool
    percent: int
    steps: list[Step]
    lines: list[Line]
    delivered_on: date | None
    cancelled: bool

    @property
    def now(self) -> str:
        """The step under way, in words."""
        return next((step.label for step in self.steps if step.state == "now"), "")


LABELS: tuple[Word, ...] = (
    N_("Order received"), N_("Order confirmed"), N_("Planned"), N_("In production"), N_("Packed and ready"), N_("Shipped"),
)  # fmt: skip
SENTENCES: tuple[Word, ...] = (
    N_("We have received your order"),
    N_("We have received your order"),
    N_("Your order is confirmed; it should be with you on %(day)s"),
    N_("Your order is being made; it should be with you on %(day)s"),
    N_("Your order is being packed; it should be with you on %(day)s"),
    N_("Your order is ready to leave; it should be with you on %(day)s"),
)
COMPLETE = N_("Order complete")
CHARGES: tuple[Word, ...] = (
    N_("We have received your order"), N_("We have received your order"),
    N_("Your order is confirmed; it holds charges only, nothing is shipped for it"),
    N_("Your order is complete; it held charges only, nothing was shipped for it"),
)  # fmt: skip


def customer_day(value: date) -> str:
    """12 月 11 日, or 11 Dec; never broken over two lines."""
    if language() == "zh_CN":
        return f"{value.month}\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}{value.day}\N{NO-BREAK SPACE}日"
    return f"{value.day}\N{NO-BREAK SPACE}{value:%b}"


async def of_order(order_id: int, shows_quantities: bool) -> Progress:
    """Read the order's progress off its rows."""
    order = await db.one("select * from sales_orders where id = {}", order_id)
    assert order is not None
    lines = await db.rows(
        "select l.id, l.quantity_q, l.delivered_q, l.entered, l.unit, i.name, i.spec, i.unit_label, i.kind, l.kind as line_kind"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {} order by l.line_no',
        order_id,
    )
    if not order["ordered_q"]:
        return _of_charges(order, lines, shows_quantities)
    made = await _made(order_id)
    reached, percent = _reached(order, lines, made)
    promised = await _promised(order)
    arrives = order["delivered_on"] or max(promised, order["projected_date"] or promised, clock.today())
    late = order["delivered_on"] is None and arrives > promised
    return Progress(
        sentence=_sentence(order, reached, arrives, late), number=order["customer_order_number"] or order["number"],
        what=_what(order), arrives=arrives, promised=promised, late=late, percent=percent,
        steps=_steps(order, reached, percent, arrives), lines=[_line(x, made, shows_quantities) for x in lines],
        delivered_on=order["delivered_on"], cancelled=order["state"] == "cancelled",
    )  # fmt: skip


def _of_charges(order: dict[str, Any], lines: list[dict[str, Any]], shows_quantities: bool) -> Progress:
    """Nothing is made and nothing is shipped: received, confirmed, complete."""
    reached = {"confirmed": 2, "closed": 3}.get(order["state"], 1)
    cancelled = order["state"] == "cancelled"
    sentence = _("This order was cancelled") if cancelled else _(CHARGES[reached])
    return Progress(
        sentence=sentence, number=order["customer_order_number"] or order["number"], what=_what(order), arrives=None, promised=None,
        late=False, percent=100 if reached > 2 else 0, steps=_steps_of(order, (*LABELS[:2], COMPLETE), reached),
        lines=[_line(each, {}, shows_quantities) for each in lines], delivered_on=None, cancelled=cancelled,
    )  # fmt: skip


async def _promised(order: dict[str, Any]) -> date:
    """The day that was promised for all, or, when a part has left, for the last of what is open."""
    promised = order["promised_date"] or order["due_date"]
    if not order["delivered_q"] or order["delivered_on"] is not None:
        return promised
    rest = await db.rows(
        "select s.requested_date, s.promised_date from delivery_schedules s join sales_order_lines l on l.id = s.line"
        ' where l."order" = {} and s.delivered_q * 100 < s.quantity_q * (100 - l.under_percent)',
        order["id"],
    )
    return max([promised, *(row["promised_date"] or row["requested_date"] for row in rest)])


async def _made(order_id: int) -> dict[int, dict[str, Any]]:
    """By line: how much of its work is done in thousandths, whether planned, how much lies in store."""
    found = await db.rows(
        "select d.demand_id as line, sum(w.received_q) as received_q, sum(w.quantity_q) as wanted_q, sum(w.done_q) as done_q,"
        " sum((select coalesce(sum(case when o.good_q > w.quantity_q then w.quantity_q else o.good_q end), 0)"
        " from work_order_operations o where o.work_order = w.id)) as good_q,"
        " sum((select count(*) from work_order_operations o where o.work_order = w.id) * w.quantity_q) as steps_q,"
        " max(case when w.released_at is not null then 1 else 0 end) as released from demands d"
        " join work_orders w on w.id = d.supply_id join sales_order_lines l on l.id = d.demand_id"
        " where d.supply_kind = 'work_order' and d.demand_kind = 'sales_order_line' and w.state <> 'cancelled'"
        ' and l."order" = {} group by d.demand_id',
        order_id,
    )
    return {row["line"]: row for row in found}


def _percent(line: dict[str, Any], made: dict[int, dict[str, Any]]) -> int:
    if line["delivered_q"] >= line["quantity_q"]:
        return 100
    work = made.get(line["id"])
    return min(100, int(work["good_q"] * 100 // work["steps_q"])) if work and work["steps_q"] else 0


def _reached(
    order: dict[str, Any], lines: list[dict[str, Any]], made: dict[int, dict[str, Any]]
) -> tuple[int, int]:
    """How many of the six steps are done, and how far the one under way is."""
    goods = [line for line in lines if line["kind"] != SERVICE]
    if order["delivered_on"] is not None:
        return 6, 100
    if order["state"] not in ("confirmed", "closed"):
        return 1, 0
    percents = [_percent(line, made) for line in goods]
    percent = sum(percents) // len(percents) if percents else 0
    in_store = goods and all(
        line["delivered_q"] >= line["quantity_q"]
        or (line["id"] in made and int(made[line["id"]]["received_q"]) >= int(made[line["id"]]["wanted_q"]))
        for line in goods
    )
    if in_store:
        return 5, 100
    if goods and percent >= 100:
        return 4, 100
    if percent > 0:
        return 3, percent
    return (3, 0) if any(w["released"] for w in made.values()) else (2, 0)


def _sentence(order: dict[str, Any], reached: int, arrives: date, late: bool) -> str:
    if order["state"] == "cancelled":
        return _("This order was cancelled")
    if reached >= 6:
        return _("Your order was shipped on %(day)s", day=customer_day(order["delivered_on"]))
    if late:
        return _(
            "Your order takes longer than promised; it should be with you on %(day)s",
            day=customer_day(arrives),
        )
    if order["delivered_q"] > 0:
        return _(
            "A part of your order has left; the rest should be with you on %(day)s", day=customer_day(arrives)
        )
    return _(SENTENCES[reached], day=customer_day(arrives))


def _what(order: dict[str, Any]) -> str:
    if order["line_count"] > 1:
        return _("%(item)s and %(n)s more", item=order["first_item"], n=order["line_count"] - 1)
    return order["first_item"]


def _steps(order: dict[str, Any], reached: int, percent: int, arrives: date) -> list[Step]:
    steps = _steps_of(order, LABELS, reached)
    if steps[3].state == "now" and percent:
        steps[3] = replace(steps[3], note=f"{percent}%")
    last = (
        customer_day(order["delivered_on"])
        if order["delivered_on"]
        else _("about %(day)s", day=customer_day(arrives))
    )
    return [*steps[:-1], replace(steps[-1], when=last)]


def _steps_of(order: dict[str, Any], labels: Sequence[Word], reached: int) -> list[Step]:
    """Each step, the first two with their day."""
    confirmed = clock.local(order["confirmed_at"]).date() if order["confirmed_at"] else None
    days = {0: order["order_date"], 1: confirmed}
    return [
        Step(_(label), "done" if i < reached else "now" if i == reached else "wait", customer_day(day) if (day := days.get(i)) else "")
        for i, label in enumerate(labels)
    ]  # fmt: skip


def _line(line: dict[str, Any], made: dict[int, dict[str, Any]], shows_quantities: bool) -> Line:
    name = " · ".join(filter(None, (f"{line['name']} {line['spec']}".strip(), kind_said(line["line_kind"]))))
    return Line(
        name,
        f"{shown(line['quantity_q'])} {_(line['unit_label'])}" if shows_quantities else "",
        None if line["kind"] == SERVICE else _percent(line, made),
    )
