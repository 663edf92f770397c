"""Everybody begins with the figures of their own work, counted from the house as it is."""

import re
from datetime import date, timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.home import tiles
from app.inquiries import inquiries
from app.insight import on_time
from tests.browse import browser_of, program_of
from tests.inquiries.sample import taken
from tests.sales.sample import confirmed, draft
from tests.world import TODAY, World


async def promised(world: World, due: date, delivered: date | None) -> None:
    """A confirmed order, promised for a day and delivered on another."""
    order = await confirmed(world, due_date=due)
    if delivered:
        await db.rows(
            "update sales_orders set delivered_on = {}, open_lines = 0 where id = {}", delivered, order.id
        )


def tile(page: str, label: str) -> str:
    """The figure under a tile's label."""
    found = re.search(rf'<span class="sub">{label}</span><b>([^<]*)', page)
    assert found, label
    return found.group(1)


async def test_sales_sees_what_is_due_overdue_and_not_yet_promised(world: World) -> None:
    await confirmed(world, due_date=TODAY + timedelta(days=6))
    await confirmed(world, due_date=TODAY + timedelta(days=7))
    late = await confirmed(world, due_date=TODAY - timedelta(days=3))
    await draft(world)
    async with browser_of(world.xiaolan) as client:
        page = (await client.get("/")).text
        assert (tile(page, "7 天内到期"), tile(page, "逾期"), tile(page, "待确认")) == ("1", "1", "1")
        assert late.number in page and "逾期 3 天" in page
        for href in re.findall(r'<a class="card" href="(/[^"]*)"', page):
            assert (await client.get(href.replace("&amp;", "&"))).status_code == 200, href


async def test_every_tile_counts_what_its_list_shows(world: World) -> None:
    for days in (-3, 2, 30):
        await confirmed(world, due_date=TODAY + timedelta(days=days))
    areas = await tiles.counted(tiles.areas_of(world.admin))
    drawn = [t for area in areas for t in area["tiles"]]
    assert len({t["key"] for t in drawn}) == len(drawn) > 10
    async with browser_of(world.admin) as client:
        for each in drawn:
            answer = await client.get(each["href"])
            assert answer.status_code == 200, each["href"]
            if each["value"].isdigit():
                assert answer.text.count("data-href=") == int(each["value"]), each["href"]


@pytest.mark.parametrize(
    ("who", "sees", "not_"),
    [("liuyang", "待排产", "逾期应收"), ("xiuying", "待入库", "待排产"), ("zhoumin", "逾期应收", "待入库"), ("chenzong", "在手订单", "待入库"),
     ("jianguo", "/floor", "逾期应收"), ("nobody", "没有等你处理的", "/floor")],
)  # fmt: skip
async def test_each_role_has_its_own_tiles(world: World, who: str, sees: str, not_: str) -> None:
    async with browser_of(getattr(world, who)) as client:
        page = await client.get("/")
        assert page.status_code == 200 and sees in page.text and not_ not in page.text


async def test_everybody_finds_the_most_urgent_of_their_own_work(world: World) -> None:
    soon = await confirmed(world, due_date=TODAY + timedelta(days=2))
    later = await confirmed(world, due_date=TODAY + timedelta(days=20))
    for who, title in (
        ("xiaolan", "最急的订单"),
        ("chenzong", "最急的订单"),
        ("liuyang", "最急的工单"),
        ("xiuying", "等配货、发货"),
        ("zhoumin", "最近要收的款"),
    ):
        async with browser_of(getattr(world, who)) as client:
            page = (await client.get("/")).text
        assert title in page, who
        if title == "最急的订单":
            assert page.index(soon.number) < page.index(later.number) and "剩 2 天" in page
    async with browser_of(world.xiuying) as client:
        page = (await client.get("/")).text
        for href in re.findall(r'<a class="(?:card|link)" href="(/[^"]*)"', page):
            assert (await client.get(href.replace("&amp;", "&"))).status_code == 200, href


async def test_a_young_house_sees_its_punctuality_by_weeks(world: World) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    await promised(world, monday - timedelta(days=1), monday - timedelta(days=1))
    await promised(world, monday - timedelta(days=7), monday)
    await promised(world, monday - timedelta(days=8), monday)
    weeks = await on_time.by_week(TODAY, 3)
    assert [(w.start, w.on_time, w.total) for w in weeks] == [
        (monday - timedelta(days=14), 0, 1), (monday - timedelta(days=7), 1, 2), (monday, 0, 0),
    ]  # fmt: skip
    async with browser_of(world.chenzong) as client:
        assert "按回复交期，逐周" in (await client.get("/")).text


async def test_an_order_is_on_time_by_its_promised_day(world: World) -> None:
    day = date(2026, 12, 4)
    await promised(world, day, day)
    await promised(world, day, day + timedelta(days=1))
    await promised(world, day, None)  # its day has ended
    await promised(world, TODAY, None)  # its day has not
    await promised(world, date(2026, 12, 20), TODAY)  # before its day
    await promised(world, date(2026, 11, 20), date(2026, 11, 19))
    await draft(world, due_date=day)
    december = await on_time.rate(date(2026, 12, 1), date(2026, 12, 31))
    assert (december.on_time, december.total, december.percent) == (2, 4, 50.0)
    months = await on_time.by_month(on_time.year_until(TODAY), on_time.month_end(TODAY))
    assert len(months) == 12 and months[0].start == date(2026, 1, 1) and months[0].percent is None
    assert [(m.on_time, m.total) for m in months[-2:]] == [(1, 1), (2, 4)]
    async with browser_of(world.chenzong) as client:
        page = (await client.get("/")).text
        assert tile(page, "本月准时交付率") == "50.0" and '<svg class="chart"' in page


async def test_the_rate_is_read_by_programs_with_the_orders_behind_it(world: World) -> None:
    await promised(world, date(2026, 12, 4), date(2026, 12, 4))
    await promised(world, date(2026, 12, 4), date(2026, 12, 7))
    async with program_of(world.xiaolan) as client:
        answer = await client.get(
            "/api/v1/kpis/on-time-rate?from=2026-11-01&to=2026-12-31&group_by=month&detail=true"
        )
        body = answer.json()
        assert (body["value"], body["numerator"], body["denominator"], body["target"]) == (50.0, 1, 2, 90)
        assert [s["month"] for s in body["series"]] == ["2026-11", "2026-12"] and body["series"][0][
            "value"
        ] is None
        assert len(body["rows"]) == 2 and body["rows"][0]["delivered_on"] == "2026-12-07"
        for wrong in (
            "from=yesterday",
            "from=2026-12-02&to=2026-12-01",
            "from=2000-01-01&to=2099-01-01",
            "group_by=week",
        ):
            assert (await client.get(f"/api/v1/kpis/on-time-rate?{wrong}")).status_code == 422, wrong
    async with program_of(world.xiuying) as client:
        assert (await client.get("/api/v1/kpis/on-time-rate")).status_code == 403


async def test_who_sells_sees_how_soon_inquiries_are_answered(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        assert tile((await client.get("/")).text, "首次回复") == "—"
        clock.move_to(clock.now() + timedelta(hours=4))
        for minutes in (30, 190):
            asked = await taken(world, minutes_ago=minutes)
            await commit(inquiries.answer, asked.number, "电话", by=world.xiaolan)
        page = (await client.get("/")).text
        assert "30 天内 2 次，1 次及时" in page and "min" not in tile(page, "首次回复")
    async with browser_of(world.liuyang) as client:
        assert "首次回复" not in (await client.get("/")).text
