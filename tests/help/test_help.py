"""Help stands inside the product, in both languages, and its links lead somewhere."""

import re

import pytest

from app.config import ROOT
from app.help import house_map
from app.help.topics import TOPICS, topic_for
from app.web.menu import MENU
from tests.browse import browser_of
from tests.world import World


def test_every_topic_is_written_in_both_languages() -> None:
    for code in ("zh_CN", "en"):
        written = {path.stem for path in (ROOT / "templates" / "help" / code).glob("*.html")}
        assert written == {topic.key for topic in TOPICS}


async def test_every_help_page_opens_and_its_links_lead_to_pages_that_exist(world: World) -> None:
    links: set[str] = set()
    async with browser_of(world.admin) as client:
        for language in ("zh_CN", "en"):
            await client.post("/me/preferences", data={"language": language})
            for topic in TOPICS:
                page = await client.get(f"/help/{topic.key}")
                assert page.status_code == 200
                article = page.text.split("<article", 1)[1].split("</article>", 1)[0]
                links.update(re.findall(r'href="(/[^"#]*)"', article))
        for link in sorted(links):
            assert (await client.get(link)).status_code == 200, link
        assert (await client.get("/help/nothing")).status_code == 404


async def test_the_index_is_filtered_by_words_of_the_pages(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        page = (await client.get("/help?q=红冲")).text
        assert (
            "/help/warehouse" in page
            and "/help/keyboard" not in page.split("</main>")[0].split('class="hits"')[1]
        )
        assert "没有找到" in (await client.get("/help?q=zzzz")).text


async def test_help_begins_with_the_page_one_came_from(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        page = await client.get("/help", headers={"Referer": "http://test/orders/SO261208-001"})
        assert "关于你刚才的页面" in page.text and "一张订单从来单到收款" in page.text


def test_every_menu_entry_but_the_workplace_has_a_help_page() -> None:
    missing = [
        entry.href
        for _, entries in MENU
        for entry in entries
        if entry.href != "/" and topic_for(entry.href) is None
    ]
    assert missing == []


async def test_the_map_names_everything_the_house_declares(world: World) -> None:
    from tasks.reactions import REACTIONS

    found = house_map.everything()
    assert all(found.values())
    assert {row["event"] for row in found["reactions"]} == set(REACTIONS)
    async with browser_of(world.nobody) as client:
        page = await client.get("/_map")
        assert page.status_code == 200
        for rows in found.values():
            first = str(next(iter(rows[-1].values())))
            assert first in page.text, first


async def test_in_production_only_administrators_see_the_map(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.config import settings

    monkeypatch.setattr(settings, "env", "production")
    async with browser_of(world.nobody) as client:
        assert (await client.get("/_map")).status_code == 403
    async with browser_of(world.admin) as client:
        page = await client.get("/_map")
        assert page.status_code == 200 and settings.database_url not in page.text
