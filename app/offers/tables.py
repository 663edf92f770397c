"""The columns that the heads of all kinds of offers have."""

from app.core import columns as c
from app.core.money import Money
from app.parties.tables import Customer
from app.people.tables import Person, Team
from app.sales.tables import AsAgreed


class AsOffered(AsAgreed):
    """Money in minor units of `currency`; `rate_micro` = CNY per unit × 10⁶ where one was written, else 0."""

    number = c.code(40)
    state = c.words(20)
    customer = c.ref(Customer)
    customer_name = c.words(120)
    currency = c.words(3)
    tax_included = c.flag(True)
    trade_term = c.words(20)
    rate_micro = c.scaled()
    net = c.scaled()
    tax = c.scaled()
    gross = c.scaled()
    gross_cny = c.scaled()
    valid_until = c.day()
    first_item = c.words(200)
    line_count = c.count()
    salesperson = c.ref(Person, optional=True, index=False)
    team = c.ref(Team, optional=True)
    remark = c.words(500)
    made_at = c.instant()
    version = c.version()

    @property
    def worth(self) -> str:
        """¥1,340.00"""
        return Money(self.gross, self.currency).shown()
