"""Quotations; those who sell see and write them."""

from collections.abc import Mapping, Sequence

from piccolo.columns import BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person, Team
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer
from app.migrations.m0010_sales import SalesOrder

SELLERS = ("sales", "export", "boss", "admin")
GRANTS = {"quotations:quotation:see": SELLERS, "quotations:quotation:write": SELLERS}


class Quotation(Table, tablename="quotations"):
    number = Varchar(length=40, unique=True)
    root = Varchar(length=40, default="", index=True)
    revision = Integer(default=1)
    state = Varchar(length=20, default="")
    customer = ref(Customer)
    customer_name = Varchar(length=120, default="")
    customer_reference = Varchar(length=80, default="")
    sales_order = ref(SalesOrder, optional=True)
    currency = Varchar(length=3, default="")
    tax_included = Boolean(default=True)
    trade_term = Varchar(length=20, default="")
    rate_micro = BigInt(default=0)
    net = BigInt(default=0)
    tax = BigInt(default=0)
    gross = BigInt(default=0)
    gross_cny = BigInt(default=0)
    quoted_on = Date()
    valid_until = Date()
    lead_days = Integer(default=0)
    first_item = Varchar(length=200, default="")
    line_count = Integer(default=0)
    salesperson = ref(Person, optional=True, index=False)
    team = ref(Team, optional=True)
    remark = Varchar(length=500, default="")
    contact = Varchar(length=60, default="")
    phone = Varchar(length=40, default="")
    address = Varchar(length=300, default="")
    payment_days = Integer(default=30)
    terms_from = Varchar(length=20, default="closing")
    closing_day = Integer(default=0)
    deposit_percent = Integer(default=0)
    deposit_gate = Boolean(default=False)
    balance_gate = Boolean(default=False)
    over_percent = Integer(default=3)
    under_percent = Integer(default=3)
    label_demand = Varchar(length=500, default="")
    marks = Varchar(length=500, default="")
    packing_demand = Varchar(length=500, default="")
    sent_at = Timestamptz(null=True, default=None)
    sent_to = Varchar(length=120, default="")
    decided_at = Timestamptz(null=True, default=None)
    lost_reason = Varchar(length=20, default="")
    lost_note = Varchar(length=300, default="")
    made_at = Timestamptz()
    version = Integer(default=1)


class QuotationLine(Table, tablename="quotation_lines"):
    quotation = ref(Quotation)
    line_no = Integer(default=0)
    kind = Varchar(length=20, default="")
    item = ref(Item)
    customer_item = Varchar(length=80, default="")
    drawing_revision = Varchar(length=20, default="")
    spec = Varchar(length=200, default="")
    entered = Varchar(length=40, default="")
    unit = Varchar(length=10, default="")
    quantity_q = BigInt(default=0)
    price_micro = BigInt(default=0)
    price_unit = Varchar(length=10, default="")
    price_from = Varchar(length=60, default="")
    tax_rate = Integer(default=1300)
    net = BigInt(default=0)
    tax = BigInt(default=0)
    gross = BigInt(default=0)
    over_percent = Integer(default=3)
    under_percent = Integer(default=3)
    remark = Varchar(length=300, default="")
    breaks = Text(default="[]")


INDEXES = (
    "create unique index quotations_revision on quotations (root, revision)",
    "create index quotations_valid on quotations (state, valid_until, id)",
    "create index quotations_amount on quotations (gross_cny, id)",
    "create unique index quotation_lines_no on quotation_lines (quotation, line_no)",
)


async def forwards() -> None:
    await create_table(Quotation)
    await create_table(QuotationLine)
    await run(*INDEXES)
    await grant(GRANTS)


async def grant(wanted: Mapping[str, Sequence[str]]) -> None:
    """The roles that are there get the rights that new houses give them."""
    for permission, roles in wanted.items():
        await db.rows(
            "insert into grants (role, permission, scope) select r.id, {}, 'all' from roles r where {}"
            " and not exists (select 1 from grants g where g.role = r.id and g.permission = {})",
            permission, db.any_of("r.code", list(roles)), permission,
        )  # fmt: skip
