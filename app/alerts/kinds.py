"""KINDS: what alerts can be about. Each is one SQL condition, a way to count, and who looks after the thing.

A kind's `find` gives a select whose rows are things that have reached the rule's first level; it has the columns
subject_id, label, about, sales_order, customer, owner_person, owner_role, and `since` (an instant) or `due` and `until` (days).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.approvals import queries as approvals
from app.core.conditions import Condition
from app.core.words import N_, Word
from app.frameworks import conditions as frameworks
from app.sales import conditions as orders
from app.sales.progress import PEGGED
from app.sales.states import GIVEN_AWAY

DAYS_LEFT, DAYS_LATE, HOURS = "days_left", "days_late", "hours"
COUNTS: dict[str, Word] = {
    DAYS_LEFT: N_("days left"), DAYS_LATE: N_("days later"), HOURS: N_("working hours"),
}  # fmt: skip
LEVELS: tuple[tuple[str, Word], ...] = (("", N_("any customer")), ("A", N_("customers of level A")), ("B", N_("customers of level B")),
                                        ("C", N_("customers of level C")))  # fmt: skip


@dataclass(frozen=True)
class First:
    """What a kind's condition needs of its rule: the first level as a day or an instant, and whom it is about."""

    customer_level: str = ""
    stage: str = ""
    day: date | None = None
    instant: datetime | None = None


@dataclass(frozen=True)
class Kind:
    """One thing that can be forgotten. `stages` are the choices of its rule's stage field, if it has one."""

    label: Word
    sentence: Word
    counts: str
    subject: str
    href: str
    find: Callable[[First], Condition]
    stages: Mapping[str, tuple[Word, str]] | None = None
    by_level: bool = True

    @property
    def falls(self) -> bool:
        """Whether the smaller figure is the more urgent one."""
        return self.counts == DAYS_LEFT


_ORDER = (
    "select o.id as subject_id, o.number as label, o.customer_name || ' · ' || o.first_item as about, o.id as sales_order,"
    " o.customer as customer, o.salesperson as owner_person, cast(null as integer) as owner_role, "
)
_WORK = f'select 1{PEGGED} where l."order" = o.id'
_NO_WORK = f"{orders.IN_PROGRESS.sql} and not exists ({_WORK})"
_BEGUN = (
    f'exists (select 1{PEGGED} join work_order_operations p on p.work_order = w.id where l."order" = o.id'
    " and p.started_at is not null)"
)
_FINISHED = f"exists ({_WORK} and w.state = 'done') and not exists ({_WORK} and w.state <> 'done')"
_OPEN = f"({orders.TO_CONFIRM.sql} or ({orders.IN_PROGRESS.sql}))"

NOT_YET: dict[str, tuple[Word, str]] = {
    "confirmed": (N_("confirmed"), orders.TO_CONFIRM.sql),
    "planned": (N_("with work orders"), f"{orders.TO_CONFIRM.sql} or ({_NO_WORK})"),
    "begun": (N_("in production"), f"{_OPEN} and not {_BEGUN}"),
    "made": (N_("all made"), f"{_OPEN} and not ({_FINISHED})"),
    "delivered": (N_("delivered"), _OPEN),
}
"""Stage → its word, and the condition of an open order that has not reached it."""

AT: dict[str, tuple[Word, str]] = {
    "": (N_("any stage"), _OPEN),
    "to_confirm": (N_("to be confirmed"), orders.TO_CONFIRM.sql),
    "to_plan": (N_("confirmed, without work orders"), _NO_WORK),
    "to_begin": (
        N_("with work orders, not begun"),
        f"{orders.IN_PROGRESS.sql} and exists ({_WORK}) and not {_BEGUN}",
    ),
    "begun": (N_("in production"), f"{orders.IN_PROGRESS.sql} and {_BEGUN} and not ({_FINISHED})"),
    "made": (N_("made, not delivered"), f"{orders.IN_PROGRESS.sql} and {_FINISHED}"),
}
"""Stage → its word, and the condition of an order that stands in it."""


def _of(first: First) -> tuple[str, tuple[str, ...]]:
    """`and` the customer's level."""
    if not first.customer_level:
        return "", ()
    return " and o.customer in (select c.id from customers c where c.level = {})", (first.customer_level,)


def _due_and_not_yet(first: First) -> Condition:
    where, args = _of(first)
    stage = NOT_YET.get(first.stage, NOT_YET["confirmed"])[1]
    return Condition(
        f"{_ORDER}o.due_date as due, o.next_due from sales_orders o where o.delivered_on is null and {orders.NEXT_DUE} < {{}} and ({stage}){where}",
        (first.day, *args),
    )


_LAST_SIGN = (
    "(select l.event from event_links l join events x on x.id = l.event where l.kind = 'sales_order' and l.subject_id = o.id"
    " and substr(x.name, 1, 6) <> 'alert.' order by l.event desc limit 1)"
)


def _silent(first: First) -> Condition:
    where, args = _of(first)
    stage = AT.get(first.stage, AT[""])[1]
    return Condition(
        f"{_ORDER}e.recorded_at as since from sales_orders o join events e on e.id = {_LAST_SIGN}"
        f" where o.delivered_on is null and o.made_at <= {{}} and e.recorded_at <= {{}} and ({stage}){where}",
        (first.instant, first.instant, *args),
    )


def _approval_waits(first: First) -> Condition:
    return Condition(
        "select a.id as subject_id, a.number as label, a.label as about,"
        " case when a.subject_kind = 'sales_order' then a.subject_id end as sales_order, cast(null as integer) as customer,"
        f" a.person as owner_person, a.role as owner_role, a.since from ({approvals.WAITING}) a where a.since <= {{}}",
        (first.instant,),
    )


def _inquiry_waits(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        "select o.id as subject_id, o.number as label, o.asker || ' · ' || o.first_item as about, cast(null as integer) as sales_order,"
        " o.customer as customer, o.salesperson as owner_person, cast(null as integer) as owner_role, o.received_at as since"
        f" from inquiries o where o.state = 'new' and o.received_at <= {{}}{where}",
        (first.instant, *args),
    )


_FRAMEWORK = (
    "select o.id as subject_id, o.number as label, o.customer_name || ' · ' || o.first_item as about, cast(null as integer) as sales_order,"
    " o.customer as customer, o.salesperson as owner_person, cast(null as integer) as owner_role, "
)


def _framework_ends(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        f"{_FRAMEWORK}o.valid_until as due from framework_orders o where o.state = 'active' and o.valid_until < {{}}{where}",
        (first.day, *args),
    )


def _framework_used(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        f"{_FRAMEWORK}o.planned_at as since from framework_orders o where o.planned_at <= {{}} and {frameworks.NEARLY_USED.sql}{where}",
        (first.instant, *args),
    )


def _call_offs_wait(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        f"{_FRAMEWORK}c.due_date as due from framework_orders o join call_offs c on c.id = (select e.id from call_offs e"
        " where e.framework = o.id and e.sales_order is null order by e.due_date, e.id limit 1)"
        f" where o.state = 'active' and c.due_date < {{}}{where}",
        (first.day, *args),
    )


_GIVEN = ", ".join(f"'{kind}'" for kind in GIVEN_AWAY)


def _price_missing(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        f"{_ORDER}o.made_at as since from sales_orders o where o.made_at <= {{}} and ({_OPEN}) and exists (select 1 from"
        f' sales_order_lines l where l."order" = o.id and l.price_micro = 0 and l.kind not in ({_GIVEN})){where}',
        (first.instant, *args),
    )


def _projected_late(first: First) -> Condition:
    where, args = _of(first)
    return Condition(
        f"{_ORDER}o.promised_date as promised, o.due_date as due, o.projected_date as until"
        f" from sales_orders o where o.delivered_on is null and {orders.IN_PROGRESS.sql}"
        f" and o.projected_date > coalesce(o.promised_date, o.due_date){where}",
        args,
    )


def _inbound_waits(first: First) -> Condition:
    level = " and c.level = {}" if first.customer_level else ""
    return Condition(
        "select i.id as subject_id, i.number as label, coalesce(c.name, i.file_name) as about, cast(null as integer) as sales_order,"
        " i.customer as customer, u.person as owner_person, cast(null as integer) as owner_role, i.received_at as since"
        " from inbound_orders i left join customers c on c.id = i.customer left join users u on u.id = i.received_by"
        f" where i.state = 'new' and i.received_at <= {{}}{level}",
        (first.instant, *((first.customer_level,) if first.customer_level else ())),
    )


KINDS: dict[str, Kind] = {
    "due": Kind(N_("Due soon and not far enough"), N_("An order of %(level)s is due soon and not yet %(stage)s"), DAYS_LEFT,
                "sales_order", "/orders/{label}", _due_and_not_yet, NOT_YET),
    "silence": Kind(N_("Silence"), N_("Nothing moves on an order of %(level)s, %(stage)s"), HOURS, "sales_order", "/orders/{label}",
                    _silent, AT),
    "approval": Kind(N_("Approval waits too long"), N_("An approval is not decided"), HOURS, "approval", "/inbox/{label}",
                     _approval_waits, by_level=False),
    "price": Kind(N_("Price missing"), N_("An order of %(level)s has a line without a price"), HOURS, "sales_order",
                  "/orders/{label}", _price_missing),
    "projected": Kind(N_("Projected later than promised"), N_("An order of %(level)s will be ready later than promised"), DAYS_LATE,
                      "sales_order", "/orders/{label}", _projected_late),
    "inquiry": Kind(N_("Inquiry without a reply"), N_("An inquiry of %(level)s has no reply"), HOURS, "inquiry", "/inquiries/{label}",
                    _inquiry_waits),
    "call_off": Kind(N_("Called off and not ordered"), N_("What a customer of %(level)s calls off soon is in no order"), DAYS_LEFT,
                     "framework_order", "/framework-orders/{label}", _call_offs_wait),
    "framework": Kind(N_("Framework order ends"), N_("A framework order of %(level)s ends"), DAYS_LEFT, "framework_order",
                      "/framework-orders/{label}", _framework_ends),
    "framework_used": Kind(N_("Framework order nearly used up"), N_("A framework order of %(level)s is nearly used up since its last plan"),
                           HOURS, "framework_order", "/framework-orders/{label}", _framework_used),
    "inbound": Kind(N_("Inbound order not decided"), N_("What a customer of %(level)s sent is not decided"), HOURS, "inbound_order",
                    "/intake/{label}", _inbound_waits),
}  # fmt: skip
