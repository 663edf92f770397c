"""A list in a real browser: columns put in order by keyboard, rows ticked in a range, confirmed and printed at once."""

import re

import pytest
from playwright.async_api import Browser, Page

from tests.e2e.browser import follow, office_of
from tests.e2e.house import House

pytestmark = pytest.mark.browser

LINE = {"lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件", "lines-0-unit_price": "268",
        "lines-0-price_unit": "千件", "lines-0-kind": "normal"}  # fmt: skip


async def drafts(page: Page, house: House, count: int) -> None:
    for n in range(count):
        form = {"customer": "HENGLI", "due_date": "2027-01-18", "customer_order_number": f"HL-{n}", **LINE}
        made = await page.request.post(f"{house.base}/orders/new", form=form, headers={"Origin": house.base})
        assert made.ok, await made.text()


LATER = "import(document.querySelector('script[src$=\"/app.js\"]').src.replace('app.js', 'columns.js'))"
"""The module of the columns comes after the page."""


async def heads(page: Page) -> list[str]:
    return [text.strip() for text in await page.locator("thead th[scope]").all_inner_texts()]


async def test_columns_are_chosen_by_keyboard_and_stay(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.goto(f"{running.base}/orders")
    await page.evaluate(LATER)
    first, second = (await heads(page))[:2]
    await page.locator("[data-open=columns]").focus()
    await page.keyboard.press("Enter")
    await page.locator("[data-column] input").nth(1).focus()
    await page.keyboard.press("Alt+ArrowUp")
    assert await page.evaluate("document.activeElement.value") == "customer_name", "the focus stays with it"
    await page.locator("#columns input[value=due_date]").focus()
    await page.keyboard.press("Space")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert (await heads(page))[:2] == [second, first] and "交期" not in await heads(page)
    await page.goto(f"{running.base}/orders?state=confirmed")
    assert (await heads(page))[:2] == [second, first]
    await page.click("[data-open=columns]")
    async with page.expect_navigation():
        await page.click("#columns [name=reset]")
    assert (await heads(page))[:2] == [first, second]


@pytest.mark.parametrize("width", [1440, 360])
async def test_rows_are_ticked_confirmed_and_told_of(running: House, chromium: Browser, width: int) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await drafts(page, running, 4)
    await page.set_viewport_size({"width": width, "height": 760})
    await page.goto(f"{running.base}/orders")
    boxes = page.locator("[name=chosen]")
    assert not await page.locator(".bulk").is_visible()
    await boxes.nth(0).click()
    await boxes.nth(4).click(modifiers=["Shift"])
    assert await page.locator("[name=chosen]:checked").count() == 5
    assert "已选 5 行 · ¥" in await page.locator("[data-bulk-count]").inner_text()
    bar = await page.locator(".bulk").bounding_box()
    assert bar is not None and bar["x"] >= 0 and bar["x"] + bar["width"] <= width
    async with (
        page.context.expect_event(
            "response", lambda answer: "/orders/bulk/confirmations.pdf?" in answer.url
        ) as papers,
        page.expect_popup(),
    ):
        await page.click(".bulk [formaction='/orders/bulk/confirmations.pdf']")
    assert (await papers.value).headers["content-type"] == "application/pdf"
    await page.click(".bulk [formaction='/orders/bulk/confirm']")
    await follow(page, "#confirm [data-yes]")
    await page.wait_for_url("**/orders/bulk/confirm")
    assert "已确认 4 单 · 1 行未办" in await page.locator(".outcome").inner_text()
    assert await page.locator("[name=chosen]:checked").count() == 1, "what was refused stays ticked"
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_rows_are_ticked_without_a_mouse(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await drafts(page, running, 3)
    await page.goto(f"{running.base}/orders")
    for key in ("j", "x", "j", "j", "Shift+X"):
        await page.keyboard.press(key)
    assert await page.locator("[name=chosen]:checked").count() == 3
    await page.locator("[data-bulk-clear]").focus()
    await page.keyboard.press("Enter")
    assert await page.locator("[name=chosen]:checked").count() == 0
    await page.locator("[data-pick-all]").focus()
    await page.keyboard.press("Space")
    assert await page.locator("[name=chosen]:checked").count() == 4
    assert re.match("已选 4 行", await page.locator("[data-bulk-count]").inner_text())


@pytest.mark.parametrize("width", [1440, 360])
async def test_all_beyond_the_page_are_ticked_and_a_row_unticked_is_a_page_again(
    running: House, chromium: Browser, width: int
) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await drafts(page, running, 51)
    await page.set_viewport_size({"width": width, "height": 760})
    await page.goto(f"{running.base}/orders?state=draft")
    whole, told = page.locator(".bulk .whole"), page.locator("[data-bulk-count]")
    await page.locator("[name=chosen]").first.click()
    assert not await whole.is_visible()
    await page.click("[data-bulk-all]")
    assert "本页 50 条已选" in await whole.inner_text()
    await whole.get_by_role("checkbox").click()
    found = await page.locator("[name=everything]").get_attribute("value")
    assert int(found or 0) > 50 and await told.inner_text() == f"已选 {found} 行"
    await page.locator("[name=chosen]").first.click()
    assert (await told.inner_text()).startswith("已选 49 行") and not await whole.is_visible()
    await page.click("[data-bulk-all]")
    await whole.get_by_role("checkbox").click()
    await page.click(".bulk [formaction^='/orders/bulk/confirm?']")
    await follow(page, "#confirm [data-yes]")
    assert await page.locator("[data-everything]").count() == 0, "none are left beyond a page"
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
