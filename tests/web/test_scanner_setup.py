"""/setup/scanner in a real browser: what a scanner sends is told apart, and each fault says what to change.

The page tells a scanner by its speed. Its clock stands still while keys are typed here, so that it never takes this machine's.
"""

import json
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browse import visitor
from tests.e2e.house import House
from tests.world import MORNING, World


async def test_anybody_may_open_it_under_any_name(world: World) -> None:
    async with visitor() as browser:
        assert (await browser.get("/setup/scanner")).status_code == 200
        for host in ("ü.example", "a" * 3000, "a'onload=1"):
            answer = await browser.get("/setup/scanner", headers=[(b"host", host.encode("latin-1"))])
            assert answer.status_code in (200, 400, 404) and "a'onload" not in answer.text


@pytest_asyncio.fixture(loop_scope="session")
async def page(looked_at: House, chromium: Browser) -> Page:
    page = await (await chromium.new_context(locale="zh-CN")).new_page()
    await page.clock.install(time=MORNING)
    await page.goto(f"{looked_at.base}/setup/scanner")
    await page.clock.pause_at(MORNING + timedelta(minutes=1))
    return page


async def told(page: Page) -> list[str]:
    """The names of what was said about the last scan."""
    said = await page.evaluate(
        """() => Object.fromEntries([...document.getElementById("sayings").content.children]
        .map((each) => [each.textContent, each.dataset.say]))"""
    )
    return [
        said[text.strip()]
        for text in await page.locator("[data-verdicts] span").all_inner_texts()
        if text.strip()
    ]


async def scan(page: Page, text: str, suffix: str = "Enter") -> list[str]:
    await page.evaluate("document.querySelector('[data-result]').hidden = true")
    await page.keyboard.type(text)
    if suffix:
        await page.keyboard.press(suffix)
    return await settled(page)


async def settled(page: Page) -> list[str]:
    """What is said once nothing more comes."""
    await page.clock.run_for(600)
    await page.wait_for_selector("[data-result]:not([hidden])")
    return await told(page)


@pytest.mark.browser
async def test_three_right_scans_make_a_scanner_ready(page: Page) -> None:
    codes = json.loads(await page.get_attribute("#scanner", "data-codes") or "")
    assert await scan(page, codes[0]) == ["right"]
    assert await scan(page, codes[1], "Tab") == ["right", "tab"]
    assert not await page.locator("[data-all]").is_visible()
    assert await scan(page, codes[2]) == ["right"]
    assert await page.locator("[data-all]").is_visible()
    assert "⏎" in await page.locator("[data-got]").inner_text()


@pytest.mark.browser
async def test_each_fault_is_named(page: Page) -> None:
    _short, paper, signs = json.loads(await page.get_attribute("#scanner", "data-codes") or "")
    assert await scan(page, paper, "") == ["no-suffix"]
    assert await page.locator("[data-idle]").is_visible()
    assert await scan(page, signs.swapcase()) == ["right", "case"]
    assert await scan(page, paper.replace(":", "Ö").replace("/", "-")) == ["layout"]
    assert await scan(page, signs.replace("Z", "Y")) == ["layout"]
    assert await scan(page, paper[5:]) == ["head"]
    assert await scan(page, paper[:9] + paper[12:]) == ["lost"]
    assert await scan(page, "]Q1" + paper) == ["right", "more"]
    assert await scan(page, "6901234567892") == ["unknown"]
    await page.keyboard.type(paper)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    assert await settled(page) == ["right", "twice"]
    full = paper.replace(":", "：")
    await page.keyboard.insert_text(full)
    await page.keyboard.press("Enter")
    assert await settled(page) == ["wide"]


@pytest.mark.browser
async def test_a_scanner_without_enter_is_heard_after_a_pause(page: Page, looked_at: House) -> None:
    await scan(page, "6901234567892", "")
    await page.check("[data-idle]")
    await page.clock.resume()
    heard = await page.evaluate(
        """async () => {
          const { listenForScans } = await import("/pwa/elements/wedge.js?again");
          document.querySelectorAll(".trap").forEach((trap) => trap.remove());
          return new Promise((told) => {
            listenForScans(told);
            const trap = document.querySelector(".trap");
            trap.value = "6901234567892";
            trap.dispatchEvent(new InputEvent("input"));
          });
        }"""
    )
    assert heard == "6901234567892"


@pytest.mark.browser
async def test_its_field_is_called_in_the_language_of_the_page(running: House, chromium: Browser) -> None:
    for locale, name in (("zh-CN", "扫码输入"), ("en-US", "Scanner input")):
        page = await (await chromium.new_context(locale=locale)).new_page()
        await page.goto(f"{running.base}/setup/scanner")
        await page.wait_for_selector(f"aside[aria-label='{name}']", state="attached")
