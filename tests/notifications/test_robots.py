"""Robots of groups: which topics they hear, their quota, and what is done when they do not answer."""

import json

from app.core import db
from app.core.db import commit
from app.integrations import jobs
from app.people.actors import HOUSE
from tests.notifications.outside import happened, jobs_as, pass_, robot, tell
from tests.simulators import wecom
from tests.world import World


async def test_a_robot_that_gives_no_answer_is_not_asked_again_by_itself(
    world: World, at_once: wecom.WeCom
) -> None:
    await robot("销售群", wecom.ROBOT_KEY, "other")
    at_once.faults.extend(["late"])
    await tell([], await happened(1, "SO-1"))
    for _ in range(5):
        await pass_(30)
    assert await jobs_as() == [("unknown", "timeout", 1)]
    assert len(at_once.groups) == 1
    job = await db.value("select id from integration_jobs")
    await commit(jobs.drop, job, by=world.admin)
    assert (await jobs_as())[0][0] == "dropped"


async def test_a_robot_above_its_quota_goes_on_a_minute_later(world: World, at_once: wecom.WeCom) -> None:
    await robot("销售群", wecom.ROBOT_KEY, "other")
    for n in range(25):
        await tell([], await happened(1, f"SO-{n:02d}"))
        await pass_(0.5)
    states = [state for state, _c, _t in await jobs_as()]
    assert "waiting" in states and len(at_once.groups) == wecom.PER_MINUTE
    at_once.skipped = 120
    for _ in range(5):
        await pass_(2)
    assert {s for s, _c, _t in await jobs_as()} == {"done"}
    said = "\n".join(at_once.groups)
    assert [said.count(f"SO-{n:02d}") for n in range(25)] == [1] * 25


async def test_a_robot_hears_only_its_topics_and_no_amounts(world: World, at_once: wecom.WeCom) -> None:
    from app.events.log import record
    from app.sales.events import OrderCreated

    await robot("异常群", wecom.ROBOT_KEY, "exception")
    await robot("销售群", wecom.ROBOT_KEY, "other")

    async def verb(*, by: object) -> int:
        return await record(
            OrderCreated(subject=("sales_order", 1), number="SO-9", lines=1, amount="¥80,000.00"), by=HOUSE
        )

    id_ = (await commit(verb, by=HOUSE)).value
    event = await db.one("select * from events where id = {}", id_)
    assert event is not None
    await tell([], {**event, "facts": json.loads(event["facts"])})
    await pass_(1)
    (said,) = at_once.groups
    assert "SO-9" in said and "80,000" not in said


async def test_a_wrong_robot_key_is_given_up(world: World, at_once: wecom.WeCom) -> None:
    await robot("群", "another-key", "other")
    await tell([], await happened(1, "SO-1"))
    await pass_(1)
    assert await jobs_as() == [("failed", "93000", 1)]
