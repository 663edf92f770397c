"""The tables of offline as they were at the beginning."""

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import Device, Person


class ParkedAction(Table, tablename="parked_actions"):
    body = Text(default="{}")
    action = Varchar(length=60)
    name = Varchar(length=40)
    body_hash = Varchar(length=64)
    device = ref(Device, optional=True)
    person = ref(Person, optional=True)
    state = Varchar(length=20)
    reason = Varchar(length=40)
    detail = Varchar(length=300)
    happened_at = Timestamptz(null=True, default=None)
    arrived_at = Timestamptz()
    decided_at = Timestamptz(null=True, default=None)
    decided_by = Varchar(length=80)
    note = Varchar(length=300)
    version = Integer(default=1)


INDEXES = (
    "create unique index parked_actions_once on parked_actions (device, action, body_hash)",
    "create index parked_actions_open on parked_actions (state, id)",
    "create index parked_actions_of on parked_actions (action) where action <> ''",
)


async def forwards() -> None:
    await create_table(ParkedAction)
    await run(*INDEXES)
