"""The palette: pages by any word people use for them, things by number or name, all by keyboard."""

import re

import pytest
from playwright.async_api import Browser, expect

from app.core import db, search
from app.people.actors import Actor
from tests.browse import browser_of
from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.production import floor
from tests.world import World


async def answer(who: Actor, words: str) -> str:
    async with browser_of(who) as client:
        return (await client.get("/cmdk", params={"q": words})).text


@pytest.mark.parametrize("words", ["排产", "pc", "paichan", "PMC", ">排程"])
async def test_a_page_is_found_by_its_name_its_pinyin_and_what_else_it_is_called(
    world: World, words: str
) -> None:
    assert 'href="/schedules"' in await answer(world.liuyang, words)


async def test_what_one_may_not_open_is_not_offered(world: World) -> None:
    assert 'href="/schedules"' not in await answer(world.zhoumin, "pc")


async def test_things_are_told_apart_by_more_than_their_number(world: World) -> None:
    work_order = await floor.released(world)
    found = await answer(world.liuyang, work_order.number)
    assert work_order.number in found and "六角法兰面螺栓" in found


async def test_a_person_is_found_by_name(world: World) -> None:
    person = await db.one("select id, code, name from people where name = '王建国'")
    assert person is not None
    await search.index("person", person["id"], person["code"], person["name"])
    assert f"/people/{person['code']}" in await answer(world.admin, "wjg")


@pytest.mark.browser
async def test_one_key_closes_it_and_the_focus_is_where_it_was(looked_at: House, chromium: Browser) -> None:
    page = await office_of(chromium, looked_at)
    await page.goto(f"{looked_at.base}/orders")
    await page.locator("main a.btn").first.focus()
    before = await page.evaluate("document.activeElement.outerHTML")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("xsdd")
    await expect(page.locator("#palette [role=option]").first).to_contain_text("销售订单")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    assert await page.evaluate("document.activeElement.outerHTML") == before
    await page.keyboard.press("Control+k")
    await page.keyboard.type(">")
    await expect(page.locator("#palette [role=option]").nth(1)).to_contain_text("审批")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/inbox")


@pytest.mark.browser
async def test_enter_takes_what_was_typed_and_not_what_was_found_before(
    looked_at: House, chromium: Browser
) -> None:
    page = await office_of(chromium, looked_at, "xiaolan")
    await page.goto(f"{looked_at.base}/orders/new")
    item, options = page.locator("[name=lines-0-item_text]"), page.locator("#o-lines-0-item [role=option]")
    await item.press_sequentially("F")
    await expect(options.nth(1)).to_be_visible()
    other = "FN-M12-10" if "FB-" in await options.nth(0).inner_text() else "FB-M10X45-88D"
    await item.press_sequentially(other[1:])
    await page.keyboard.press("Enter")
    await expect(item).to_have_value(re.compile(other))
    await page.keyboard.press("Control+k")
    await expect(page.locator("#palette [role=option]").first).to_be_visible()
    await page.keyboard.type("xunjia")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/inquiries")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("nothing of this name")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/search?q=nothing*")
