"""Price lists and the prices on them."""

from app.catalog.tables import Item
from app.core import columns as c
from app.parties.tables import Customer


class PriceList(c.Table, tablename="price_lists"):
    """Prices for one customer, or for all where `customer` is empty; valid from the first to the last day, both counted."""

    code = c.code()
    name = c.words(120)
    customer = c.ref(Customer, optional=True)
    currency = c.words(3, "CNY")
    tax_included = c.flag(True)
    valid_from = c.day()
    valid_to = c.day(optional=True)
    remark = c.words(300)
    active = c.flag(True)
    version = c.version()


class Price(c.Table, tablename="prices"):
    """What an item costs from a quantity on: `price_micro` per `price_unit`, `from_q` at 10⁻³ of that unit."""

    price_list = c.ref(PriceList, index=False)
    item = c.ref(Item)
    from_q = c.scaled()
    price_micro = c.scaled()
    price_unit = c.words(10)


INDEXES = ("create unique index prices_from on prices (price_list, item, from_q)",)
