"""A real house and a real browser: one of each per test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.e2e.house import House
from tests.make import PASSWORD

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[House]:
    """A house with the small world in it, served by a process of its own."""
    (tmp_path / "var").mkdir()
    with House(tmp_path / "var") as house:
        yield house


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        await browser.close()


async def office_of(browser: Browser, house: House, login: str = "admin", password: str = PASSWORD) -> Page:
    """A desk in the office: a browser of its own, logged in by the form."""
    page = await (
        await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    ).new_page()
    await page.goto(f"{house.base}/login")
    await page.fill("[name=login]", login)
    await page.fill("[name=password]", password)
    await page.click("form[action='/login'] button, main form button")
    await page.wait_for_url(lambda url: "/login" not in url)
    return page


async def paste(page: Page, field: str, text: str) -> None:
    """Cells as Excel copies them, into a field of the grid, once what listens for them is there."""
    await page.wait_for_selector(field)
    await page.wait_for_load_state()
    await page.focus(field)
    await page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
           document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )
