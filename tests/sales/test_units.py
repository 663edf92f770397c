"""An item's own word for its pieces stands wherever its units are said: 千支 of screws, 千只 of nuts."""

import re

import pytest
from playwright.async_api import Browser

from app.core import db
from tests import make
from tests.browse import browser_of
from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.sales.sample import draft
from tests.world import World


def offered(page: str, select: str) -> list[str]:
    """The words of a select's units."""
    found = re.search(rf'<select[^>]*name="{select}".*?</select>', page, re.S)
    assert found, select
    return [
        word for word in re.findall(r'<option value="[^"]+"[^>]*>([^<]+)</option>', found[0]) if word != "kg"
    ]


async def test_a_form_says_units_in_the_word_of_each_line_s_item(world: World) -> None:
    nut = await make.item("N-M10", name="螺母", unit_label="只")
    order = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/orders/{order.number}/edit")).text
        assert offered(page, "lines-0-unit") == ["支", "千支", "万支", "吨"]
        assert offered(page, "lines-0-price_unit") == ["支", "千支", "万支", "吨"]
        assert '<option value="千件" selected>千支</option>' in page
        sent = {"lines-0-item": nut.code, "lines-0-quantity": "x", "lines-1-quantity": "5"}
        for form in ("/orders/new", "/quotations/new", "/inquiries/new"):
            page = (await browser.post(form, data=sent)).text
            assert offered(page, "lines-0-unit")[:2] == ["只", "千只"], form
            assert offered(page, "lines-1-unit")[:2] == ["件", "千件"], "of no item yet"
        found = (await browser.get("/orders/lookup/items", params={"q": nut.code})).text
        assert 'data-word="只"' in found
    async with browser_of(world.xiuying) as browser:
        page = (await browser.get("/stock/moves/new", params={"item": nut.code})).text
        assert offered(page, "quantity_unit")[:2] == ["千只", "只"]
        assert 'data-word="只"' in (await browser.get("/lookup/items", params={"q": nut.code})).text


async def test_what_is_kept_in_kilograms_is_called_so(world: World) -> None:
    wire = await make.item("W-8", name="线材", kind="raw", base_unit="kg", unit_label="kg", weight_micro=0)
    async with browser_of(world.xiaolan) as browser:
        found = (await browser.get("/orders/lookup/items", params={"q": wire.code})).text
        assert 'data-word="件"' in found, "no 千kg"


async def test_lists_and_pages_of_items_and_prices_say_it_too(world: World) -> None:
    await db.rows("update items set usual_price_micro = {}, usual_price_unit = {}", 268 * 10**6, "千件")
    async with browser_of(world.admin) as browser:
        for path in ("/items", f"/items/{world.bolt.code}"):
            assert "千支" in (await browser.get(path)).text, path
        page = (await browser.get(f"/items/{world.bolt.code}/edit")).text
        assert "千支" in offered(page, "usual_price_unit")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 360])
async def test_units_change_their_word_when_the_item_is_chosen(
    running: House, chromium: Browser, width: int
) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.set_viewport_size({"width": width, "height": 760})
    for form in ("orders", "quotations", "inquiries"):
        await page.goto(f"{running.base}/{form}/new")
        unit = page.locator("[name=lines-0-unit]")
        assert "千件" in await unit.inner_text()
        await page.type("[name=lines-0-item_text]", "FB-M10")
        await page.click("#o-lines-0-item li")
        assert "千支" in await unit.inner_text() and "件" not in await unit.inner_text(), form
        assert await unit.locator("option[value=千件]").count() == 1, "what is sent stays the unit's code"
        assert "千支" in await page.locator("[name$=-price_unit]").first.inner_text()
