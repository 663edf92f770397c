"""In a real browser: a frame is agreed, an Excel table pasted as its plan, sent again otherwise, and ticked into an order."""

import pytest
from playwright.async_api import Browser, Page, expect

from app.core import clock
from tests.e2e.browser import follow, office_of, paste
from tests.e2e.house import House

pytestmark = pytest.mark.browser
FIRST = "[name=rows-0-c0]"
YEAR = clock.today().year + 1
DAYS = [f"{YEAR}-{month:02d}-{day:02d}" for day in (1, 15) for month in range(5, 12)]


async def test_a_table_pasted_from_excel_becomes_orders(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await _agreed(page, running)
    await follow(page, "a[href$='/plan']")
    await paste(
        page, FIRST, "\t".join(["料号", *DAYS]) + "\n" + "\t".join(["FB-M10X45-88D", *["2"] * len(DAYS)])
    )
    assert await page.input_value(f"[name=rows-0-c{len(DAYS)}]") == DAYS[-1]
    await follow(page, "button[name=look]")
    await expect(page.locator("#differs .changed")).to_have_count(len(DAYS))
    await follow(page, ".foot .btn.pri")
    await page.wait_for_selector("#call-offs [name=chosen]")
    await follow(page, "a[href$='/plan']")
    await paste(page, FIRST, f"\t{DAYS[0]}\t{DAYS[1]}\nFB-M10X45-88D\t2\t7")
    assert await page.input_value("[name=rows-0-c3]") == "", "a whole table takes the place of what stood"
    await follow(page, ".foot .btn.pri")
    await expect(page.locator("#call-offs [name=chosen]")).to_have_count(2)
    assert not await page.is_visible(".bulk")
    await page.check("[data-pick-all]")
    await page.click(".bulk .btn.pri")
    await page.wait_for_url("**/orders/SO*")
    assert "¥2,412.00" in await page.inner_text("body")


async def _agreed(page: Page, running: House) -> None:
    """A framework order of 100 千件, in force."""
    await page.goto(f"{running.base}/framework-orders/new")
    await page.type("[name=customer_text]", "HENGLI")
    await page.click("#o-customer li")
    await page.type("[name=lines-0-item_text]", "FB-M10")
    await page.click("#o-lines-0-item li")
    await page.fill("[name=valid_until]", f"{YEAR}-12-31")
    await page.fill("[name=lines-0-quantity]", "100")
    await page.select_option("[name=lines-0-unit]", "千件")
    await page.fill("[name=lines-0-unit_price]", "268")
    await page.select_option("[name=lines-0-price_unit]", "千件")
    await follow(page, ".foot .btn.pri")
    await follow(page, "form[action$='/activate'] button")
