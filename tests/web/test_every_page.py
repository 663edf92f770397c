"""Every page of the house once, in Chromium on the demo factory: it opens, it is readable for all, and nothing sticks out.

The pages are found as a person finds them: from the menu by links, one of each kind.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Response

from app.config import ROOT
from app.demo.names import PASSWORD
from app.main import create_litestar
from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.web.test_ui_page import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = (ROOT / "static/vendor/axe.min.js").read_text()
SEEN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
LINKS = "[...document.querySelectorAll('a[href], [data-href]')].map(a => a.getAttribute('href') ?? a.dataset.href)"
NO_PAGES = re.compile(
    r"^/(api|static|pwa|lookup|attachments|documents|t|q)/|\.(xlsx|pdf|crt|txt|js|webmanifest|ico)$|/lookup/|/timeline$|/echo$"
    r"|^/(cmdk|events/stream|health|_ui|floor|scan|enrol|setup|login)$"
)
"""Files, fragments and streams; the tablets' screens, which are seen with a tablet; /_ui, which has a test of its own."""

AS_LONG_AS_ITS_TIME = re.compile(r"a\[data-id=")
"""Bars of the schedule: a short operation is a narrow bar, and its work order's page opens the same."""


class DemoHouse(House):
    """The demo factory, served."""

    planting = ("-m", "app.cli", "demo")

    def read(self, planted: str) -> dict[str, Any]:
        return {}


@pytest.fixture(scope="module")
def factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with DemoHouse(tmp_path_factory.mktemp("factory")) as house:
        yield house


def kinds() -> dict[str, re.Pattern[str]]:
    """Every page by its address with names in it, the most literal first: `/orders/{number}`."""
    found = {}
    for route in create_litestar().routes:
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        if "GET" in getattr(route, "methods", ()) and not NO_PAGES.search(path) and path != "/":
            found[path] = re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", path) + "$")
    return dict(sorted(found.items(), key=lambda each: each[0].count("{")))


class Walk:
    """Opens pages and notes what is wrong with each."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.wrong: dict[str, list[str]] = {}
        self.said: list[str] = []
        page.on(
            "console", lambda message: self.said.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    async def see(self, path: str) -> list[str]:
        """Look at one page; the addresses it leads to."""
        self.said.clear()
        await self.page.set_viewport_size({"width": 1440, "height": 900})
        answer = await self.page.goto(self.base + path)
        wrong = await self._complaints(answer)
        if wrong:
            self.wrong[path] = wrong
        links = [urlsplit(link).path for link in await self.page.evaluate(LINKS) if link.startswith("/")]
        return [link for link in links if not NO_PAGES.search(link)]

    async def _complaints(self, answer: Response | None) -> list[str]:
        page, found = self.page, []
        if answer is None or answer.status != 200:
            found.append(f"answers {answer and answer.status}")
        if not (await page.title()).strip():
            found.append("has no title")
        if (headings := await page.locator("h1").count()) != 1:
            found.append(f"has {headings} h1")
        await page.evaluate(AXE)
        for violation in (await page.evaluate(SEEN, RULES))["violations"]:
            places = [str(node["target"]) for node in violation["nodes"]]
            if violation["id"] == "target-size":
                places = [place for place in places if not AS_LONG_AS_ITS_TIME.search(place)]
            if places:
                found.append(f"{violation['id']}: {places[:3]}")
        await page.set_viewport_size({"width": 360, "height": 760})
        if (wide := await page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"sticks out by {wide} px at 360")
        return [*found, *self.said]


async def test_every_page_opens_and_is_readable_for_everybody(factory: House, chromium: Browser) -> None:
    page = await office_of(chromium, factory, "admin", PASSWORD)
    walk, known = Walk(page, factory.base), kinds()
    waiting, seen = ["/"], {"/"}
    while waiting:
        for link in await walk.see(waiting.pop(0)):
            kind = next((k for k, pattern in known.items() if pattern.match(link)), None)
            if kind and kind not in seen:
                seen.add(kind)
                waiting.append(link)
    assert not walk.wrong, "\n".join(f"{path} {wrong}" for path, wrong in walk.wrong.items())
    never = sorted(known.keys() - seen)
    assert len(never) < len(known) / 4, never  # of some things the demo factory has none yet, such as bills
