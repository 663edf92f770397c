"""The log, its links to all it is about, and which reaction to it is done."""

from piccolo.columns import BigInt, Varchar

from app.core import columns as c


class EventRow(c.Table, tablename="events"):
    """One event. Never changed but for `position` (given in commit order) and `delivered_at` (all reactions done)."""

    name = Varchar(length=60)
    subject_kind = Varchar(length=30)
    subject_id = BigInt()
    facts = c.document()
    facts_version = c.count(1)
    actor = c.words(80)
    user = BigInt(null=True, default=None)
    person = BigInt(null=True, default=None)
    device = BigInt(null=True, default=None)
    happened_at = c.instant()
    recorded_at = c.instant()
    position = BigInt(null=True, default=None)
    delivered_at = c.instant(optional=True)


class EventLink(c.Table, tablename="event_links"):
    """A thing the event is about: a report names its operation, work order, order, item and machine."""

    event = BigInt()
    kind = Varchar(length=30)
    subject_id = BigInt()


class ReactionDone(c.Table, tablename="reactions_done"):
    """The truth of delivery: written in the reaction's own transaction."""

    event = BigInt()
    reaction = Varchar(length=60)
    done_at = c.instant()


INDEXES = (
    "create unique index events_position on events (position)",
    "create index events_undelivered on events (delivered_at, position) where delivered_at is null",
    "create index events_unstamped on events (id) where position is null",
    "create index events_happened on events (happened_at, id)",
    "create index events_actor on events (actor, happened_at)",
    "create index events_named on events (name, happened_at)",
    "create index event_links_by on event_links (event)",
    "create index event_links_of on event_links (kind, subject_id, event)",
    "create unique index reactions_once on reactions_done (event, reaction)",
)
