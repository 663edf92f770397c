"""Lists go by key: forward and back, every row once, and a cursor fits only the list it was made for."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import db, shortest
from app.core.conditions import Condition, capped_counts, since, until
from app.core.db import DB
from app.core.paging import Listing
from app.core.refusals import Refused

TEAMS = Listing("t.id, t.code, t.name", "teams t", {"name": ("t.name", "t.id"), "code": ("t.code",)}, "name")


async def plant(n: int) -> None:
    async with db.DB.transaction():
        await db.write_many(
            "teams",
            ("code", "name", "active", "version"),
            [(f"T{i:03d}", f"name {i % 7}", True, 1) for i in range(n)],
        )


@pytest.mark.parametrize("sort", ["name", "-name", "code", "-code"])
async def test_paging_forward_and_back_shows_every_row_once(house: None, sort: str) -> None:
    await plant(53)
    seen, cursor, pages = [], None, []
    while True:
        page = await TEAMS.page(sort=sort, cursor=cursor, limit=10)
        pages.append(page)
        seen += [r["id"] for r in page.rows]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert len(seen) == len(set(seen)) == 53
    assert seen == [r["id"] for r in await TEAMS.all(sort=sort)]
    back = await TEAMS.page(sort=sort, cursor=pages[-1].previous_cursor, limit=10)
    assert [r["id"] for r in back.rows] == [r["id"] for r in pages[-2].rows]
    first = await TEAMS.page(sort=sort, cursor=pages[1].previous_cursor, limit=10)
    assert first.previous_cursor is None and first.rows[0]["id"] == seen[0]


async def test_a_list_of_few_rows_has_the_pages_of_any_list(house: None) -> None:
    await plant(53)
    for sort in ("name", "-name", "code"):
        cursor = None
        for _turn in range(3):
            plain, few = [
                await TEAMS.page([Condition("t.code < {}", ("T025",), few)], sort, cursor, 10)
                for few in (False, True)
            ]
            assert plain == few
            cursor = few.next_cursor
        assert cursor is None and few.previous_cursor


@pytest.mark.parametrize("many", [0, 20, 1000])
async def test_the_way_to_a_page_changes_nothing_of_it(
    house: None, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Looked through a little and full, gathered by the rarest filter, or walked to its end: the same rows and cursors."""
    await plant(200)
    monkeypatch.setattr(shortest, "NEAR", 30)
    monkeypatch.setattr(shortest, "MANY", many)
    asked = [
        (Condition("t.code > {}", ("T150",)), Condition("t.name <> 'name 3'")),
        (until("t.code", "T150"), since("t.code", "T020")),
        (since("t.name", "name 2"), until("t.name", "name 5")),
        (
            Condition("t.id in (select o.id from teams o where o.name = {})", ("name 2",)),
            Condition("t.active"),
        ),
        (Condition("t.code = {}", ("nothing",)), Condition("t.version = 1")),
    ]
    for conditions in asked:
        plainly, unsure = [[replace(c, few=few) for c in conditions] for few in (False, None)]
        for sort in ("name", "-name", "code", "-code"):
            cursors: list[str | None] = [None]
            while cursors:
                cursor = cursors.pop()
                plain = await TEAMS.page(plainly, sort, cursor, 20)
                assert await TEAMS.page(unsure, sort, cursor, 20) == plain
                assert await TEAMS.page([unsure[0], plainly[1]], sort, cursor, 20) == plain
                cursors += [plain.next_cursor] if plain.next_cursor else []
                if cursor and plain.previous_cursor and len(cursors) < 2:
                    back = await TEAMS.page(plainly, sort, plain.previous_cursor, 20)
                    assert await TEAMS.page(unsure, sort, plain.previous_cursor, 20) == back


async def test_a_cursor_of_another_sort_or_filter_is_refused(house: None) -> None:
    await plant(30)
    page = await TEAMS.page(limit=5)
    for changed in ({"sort": "-name"}, {"conditions": [Condition("t.code > {}", ("T",))]}):
        with pytest.raises(Refused, match="bad_cursor"):
            await TEAMS.page(cursor=page.next_cursor, limit=5, **changed)  # type: ignore[arg-type]


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_as_cursor_is_refused_kindly(text: str) -> None:
    from app.core.paging import _decode

    with pytest.raises(Refused):
        _decode(text, "00000000", 2)


async def test_a_sort_that_is_not_offered_is_refused(house: None) -> None:
    with pytest.raises(Refused, match="not_a_choice"):
        await TEAMS.page(sort="id; drop table teams")


async def test_rows_are_counted_again_after_every_change(house: None) -> None:
    async def counts() -> list[int]:
        return await capped_counts("teams t", [(Condition("t.code = {}", ("T001",)),), ()], cap=50)

    assert await counts() == await counts() == [0, 0]
    await plant(3)
    assert await counts() == await counts() == [1, 3]
    await db.rows("update teams set code = 'X' where code = 'T001'")
    assert await counts() == [0, 3]
    await DB.close()
    await DB.open()
    assert await counts() == [0, 3]
