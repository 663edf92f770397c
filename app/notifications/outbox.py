"""From the bell to the channels: in the reaction's own transaction an event is put into the message that waits for its receiver.

What comes while a message waits goes along with it, so nobody gets forty at once, and a digest is one message.
"""

import json
from collections.abc import Sequence
from typing import Any

from app.core import clock, db
from app.core.words import N_, Word, _, speaking
from app.integrations import jobs
from app.integrations.channels import is_set_up
from app.notifications import choices
from app.notifications.choices import MERGE, Choice
from app.notifications.topics import CHANNELS, DIGEST, NEVER, topic_of

ACTION = "message"
LABELS: dict[bool, Word] = {True: N_("Daily digest"), False: N_("Message")}


async def put(users: Sequence[int], event: dict[str, Any], href: str) -> None:
    """Hand a notice to the channels that each user chose for its topic."""
    topic = topic_of(event)
    if not topic or not users:
        return
    ready = [channel for channel in CHANNELS if await is_set_up(channel)]
    if not ready:
        return
    people = await db.rows(
        "select u.id, u.language, p.name from users u join people p on p.id = u.person where {} order by u.id",
        db.any_of("u.id", users),
    )
    chosen = await choices.of(sorted(users))
    for person in people:
        choice = chosen[person["id"]]
        for channel in ready:
            how = choice.how(topic, channel)
            if how != NEVER and choice.address(channel):
                await _add(choice, person, channel, how, event, href)


async def _add(
    choice: Choice, person: dict[str, Any], channel: str, how: str, event: dict[str, Any], href: str
) -> None:
    due = await choice.when(how, clock.now())
    with speaking(person["language"] or ""):
        label = f"{_(LABELS[how == DIGEST])} · {person['name']}"
    payload = {"user": choice.user, "how": how}
    await _into(channel, f"user{choice.user}", how, label, payload, due, event, href)


async def put_to_groups(event: dict[str, Any], href: str) -> None:
    """Hand an event to every group that listens to its topic."""
    topic = topic_of(event)
    if not topic:
        return
    for robot in await db.rows(
        "select id, name, topics from group_robots where active = {} order by id", True
    ):
        if topic in json.loads(robot["topics"]):
            due = clock.now() + MERGE
            payload = {"robot": robot["id"], "how": "now"}
            await _into(jobs.ROBOT, f"robot{robot['id']}", "now", robot["name"], payload, due, event, href)


async def _into(
    channel: str, receiver: str, how: str, label: str, payload: dict[str, Any], due: Any, event: dict[str, Any], href: str
) -> None:  # fmt: skip
    """Into the message of the same kind that was not tried yet, else into a new one; the same event never twice."""
    if await db.value(
        "select 1 from deliveries where event = {} and channel = {} and receiver = {}",
        event["id"],
        channel,
        receiver,
    ):
        return
    lock = " for update" if db.on_postgres() else ""
    waiting = await db.one(
        "select id from integration_jobs where target = {} and receiver = {} and state = 'waiting' and action = {} and tries = 0"
        f" and message = '' order by id desc limit 1{lock}",
        channel, f"{receiver}/{how}", ACTION,
    )  # fmt: skip
    job = waiting["id"] if waiting else (
        await jobs.write(channel, ACTION, f"{channel}:{receiver}:{how}:{event['id']}", label, f"{receiver}/{how}", payload, due)
    ).id  # fmt: skip
    await db.rows(
        "insert into deliveries (event, channel, receiver, job, href) values ({}, {}, {}, {}, {}) on conflict do nothing",
        event["id"], channel, receiver, job, href[:200],
    )  # fmt: skip
