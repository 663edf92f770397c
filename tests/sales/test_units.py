"""An item's own word for its pieces stands wherever its units are said: 千支 of screws, 千只 of nuts."""

import re

import pytest
from playwright.async_api import Browser

from app.core import db
from tests import make
from tests.browse import browser_of
from tests.delivery.sample import stocked, written
from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.sales.sample import confirmed, draft, line
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


async def test_a_price_list_says_it_in_its_form_its_page_and_its_refusal(world: World) -> None:
    nut = await make.item("N-M10", name="螺母", unit_label="只")
    form = {
        "code": "PL-A", "name": "手写", "currency": "CNY", "valid_from": "2026-01-01", "active": "1", "prices-count": "4",
        "prices-0-item": world.bolt.code, "prices-0-from": "50", "prices-0-price": "268", "prices-0-price_unit": "千件",
        "prices-1-item": nut.code, "prices-1-from": "0", "prices-1-price": "x", "prices-1-price_unit": "千件",
    }  # fmt: skip
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.post("/price-lists", data=form)).text
        offers = [offered(page, f"prices-{n}-price_unit") for n in range(3)]
        assert [(each[0], each[2]) for each in offers] == [("支", "千支"), ("只", "千只"), ("件", "千件")]
        two = {**form, "prices-1-item": world.bolt.code, "prices-1-price": "2", "prices-1-price_unit": "件"}
        assert "这一行是每 千支" in (await browser.post("/price-lists", data=two)).text
        await browser.post("/price-lists", data={**form, "prices-1-price": "80"})
        page = (await browser.get("/price-lists/PL-A")).text
        assert "千支" in page and "千只" in page and "千件" not in page
        page = (await browser.get("/price-lists/PL-A/edit")).text
        assert [offered(page, f"prices-{n}-price_unit")[2] for n in range(3)] == ["千支", "千只", "千件"]
        assert 'value="千件" selected>千支<' in page, "what is sent stays the unit's code"


async def test_a_bill_of_materials_says_it_in_its_form_its_page_and_its_list(world: World) -> None:
    nut = await make.item("N-M10", name="螺母", unit_label="只")
    wire = await make.item("W-8", name="线材", kind="raw", base_unit="kg", unit_label="kg", weight_micro=0)
    form = {
        "code": "BOM-1", "item": world.bolt.code, "active": "1", "lines-count": "2",
        "lines-0-seq": "10", "lines-0-item": nut.code, "lines-0-quantity": "1", "lines-0-unit": "千件",
        "lines-1-seq": "20", "lines-1-item": wire.code, "lines-1-quantity": "42.5", "lines-1-unit": "kg",
    }  # fmt: skip
    async with browser_of(world.liuyang) as browser:
        assert (await browser.post("/boms", data=form)).status_code == 303
        for path in ("/boms/BOM-1", "/bom-lines"):
            page = (await browser.get(path)).text
            assert "千只" in page and "千件" not in page, path
        await browser.post("/boms/BOM-1", data={**form, "lines-0-quantity": "2", "version": "1"})
        assert "10 N-M10 1 千只" in (await browser.get("/boms/BOM-1")).text, "the story of it too"
        page = (await browser.get("/boms/BOM-1/edit")).text
        assert [offered(page, f"lines-{n}-unit")[2] for n in range(3)] == ["千只", "千件", "千件"]


async def test_what_was_asked_for_is_said_in_it(world: World) -> None:
    asked = {
        "customer": "HENGLI", "lines-0-item": world.bolt.code, "lines-0-quantity": "5", "lines-0-unit": "千件",
        "lines-0-target_price": "260", "lines-0-price_unit": "千件",
    }  # fmt: skip
    async with browser_of(world.xiaolan) as browser:
        at = (await browser.post("/inquiries/new", data=asked)).headers["location"]
        page = (await browser.get(at)).text
    assert "5 千支" in page and "/ 千支" in page and "千件" not in page


async def test_a_note_of_several_items_is_picked_in_the_words_of_all(world: World) -> None:
    nut = await make.item("N-M10", name="螺母", unit_label="只")
    wire = await make.item("W-8", name="线材", kind="raw", base_unit="kg", unit_label="kg", weight_micro=0)
    for each in (world.bolt, nut, wire):
        await stocked(world, 50_000_000, lot=f"L-{each.code}", item=each)
    for more, said in (([], ["支", "千支"]), ([line(item=nut.code)], ["支/只", "千支/千只"]),
                       ([line(item=wire.code, unit="kg", price_unit="kg")], ["支", "千支"])):  # fmt: skip
        order = await confirmed(world, line(), *more)
        note = await written(world, order.number)
        async with browser_of(world.xiuying) as browser:
            page = (await browser.get(f"/delivery-notes/{note.number}")).text
        assert offered(page, "quantity_unit") == said


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
