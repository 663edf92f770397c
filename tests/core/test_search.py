"""Search answers as if it had read every row, however it found them."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from app.core import db, search
from app.core.conditions import Condition
from app.core.paging import Listing
from tests.houses import EMPTY, Houses, Kind

NAMES = ["宁波恒立", "苏州精工", "杭州顺达", "温州力诺", "台州 Bolt-Works 50%", "绍兴_下划线"]
THINGS = ["六角法兰面螺栓 M10×45", "内六角螺钉 M6×20", "平垫圈 10", "自锁螺母 M8"]
ASKED = [
    "0007", "101-00", "螺", "螺栓", "螺丝", "恒立 螺栓", "nbhl", "m10×45", "50%", "_", "so20260101-0007", "so202601", "absent", "m6 顺达", "-",
    "宁波 wx",
]  # fmt: skip
LISTING = Listing("t.id", "things t", {"due": ("t.due", "t.id"), "made": ("t.id",)}, "due")


async def _fill(_nothing: None) -> list[dict]:
    """400 things, searchable, with as many others beside them."""
    chance, made = random.Random(7), []
    await db.DB.run_ddl(
        "create table things (id integer primary key, due integer not null, state integer not null)"
    )
    async with db.DB.transaction():
        for i in range(1, 401):
            thing = {"id": i, "due": chance.randrange(50), "state": i % 3}
            words = (
                f"SO20260101-{i:04d}",
                chance.choice(NAMES),
                chance.choice(THINGS),
                chance.choice(["WX-9", ""]),
            )
            await search.index("thing", i, *words)
            await search.index("other", i, "螺栓 absent")
            await db.rows(
                "insert into things (id, due, state) values ({}, {}, {})", i, thing["due"], thing["state"]
            )
            made.append(thing)
    return made


FULL_OF_THINGS = Kind("things", _fill, on=EMPTY)


@pytest.fixture
async def many(houses: Houses, fresh: None, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The 400 things, of which only the first 60 of a list are met by walking along it."""
    monkeypatch.setattr(search, "NEWEST", 60)
    return await houses.enter(FULL_OF_THINGS)


async def read_every_row(words: list[str]) -> set[int]:
    rows = await db.rows("select subject_id, text from search_texts where kind = 'thing'")
    return {r["subject_id"] for r in rows if all(w in r["text"] for w in words)}


@pytest.mark.parametrize(
    ("sort", "key"), [("due", lambda t: (t["due"], t["id"])), ("-made", lambda t: -t["id"])]
)
@pytest.mark.parametrize("asked", ASKED)
async def test_a_list_finds_the_same_as_reading_every_row(
    many: list[dict], asked: str, sort: str, key: Callable[[dict], Any]
) -> None:
    words = search.words_of(asked)
    holds = await read_every_row(words)
    for state in (None, 1):
        conditions = [] if state is None else [Condition("t.state = {}", (state,))]
        wanted = sorted(
            (t for t in many if t["id"] in holds and state in (None, t["state"])),
            key=key,
        )
        found, cursor = [], None
        while True:
            page = await LISTING.page(
                conditions, sort, cursor, 20, search.Words("thing", "t.id", tuple(words))
            )
            found += [r["id"] for r in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert found == [t["id"] for t in wanted]
        sql, values = search.Words("thing", "t.id", tuple(words)).condition()
        assert {r["id"] for r in await LISTING.all([*conditions, Condition(sql, values)])} == set(found)


@pytest.mark.parametrize("asked", ASKED)
async def test_the_palette_finds_the_newest_that_hold_every_word(many: list[dict], asked: str) -> None:
    holds = await read_every_row(search.words_of(asked))
    assert (await search.find(asked, ["thing"], 5))["thing"] == sorted(holds, reverse=True)[:5]


async def test_a_thing_renamed_is_found_by_its_new_name_only(many: list[dict]) -> None:
    async with db.DB.transaction():
        await search.index("thing", 3, "螺旋桨")
    assert (await search.find("螺旋桨", ["thing"]))["thing"] == [3]
    async with db.DB.transaction():
        await search.index("thing", 3, "叶轮")
    assert (await search.find("螺旋桨", ["thing"]))["thing"] == []
    assert (await search.find("叶轮", ["thing"]))["thing"] == [3]
