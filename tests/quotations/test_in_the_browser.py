"""In a real browser: an inquiry is taken in, quoted, the quotation sent, revised, accepted, and an order."""

import pytest
from playwright.async_api import Browser, Page

from tests.e2e.browser import follow, office_of
from tests.e2e.house import House

pytestmark = pytest.mark.browser


async def test_an_inquiry_is_quoted_and_becomes_an_order(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.goto(f"{running.base}/inquiries/new")
    await page.type("[name=customer_text]", "HENGLI")
    await page.click("#o-customer li")
    await page.type("[name=lines-0-item_text]", "FB-M10")
    await page.click("#o-lines-0-item li")
    await page.fill("[name=lines-0-quantity]", "5 / 50")
    await page.select_option("[name=lines-0-unit]", "千件")
    await follow(page, ".foot .btn.pri")
    await page.wait_for_url("**/inquiries/IQ*")
    asked = page.url
    await follow(page, "a[href^='/quotations/new']")
    assert await page.input_value("[name=lines-0-quantity]") == "5"
    await page.fill("[name=lines-0-unit_price]", "268")
    await page.select_option("[name=lines-0-price_unit]", "千件")
    await page.wait_for_selector("#similar h3")
    await follow(page, ".foot .btn.pri")
    await _opened(page, "send-quotation")
    await follow(page, "#send-quotation .btn.pri")
    await follow(page, "form[action$='/revise'] button")
    await page.fill("[name=lines-0-unit_price]", "250")
    await follow(page, ".foot .btn.pri")
    await page.wait_for_selector(".revision ins")
    await _opened(page, "send-quotation")
    await follow(page, "#send-quotation .btn.pri")
    await _opened(page, "accept-quotation")
    await page.fill("[name=quantity-1]", "many")
    await follow(page, "#accept-quotation .btn.pri")
    await page.wait_for_selector("#accept-quotation[open] .row.bad")
    assert await page.input_value("[name=quantity-1]") == "many"
    await page.fill("[name=quantity-1]", "8")
    await follow(page, "#accept-quotation .btn.pri")
    await page.wait_for_url("**/orders/SO*")
    text = await page.inner_text("#order-head")
    assert "¥2,000.00" in text and "-0001-B" in text
    await page.goto(asked)
    assert "已成交" in await page.inner_text("main h1")


async def _opened(page: Page, dialog: str) -> None:
    await page.click(f"[data-open={dialog}]")
    await page.wait_for_selector(f"#{dialog}[open]")
