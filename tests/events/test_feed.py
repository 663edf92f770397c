"""The feed of events: each once, in the order of commits, for those who may read everything."""

import asyncio

from app.core import db
from app.core.db import commit
from app.events.log import record
from app.people.actors import Actor
from app.sales.events import OrderSubmitted
from tasks import events
from tests.browse import program_of


async def happened(n: int, *, by: Actor) -> int:
    return await record(
        OrderSubmitted(subject=("sales_order", n), also=(("customer", 1),), number=f"SO-{n}"), by=by
    )


async def test_a_reader_that_polls_under_writers_gets_each_event_once_in_order(world) -> None:
    seen: list[int] = []
    async with program_of(world.admin) as program:

        async def follow() -> None:
            last = 0
            while len(seen) < 60:
                await events.stamp()
                page = (await program.get("/api/v1/events", params={"after": last, "limit": 7})).json()
                seen.extend(e["subject"]["id"] for e in page["items"])
                last = page["last"]
                await asyncio.sleep(0)  # reads never leave the loop; the writers want their turn

        reading = asyncio.create_task(follow())
        await asyncio.gather(*(commit(happened, n, by=world.admin) for n in range(1, 61)))
        await asyncio.wait_for(reading, 30)
    assert sorted(seen) == list(range(1, 61))
    order = [r["subject_id"] for r in await db.rows("select subject_id from events order by position")]
    assert seen == order


async def test_an_event_in_the_feed_says_what_it_is_about_in_one_sentence(world) -> None:
    await commit(happened, 7, by=world.xiaolan)
    await events.stamp()
    async with program_of(world.admin) as program:
        found = (await program.get("/api/v1/events", headers={"Accept-Language": "en"})).json()["items"][-1]
    assert found["about"] == [{"kind": "sales_order", "id": 7}, {"kind": "customer", "id": 1}]
    assert (found["actor"], found["facts"], found["sentence"]) == (
        "陈晓岚",
        {"number": "SO-7"},
        "handed in order SO-7",
    )


async def test_the_feed_is_refused_without_the_right_and_for_a_position_that_is_none(world) -> None:
    async with program_of(world.xiaolan) as program:
        assert (await program.get("/api/v1/events")).status_code == 403
    async with program_of(world.admin) as program:
        for wrong in ("-1", "x", "9" * 30, "1.5"):
            answer = await program.get("/api/v1/events", params={"after": wrong})
            assert (answer.status_code, answer.json()["fields"].keys()) == (400, {"after"})
