"""Calls to third parties, how their channels are reached, and who hears what by which of them."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import User


class IntegrationJob(Table, tablename="integration_jobs"):
    target = Varchar(length=20, default="")
    action = Varchar(length=40, default="")
    key = Varchar(length=120, unique=True)
    label = Varchar(length=200, default="")
    receiver = Varchar(length=120, default="")
    state = Varchar(length=20, default="")
    tries = Integer(default=0)
    due_at = Timestamptz()
    made_at = Timestamptz()
    began_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    code = Varchar(length=40, default="")
    said = Varchar(length=300, default="")
    payload = Text(default="{}")
    message = Text(default="")
    request = Text(default="")
    answer = Text(default="")
    version = Integer(default=1)


class ChannelSetting(Table, tablename="channel_settings"):
    channel = Varchar(length=20, unique=True)
    plain = Text(default="{}")
    sealed = Text(default="{}")
    version = Integer(default=1)


class NotificationChoice(Table, tablename="notification_choices"):
    user = ref(User, index=False)
    mail = Varchar(length=190, default="")
    wecom = Varchar(length=64, default="")
    topics = Text(default="{}")
    quiet_from = Integer(default=0)
    quiet_until = Integer(default=0)
    digest_at = Integer(default=480)
    version = Integer(default=1)


class GroupRobot(Table, tablename="group_robots"):
    name = Varchar(length=60, default="")
    key = Varchar(length=400, default="")
    topics = Text(default="[]")
    language = Varchar(length=10, default="")
    active = Boolean(default=True)
    version = Integer(default=1)


class Delivery(Table, tablename="deliveries"):
    event = BigInt()
    channel = Varchar(length=20, default="")
    receiver = Varchar(length=40, default="")
    job = ref(IntegrationJob)
    href = Varchar(length=200, default="")


INDEXES = (
    "create index integration_jobs_due on integration_jobs (due_at, id) where state = 'waiting'",
    "create index integration_jobs_state on integration_jobs (state, id)",
    "create index integration_jobs_receiver on integration_jobs (target, receiver, state)",
    'create unique index notification_choices_once on notification_choices ("user")',
    "create unique index deliveries_once on deliveries (event, channel, receiver)",
)
GRANTS = ("integrations:job:see", "integrations:job:retry", "integrations:channel:edit")


async def forwards() -> None:
    for table in (IntegrationJob, ChannelSetting, NotificationChoice, GroupRobot, Delivery):
        await create_table(table)
    await run(*INDEXES)
    for permission in GRANTS:
        await db.rows(
            "insert into grants (role, permission, scope) select id, {}, 'all' from roles where code = 'admin' on conflict do nothing",
            permission,
        )
