"""What approval rules may hold back of changes of orders, and what they may look at."""

from app.amendments.amending import AMEND
from app.amendments.stake import of_amendment
from app.amendments.states import CAUSES
from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact
from app.core.words import N_
from app.parties.weighed import CUSTOMER_FACTS
from app.sales.approvable import no_late_cases

AMEND_ORDER = Command(
    name=AMEND,
    label=N_("Changing a confirmed order"),
    facts=(
        Fact("cause", N_("why it is changed"), CHOICE, tuple(CAUSES.items())),
        Fact("amount_cny", N_("order amount in CNY after the change"), MONEY),
        Fact("more_cny", N_("CNY that it is more; negative where it is less"), MONEY, signed=True),
        Fact("due_in_days", N_("days to the first changed delivery"), NUMBER, unit=N_("days")),
        Fact("credit_over", N_("CNY over the credit limit with this order"), MONEY),
        Fact("overdue", N_("CNY overdue from the customer"), MONEY),
        *CUSTOMER_FACTS,
    ),
    href=lambda arguments: f"/orders/{arguments.get('number', '')}",
    recent=no_late_cases,
    stake=of_amendment,
)
