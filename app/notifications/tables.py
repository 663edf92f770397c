"""Notices at the bell, what each user wants to hear by which channel, groups that listen, and what was handed to a channel."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.integrations.tables import IntegrationJob
from app.people.tables import User


class Notice(c.Table, tablename="notices"):
    user = c.ref(User, index=False)
    event = BigInt()
    href = c.words(200)
    made_at = c.instant()
    read_at = c.instant(optional=True)


class NotificationChoice(c.Table, tablename="notification_choices"):
    """One user's word: addresses, and per topic and channel `now`, `digest` or nothing, as JSON {topic: {channel: how}}.

    Times of the day are minutes after midnight; `quiet_from` = `quiet_until` means no quiet hours.
    """

    user = c.ref(User, index=False)
    mail = c.words(190)
    wecom = c.words(64)
    topics = c.document()
    quiet_from = c.count()
    quiet_until = c.count()
    digest_at = c.count(480)
    version = c.version()


class GroupRobot(c.Table, tablename="group_robots"):
    """A WeCom group that hears of topics. Its key lies sealed; amounts are left out of what it is told."""

    name = c.words(60)
    key = c.words(400)
    topics = c.document("[]")
    language = c.words(10)
    active = c.flag(True)
    version = c.version()


class Delivery(c.Table, tablename="deliveries"):
    """An event on its way to one receiver by one channel: once, whatever else happens."""

    event = BigInt()
    channel = c.words(20)
    receiver = c.words(40)
    job = c.ref(IntegrationJob)
    href = c.words(200)


INDEXES = (
    'create unique index notices_once on notices ("user", event)',
    'create index notices_unread on notices ("user", id) where read_at is null',
    'create unique index notification_choices_once on notification_choices ("user")',
    "create unique index deliveries_once on deliveries (event, channel, receiver)",
)
