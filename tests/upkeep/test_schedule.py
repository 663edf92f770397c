"""Periodic work is done once for its time, in order, also over days that the clock jumped."""

from datetime import UTC, datetime, time, timedelta

import pytest

from app.core import db
from tasks import upkeep
from tasks.schedule import SCHEDULE, Periodic, run_due

MONDAY = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 09:00 in the factory
done: list[tuple[str, datetime]] = []


def work(name: str):
    async def carry_out(due: datetime) -> None:
        done.append((name, due))

    return carry_out


async def broken(due: datetime) -> None:
    raise RuntimeError("no disk")


async def test_a_new_house_owes_nothing_and_then_does_each_night_once(house) -> None:
    done.clear()
    line = (Periodic("night", time(2, 0), work("night")),)
    assert await run_due(MONDAY, line) == []
    assert await run_due(MONDAY + timedelta(hours=16, minutes=59), line) == []
    assert len(await run_due(MONDAY + timedelta(hours=17), line)) == 1
    assert await run_due(MONDAY + timedelta(hours=18), line) == []


async def test_a_jump_of_days_runs_what_was_missed_in_its_order(house) -> None:
    done.clear()
    line = (Periodic("late", time(4, 0), work("late"), each=True), Periodic("early", time(2, 0), work("early"), each=True),
            Periodic("last", time(3, 0), work("last")))  # fmt: skip
    await run_due(MONDAY, line)
    await run_due(MONDAY + timedelta(days=2), line)
    assert [name for name, _due in done] == ["early", "late", "early", "last", "late"]
    assert done == sorted(done, key=lambda d: d[1])


async def test_what_failed_is_tried_again_and_stops_nothing_else(house) -> None:
    done.clear()
    line = (Periodic("broken", time(1, 0), broken), Periodic("night", time(2, 0), work("night")))
    await run_due(MONDAY, line)
    assert [n for n, _ in await run_due(MONDAY + timedelta(days=1), line)] == ["night"]
    repaired = (Periodic("broken", time(1, 0), work("repaired")), line[1])
    assert [n for n, _ in await run_due(MONDAY + timedelta(days=1), repaired)] == ["broken"]


async def test_the_houses_own_schedule_can_be_carried_out(house, tmp_path, monkeypatch) -> None:
    from app.upkeep import backup

    async def no_copy(to=None):
        return tmp_path

    monkeypatch.setattr(backup, "back_up", no_copy)
    await db.rows(
        "insert into idempotency_keys (key, body_hash, status, answer, stored_at) values ('user1:old', '', 200, '', {}),"
        " ('device1:old', '', 200, '', {})",
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    await run_due(MONDAY)
    assert len(await run_due(MONDAY + timedelta(days=1))) == len(SCHEDULE)
    assert [r["key"] for r in await db.rows("select key from idempotency_keys")] == ["device1:old"]


async def test_a_house_is_weighed_at_night_so_that_it_is_read_by_its_sizes(world) -> None:
    if db.on_postgres():
        pytest.skip("PostgreSQL weighs by itself")
    assert await db.rows("select 1 from sqlite_master where name = 'sqlite_stat1'") == []
    await upkeep.weigh_tables(MONDAY)
    assert await db.value("select stat from sqlite_stat1 where tbl = 'bins' limit 1")
