"""An order keeps what it took over from the customer's file, and of each line which price list its price is from."""

from piccolo.columns import Boolean, Integer, Varchar

from app.core import db
from app.core.migrations import add_column, run

TAKEN = {
    "contact": Varchar(length=60), "phone": Varchar(length=40), "address": Varchar(length=300),
    "payment_days": Integer(default=30), "terms_from": Varchar(length=20, default="closing"), "closing_day": Integer(),
    "deposit_percent": Integer(), "deposit_gate": Boolean(), "balance_gate": Boolean(), "over_percent": Integer(default=3),
    "under_percent": Integer(default=3), "label_demand": Varchar(length=500), "marks": Varchar(length=500),
    "packing_demand": Varchar(length=500),
}  # fmt: skip


async def forwards() -> None:
    for name, column in TAKEN.items():
        await add_column("sales_orders", name, column)
    await add_column("sales_order_lines", "price_from", Varchar(length=60))
    for name in ("contact", "phone", "address", "payment_days", "terms_from", "closing_day"):
        await db.rows(
            f"update sales_orders set {name} = (select c.{name} from customers c where c.id = sales_orders.customer)"
        )
    await run(
        "create index sales_orders_unbilled on sales_orders (customer, currency, rate_micro, gross, invoiced)"
        " where state = 'confirmed' and invoiced < gross"
    )
