"""What is decided by a key is what one came to by a key."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.sales.sample import FORM

pytestmark = pytest.mark.browser
RULE = {"name": "都要批", "command": "sales_order.confirm", "joined": "and", "active": "1", "steps-0-who-0": "role:boss",
        "steps-0-mode": "one"}  # fmt: skip


async def sent(page: Page, address: str, form: dict[str, str]) -> str:
    """Where a form leads that is sent as it is."""
    answer = await page.request.post(address, form=form)
    assert answer.ok, await answer.text()
    return answer.url


async def test_the_next_request_is_opened_and_that_one_decided(running: House, chromium: Browser) -> None:
    await sent(await office_of(chromium, running, "admin"), f"{running.base}/approval-rules/new", RULE)
    sales = await office_of(chromium, running, "xiaolan")
    for _n in range(2):
        order = await sent(sales, f"{running.base}/orders/new", FORM)
        await sent(sales, f"{order}/confirm", {})
    boss = await office_of(chromium, running, "chenzong")
    await boss.goto(f"{running.base}/inbox")
    newest, older = [str(await link.get_attribute("href")) for link in await boss.locator(".ib-list a").all()]
    await boss.keyboard.press("j")
    await boss.wait_for_url(f"**{older}")
    await boss.keyboard.press("j")
    await boss.keyboard.press("k")
    await boss.wait_for_url(f"**{newest}")
    await boss.keyboard.press("j")
    await boss.wait_for_url(f"**{older}")
    await boss.keyboard.press("a")
    await boss.wait_for_url(f"**{newest}")
    await expect(boss.locator(".ib-list a")).to_have_count(1)
    await boss.goto(f"{running.base}{older}")
    await expect(boss.locator("#request")).to_have_text(re.compile("已通过"))
