"""What a user wants to hear by which channel, and when they are left in peace."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from app.config import settings
from app.core import clock, db, text
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, TOO_LONG, Invalid, Refused
from app.events.log import changes, record
from app.integrations.channels import is_address
from app.integrations.jobs import MAIL, WECOM
from app.integrations.refusals import BAD_ADDRESS
from app.notifications.events import ChoicesMade
from app.notifications.topics import CHANNELS, DIGEST, HOW, NEVER, NOW, TOPICS
from app.people.actors import Actor
from app.people.permissions import EDIT_USERS
from app.planning.calendars import day_of
from app.planning.hours import OFFICE

MERGE = timedelta(seconds=10)
"""What comes within this time goes as one message."""
DAY = 24 * 60


@dataclass(frozen=True)
class Choice:
    """One user's word, or the usual one. Times are minutes after midnight."""

    user: int
    mail: str = ""
    wecom: str = ""
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    quiet_from: int = 22 * 60
    quiet_until: int = 7 * 60
    digest_at: int = 8 * 60
    version: int = 0

    def address(self, channel: str) -> str:
        return {MAIL: self.mail, WECOM: self.wecom}[channel]

    def how(self, topic: str, channel: str) -> str:
        """now, digest or nothing. Unless chosen, WeCom says the usual things, and mail says them to who has no WeCom."""
        chosen = self.topics.get(topic, {}).get(channel)
        if chosen is not None:
            return chosen
        return TOPICS[topic].usual if channel == WECOM or not self.wecom else NEVER

    async def when(self, how: str, now: datetime) -> datetime:
        """The moment at which a message goes out: soon, after the quiet hours, or with the next digest of a working day."""
        if how == DIGEST:
            return await self._next_digest(now)
        wall = clock.local(now)
        minute = wall.hour * 60 + wall.minute
        start, end = self.quiet_from, self.quiet_until
        if start == end or not (start <= minute < end if start < end else minute >= start or minute < end):
            return now + MERGE
        day = wall.date() + timedelta(days=1 if start > end and minute >= start else 0)
        return _at(day, end) + self._spread()

    async def _next_digest(self, now: datetime) -> datetime:
        day = clock.local(now).date()
        for n in range(30):
            moment = _at(day + timedelta(days=n), self.digest_at) + self._spread()
            if moment > now and (await day_of(OFFICE, day + timedelta(days=n))).works:
                return moment
        return now + timedelta(days=1)

    def _spread(self) -> timedelta:
        """Everybody's eight o'clock is another minute: third parties count calls by the minute."""
        return timedelta(seconds=self.user * 17 % 240)


def _at(day: Any, minute: int) -> datetime:
    return (datetime.combine(day, time(), settings.zone) + timedelta(minutes=minute)).astimezone(UTC)


async def of(users: list[int]) -> dict[int, Choice]:
    """The word of each of these users."""
    rows = await db.rows("select * from notification_choices where {}", db.any_of('"user"', users))
    said = {row["user"]: _read(row) for row in rows}
    return {user: said.get(user, Choice(user)) for user in users}


def _read(row: dict[str, Any]) -> Choice:
    kept = {n: row[n] for n in ("user", "mail", "wecom", "quiet_from", "quiet_until", "digest_at", "version")}
    return Choice(**kept, topics=json.loads(row["topics"]))


async def user_of(login: str, by: Actor) -> dict[str, Any]:
    """The login whose choices are meant: one's own, or anybody's for who keeps the logins."""
    found = await db.one(
        "select u.id, u.login, p.name from users u join people p on p.id = u.person where u.login = {}",
        login.replace("\x00", "")[:60],
    )
    if found is None or (found["id"] != by.user_id and not by.may(EDIT_USERS)):
        raise Refused(NOT_FOUND)
    return found


async def choose(login: str, new: Mapping[str, Any], *, by: Actor) -> Choice:
    """Write a user's word: `mail`, `wecom`, `topics`, and `quiet_from`, `quiet_until`, `digest_at` as 22:00."""
    user = await user_of(login, by)
    before = (await of([user["id"]]))[user["id"]]
    values = _checked(new)
    await db.rows(
        'insert into notification_choices ("user", mail, wecom, topics, quiet_from, quiet_until, digest_at, version)'
        " values ({}, {}, {}, {}, {}, {}, {}, 1) on conflict (\"user\") do update set mail = excluded.mail, wecom = excluded.wecom,"
        " topics = excluded.topics, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,"
        " digest_at = excluded.digest_at, version = notification_choices.version + 1",
        user["id"], values["mail"], values["wecom"], json.dumps(values["topics"]), values["quiet_from"], values["quiet_until"],
        values["digest_at"],
    )  # fmt: skip
    after = (await of([user["id"]]))[user["id"]]
    difference = changes(_told(before), _told(after))
    if difference:
        await record(ChoicesMade(subject=("user", user["id"]), what=user["name"], changes=difference), by=by)
    return after


def _checked(new: Mapping[str, Any]) -> dict[str, Any]:
    problems: dict[str, Refused] = {}
    values: dict[str, Any] = {}
    for name, most in (("mail", 190), ("wecom", 64)):
        values[name] = text.clean(str(new.get(name) or ""))
        if len(values[name]) > most:
            problems[name] = Refused(TOO_LONG, name, limit=most, length=len(values[name]))
    if values["mail"] and not is_address(values["mail"]):
        problems["mail"] = Refused(BAD_ADDRESS, "mail")
    if "|" in values["wecom"] or "@all" in values["wecom"]:
        problems["wecom"] = Refused(NOT_A_CHOICE, "wecom", given=values["wecom"])
    for name in ("quiet_from", "quiet_until", "digest_at"):
        minute = minute_of(str(new.get(name) or ""))
        if minute is None:
            problems[name] = Refused(NOT_A_CHOICE, name, given=str(new.get(name))[:40])
        values[name] = minute
    topics = new.get("topics")
    values["topics"] = {}
    for topic, each in topics.items() if isinstance(topics, Mapping) else ():
        for channel, how in each.items() if isinstance(each, Mapping) else ():
            if topic not in TOPICS or channel not in CHANNELS or how not in HOW:
                problems[f"{topic}-{channel}"] = Refused(
                    NOT_A_CHOICE, f"{topic}-{channel}", given=str(how)[:40]
                )
            else:
                values["topics"].setdefault(topic, {})[channel] = how
    if problems:
        raise Invalid(problems)
    return values


def minute_of(said: str) -> int | None:
    """22:00 as minutes after midnight."""
    try:
        moment = time.fromisoformat(text.clean(said)[:5])
    except ValueError:
        return None
    return moment.hour * 60 + moment.minute


def said_of(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _told(choice: Choice) -> dict[str, Any]:
    """As its event compares it."""
    how = {f"{TOPICS[t].label} · {CHANNELS[c]}": str(HOW[choice.how(t, c)]) for t in TOPICS for c in CHANNELS}
    return {"Mail address": choice.mail, "WeCom account": choice.wecom, **how, "Quiet from": said_of(choice.quiet_from),
            "Quiet until": said_of(choice.quiet_until), "Digest at": said_of(choice.digest_at)}  # fmt: skip


__all__ = ["DIGEST", "NOW", "Choice", "choose", "of", "said_of", "user_of"]
