"""What approval rules may hold back in sales, and what they may look at."""

from datetime import date

from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact, PastCase
from app.catalog.permissions import SEE_COSTS
from app.core.money import CURRENCIES
from app.core.words import N_, Word
from app.parties.weighed import CUSTOMER_FACTS
from app.sales import gates
from app.sales.facts import CONFIRM, FACT_KINDS, more_facts, recent_orders
from app.sales.permissions import PRICE
from app.sales.stake import of_order


async def no_late_cases(since: date) -> list[PastCase]:
    """Gates are opened too rarely to try a rule on."""
    return []


WAIVE_GATE = Command(
    name=gates.WAIVE,
    label=N_("Opening an order's gate"),
    facts=(
        Fact("gate", N_("which gate"), CHOICE, tuple(gates.NAMES.items())),
        Fact("amount_cny", N_("order amount in CNY with tax"), MONEY, right=PRICE.code),
        Fact("missing", N_("CNY missing for the gate"), MONEY, right=PRICE.code),
        Fact("credit_over", N_("CNY over the credit limit with this order"), MONEY, right=PRICE.code),
        Fact("overdue", N_("CNY overdue from the customer"), MONEY, right=PRICE.code),
        *CUSTOMER_FACTS,
    ),
    href=lambda arguments: f"/orders/{arguments.get('number', '')}",
    recent=no_late_cases,
    stake=of_order,
    tells=(PRICE.code,),
)

CONFIRM_ORDER = Command(
    name=CONFIRM,
    label=N_("Confirming a sales order"),
    facts=(
        Fact("amount_cny", N_("order amount in CNY with tax"), MONEY, right=PRICE.code, note=N_(
            "Orders with the same customer's order number count together; where there is none, those of the same customer"
            " and day without one"
        )),
        Fact("order_amount_cny", N_("amount of this order alone"), MONEY, right=PRICE.code),
        Fact("due_in_days", N_("days to the due date"), NUMBER, unit=N_("days")),
        Fact("currency", N_("currency"), CHOICE, tuple((code, Word(code)) for code in CURRENCIES)),
        *CUSTOMER_FACTS,
        Fact("credit_over", N_("CNY over the credit limit with this order"), MONEY, right=PRICE.code),
        Fact("overdue", N_("CNY overdue from the customer"), MONEY, right=PRICE.code),
        Fact("discount_percent", N_("percent below the price list"), NUMBER),
        Fact("margin_percent", N_("margin in percent"), NUMBER, unit=Word("%"), right=SEE_COSTS.code, empty=N_("not known"), note=N_(
            "What is left of the net amount after the standard costs of the items; a rule about it does not hold an order of which"
            " a cost is missing"
        )),
        Fact("kind", N_("kind of line"), CHOICE, FACT_KINDS, several=True, note=N_("An order with several kinds of lines is each of them")),
    ),
    href=lambda arguments: f"/orders/{arguments.get('number', '')}",
    recent=recent_orders, stake=of_order, more=more_facts, tells=(PRICE.code,),
)  # fmt: skip
