"""Rules of what must not be forgotten, and the alerts they raise."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Person, Role, User


class AlertRule(Table, tablename="alert_rules"):
    kind = Varchar(length=40, default="")
    name = Varchar(length=80, default="")
    customer_level = Varchar(length=10, default="")
    stage = Varchar(length=30, default="")
    notice = BigInt(null=True, default=None)
    warning = BigInt(null=True, default=None)
    escalation = BigInt(null=True, default=None)
    owner = Varchar(length=10, default="")
    role = ref(Role, optional=True, index=False)
    person = ref(Person, optional=True, index=False)
    escalation_role = ref(Role, optional=True, index=False)
    active = Boolean(default=True)
    version = Integer(default=1)


class Alert(Table, tablename="alerts"):
    rule = ref(AlertRule, index=False)
    kind = Varchar(length=40, default="")
    subject_kind = Varchar(length=30, default="")
    subject_id = BigInt()
    sales_order = BigInt(null=True, default=None)
    customer = BigInt(null=True, default=None)
    label = Varchar(length=80, default="")
    about = Varchar(length=200, default="")
    href = Varchar(length=200, default="")
    level = Integer(default=1)
    since = Timestamptz(null=True, default=None)
    due = Date(null=True, default=None)
    figure = BigInt(default=0)
    owner_person = ref(Person, optional=True, index=False)
    owner_role = ref(Role, optional=True, index=False)
    escalation_role = ref(Role, optional=True, index=False)
    raised_at = Timestamptz()
    level_at = Timestamptz()
    snoozed_until = Timestamptz(null=True, default=None)
    snoozed_why = Varchar(length=200, default="")
    snoozed_by = ref(User, optional=True, index=False)
    closed_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


INDEXES = (
    "create unique index alerts_open on alerts (kind, subject_kind, subject_id) where closed_at is null",
    "create index alerts_of_order on alerts (sales_order, closed_at)",
    "create index alerts_by_level on alerts (closed_at, level, id)",
)


async def forwards() -> None:
    for table in (AlertRule, Alert):
        await create_table(table)
    await run(*INDEXES)
    await _grant()


async def _grant() -> None:
    """The roles that are there get the rights that new houses give them."""
    from app.core import db

    own = (
        "sales",
        "export",
        "merchandiser",
        "purchasing",
        "outside",
        "leader",
        "quality",
        "warehouse",
        "clerk",
        "finance",
    )
    wanted = [(role, "alerts:alert:see", "own") for role in own] + [
        (role, "alerts:alert:see", "all") for role in ("pmc", "boss", "admin")
    ]
    wanted += [(role, "alerts:alert:snooze", "all") for role in (*own, "pmc", "boss", "admin")]
    wanted += [(role, "alerts:rule:edit", "all") for role in ("boss", "admin")]
    for role, permission, scope in wanted:
        await db.rows(
            "insert into grants (role, permission, scope) select id, {}, {} from roles where code = {} on conflict do nothing",
            permission, scope, role,
        )  # fmt: skip
