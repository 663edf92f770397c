"""The tables of approvals as they were at the beginning."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person, Role, User


class ApprovalRule(Table, tablename="approval_rules"):
    name = Varchar(length=80)
    command = Varchar(length=80, index=True)
    conditions = Text(default="[]")
    role = ref(Role)
    active = Boolean(default=True)
    version = Integer(default=1)


class ApprovalRequest(Table, tablename="approval_requests"):
    number = Varchar(length=40, unique=True)
    command = Varchar(length=80)
    subject_kind = Varchar(length=30)
    subject_id = BigInt()
    subject_label = Varchar(length=200)
    arguments = Text(default="{}")
    facts = Text(default="{}")
    facts_hash = Varchar(length=64)
    state = Varchar(length=20, index=True)
    rule = ref(ApprovalRule)
    role = ref(Role)
    asked_by = ref(User)
    asked_at = Timestamptz()
    decided_by = ref(Person, optional=True)
    decided_at = Timestamptz(null=True, default=None)
    comment = Varchar(length=500)
    outcome = Varchar(length=300)
    version = Integer(default=1)


INDEXES = (
    "create index approval_requests_of on approval_requests (subject_kind, subject_id, command, state)",
)


async def forwards() -> None:
    await create_table(ApprovalRule)
    await create_table(ApprovalRequest)
    await run(*INDEXES)
