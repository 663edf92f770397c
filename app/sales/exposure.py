"""A customer's credit and what is used of it: confirmed orders not billed yet, receivables not paid yet, acceptance bills
that have not matured, less money unmatched.

Computed when asked, from indexes that hold open things only. All in fen.
"""

from dataclasses import dataclass
from datetime import date

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
    limit = await db.value("select credit_limit from customers where id = {}", customer)
    owed, overdue = await _receivables(customer, today)
    return Exposure(
        int(limit or 0),
        await _orders(customer),
        owed,
        overdue,
        await _bills(customer, today),
        await _prepaid(customer),
    )


async def _orders(customer: int) -> int:
    """What orders will still bring; one that closed a little short within its tolerance brings no more than was billed."""
    rows = await db.rows(
        "select currency, rate_micro, cast(sum(gross - invoiced) as bigint) as open from sales_orders"
        " where customer = {} and state = 'confirmed' and invoiced < gross and (open_lines > 0 or invoiced = 0)"
        " group by currency, rate_micro",
        customer,
    )
    return sum(in_cny(row["open"], row["currency"], row["rate_micro"]) for row in rows)


async def _receivables(customer: int, today: date) -> tuple[int, int]:
    """What is owed, and what of it is overdue: yuan summed by the engine, other currencies each at its own rate."""
    yuan = await db.one(
        "select cast(coalesce(sum(amount - matched), 0) as bigint) as owed, cast(coalesce(sum(case when due_on < {} then"
        " amount - matched else 0 end), 0) as bigint) as overdue from receivables"
        " where customer = {} and matched <> amount and currency = 'CNY'",
        today, customer,
    )  # fmt: skip
    assert yuan is not None
    rows = await db.rows(
        "select amount, amount_cny, matched, due_on from receivables"
        " where customer = {} and matched <> amount and currency <> 'CNY' and amount <> 0",
        customer,
    )
    foreign = [
        (r["amount_cny"] * (r["amount"] - r["matched"]) // r["amount"], r["due_on"] < today) for r in rows
    ]
    owed, overdue = sum(fen for fen, _late in foreign), sum(fen for fen, late in foreign if late)
    return yuan["owed"] + owed, yuan["overdue"] + overdue


async def _bills(customer: int, today: date) -> int:
    """Acceptance bills are a promise until they mature, wherever they are by then."""
    rows = await db.rows(
        "select b.currency, cast(sum(b.amount) as bigint) as amount, coalesce((select x.rate_micro from exchange_rates x"
        " where x.currency = b.currency and x.day <= {} order by x.day desc limit 1), 0) as rate_micro from bills b"
        " where b.customer = {} and b.matures_on > {} and b.state in ('held', 'endorsed', 'discounted') group by b.currency",
        today, customer, today,
    )  # fmt: skip
    return sum(in_cny(row["amount"], row["currency"], row["rate_micro"]) for row in rows)


async def _prepaid(customer: int) -> int:
    """Money that came and pays nothing yet, at the newest rate of its currency; a bill is no money yet."""
    rows = await db.rows(
        "select r.currency, cast(sum(r.amount - r.matched) as bigint) as left_over, coalesce((select x.rate_micro from"
        " exchange_rates x where x.currency = r.currency and x.day <= {} order by x.day desc limit 1), 0) as rate_micro"
        " from receipts r where r.customer = {} and r.state = 'booked' and r.method <> 'bill' and r.matched < r.amount group by r.currency",
        clock.today(), customer,
    )  # fmt: skip
    return sum(in_cny(row["left_over"], row["currency"], row["rate_micro"]) for row in rows)
