"""The inbox by keys and by fingers: what is decided by a key is what one came to by a key."""

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


async def two_wait(house: House, chromium: Browser) -> None:
    """Two orders that the boss has to agree to."""
    await sent(await office_of(chromium, house, "chenzong"), f"{house.base}/approval-rules/new", RULE)
    sales = await office_of(chromium, house, "xiaolan")
    for _n in range(2):
        order = await sent(sales, f"{house.base}/orders/new", FORM)
        await sent(sales, f"{order}/confirm", {})


async def test_the_next_request_is_opened_and_that_one_decided(running: House, chromium: Browser) -> None:
    await two_wait(running, chromium)
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


async def test_on_a_phone_all_that_can_be_done_is_within_reach(running: House, chromium: Browser) -> None:
    await two_wait(running, chromium)
    boss = await office_of(chromium, running, "chenzong")
    await boss.set_viewport_size({"width": 360, "height": 760})
    await boss.goto(f"{running.base}/inbox")
    await boss.locator(".ib-list a").first.click()
    await boss.locator(".decide details summary").click()
    for each in [boss.locator(".decide .menu a").first, *await boss.locator(".decide .btn").all()]:
        box = await each.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360 and 0 < box["y"] < 700
        assert box["height"] >= 44
