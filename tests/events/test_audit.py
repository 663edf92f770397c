"""The audit log finds what happened by person, day, event and thing, and shows before and after."""

import io
import re

import pytest
import python_calamine

from app.core import db
from app.events import kinds
from app.events.log import kinds_of_event
from tests.browse import browser_of
from tests.sales.sample import confirmed
from tests.world import World


async def test_events_are_found_by_what_they_are_about(world: World) -> None:
    first, second = await confirmed(world), await confirmed(world)
    async with browser_of(world.admin) as client:
        page = (await client.get(f"/audit?about={first.number}")).text
        assert first.number in page and second.number not in page and "陈晓岚" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("actor=陈晓岚", 2), ("actor=刘洋", 0), ("name=sales_order.confirmed", 1), ("name=sales_order.", 2), ("from=2026-12-08", 2),
     ("from=2026-12-09", 0), ("until=2026-12-08", 2), ("until=2026-12-07", 0), ("from=nonsense", 2), ("about=HENGLI", 2),
     ("about=%00", 0), ("name=%F0%9F%98%80", 0), ("about=" + "x" * 500, 0)],
)  # fmt: skip
async def test_filters_narrow_the_log(world: World, query: str, count: int) -> None:
    await confirmed(world)
    async with browser_of(world.admin) as client:
        page = await client.get(f"/audit?{query}")
        assert page.status_code == 200 and page.text.count('data-href="/audit/') == count


def test_every_event_is_of_a_kind_that_has_a_word() -> None:
    assert {name.partition(".")[0] for name in kinds_of_event()} - set(kinds.KINDS) == set()


async def test_the_log_speaks_words_and_keeps_names_for_programs(world: World) -> None:
    await confirmed(world)
    async with browser_of(world.admin) as client:
        page = (await client.get("/audit")).text
        assert "sales_order.confirmed" not in page and "销售订单" in page
        assert 'value="sales_order."' in page, "the kinds are offered by their words"
        named = (await client.get("/audit?columns=name")).text
        assert "sales_order.confirmed" in named
        id_ = await db.value("select id from events where name = 'sales_order.confirmed'")
        event = (await client.get(f"/audit/{id_}")).text
        assert re.search(r"<h1[^>]*>销售订单", event) and "<small>客户</small>" in event


async def test_one_event_shows_before_and_after_and_leads_to_its_things(world: World) -> None:
    async with browser_of(world.admin) as client:
        await client.post(
            "/users/xiaolan", data={"roles[]": ["sales", "finance"], "language": "", "active": "1"}
        )
        id_ = await db.value("select id from events where name = 'user.changed'")
        page = (await client.get(f"/audit/{id_}")).text
        assert (
            "<del>销售</del>" in page and "<ins>销售、财务</ins>" in page and 'href="/users/xiaolan"' in page
        )
        assert (await client.get("/audit/999999999")).status_code == 404
        assert (await client.get(f"/audit/{10**30}")).status_code == 404


async def test_the_log_is_exported_as_it_is_filtered(world: World) -> None:
    order = await confirmed(world)
    async with browser_of(world.admin) as client:
        file = (await client.get("/audit/export.xlsx?name=sales_order.confirmed")).content
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and any(order.number in str(cell) for cell in rows[1])


async def test_only_who_runs_the_house_reads_the_log(world: World) -> None:
    async with browser_of(world.chenzong) as client:
        for path in ("/audit", "/audit/1", "/audit/export.xlsx"):
            assert (await client.get(path)).status_code == 403
