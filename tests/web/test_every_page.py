"""Every page of the house once, in Chromium: it opens, it is readable for all, and nothing sticks out.

A page is whatever answers a GET with a whole document. It is looked at in the demo factory when links lead there, else in
the house that has something of everything.
"""

import asyncio
import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, Response

from tests.e2e import axe
from tests.e2e.house import House
from tests.web import addresses
from tests.web.addresses import BusyHouse, DemoHouse, Place
from tests.web.busy import NEVER_ENDING
from tests.web.hostile import routes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PARTS = 6
SEEN_ELSEWHERE = {
    "/floor": "tests/pwa/test_access.py, with a tablet's badge and jobs",
    "/scan": "tests/pwa/test_access.py, with goods to pick",
    "/enrol": "tests/pwa/test_access.py, before and after the code",
    "/_ui": "tests/web/test_ui_page.py",
}
NOTHING_TO_ASK_FOR = {"/q/{code}": "leads to what the code means", "/Q/{code}": "the same as it is printed"}
AS_LONG_AS_ITS_TIME = re.compile(r"a\[data-id=")
"""Bars of the schedule: a short operation is a narrow bar, and its work order's page opens the same."""

UNDER_OTHER_HEADS = """() => {
  const seen = (cells) => [...cells].map((cell) => cell.offsetParent !== null).join();
  const shifted = (table) => {
    const heads = table.tHead?.rows[0].cells ?? [];
    return [...table.tBodies].flatMap((body) => [...body.rows])
      .some((row) => row.offsetParent && row.cells.length === heads.length && seen(row.cells) !== seen(heads));
  };
  return [...document.querySelectorAll("table.tbl")].filter(shifted).map((table) => table.caption?.textContent ?? "");
}"""
"""Tables in which a tablet hides a column's head and not its cells, or the other way round."""


ONE_WORD = "BayerischeSchraubenundBefestigungstechnikHandelsgesellschaft"
CALLED_SO = {"customers": 120, "suppliers": 120, "items": 120, "people": 80, "machines": 80, "work_centers": 80, "teams": 80,
             "departments": 80, "roles": 80, "bins": 80}  # fmt: skip
"""Tables of things with names, and how long a name may be."""


async def lengthen(house: House) -> None:
    """Call everything by a word that no line of a phone holds."""
    for table, limit in CALLED_SO.items():
        await house.run(f"update {table} set name = substr('{ONE_WORD} ' || name, 1, {limit})")
    await house.run(
        "update sales_orders set customer_name = (select name from customers c where c.id = customer)"
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """Where each page is, by the address of its kind; both houses are served meanwhile."""
    gets = [r for r in routes() if r.method == "GET" and r.path not in NEVER_ENDING]
    with (
        DemoHouse(tmp_path_factory.mktemp("demo")) as demo,
        BusyHouse(tmp_path_factory.mktemp("busy")) as busy,
    ):
        for house in (demo, busy):
            asyncio.run(lengthen(house))
        by_links = addresses.linked(demo, gets)
        others, unknown = addresses.there(
            busy, [r for r in gets if r.path not in by_links and not addresses.FILES.search(r.path)]
        )
        assert set(unknown) == NOTHING_TO_ASK_FOR.keys()
        yield {kind: at for kind, at in sorted((by_links | others).items()) if kind not in SEEN_ELSEWHERE}


class Walk:
    """Opens pages and notes what is wrong with each."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.doors: dict[tuple[str, str], Page] = {}
        self.wrong: dict[str, list[str]] = {}
        self.said: list[str] = []

    async def _page_at(self, place: Place) -> Page:
        """A browser of this person at this house."""
        door = place.base, place.login
        if door not in self.doors:
            session = await self.chromium.new_context(locale="zh-CN")
            page = self.doors[door] = await session.new_page()
            page.on("console", lambda said: self.said.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: self.said.append(str(error)))
            if place.login:
                given = {"login": place.login, "password": place.password}
                await session.request.post(f"{place.base}/login", form=given)
        return self.doors[door]

    async def see(self, kind: str, place: Place) -> None:
        page = await self._page_at(place)
        self.said.clear()
        await page.set_viewport_size({"width": 1440, "height": 900})
        answer = await page.goto(place.base + place.path)
        if wrong := await self._complaints(page, answer):
            self.wrong[f"{kind} ({place.path})"] = wrong

    async def _complaints(self, page: Page, answer: Response | None) -> list[str]:
        found = []
        if answer is None or answer.status != 200:
            found.append(f"answers {answer and answer.status}")
        if not (await page.title()).strip():
            found.append("has no title")
        if (headings := await page.locator("h1").count()) != 1:
            found.append(f"has {headings} h1")
        await page.evaluate(axe.SCRIPT)
        for violation in await page.evaluate(axe.VIOLATIONS, axe.RULES):
            places = [str(node["target"]) for node in violation["nodes"]]
            if violation["id"] == "target-size":
                places = [place for place in places if not AS_LONG_AS_ITS_TIME.search(place)]
            if places:
                found.append(f"{violation['id']}: {places[:3]}")
        await page.set_viewport_size({"width": 820, "height": 1180})
        if shifted := await page.evaluate(UNDER_OTHER_HEADS):
            found.append(f"has cells under other heads at 820: {shifted}")
        await page.set_viewport_size({"width": 360, "height": 760})
        if (wide := await page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"sticks out by {wide} px at 360")
        return [*found, *self.said]


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part {part + 1} of {PARTS}")
async def test_every_page_opens_and_is_readable_for_everybody(
    pages: dict[str, Place], chromium: Browser, part: int
) -> None:
    walk = Walk(chromium)
    some = list(pages.items())[part::PARTS]
    assert len(some) > 20
    for kind, place in some:
        await walk.see(kind, place)
    assert not walk.wrong, "\n".join(f"{page} {wrong}" for page, wrong in walk.wrong.items())
