"""One way to write: a verb in one transaction, its answer under the sender's key, run again when it must."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.core import db
from app.core.db import Done, commit
from app.core.numbering import next_number
from app.core.refusals import Interrupted, Reason, Refused
from app.core.words import Word
from app.people.actors import HOUSE, Actor

NO = Reason("no", Word("no"))


async def number(*, by: Actor) -> str:
    return await next_number("DN")


async def answer(done: Done) -> dict[str, Any]:
    return {"number": done.value}


async def test_the_same_key_and_body_give_the_stored_answer_and_do_nothing(house: None) -> None:
    first = await commit(number, by=HOUSE, key="k", body="a", answer=answer)
    again = await commit(number, by=HOUSE, key="k", body="a", answer=answer)
    assert again.replayed and again.answer == first.answer
    assert (await commit(number, by=HOUSE)).value.endswith("-0002")


async def test_the_same_key_with_another_body_is_refused(house: None) -> None:
    await commit(number, by=HOUSE, key="k", body="a")
    with pytest.raises(Refused, match="key_reused"):
        await commit(number, by=HOUSE, key="k", body="b")


async def test_keys_of_different_people_never_meet(house: None) -> None:
    one, two = Actor(name="a", user_id=1), Actor(name="b", user_id=2)
    first = await commit(number, by=one, key="k", body="a", answer=answer)
    second = await commit(number, by=two, key="k", body="b", answer=answer)
    assert first.answer != second.answer


async def test_twenty_senders_of_one_key_have_one_effect(house: None) -> None:
    done = await asyncio.gather(
        *(commit(number, by=HOUSE, key="k", body="a", answer=answer) for _ in range(20))
    )
    assert len({d.answer["number"] for d in done}) == 1
    assert sum(not d.replayed for d in done) == 1


async def test_a_refused_verb_leaves_nothing_not_even_its_key(house: None) -> None:
    async def refuse(*, by: Actor) -> None:
        await next_number("DN")
        raise Refused(NO)

    with pytest.raises(Refused):
        await commit(refuse, by=HOUSE, key="k", body="a")
    assert await db.value("select count(*) from counters") == 0
    assert not (await commit(number, by=HOUSE, key="k", body="a")).replayed


async def test_a_remembered_refusal_is_answered_again_without_running(house: None) -> None:
    runs = []

    async def refuse(*, by: Actor) -> None:
        runs.append(1)
        await next_number("DN")
        raise Refused(NO)

    async def told(done: Done) -> dict[str, Any]:
        return {"refused": done.refused.reason.code if done.refused else None}

    first = await commit(refuse, by=HOUSE, key="k", body="a", answer=told, remember_refusal=True)
    again = await commit(refuse, by=HOUSE, key="k", body="a", answer=told, remember_refusal=True)
    assert first.answer == again.answer == {"refused": "no"} and len(runs) == 1
    assert await db.value("select count(*) from counters") == 0


async def test_an_interruption_rolls_back_and_does_the_other_thing_instead(house: None) -> None:
    async def instead() -> str:
        return await next_number("AP")

    async def verb(*, by: Actor) -> None:
        await next_number("DN")
        raise Interrupted(instead)

    done = await commit(verb, by=HOUSE, key="k", body="a", answer=answer)
    assert done.deferred and done.value.startswith("AP")
    assert [r["key"][:2] for r in await db.rows("select key from counters")] == ["AP"]


async def test_a_deadlock_runs_the_whole_again(house: None) -> None:
    runs = []

    async def stumble(*, by: Actor) -> str:
        runs.append(1)
        given = await next_number("DN")
        if len(runs) < 3:
            raise asyncpg.DeadlockDetectedError("again")
        return given

    assert (await commit(stumble, by=HOUSE)).value.endswith("-0001")
    assert len(runs) == 3


async def test_numbers_have_no_gap_under_writers_that_fail_late(house: None) -> None:
    async def every_fifth_fails(n: int, *, by: Actor) -> None:
        await next_number("DN")
        if n % 5 == 0:
            raise Refused(NO)

    await asyncio.gather(*(commit(every_fifth_fails, n, by=HOUSE) for n in range(50)), return_exceptions=True)
    assert await db.value("select last from counters") == 40


async def test_a_taken_value_is_refused_at_its_field(house: None) -> None:
    async def insert(*, by: Actor) -> None:
        await db.rows("insert into teams (code, name, active, version) values ('T', 'x', {}, 1)", True)

    await commit(insert, by=HOUSE)
    with pytest.raises(Refused) as caught:
        await commit(insert, by=HOUSE)
    assert caught.value.reason.code == "taken" and caught.value.field == "code"


async def test_a_query_after_the_end_of_its_transaction_is_refused(house: None) -> None:
    async with db.DB.transaction():
        started = asyncio.Event()

        async def late() -> None:
            await started.wait()
            await db.rows("insert into teams (code, name, active, version) values ('T', 'x', {}, 1)", True)

        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    started.set()
    with pytest.raises(RuntimeError, match="finished transaction"):
        await task


async def test_cancelling_a_writer_frees_the_house(house: None) -> None:
    async def slow(*, by: Actor) -> None:
        await next_number("DN")
        await asyncio.sleep(60)

    task = asyncio.create_task(commit(slow, by=HOUSE))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await asyncio.wait_for(commit(number, by=HOUSE), 5)).value.endswith("-0001")


@pytest.mark.parametrize(
    ("moment", "wait"), [("begins", 0), ("begins", 0.0005), ("begins", 0.001), ("commits", 0)]
)
async def test_who_is_cancelled_while_it_begins_or_commits_ends_as_cancelled_and_frees_the_house(
    house: None, moment: str, wait: float
) -> None:
    there = asyncio.Event()

    async def numbered(*, by: Actor) -> None:
        await next_number("DN")
        there.set()

    task = asyncio.create_task(commit(numbered, by=HOUSE))
    await (there.wait() if moment == "commits" else asyncio.sleep(wait))
    in_time = task.cancel()
    [ended] = await asyncio.gather(task, return_exceptions=True)
    assert isinstance(ended, asyncio.CancelledError) or not in_time
    assert await asyncio.wait_for(commit(number, by=HOUSE), 5)


async def test_what_takes_long_in_a_transaction_leaves_the_loop_to_others(house: None) -> None:
    if db.on_postgres():
        pytest.skip("PostgreSQL works beside the loop by itself")
    counting = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select count(*) as n from n"
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    beside = asyncio.create_task(tick())
    async with db.DB.transaction():
        assert await db.value(counting) == 300_000  # the first time nobody knows
        ticks = 0
        assert await db.value(counting) == 300_000
    beside.cancel()
    assert ticks > 2
