"""Device actions that the office looks at."""

from app.core import columns as c
from app.people.tables import Device, Person


class ParkedAction(c.Table, tablename="parked_actions"):
    """An action that was refused and is parked here, or was booked and flagged.

    `body` is its JSON as it came, `action` the device's own id of it ('' when it had none), `reason` a code,
    `detail` the sentence said then.
    """

    action = c.words(60)
    name = c.words(40)
    body = c.document()
    body_hash = c.words(64)
    device = c.ref(Device, optional=True, index=False)
    person = c.ref(Person, optional=True)
    state = c.words(20)
    reason = c.words(40)
    detail = c.words(300)
    happened_at = c.instant(optional=True)
    arrived_at = c.instant()
    decided_at = c.instant(optional=True)
    decided_by = c.words(80)
    note = c.words(300)
    version = c.version()


INDEXES = (
    "create unique index parked_actions_once on parked_actions (device, action, body_hash)",
    "create index parked_actions_open on parked_actions (state, id)",
    "create index parked_actions_of on parked_actions (action) where action <> ''",
)
