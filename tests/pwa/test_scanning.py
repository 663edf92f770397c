"""The hand-held scanner: the trigger is the only input, a wrong item stops everything."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.e2e.floor_tablet import ScanDevice
from tests.pwa.conftest import Server
from tests.pwa.factory import WANG_BADGE, code, snapshot

pytestmark = pytest.mark.browser


async def in_hand(context: BrowserContext, server: Server, hurried: bool = False) -> ScanDevice:
    device = await ScanDevice.open(context, server.base, hurried)
    await device.page.set_viewport_size({"width": 360, "height": 760})
    await device.scan(WANG_BADGE)
    await expect(device.page.locator(".sc-top h1")).to_have_text("王建国")
    return device


async def test_a_wrong_item_stops_in_red_until_it_is_acknowledged(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await in_hand(tablet_context, server)
    await device.scan(code("D", "51"))
    await device.scan(code("L", "611"))
    red = device.page.locator(".sc-bad")
    await expect(red).to_contain_text("扫错了")
    await expect(red).to_contain_text("内六角螺钉 M12×60 12.9")
    await expect(red).to_contain_text("六角法兰面螺栓 M10×45")
    await device.scan(code("L", "388"))
    await expect(red).to_be_visible()
    await device.scan(code("K", "OK"))
    await expect(red).to_have_count(0)
    await expect(device.page.locator(".sc-sum")).to_contain_text("已配 0 / 2 行")
    assert server.booked("delivery.pick") == []


async def test_a_delivery_note_is_picked_by_scans_alone(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await in_hand(tablet_context, server, hurried=True)
    await device.scan(f"HTTPS://ZJ.FACTORY.LAN/Q/{code('D', '51')}")
    for lot in ("417", "502", "388"):
        await device.scan(code("L", lot))
        await expect(device.page.locator(".sc-hit.ok")).to_contain_text(f"0{lot}")
    await expect(device.page.locator(".sc-sum")).to_contain_text("已配 2 / 2 行")
    await device.scan(code("L", "502"))
    await expect(device.page.locator(".sc-hit")).to_contain_text("这一行已经配齐")
    await device.page.click("[data-act=finish]")
    await device.wait_out(6)
    await device.all_sent()
    picked = [
        (action["payload"]["lot"], action["payload"]["quantity"]) for action in server.booked("delivery.pick")
    ]
    assert picked == [("B2611-0417", "3200"), ("B2611-0502", "800"), ("B2611-0388", "2000")]


async def picked(context: BrowserContext, server: Server, posts: bool = True) -> ScanDevice:
    """A note picked whole, in the hands of somebody who may post or may not."""
    books = snapshot()
    books["people"][0]["posts"] = posts
    server.order(books=books)
    device = await in_hand(context, server, hurried=True)
    await device.scan(code("D", "51"))
    for lot in ("417", "502", "388"):
        await device.scan(code("L", lot))
    await expect(device.page.locator(".sc-sum")).to_contain_text("已配 2 / 2 行")
    return device


async def test_a_picked_note_is_posted_there_asked_once_after_its_picks(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await picked(tablet_context, server)
    page = device.page
    await page.click(".sc-foot [data-act=post]")
    await expect(page.locator(".sheet")).to_contain_text("过账 DN20261122-0001？")
    await page.click(".sheet [data-act=leave]")
    assert server.seen()["posted"] == []
    server.order(refuse={"DN20261122-0001": "订单 SO1 的货款还没到"})
    await page.click(".sc-foot [data-act=post]")
    await page.click('.sheet [data-value="yes"]')
    await device.wait_out(6)
    await expect(page.locator(".sc-bad")).to_contain_text("货款还没到", timeout=20_000)
    assert len(server.booked("delivery.pick")) == 3, "what was picked is booked before"
    await page.click(".sc-bad [data-act=choose]")
    server.order(refuse={})
    await page.click(".sc-foot [data-act=post]")
    await page.click('.sheet [data-value="yes"]')
    await expect(page.locator(".sc-hit.ok")).to_contain_text("已过账")
    await expect(page.locator(".sc-list")).not_to_contain_text("DN20261122-0001")
    assert [(number, person) for number, person, _key in server.seen()["posted"]] == [
        ("DN20261122-0001", "11")
    ]


async def test_without_a_network_or_the_right_a_note_is_not_posted(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await picked(tablet_context, server)
    await tablet_context.set_offline(True)
    await device.page.click(".sc-foot [data-act=post]")
    await expect(device.page.locator(".sc-bad")).to_contain_text("过账要联网")
    await tablet_context.set_offline(False)
    assert server.seen()["posted"] == []


async def test_who_may_not_post_is_not_offered_it(server: Server, tablet_context: BrowserContext) -> None:
    device = await picked(tablet_context, server, posts=False)
    await expect(device.page.locator("[data-act=post]")).to_have_count(0)
    await expect(device.page.locator(".sc-foot")).to_contain_text("完成配货")


async def test_the_quantity_of_a_pick_is_changed_before_it_is_sent_and_too_much_stops(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await in_hand(tablet_context, server, hurried=True)
    await device.scan(code("D", "51"))
    await device.scan(code("L", "388"))
    await device.page.click("[data-act=changeQuantity]")
    await device.type_number("2600")
    await expect(device.page.locator(".sc-bad")).to_contain_text("超数量")
    await device.page.click('.sc-bad [data-value="only"]')
    await device.page.click("[data-act=changeQuantity]")
    await device.type_number("1500")
    await expect(device.page.locator(".sc-hit .q")).to_contain_text("1,500")
    await device.wait_out(6)
    await device.all_sent()
    assert [action["payload"]["quantity"] for action in server.booked("delivery.pick")] == ["1500"]


async def test_finished_goods_go_into_a_bin_by_two_scans(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await in_hand(tablet_context, server, hurried=True)
    await device.scan(code("W", "209"))
    await device.scan(code("L", "388"))
    await expect(device.page.locator(".sc-bad")).to_contain_text("这不是库位")
    await device.page.click(".sc-bad button")
    await device.scan(code("B", "A0312"))
    await expect(device.page.locator(".sc-hit.ok")).to_contain_text("已放 A-03-12")
    await device.wait_out(6)
    await device.all_sent()
    [receive] = server.booked("stock.receive")
    assert receive["payload"] == {
        "work_order": "WO20261120-0009",
        "quantity": "7552",
        "unit": "支",
        "bin": "A-03-12",
    }


async def test_a_bin_tells_what_lies_in_it_and_a_torn_code_is_refused(
    server: Server, tablet_context: BrowserContext
) -> None:
    device = await in_hand(tablet_context, server)
    await device.scan(code("B", "A0314"))
    await expect(device.page.locator(".sc-list")).to_contain_text("B2611-0502")
    await device.scan(code("B", "A0314")[:-2] + "0" + code("B", "A0314")[-1])
    await expect(device.page.locator(".sc-bad")).to_contain_text("码没扫全")


@pytest.mark.parametrize("slower", [1, 6])
async def test_no_scan_is_lost_wherever_the_focus_is(
    server: Server, tablet_context: BrowserContext, slower: int
) -> None:
    device = await in_hand(tablet_context, server)
    session = await tablet_context.new_cdp_session(device.page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    notes = (("51", "宁波恒立"), ("52", "苏州力达"))
    for turn in range(6):
        if turn % 3 == 1:
            await device.page.locator("[data-act=camera]").focus()
        if turn % 3 == 2:
            await device.page.evaluate("document.activeElement.blur()")
        body, customer = notes[turn % 2]
        await device.scan(code("D", body))
        await expect(device.page.locator(".sc-top h1")).to_contain_text(customer)
