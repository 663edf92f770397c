"""The list of sales orders, as a browser gets it."""

from datetime import date

import pytest

from app.core.db import commit
from app.people.actors import HOUSE
from app.sales import orders
from tests.browse import browser_of
from tests.sales.sample import confirmed, draft, line, lines_of
from tests.world import World


async def test_the_list_shows_amount_state_and_days_left(world: World) -> None:
    made = await confirmed(world, due_date=date(2026, 12, 11))
    late = await confirmed(world, line(), line(), due_date=date(2026, 12, 1))
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get("/orders")
        assert answer.status_code == 200
        for word in (
            made.number,
            late.number,
            "¥1,340.00",
            "5 千支",
            "共 2 行",
            "剩 3 天",
            "逾期 7 天",
            "5,000 支 ≈ 201 kg",
        ):
            assert word in answer.text, word
        assert 'data-kind="bad">剩 3 天' in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"), ("state=draft", "a"), ("state=confirmed", "bc"), ("state=in_progress", "bc"), ("state=late", "c"),
        ("state=due_soon", "b"), ("state=late&state=due_soon", "bc"), ("due_to=2026-12-01", "c"), ("due_from=2026-12-18", "a"),
        ("due_from=nonsense", "abc"), ("customer=HENGLI", "abc"), ("customer=%E6%81%92%E7%AB%8B", "abc"), ("customer=XX", ""),
        ("q=nbhl", "abc"), ("q=PO-C", "c"), ("q=%00%F0%9F", ""), ("state=waiting", ""), ("state=nonsense", "abc"),
        ("q=" + "x" * 5000, ""), ("salesperson=999999999", ""),
    ],
)  # fmt: skip
async def test_the_list_is_filtered_by_its_address(world: World, query: str, found: str) -> None:
    numbers = {
        "a": (await draft(world, due_date=date(2026, 12, 18), customer_order_number="PO-A")).number,
        "b": (await confirmed(world, due_date=date(2026, 12, 10), customer_order_number="PO-B")).number,
        "c": (await confirmed(world, due_date=date(2026, 12, 1), customer_order_number="PO-C")).number,
    }
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get(f"/orders?{query}")
        assert answer.status_code == 200
        assert "".join(key for key, number in numbers.items() if number in answer.text) == found


async def test_the_list_turns_its_pages_in_every_order(world: World) -> None:
    for n in range(5):
        await draft(world, line(quantity=str(n + 1)))
    from app.sales.lists import LISTING

    for sort in ("number", "-number", "due_date", "-due_date", "amount", "-amount"):
        first = await LISTING.page(sort=sort, limit=3)
        second = await LISTING.page(sort=sort, limit=3, cursor=first.next_cursor)
        assert len({r["number"] for r in first.rows + second.rows}) == 5
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.get("/orders?sort=nonsense")).status_code == 422
        assert (await browser.get("/orders?after=nonsense")).status_code == 400


async def test_badges_count_what_the_filter_shows(world: World) -> None:
    """Each view's count is the number of rows behind it."""
    import re

    await draft(world)
    for day in (1, 9, 12, 30):
        await confirmed(world, due_date=date(2026, 12, day))
    delivered = await confirmed(world)
    [row] = await lines_of(delivered.id)
    await commit(orders.deliver, {row["id"]: 5_000_000}, date(2026, 12, 8), by=HOUSE)
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get("/orders")).text
        tabs = re.findall(r'<a href="(/orders[^"]*)"[^>]*>[^<]*<span class="n">(\d+)</span>', text)
        assert [int(n) for _href, n in tabs] == [6, 4, 2, 1, 4, 0]
        for href, count in tabs:
            page = (await browser.get(href.replace("&amp;", "&"))).text
            assert page.count('<tr data-href="/orders/') == int(count), href


async def test_the_list_is_exported(world: World) -> None:
    import io

    from python_calamine import CalamineWorkbook

    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get("/orders/export.xlsx?state=confirmed")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert made.number in rows[1]
