"""A real house per test, and a real browser per worker: each test has its own profiles (contexts) in it.

Tests with a browser run on the session's loop, which is the browser's.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserType, Page, async_playwright

from tests.e2e.house import House
from tests.make import PASSWORD

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
)
"""Chromium as it is built to run without a screen, which takes a sixth less time; else as people have it."""
_ROOMY = 256 << 20
_SMALL = [] if shutil.disk_usage("/dev/shm").total > _ROOMY else ["--disable-dev-shm-usage"]
ARGUMENTS = ["--no-sandbox", *_SMALL]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and item.get_closest_marker("asyncio"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[House]:
    """A house with the small world in it, served by a process of its own."""
    (tmp_path / "var").mkdir()
    with House(tmp_path / "var") as house:
        yield house


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Such a house for all tests of a file that only look at it."""
    with House(tmp_path_factory.mktemp("var")) as house:
        yield house


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium_kind() -> AsyncIterator[BrowserType]:
    async with async_playwright() as playwright:
        yield playwright.chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _running_chromium(chromium_kind: BrowserType) -> AsyncIterator[Browser]:
    browser = await chromium_kind.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(_running_chromium: Browser) -> AsyncIterator[Browser]:
    """The browser, in which nothing is open or remembered from another test."""
    yield _running_chromium
    for context in list(_running_chromium.contexts):
        await context.close()


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


async def follow(page: Page, selector: str) -> None:
    """Press what leads to another page, and go on once that one is there with its scripts."""
    async with page.expect_navigation():
        await page.click(selector)


async def paste(page: Page, field: str, text: str) -> None:
    """Cells as Excel copies them, into a field of the grid."""
    await page.focus(field)
    await page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
           document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )
