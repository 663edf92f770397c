"""A page that changes by itself: what it offers then can be done, and what somebody is at stays."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.sales.sample import FORM

pytestmark = pytest.mark.browser


async def drawn_up(sales: Page, house: House) -> str:
    """The address of a new order, which 晓岚 has before her."""
    answer = await sales.request.post(f"{house.base}/orders/new", form=FORM)
    await sales.goto(answer.url)
    return answer.url


async def test_what_an_order_offers_after_a_change_opens_its_dialog(
    looked_at: House, chromium: Browser
) -> None:
    sales, colleague = [await office_of(chromium, looked_at, who) for who in ("xiaolan", "admin")]
    order = await drawn_up(sales, looked_at)
    await expect(sales.locator("#close-order")).to_have_count(0)
    await colleague.request.post(f"{order}/confirm", form={})
    await expect(sales.locator("#order-head .rec")).to_contain_text("已确认", timeout=10_000)
    await sales.locator("#order-head details summary").last.click()
    await sales.get_by_role("button", name="完成订单").click()
    await expect(sales.locator("#close-order")).to_be_visible()


async def test_a_dialog_that_somebody_writes_in_is_left_alone(looked_at: House, chromium: Browser) -> None:
    sales, colleague = [await office_of(chromium, looked_at, who) for who in ("xiaolan", "admin")]
    order = await drawn_up(sales, looked_at)
    await sales.locator("#order-head details summary").last.click()
    await sales.get_by_role("button", name="作废订单").click()
    await sales.fill("#cancel-order [name=reason]", "客户来电")
    await colleague.request.post(f"{order}/confirm", form={})
    await expect(sales.locator("#order-head .rec")).to_contain_text("已确认", timeout=10_000)
    await expect(sales.locator("#cancel-order [name=reason]")).to_have_value("客户来电")
    await expect(sales.locator("#cancel-order")).to_be_visible()


async def test_a_schedule_that_takes_long_fills_its_page(looked_at: House, chromium: Browser) -> None:
    pmc = await office_of(chromium, looked_at, "liuyang")
    made = await pmc.request.post(f"{looked_at.base}/schedules", form={})
    await looked_at.run("update schedules set state = 'computing'")
    await pmc.goto(made.url)
    await expect(pmc.locator("#main")).to_contain_text("正在计算")
    await looked_at.run("update schedules set state = 'proposed'")
    await expect(pmc.locator(".gb").first).to_be_visible()
    await pmc.get_by_role("button", name="发布排产").first.click()
    await expect(pmc.locator("#publish")).to_be_visible()
