"""Customers, suppliers, customer part numbers and the company profile."""

from app.catalog.tables import Item
from app.core import columns as c


class Customer(c.Table, tablename="customers"):
    """Money columns in fen; `tax_rate` and `deposit_percent` at 10⁻⁴; terms as in terms.py.

    `contact`, `phone`, `mail` and `address` are those that count unless an order says otherwise; the others stand
    in CustomerContact and CustomerAddress. The gates: nothing is made before the deposit, nothing leaves before the balance.
    A `prospect` was never sold to.
    """

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
    terms_from = c.words(20, "closing")
    deposit_percent = c.count()
    deposit_gate = c.flag()
    balance_gate = c.flag()
    credit_limit = c.scaled()
    over_percent = c.count(3)
    under_percent = c.count(3)
    contact = c.words(60)
    phone = c.words(40)
    mail = c.words(120)
    address = c.words(300)
    label_demand = c.words(500)
    marks = c.words(500)
    packing_demand = c.words(500)
    progress_quantities = c.flag()
    prospect = c.flag()
    old_code = c.words(60)
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
    old_code = c.words(60)
    custom = c.document()
    active = c.flag(True)
    version = c.version()


class CustomerItem(c.Table, tablename="customer_items"):
    """A customer's part number for one of our items."""

    customer = c.ref(Customer, index=False)
    code = c.words(80)
    item = c.ref(Item)
    drawing_revision = c.words(20)


class CustomerContact(c.Table, tablename="customer_contacts"):
    """Somebody else to talk to at a customer."""

    customer = c.ref(Customer, index=False)
    name = c.words(60)
    role = c.words(60)
    phone = c.words(40)
    mail = c.words(120)


class CustomerAddress(c.Table, tablename="customer_addresses"):
    """Another place to deliver to, by the name people give it."""

    customer = c.ref(Customer, index=False)
    name = c.words(60)
    address = c.words(300)
    contact = c.words(60)
    phone = c.words(40)


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


INDEXES = (
    "create unique index customer_items_code on customer_items (customer, code)",
    "create unique index customer_contacts_name on customer_contacts (customer, name)",
    "create unique index customer_addresses_name on customer_addresses (customer, name)",
)
