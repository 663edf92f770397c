"""A customer's credit and what is used of it: confirmed orders not billed yet, receivables not paid yet, acceptance bills
that have not matured, less money unmatched.

Computed when asked, from indexes that hold open things only. All in fen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import clock, db
from app.core.money import in_cny


@dataclass(frozen=True)
class Exposure:
    """`limit` 0 = not limited. `overdue` is the part of the receivables that is late."""

    limit: int
    orders: int
    receivables: int
    overdue: int
    bills: int
    prepaid: int

    @property
    def used(self) -> int:
        return self.used_with(0)

    def used_with(self, more: int) -> int:
        """What is used with so much more: money that came before anything was owed makes room for it."""
        return max(0, self.orders + self.receivables + self.bills - self.prepaid + more)

    def over(self, more: int = 0) -> int:
        """How far beyond the limit the customer is with so much more."""
        return max(0, self.used_with(more) - self.limit) if self.limit else 0

    def percent(self, more: int = 0) -> int:
        return self.used_with(more) * 100 // self.limit if self.limit else 0


async def of(customer: int, today: date | None = None) -> Exposure:
    """Where the customer stands now."""
    today = today or clock.today()
    rows = await db.rows(
        _STANDS, customer, customer, today, customer, today, customer, today, today, customer, today, customer
    )
    parts: dict[str, list[dict[str, Any]]] = {
        part: [] for part in ("limit", "orders", "owed", "foreign", "bills", "prepaid")
    }
    for row in rows:
        parts[row["part"]].append(row)
    foreign = [(r["one"] * (r["two"] - r["three"]) // r["two"], bool(r["late"])) for r in parts["foreign"]]
    return Exposure(
        limit=sum(row["one"] for row in parts["limit"]),
        orders=_cny(parts["orders"]),
        receivables=sum(row["one"] for row in parts["owed"]) + sum(fen for fen, _late in foreign),
        overdue=max(0, sum(row["two"] for row in parts["owed"]) + sum(fen for fen, late in foreign if late)),
        bills=_cny(parts["bills"]),
        prepaid=_cny(parts["prepaid"]),
    )


def _cny(rows: list[dict[str, Any]]) -> int:
    return sum(in_cny(row["one"], row["currency"], row["rate"]) for row in rows)


_RATE = (
    "coalesce((select x.rate_micro from exchange_rates x where x.currency = {0}.currency and x.day <= {{}}"
    " order by x.day desc limit 1), 0)"
)
# Each part from an index that holds open things only; together, because every page of an order asks for all of them.
# Foreign receivables are converted at their own rates one by one: (amount in fen, amount, matched).
_STANDS = (
    "select 'limit' as part, 'CNY' as currency, cast(0 as bigint) as rate, cast(credit_limit as bigint) as one,"
    " cast(0 as bigint) as two, cast(0 as bigint) as three, 0 as late from customers where id = {}"
    " union all select 'orders', currency, rate_micro, cast(sum(gross - invoiced) as bigint), 0, 0, 0 from sales_orders"
    " where customer = {} and state = 'confirmed' and invoiced < gross and (open_lines > 0 or invoiced = 0 or exists (select 1 from"
    " sales_order_lines l where l.\"order\" = sales_orders.id and l.kind = 'consignment'))"
    " group by currency, rate_micro"
    " union all select 'owed', 'CNY', 0, cast(coalesce(sum(amount - matched), 0) as bigint),"
    " cast(coalesce(sum(case when due_on < {} then amount - matched else 0 end), 0) as bigint), 0, 0 from receivables"
    " where customer = {} and matched <> amount and currency = 'CNY'"
    " union all select 'foreign', currency, 0, amount_cny, amount, matched, case when due_on < {} then 1 else 0 end"
    " from receivables where customer = {} and matched <> amount and currency <> 'CNY' and amount <> 0"
    f" union all select 'bills', b.currency, {_RATE.format('b')}, cast(sum(b.amount) as bigint), 0, 0, 0 from bills b"
    " where b.matures_on > {} and b.customer = {} and b.state in ('held', 'endorsed', 'discounted') group by b.currency"
    f" union all select 'prepaid', r.currency, {_RATE.format('r')}, cast(sum(r.amount - r.matched) as bigint), 0, 0, 0"
    " from receipts r where r.customer = {} and r.state = 'booked' and r.method <> 'bill'"
    " and r.matched < r.amount group by r.currency"
)
"""An order that closed a little short within its tolerance brings no more than was billed, but for goods on consignment;
bills are a promise until they mature, wherever they are by then; a receipt by bill is no money yet."""
