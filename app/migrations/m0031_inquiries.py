"""Inquiries, from which quotations are made; whoever sells sees and writes them, and hears of one without a reply."""

from piccolo.columns import BigInt, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import add_column, create_table, run
from app.migrations.m0003_people import Person, Team
from app.migrations.m0005_catalog import Item
from app.migrations.m0009_parties import Customer
from app.migrations.m0030_quotations import SELLERS, grant

GRANTS = {"inquiries:inquiry:see": SELLERS, "inquiries:inquiry:write": SELLERS}


class Inquiry(Table, tablename="inquiries"):
    number = Varchar(length=40, unique=True)
    state = Varchar(length=20, default="")
    customer = ref(Customer, optional=True)
    asker = Varchar(length=120, default="")
    contact = Varchar(length=120, default="")
    channel = Varchar(length=20, default="")
    received_at = Timestamptz()
    wanted_date = Date(null=True, default=None)
    currency = Varchar(length=3, default="CNY")
    said = Varchar(length=1000, default="")
    first_item = Varchar(length=300, default="")
    line_count = Integer(default=0)
    salesperson = ref(Person, optional=True, index=False)
    team = ref(Team, optional=True)
    answered_at = Timestamptz(null=True, default=None)
    answer = Varchar(length=300, default="")
    decided_at = Timestamptz(null=True, default=None)
    lost_reason = Varchar(length=20, default="")
    lost_note = Varchar(length=300, default="")
    made_at = Timestamptz()
    version = Integer(default=1)


class InquiryLine(Table, tablename="inquiry_lines"):
    inquiry = ref(Inquiry)
    line_no = Integer(default=0)
    item = ref(Item, optional=True)
    spec = Varchar(length=300, default="")
    quantity = Varchar(length=60, default="")
    unit = Varchar(length=10, default="")
    target_micro = BigInt(default=0)
    price_unit = Varchar(length=10, default="")
    wanted_date = Date(null=True, default=None)


INDEXES = (
    "create index inquiries_state on inquiries (state, received_at, id)",
    "create index inquiries_received on inquiries (received_at, id)",
    "create unique index inquiry_lines_no on inquiry_lines (inquiry, line_no)",
)


async def forwards() -> None:
    await create_table(Inquiry)
    await create_table(InquiryLine)
    await run(*INDEXES)
    await add_column("quotations", "inquiry", ref(Inquiry, optional=True))
    await grant(GRANTS)
    await _watch()


async def _watch() -> None:
    """A house that has its alert rules already gets the one about inquiries too; a new one plants it with the others."""
    if not await db.value("select 1 from migrations where name = 'm0045_alerts'"):
        return
    await db.rows(
        "insert into alert_rules (kind, name, customer_level, stage, notice, warning, escalation, owner, role, escalation_role, active, version)"
        " select 'inquiry', {}, '', '', 1, 2, 4, 'keeper', s.id, b.id, {}, 1 from roles s, roles b"
        " where s.code = 'sales' and b.code = 'boss' and exists (select 1 from alert_rules)",
        "询价还没有回复", True,
    )  # fmt: skip
