"""Groups that hear of topics through a WeCom robot."""

import json
from collections.abc import Sequence
from typing import Any

from app.core import clock, db, ids, text
from app.core.refusals import NOT_A_CHOICE, NOT_FOUND, REQUIRED, TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.core.sealing import seal
from app.core.words import LANGUAGES, _
from app.events.log import changes, record
from app.integrations import jobs
from app.integrations.channels import HIDDEN
from app.integrations.permissions import EDIT
from app.integrations.tables import IntegrationJob
from app.notifications.events import RobotWritten
from app.notifications.tables import GroupRobot
from app.notifications.topics import TOPICS
from app.people.actors import Actor


async def robots() -> list[dict[str, Any]]:
    """All of them, without their keys."""
    found = await db.rows("select id, name, topics, language, active, version from group_robots order by id")
    return [{**row, "topics": json.loads(row["topics"])} for row in found]


async def write(
    name: str, key: str, topics: Sequence[str], language: str, active: bool, robot_id: int | None = None, *, by: Actor,
    version: int | None = None,
) -> GroupRobot:  # fmt: skip
    """Write a new group or change one; an empty key stays as it is. The whole webhook address may be pasted as the key."""
    by.must(EDIT)
    robot = await locked(GroupRobot, GroupRobot.id == robot_id, version=version) if robot_id else None
    called, secret = text.clean(name), text.clean(key).rpartition("key=")[2]
    problems: dict[str, Refused] = {}
    if not called:
        problems["name"] = Refused(REQUIRED, "name")
    elif len(called) > 60:
        problems["name"] = Refused(TOO_LONG, "name", limit=60, length=len(called))
    if not secret and robot is None:
        problems["key"] = Refused(REQUIRED, "key")
    elif len(secret) > 100:
        problems["key"] = Refused(TOO_LONG, "key", limit=100, length=len(secret))
    if not topics or not set(topics) <= set(TOPICS):
        problems["topics"] = Refused(
            REQUIRED if not topics else NOT_A_CHOICE, "topics", given="、".join(topics)[:40]
        )
    if language not in LANGUAGES:
        problems["language"] = Refused(NOT_A_CHOICE, "language", given=language[:40])
    if problems:
        raise Invalid(problems)
    before = _told(robot) if robot else {}
    robot = robot or GroupRobot(version=0)
    robot.name, robot.topics, robot.language, robot.active = (
        called,
        json.dumps(list(topics)),
        language,
        active,
    )
    robot.key, robot.version = seal(secret) if secret else robot.key, robot.version + 1
    await robot.save()
    difference = changes(before, _told(robot)) | ({"Key": ["", HIDDEN]} if secret else {})
    await record(RobotWritten(subject=("group_robot", robot.id), what=called, changes=difference), by=by)
    return robot


def _told(robot: GroupRobot) -> dict[str, Any]:
    heard = "、".join(str(TOPICS[t].label) for t in json.loads(robot.topics) if t in TOPICS)
    return {"Name": robot.name, "Hears of": heard, "Language": robot.language, "In use": robot.active}


async def send_test(robot_id: int, url: str, *, by: Actor) -> IntegrationJob:
    """A test message into the group."""
    by.must(EDIT)
    robot = await db.one("select id, name from group_robots where id = {}", min(robot_id, 2**31 - 1))
    if robot is None:
        raise Refused(NOT_FOUND)
    said = _(
        "This is a test from %(name)s at %(time)s", name=by.name, time=f"{clock.local(clock.now()):%H:%M:%S}"
    )
    message = {
        "title": said,
        "lines": [{"text": said, "url": url}],
        "url": url,
        "time": "",
        "button": "",
        "foot": "",
    }
    return await jobs.write(
        jobs.ROBOT,
        "test",
        f"test:{ids.key()}",
        f"{robot['name']} · {said}",
        robot["name"],
        {"robot": robot["id"]},
        message=message,
    )
