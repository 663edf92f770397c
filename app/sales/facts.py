"""The facts of an order that approval rules look at, now and of last month's orders."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from app.approvals.commands import CHOICE, NUMBER, TEXT, Fact, PastCase
from app.core import clock, db
from app.core.conditions import Condition
from app.core.money import Money
from app.core.words import N_, Word
from app.custom_fields import defined
from app.custom_fields import values as custom
from app.sales import margin, standing
from app.sales.states import KINDS, NORMAL, SERVICE
from app.sales.tables import SalesOrder

CONFIRM = "sales_order.confirm"
CHARGE = "charge"
FACT_KINDS: tuple[tuple[str, Word], ...] = (*KINDS.items(), (CHARGE, N_("Charge")))
"""What an order may be by its lines: their kinds, and with charges."""
KIND_OF_LINE = f"case when i.kind = '{SERVICE}' then '{CHARGE}' else l.kind end"
_WEIGHING = 20261128
"""Of PostgreSQL's locks the one for this, with the customer. SQLite writes one after the other anyway."""
_COUNTED = (
    "(o.state in ('confirmed', 'closed') or o.id < {} and (o.state = 'submitted' or o.id in (select a.subject_id"
    " from approval_requests a where a.subject_kind = 'sales_order' and a.state = 'pending')))"
)


async def facts_of(order: SalesOrder) -> dict[str, Any]:
    """What rules look at, of an order with its rate locked; of a customer one order after the other.

    Otherwise two halves of one purchase, or two orders that fill a credit limit, would not see each other.
    """
    if db.on_postgres():
        await db.rows("select pg_advisory_xact_lock({}, cast({} as int))", _WEIGHING, order.customer)
    customer = await db.one("select code, level from customers where id = {}", order.customer)
    assert customer is not None
    return {
        "amount_cny": str(Money(order.gross_cny + await of_the_same_purchase(order))),
        "order_amount_cny": str(Money(order.gross_cny)), "due_in_days": (order.due_date - clock.today()).days,
        "currency": order.currency, "customer_level": customer["level"], "customer": customer["code"], "kind": _kind(await kinds_of(order.id)),
        "margin_percent": margin.fact(await margin.of_order(order.id)),
        **await standing.facts(order), **custom_facts(await defined.of("sales_order"), order.custom),
    }  # fmt: skip


async def of_the_same_purchase(order: SalesOrder) -> int:
    """Fen of the other orders by which one purchase may have been split: the confirmed ones, and earlier ones that are on
    their way, so that a later half never changes what somebody agreed to of the first.

    Those with the same number of the customer; where there is none, those of the same customer and day without one.
    """
    same = same_purchase(order)
    return int(
        await db.value(
            f"select coalesce(sum(o.gross_cny), 0) from sales_orders o where {same.sql}", *same.args
        )
    )


def same_purchase(order: SalesOrder) -> Condition:
    """Of `sales_orders o`: those others."""
    same = (
        "o.customer_order_number = {}"
        if order.customer_order_number
        else "o.order_date = {} and o.customer_order_number = ''"
    )
    of = order.customer_order_number or order.order_date
    return Condition(
        f"o.customer = {{}} and {same} and o.id <> {{}} and {_COUNTED}",
        (order.customer, of, order.id, order.id),
    )


def _kind(kinds: set[str]) -> list[str]:
    """What is not normal about the order's lines; an order of goods as usual is normal."""
    return sorted(kinds - {NORMAL}) or [NORMAL]


async def kinds_of(order_id: int) -> set[str]:
    rows = await db.rows(
        f"select distinct {KIND_OF_LINE} as kind from sales_order_lines l join items i on i.id = l.item"
        ' where l."order" = {}',
        order_id,
    )
    return {row["kind"] for row in rows}


def custom_facts(fields: defined.Fields, document: str) -> dict[str, Any]:
    """The order's custom fields that are in use, so that a rule may look at any of them; what is empty is known to be so."""
    kept = custom.loaded(document)
    return {
        f"custom.{f.key}": custom.written(f, kept.get(f.key)) or ("0" if f.kind == defined.FLAG else "")
        for f in fields
    }


async def more_facts() -> list[Fact]:
    """What rules may say of custom fields."""
    return [_fact(field) for field in await defined.of("sales_order")]


def _fact(field: defined.Field) -> Fact:
    name, label = f"custom.{field.key}", Word(field.said)
    if field.kind == defined.CHOICE:
        return Fact(name, label, CHOICE, [(value, Word(said)) for value, said in field.choices])
    if field.kind == defined.FLAG:
        return Fact(name, label, CHOICE, (("1", N_("yes")), ("0", N_("no"))))
    return Fact(name, label, NUMBER if field.kind == defined.NUMBER else TEXT, unit=Word(field.unit))


async def recent_orders(since: date) -> list[PastCase]:
    """The orders confirmed since then, with the facts a rule would have seen, newest first."""
    began = datetime.combine(since, datetime.min.time(), clock.local(clock.now()).tzinfo)
    rows = await db.report(
        "select o.id, o.number, o.customer_name, o.customer, o.customer_order_number, o.order_date, o.gross_cny, o.currency,"
        " o.due_date, o.confirmed_at, o.custom, c.level, c.code, (select u.id from users u where u.person = o.salesperson"
        " order by u.id limit 1) as asker from sales_orders o join customers c on c.id = o.customer"
        " where o.confirmed_at >= {} order by o.confirmed_at, o.id",
        began,
    )
    kinds, margins, fields = (
        await _kinds_since(began),
        await margin.since(began),
        await defined.of("sales_order"),
    )
    together: dict[tuple[Any, ...], int] = defaultdict(int)
    cases = []
    for row in rows:
        number = row["customer_order_number"]
        purchase = (row["customer"], number or row["order_date"])
        together[purchase] += row["gross_cny"]
        facts = {
            "amount_cny": str(Money(together[purchase])), "order_amount_cny": str(Money(row["gross_cny"])),
            "due_in_days": (row["due_date"] - clock.local(row["confirmed_at"]).date()).days, "currency": row["currency"],
            "customer_level": row["level"], "customer": row["code"], "kind": _kind(kinds[row["id"]]),
            "margin_percent": margin.fact(margins.get(row["id"])),
            **custom_facts(fields, row["custom"]),
        }  # fmt: skip
        label = f"{row['number']} · {row['customer_name']}"
        cases.append(PastCase(label, f"/orders/{row['number']}", facts, row["asker"]))
    return cases[::-1]


async def _kinds_since(began: datetime) -> dict[int, set[str]]:
    kinds: dict[int, set[str]] = defaultdict(set)
    found = await db.report(
        f'select distinct l."order" as id, {KIND_OF_LINE} as kind from sales_order_lines l join sales_orders o on o.id = l."order"'
        " join items i on i.id = l.item where o.confirmed_at >= {} and (l.kind <> {} or i.kind = {})",
        began, NORMAL, SERVICE,
    )  # fmt: skip
    for row in found:
        kinds[row["id"]].add(row["kind"])
    return kinds
