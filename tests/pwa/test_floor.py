"""The floor page in the hands of people: who is seated, many machines, a mistyped report, a new device."""

import asyncio
import json

import pytest
from playwright.async_api import BrowserContext, Route, expect

from tests.e2e.floor_tablet import FloorTablet, ScanDevice
from tests.pwa.conftest import Server
from tests.pwa.factory import WANG_BADGE, ZHOU_BADGE, code
from tests.pwa.fake_server import ENROL_CODE

pytestmark = pytest.mark.browser
WAITS = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  while (!registration.waiting) await new Promise((later) => setTimeout(later, 50));
}"""
"""The next release is there and waits for the device to be idle."""
KEEP_THE_DISK_BUSY = """async () => {
  const database = await (await import("/pwa/offline/store.js")).database;
  const store = database.transaction("actions", "readwrite").store;
  (async () => { while (!window.free) await store.count(); })();
}"""
"""Nobody else may write meanwhile."""


async def test_a_badge_takes_the_place_of_a_pin_half_typed_for_somebody_else(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.page.click("[data-act=person]")
    await tablet.tap("周敏")
    await tablet.page.click('.keys [data-value="1"]')
    await tablet.scan(WANG_BADGE)
    await expect(tablet.page.locator(".sheet")).to_have_count(0)
    await expect(tablet.page.locator(".fl-who b")).to_have_text("王建国")


async def test_a_tap_is_not_lost_that_comes_before_what_it_asks_for_has_arrived(
    server: Server, tablet_context: BrowserContext
) -> None:
    arrives = asyncio.Event()

    async def late(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    await tablet_context.route("**/screens/floor/work.js", late)
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.page.click("[data-act=exception]")
    await tablet.page.click("[data-act=person]")
    arrives.set()
    await expect(tablet.page.locator(".sheet")).to_have_count(1)
    await expect(tablet.page.locator(".sheet.who")).to_contain_text("周敏")


async def test_a_slow_disk_loses_no_tap_at_the_next_job(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.scan(WANG_BADGE)
    await tablet.scan(code("O", "000110"))
    await expect(tablet.page.locator("[data-act=gross]").first).to_be_visible()
    await tablet.page.evaluate(KEEP_THE_DISK_BUSY)
    await tablet.report_weight("205.5", "4.5")
    await tablet.scan(code("O", "000510"))
    for _tap in range(2):
        await tablet.page.click("[data-act=begin]")
    await tablet.page.evaluate("window.free = true")
    await tablet.made(2)
    await tablet.all_sent()
    assert [action["name"] for action in server.seen()["booked"]] == ["operation.report", "operation.start"]
    await expect(tablet.page.locator("h1")).to_contain_text("M8×30")


async def test_who_takes_a_report_back_finds_what_was_entered_to_mend_it(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.scan(ZHOU_BADGE)
    await tablet.scan(code("O", "000220"))
    await tablet.report_pieces(34)
    await tablet.page.click("[data-act=undo]")
    await expect(tablet.page.locator(".fl-done")).to_contain_text("已撤销")
    await expect(tablet.page.locator("[data-act=report]")).to_contain_text("报工 34 只")
    await tablet.page.click("[data-act=report]")
    await expect(tablet.page.locator(".fl-done")).to_contain_text("已报 34 只")


async def test_a_job_below_its_quantity_is_called_done_for_a_reason_and_that_is_taken_back_at_once(
    server: Server, tablet_context: BrowserContext
) -> None:
    books = json.loads(json.dumps(server.seen()["books"]))
    books["short_reasons"] = [{"code": "material", "label": "料用完了"}, {"code": "other", "label": "其他"}]
    next(job for job in books["jobs"] if job["scan"] == code("O", "000220"))["good"] = "34"
    server.order(books=books)
    tablet = await FloorTablet.open(tablet_context, server.base, hurried=True)
    page = tablet.page
    for undone in (True, False):
        await tablet.scan(ZHOU_BADGE)
        await tablet.scan(code("O", "000220"))
        await page.click("[data-act=finish]")
        await page.click('.sheet [data-value="material"]')
        await expect(page.locator(".fl-done")).to_contain_text("已完工")
        if undone:
            await page.click("[data-act=undo]")
            await expect(page.locator(".fl-done")).to_contain_text("已撤销")
    await tablet.wait_out(6)
    await tablet.all_sent()
    finished = [action["payload"] for action in server.booked("operation.finish")]
    assert [(each["reason"], "operation" in each) for each in finished] == [("material", True)]


async def test_what_was_made_a_moment_ago_is_known_at_its_first_scan(
    server: Server, tablet_context: BrowserContext
) -> None:
    """A badge just printed, a job just released: the device asks the server before it says that it knows nothing."""
    books = json.loads(json.dumps(server.seen()["books"]))
    wang, job = books["people"].pop(0), books["jobs"].pop(0)
    server.order(books=books)
    tablet = await FloorTablet.open(tablet_context, server.base)
    server.order(books={**books, "people": [wang, *books["people"]], "jobs": [job, *books["jobs"]]})
    await tablet.scan(WANG_BADGE)
    await expect(tablet.page.locator(".fl-who b")).to_have_text("王建国")
    books["people"].insert(0, wang)
    server.order(books=books)
    await tablet.page.evaluate("import('/pwa/offline/device.js').then((module) => module.fetchBooks())")
    server.order(books={**books, "jobs": [job, *books["jobs"]]})
    await tablet.scan(job["scan"])
    await expect(tablet.page.locator("h1")).to_contain_text(job["item_name"])


async def test_a_person_with_many_machines_reads_each_card_and_idle_ones_stand_together(
    server: Server, tablet_context: BrowserContext
) -> None:
    books = json.loads(json.dumps(server.seen()["books"]))
    more = [
        {"code": f"CH{n}", "name": f"冷镦 {n} 号", "group": books["machines"][0]["group"]}
        for n in range(20, 28)
    ]
    books["machines"] += more
    books["people"][0]["machines"] += [machine["code"] for machine in more]
    server.order(books=books)
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.scan(WANG_BADGE)
    await expect(tablet.page.locator(".mc")).to_have_count(4)
    cut = await tablet.page.eval_on_selector_all(
        ".mc, .mc .in", "all => all.filter((el) => el.scrollHeight > el.clientHeight + 1).length"
    )
    assert cut == 0
    await expect(tablet.page.locator(".mm-idle")).to_contain_text("冷镦 27 号")


async def test_a_scanner_is_enrolled_by_scanning_the_administrators_code(
    server: Server, tablet_context: BrowserContext
) -> None:
    server.order(enrolled=False)
    device = ScanDevice(await tablet_context.new_page(), server.base)
    await device.page.goto(f"{server.base}/enrol")
    await device.page.wait_for_selector("[data-act=type]")
    await device.scan(f"{server.base}/enrol#{ENROL_CODE}")
    await expect(device.page.locator(".code")).to_have_text(ENROL_CODE)
    await device.page.click("[data-act=enrol]")
    await expect(device.page.locator("h1")).to_contain_text("冷镦区平板")


async def test_a_new_release_takes_over_when_nobody_is_in_the_middle_of_something(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base, hurried=True)
    await tablet.is_controlled()
    before = await version(tablet)
    server.order(release="next-")
    await tablet.page.evaluate(WAITS)
    async with tablet.page.expect_navigation(timeout=25_000):
        await tablet.wait_out(10)
    await tablet.page.wait_for_selector("[data-act=chip]")
    assert await version(tablet) == f"next-{before}"


async def version(tablet: FloorTablet) -> str:
    return str(await tablet.page.evaluate("import('/pwa/shell.js').then((shell) => shell.VERSION)"))
