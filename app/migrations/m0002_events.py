"""The tables of events as they were at the beginning."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.migrations import create_table, run


class EventLink(Table, tablename="event_links"):
    event = BigInt()
    kind = Varchar(length=30)
    subject_id = BigInt()


class EventRow(Table, tablename="events"):
    name = Varchar(length=60)
    subject_kind = Varchar(length=30)
    subject_id = BigInt()
    facts = Text(default="{}")
    facts_version = Integer(default=1)
    actor = Varchar(length=80)
    user = BigInt(null=True, default=None)
    person = BigInt(null=True, default=None)
    device = BigInt(null=True, default=None)
    happened_at = Timestamptz()
    recorded_at = Timestamptz()
    position = BigInt(null=True, default=None)
    delivered_at = Timestamptz(null=True, default=None)


class ReactionDone(Table, tablename="reactions_done"):
    event = BigInt()
    reaction = Varchar(length=60)
    done_at = Timestamptz()


INDEXES = (
    "create unique index events_position on events (position)",
    "create index events_undelivered on events (id) where delivered_at is null",
    "create index events_unstamped on events (id) where position is null",
    "create index events_named on events (name, happened_at)",
    "create index event_links_by on event_links (event)",
    "create index event_links_of on event_links (kind, subject_id, event)",
    "create unique index reactions_once on reactions_done (event, reaction)",
)


async def forwards() -> None:
    await create_table(EventLink)
    await create_table(EventRow)
    await create_table(ReactionDone)
    await run(*INDEXES)
