"""The columns that the heads of all kinds of offers have."""

from app.core import columns as c
from app.core.money import Money
from app.parties.tables import Customer
from app.sales.tables import AsHead


class AsOffered(AsHead):
    """`rate_micro` = CNY per unit × 10⁶ where one was written, else 0."""

    customer = c.ref(Customer)
    rate_micro = c.scaled()
    valid_until = c.day()

    @property
    def worth(self) -> str:
        """¥1,340.00"""
        return Money(self.gross, self.currency).shown()
