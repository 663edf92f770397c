"""Notices to a user, and the views they saved."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.people.tables import User


class Notice(c.Table, tablename="notices"):
    user = c.ref(User)
    event = BigInt()
    href = c.words(200)
    made_at = c.instant()
    read_at = c.instant(optional=True)


INDEXES = (
    'create unique index notices_once on notices ("user", event)',
    'create index notices_unread on notices ("user", id) where read_at is null',
)
