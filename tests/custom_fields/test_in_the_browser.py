"""An administrator defines a field, and an order is written with it a moment later."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import office_of
from tests.e2e.house import House

pytestmark = pytest.mark.browser


async def test_a_field_is_defined_and_used_in_an_order(running: House, chromium: Browser) -> None:
    admin = await office_of(chromium, running, "admin")
    await admin.goto(f"{running.base}/custom-fields/new")
    await admin.select_option("[name=thing]", "sales_order")
    await admin.fill("[name=key]", "Rush")
    await admin.fill("[name=label]", "是否加急")
    await admin.select_option("[name=kind]", "choice")
    await admin.fill("[name=options]", "普通 | Normal\n特急 | Rush")
    await admin.check("[name=searchable]")
    await admin.check("[name=in_list]")
    await admin.click("main .foot .btn.pri")
    await expect(admin.locator("#e-key")).to_contain_text("小写字母")
    assert await admin.input_value("[name=options]") == "普通 | Normal\n特急 | Rush", "nothing is lost"
    await admin.fill("[name=key]", "rush")
    await admin.click("main .foot .btn.pri")
    await admin.wait_for_url(re.compile("/custom-fields/sales_order.rush"))

    sales = await office_of(chromium, running, "xiaolan")
    await sales.goto(f"{running.base}/orders/new?customer=HENGLI")
    await sales.fill("[name=due_date]", "2026-12-30")
    await sales.select_option("[name=custom-rush]", "特急")
    await sales.fill("[name=lines-0-item_text]", "FB-M10X45-88D")
    await sales.locator("lookup-field [role=option]").first.click()
    await sales.fill("[name=lines-0-quantity]", "5")
    await sales.select_option("[name=lines-0-unit]", "千件")
    await sales.fill("[name=lines-0-unit_price]", "268")
    await sales.select_option("[name=lines-0-price_unit]", "千件")
    await sales.click("main .foot .btn.pri")
    await sales.wait_for_url(re.compile("/orders/SO"))
    await expect(sales.locator("dl.kv", has_text="是否加急")).to_contain_text("特急")

    await sales.goto(f"{running.base}/orders")
    await sales.get_by_text("是否加急").first.click()
    await sales.get_by_label("特急").check()
    await sales.locator("details[open] .btn.pri").click()
    await sales.wait_for_url(re.compile("custom.rush="))
    await expect(sales.locator("tbody tr")).to_have_count(1)
    await expect(sales.locator("tbody tr")).to_contain_text("特急")
