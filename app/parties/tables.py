"""Customers, suppliers, customer part numbers and the company profile."""

from app.catalog.tables import Item
from app.core import columns as c


class Customer(c.Table, tablename="customers"):
    """Money columns in fen; `tax_rate` at 10⁻⁴; `closing_day` 0 = end of month; terms count from month end."""

    code = c.code()
    name = c.words(120)
    short_name = c.words(60)
    level = c.words(10)
    currency = c.words(3)
    tax_included = c.flag(True)
    tax_rate = c.count(1300)
    trade_term = c.words(20)
    payment_days = c.count(30)
    closing_day = c.count()
    credit_limit = c.scaled()
    contact = c.words(60)
    phone = c.words(40)
    address = c.words(300)
    progress_quantities = c.flag()
    custom = c.document()
    active = c.flag(True)
    version = c.version()


class Supplier(c.Table, tablename="suppliers"):
    code = c.code()
    name = c.words(120)
    short_name = c.words(60)
    kind = c.words(20)
    contact = c.words(60)
    phone = c.words(40)
    address = c.words(300)
    custom = c.document()
    active = c.flag(True)
    version = c.version()


class CustomerItem(c.Table, tablename="customer_items"):
    """A customer's part number for one of our items."""

    customer = c.ref(Customer)
    code = c.words(80)
    item = c.ref(Item)
    drawing_revision = c.words(20)


class Company(c.Table, tablename="company"):
    """Ourselves, as printed on documents. One row."""

    name = c.words(120)
    name_en = c.words(120)
    tax_number = c.words(40)
    address = c.words(300)
    phone = c.words(40)
    bank = c.words(120)
    bank_account = c.words(60)
    seal = c.words(64)
    version = c.version()


INDEXES = ("create unique index customer_items_code on customer_items (customer, code)",)
