"""What every page asks again is asked once, and anew after every change of the house."""

from collections.abc import Awaitable, Callable

import pytest

from app.core import db
from app.core.db import DB, commit
from app.core.keeping import kept
from app.people.actors import HOUSE, Actor

Counting = Callable[[str], Awaitable[int]]


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def teams_called(asked: list[str]) -> Counting:
    @kept
    async def teams_called(name: str) -> int:
        asked.append(name)
        return int(await db.value("select count(*) from teams where name = {}", name))

    return teams_called


async def found(code: str, name: str = "冷镦") -> None:
    await db.rows("insert into teams (code, name) values ({}, {})", code, name)


async def test_an_answer_is_kept_for_each_question(
    house: None, teams_called: Counting, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unchanged() -> tuple[int]:  # other houses of a PostgreSQL server make one look changed
        return (1,)

    monkeypatch.setattr(type(DB), "state", lambda self: unchanged())
    assert [await teams_called(name) for name in ("冷镦", "搓丝", "冷镦", "搓丝")] == [0, 0, 0, 0]
    assert asked == ["冷镦", "搓丝"]


async def test_it_is_asked_anew_after_a_change(house: None, teams_called: Counting) -> None:
    assert await teams_called("冷镦") == 0
    await found("T1")
    assert await teams_called("冷镦") == 1


async def test_a_transaction_sees_its_own_changes(house: None, teams_called: Counting) -> None:
    async def found_another(*, by: Actor) -> int:
        before = await teams_called("冷镦")
        await found("T2")
        return await teams_called("冷镦") - before

    assert await teams_called("冷镦") == 0
    assert (await commit(found_another, by=HOUSE)).value == 1
    assert await teams_called("冷镦") == 1


async def test_what_was_asked_while_the_house_changed_is_not_kept(house: None) -> None:
    @kept
    async def slowly() -> int:
        count = int(await db.value("select count(*) from teams"))
        if count == 0:
            await found("T3")
            await meanwhile()
        return count

    async def meanwhile() -> None:
        await slowly()

    assert await slowly() == 0
    assert await slowly() == 1


async def test_a_page_looks_once_and_again_after_it_wrote(
    house: None, teams_called: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, look = list[int](), DB.state

    async def counted() -> object:
        looks.append(1)
        return await look()

    monkeypatch.setattr(type(DB), "state", lambda self: counted())
    with db.one_look():
        assert [await teams_called(name) for name in ("冷镦", "搓丝", "冷镦")] == [0, 0, 0]
        assert len(looks) == 1
        await found("T4")
        assert await teams_called("冷镦") == 1
        assert len(looks) == 2

        async def found_another(*, by: Actor) -> None:
            await found("T5")

        await commit(found_another, by=HOUSE)
        assert await teams_called("冷镦") == 2
