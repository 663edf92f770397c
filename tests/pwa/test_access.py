"""Floor and scan pages for everybody: no axe violation, nothing wider than the screen, in both looks."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.e2e import axe
from tests.e2e.floor_tablet import FloorTablet, ScanDevice
from tests.pwa.conftest import Server
from tests.pwa.factory import WANG_BADGE, ZHOU_BADGE, code

pytestmark = pytest.mark.browser
SIZES = {"tablet": (820, 1180), "landscape": (1180, 820), "phone": (360, 760)}


async def flaws(page: Page, look: str) -> list[str]:
    """What axe finds, and whether something is wider than the screen."""
    await page.evaluate("look => document.documentElement.dataset.theme = look", look)
    await page.evaluate(axe.SCRIPT)
    found = await page.evaluate(axe.VIOLATIONS, axe.RULES)
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [
        f"{v['id']}: {n['target']} {n['any'][0]['message'] if n['any'] else ''}"
        for v in found
        for n in v["nodes"]
    ] + ["too wide"] * wide


@pytest.mark.parametrize(
    ("size", "look"), [("tablet", "light"), ("landscape", "dark"), ("phone", "dark"), ("phone", "light")]
)
async def test_the_floor_is_readable_by_everybody(
    server: Server, tablet_context: BrowserContext, size: str, look: str
) -> None:
    if look == "dark":
        server.order(books={**server.seen()["books"], "language": "en"})
    tablet = await FloorTablet.open(tablet_context, server.base)
    width, height = SIZES[size]
    await tablet.page.set_viewport_size({"width": width, "height": height})
    found = {"jobs": await flaws(tablet.page, look)}
    await tablet.scan(WANG_BADGE)
    await tablet.page.wait_for_selector(".mc")
    found["machines"] = await flaws(tablet.page, look)
    await tablet.scan(code("O", "000110"))
    await tablet.page.click("[data-act=net]")
    found["pad"] = await flaws(tablet.page, look)
    await tablet.type_number("300")
    found["weigh"] = await flaws(tablet.page, look)
    await tablet.page.click("[data-act=report]")
    await tablet.page.wait_for_selector(".fl-done")
    found["reported"] = await flaws(tablet.page, look)
    await tablet.scan(code("O", "000510"))
    found["to start"] = await flaws(tablet.page, look)
    await tablet.scan(ZHOU_BADGE)
    await tablet.scan(code("O", "000220"))
    await tablet.page.click("[data-act=exception]")
    found["question"] = await flaws(tablet.page, look)
    await tablet.page.click(".sheet [data-act=leave]")
    await tablet.page.click("[data-act=person]")
    found["person"] = await flaws(tablet.page, look)
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("look", ["light", "dark"])
async def test_scanning_is_readable_by_everybody(
    server: Server, tablet_context: BrowserContext, look: str
) -> None:
    device = await ScanDevice.open(tablet_context, server.base)
    await device.page.set_viewport_size({"width": 360, "height": 760})
    found = {"home": await flaws(device.page, look)}
    await device.scan(WANG_BADGE)
    await device.scan(code("D", "51"))
    await device.page.wait_for_selector(".sc-sum")
    found["pick"] = await flaws(device.page, look)
    await device.scan(code("L", "417"))
    await device.page.wait_for_selector(".sc-hit.ok")
    found["hit"] = await flaws(device.page, look)
    await device.scan(code("L", "611"))
    found["wrong"] = await flaws(device.page, look)
    await device.page.click(".sc-bad button")
    await device.page.click("[data-act=type]")
    found["letters"] = await flaws(device.page, look)
    await device.page.click(".pad-foot [data-act=leave]")
    await device.scan(code("W", "209"))
    await device.page.wait_for_selector("[data-act=quantity]")
    found["put away"] = await flaws(device.page, look)
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("device", [FloorTablet, ScanDevice])
async def test_every_label_follows_the_language_of_the_device(
    server: Server, tablet_context: BrowserContext, device: type[FloorTablet] | type[ScanDevice]
) -> None:
    opened = await device.open(tablet_context, server.base)  # in an English browser

    async def labels(language: str) -> str:
        await expect(opened.page.locator(f"html[lang={language}]")).to_have_count(1)
        found = await opened.page.eval_on_selector_all("[aria-label]", "all => all.map((el) => el.ariaLabel)")
        assert len(found) >= 2
        return " ".join(found)

    assert not re.search("[A-Za-z]{3}", await labels("zh-CN"))
    server.order(books={**server.seen()["books"], "language": "en"})
    await opened.page.click("[data-act=chip]")
    assert not re.search("[一-鿿]", await labels("en"))
