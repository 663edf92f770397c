"""A list of many rows asks the database no more often than a list of one."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.core.paging import Page
from app.web.lists import ListPage
from tests.asking import asked
from tests.web.busy import Busy, open_ended
from tests.web.hostile import routes

pytestmark = pytest.mark.once
Asked = tuple[int, list[str]]
"""How many rows there were, and what was asked for them."""


async def test_a_programs_list_of_many_asks_no_more_than_a_list_of_one(busy_house: Busy) -> None:
    found = {}
    for route in routes():
        if route.method == "GET" and route.path.startswith("/api/v1/") and not route.names:
            found[route.path] = [await answered(busy_house, f"{route.path}?limit={n}") for n in (1, 50)]
    assert more_for_many(found) == {}
    assert len(compared(found)) > 20, compared(found)


async def test_a_page_with_a_list_of_many_asks_no_more_than_with_one(busy_house: Busy) -> None:
    found = {}
    for route in routes():
        if route.method == "GET" and not route.is_api and not open_ended(route):
            for place in busy_house.places(route, 1):
                found[place] = [await drawn(busy_house, place, n) for n in (1, 50)]
    assert more_for_many(found) == {}
    assert len(compared(found)) > 25, compared(found)


async def answered(house: Busy, place: str) -> Asked:
    """A list for programs, asked for by who asked before."""
    await house.omni.send("GET", place)
    with asked() as statements:
        answer = await house.omni.send("GET", place)
    return len(json.loads(answer.body).get("items", ())) if answer.status == 200 else 0, statements


async def drawn(house: Busy, place: str, most: int) -> Asked:
    """A page, opened by who opened it before, with at most so many rows in its list."""
    with at_most(most) as rows:
        await house.omni.send("GET", place)
        with asked() as statements:
            rows.clear()
            await house.omni.send("GET", place)
    return sum(rows), statements


@contextmanager
def at_most(most: int) -> Iterator[list[int]]:
    """Inside, no list has more rows than this; it yields how many each had."""
    rows: list[int] = []
    page_of = ListPage.page

    async def page(self: ListPage, request: Any, by: Any, limit: int = 50) -> Page:
        page = await page_of(self, request, by, min(limit, most))
        rows.append(len(page.rows))
        return page

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ListPage, "page", page)
        yield rows


def compared(found: dict[str, list[Asked]]) -> list[str]:
    """Where a list of one was compared with one of many."""
    return [place for place, (one, many) in found.items() if one[0] == 1 < many[0]]


def more_for_many(found: dict[str, list[Asked]]) -> dict[str, list[str]]:
    """What was asked for many and not, or not so often, for one: of each list that asks more for many."""
    wrong = {}
    for place in compared(found):
        (_one, few), (rows, many) = found[place]
        if len(many) > len(few):
            more = (Counter(many) - Counter(few)).items()
            wrong[f"{place}: {len(few)} for one, {len(many)} for {rows}"] = [
                f"{n} × {s[:160]}" for s, n in more
            ]
    return wrong
