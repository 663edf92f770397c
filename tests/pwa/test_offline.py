"""Reports on a device with a bad network: nothing lost, nothing twice, nothing in the way."""

import asyncio

import pytest
from playwright.async_api import BrowserContext, expect

from tests.e2e.floor_tablet import FloorTablet
from tests.pwa.conftest import Server
from tests.pwa.factory import WANG_BADGE, ZHOU_BADGE, code

pytestmark = pytest.mark.browser
CNC_JOB = code("O", "000220")


async def at_the_lathe(context: BrowserContext, server: Server, hurried: bool = False) -> FloorTablet:
    tablet = await FloorTablet.open(context, server.base, hurried)
    await tablet.scan(ZHOU_BADGE)
    await tablet.scan(CNC_JOB)
    await expect(tablet.page.locator("h1")).to_have_text("非标轴套 φ8×20")
    return tablet


def goods(server: Server) -> list[str]:
    return [action["payload"]["good"] for action in server.booked()]


async def until_goods(
    server: Server, expected: list[str], seconds: float = 20, hurried: FloorTablet | None = None
) -> None:
    for _ in range(int(seconds * 5)):
        if goods(server) == expected:
            return
        if hurried:
            await hurried.wait_out(1)
        await asyncio.sleep(0.2)
    assert goods(server) == expected


async def test_without_a_network_the_page_still_opens_and_shows_the_jobs(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await at_the_lathe(tablet_context, server)
    await tablet.is_controlled()
    await tablet_context.set_offline(True)
    await tablet.page.reload()
    await expect(tablet.page.locator("[data-act=chip]")).to_contain_text("离线")
    await expect(tablet.page.get_by_role("button", name="非标轴套")).to_be_visible()
    await expect(tablet.page.locator(".fl-who b")).to_have_text("周敏")


async def test_reports_made_offline_survive_a_reload_and_arrive_once_in_order(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await at_the_lathe(tablet_context, server, hurried=True)
    await tablet.is_controlled()
    await tablet_context.set_offline(True)
    for pieces in (11, 12, 13):
        await tablet.report_pieces(pieces)
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 3 条待传")
    await tablet.page.reload()
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 3 条待传")
    await expect(tablet.page.get_by_role("button", name="非标轴套")).to_contain_text("还差 394 只")
    assert goods(server) == []
    server.order(faults=["503", "lost", "503"])
    await tablet_context.set_offline(False)
    await until_goods(server, ["11", "12", "13"], seconds=40, hurried=tablet)
    await tablet.all_sent()
    assert goods(server) == ["11", "12", "13"]
    await expect(tablet.page.get_by_role("button", name="非标轴套")).to_contain_text("还差 394 只")


async def test_two_tabs_send_each_report_once(server: Server, tablet_context: BrowserContext) -> None:
    first, second = await at_the_lathe(tablet_context, server), await at_the_lathe(tablet_context, server)
    server.order(delay=0.3)
    await tablet_context.set_offline(True)
    for tablet, pieces in ((first, 21), (second, 22), (first, 23), (second, 24)):
        await tablet.page.bring_to_front()
        await tablet.report_pieces(pieces)
    await tablet_context.set_offline(False)
    await until_goods(server, ["21", "22", "23", "24"])
    await first.all_sent()
    await second.all_sent()
    sent = [id_ for post in server.seen()["posts"] for id_ in post]
    assert len(sent) == len(set(sent)) == 4


async def test_a_refused_report_is_parked_with_its_reason_and_blocks_nothing(
    server: Server, tablet_context: BrowserContext
) -> None:
    server.order(refuse={"31": "unknown_subject"})
    tablet = await at_the_lathe(tablet_context, server)
    await tablet_context.set_offline(True)
    for pieces in (31, 32):
        await tablet.report_pieces(pieces)
    await tablet_context.set_offline(False)
    await until_goods(server, ["32"])
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("1 条被退回")
    await tablet.page.click("[data-act=chip]")
    await expect(tablet.page.locator(".parked")).to_contain_text("系统里已经没有这个任务")
    await tablet.page.click("[data-act=fix]")
    await tablet.type_number("30")
    await until_goods(server, ["32", "30"])
    await expect(tablet.page.locator(".parked")).to_have_count(0)


async def test_undo_before_sending_leaves_no_trace_and_after_sending_reverses(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await at_the_lathe(tablet_context, server)
    await tablet_context.set_offline(True)
    await tablet.report_pieces(41)
    await tablet.page.click("[data-act=undo]")
    await expect(tablet.page.locator(".fl-qty")).to_contain_text("70")
    await tablet_context.set_offline(False)
    await tablet.report_pieces(42)
    await until_goods(server, ["42"])
    await tablet.page.click("[data-act=undo]")
    await expect(tablet.page.locator(".fl-qty")).to_contain_text("430")
    await tablet.all_sent()
    [report] = server.booked()
    assert [undo["payload"] for undo in server.booked("operation.undo_report")] == [
        {"report_action": report["id"]}
    ]


async def test_two_quick_taps_are_one_report(server: Server, tablet_context: BrowserContext) -> None:
    tablet = await at_the_lathe(tablet_context, server)
    await tablet.page.click("[data-act=pieces]")
    await tablet.type_number("51")
    await tablet.page.evaluate(
        "() => { const go = document.querySelector('[data-act=report]'); go.click(); go.click(); }"
    )
    await until_goods(server, ["51"])
    await tablet.all_sent()
    assert goods(server) == ["51"]


async def test_a_revoked_device_keeps_its_reports_until_it_is_enrolled_again(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await at_the_lathe(tablet_context, server)
    server.order(enrolled=False)
    await tablet.report_pieces(61)
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("重新登记本机，已存 1 条")
    await tablet.page.goto(f"{server.base}/enrol#WRONG")
    await tablet.page.click("[data-act=enrol]")
    await expect(tablet.page.locator("[role=alert]")).to_contain_text("这个码不对或过期了")
    await tablet.page.goto("about:blank")
    await tablet.enrol("ABC123")
    await until_goods(server, ["61"])


async def test_the_screen_asks_once_before_more_is_reported_than_is_left(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await at_the_lathe(tablet_context, server)
    await tablet.report_pieces(500)
    await expect(tablet.page.locator(".sheet")).to_contain_text("还差 430 只")
    await tablet.page.click(".sheet [data-act=leave]")
    assert goods(server) == []
    await tablet.page.click("[data-act=report]")
    await tablet.page.click(".sheet [data-value=yes]")
    await until_goods(server, ["500"])


async def test_a_basket_is_reported_by_weight_with_its_scrap(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.scan(WANG_BADGE)
    await tablet.page.get_by_role("button", name="称第 8 筐").click()
    await tablet.page.click("[data-act=scrap][data-value=crack]")
    await tablet.type_number("0.4")
    await tablet.report_weight("341.6", "38")
    await expect(tablet.page.locator(".fl-done")).to_contain_text("已报 7.552 千支")
    await until_goods(server, ["7552"])
    [report] = server.booked()
    assert report["payload"] == {
        "operation": "WO20261122-0001/10", "good": "7552", "unit": "件",
        "weight": "303.6", "gross": "341.6", "tare": "38", "hand_entered": True,
        "scrap": [{"reason": "crack", "quantity": "0.4", "unit": "kg"}],
    }  # fmt: skip
    assert report["person"] == "11" and report["device"] == "7"
    assert report["happened_at"].startswith("2026-11-22T06:3")


async def test_nobody_reports_without_saying_who_it_is(
    server: Server, tablet_context: BrowserContext
) -> None:
    tablet = await FloorTablet.open(tablet_context, server.base)
    await tablet.scan(CNC_JOB)
    await tablet.report_pieces(71)
    await expect(tablet.page.locator(".who")).to_contain_text("刷工牌")
    assert goods(server) == []
    await tablet.page.click('.who [data-value="12"]')
    await tablet.type_number("1111")
    await expect(tablet.page.locator(".pad-note")).to_have_text("PIN 不对")
    await tablet.type_number("2468")
    await until_goods(server, ["71"])
