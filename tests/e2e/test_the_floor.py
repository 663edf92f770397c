"""One order over the floor as people do it: tablet, scanner and office on a real server, with a network
that fails.
"""

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import office_of
from tests.e2e.floor_tablet import Device, FloorTablet, ScanDevice
from tests.e2e.house import House

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS", "")


async def shot(page: Page, name: str, *sizes: tuple[int, int]) -> None:
    """A picture in the folder of SHOTS, if that is set."""
    if not SHOTS:
        return
    before = page.viewport_size
    for width, height in sizes or ((0, 0),):
        if width:
            await page.set_viewport_size({"width": width, "height": height})
        await page.wait_for_timeout(300)
        await page.screenshot(path=Path(SHOTS) / f"{name}{f'-{width}x{height}' if width else ''}.png")
    if before:
        await page.set_viewport_size(before)


async def device_of(
    office: Page, context: BrowserContext, house: House, kind: type[Device], name: str, of: str, team: str
) -> Device:
    """The administrator makes a device; the browser of `context` opens the link of its QR code."""
    await office.goto(f"{house.base}/devices/new")
    await office.fill("[name=name]", name)
    await office.check(f"[name=kind][value={of}]")
    await office.select_option("[name=team]", team)
    await office.get_by_role("button", name="新建终端并显示登记码").click()
    code = await office.inner_text("#code")
    await shot(office, f"invitation-{of}", (1440, 900), (360, 760))
    device = kind(await context.new_page(), house.base)
    await device.enrol(code)
    await device.page.goto(house.base + kind.path)
    await device.page.wait_for_selector("[data-act=chip]")
    return device


async def test_an_order_goes_over_the_floor_into_the_bin_and_out_of_the_gate(
    running: House, chromium: Browser
) -> None:
    papers = running.papers
    office = await office_of(chromium, running)

    # At the machines: enrolled by the link, signed on by badge, the job opened by its traveller.
    at_the_machines = await chromium.new_context(viewport={"width": 820, "height": 1180}, locale="zh-CN")
    tablet = await device_of(office, at_the_machines, running, FloorTablet, "冷镦平板", "tablet", "HEADING")
    assert isinstance(tablet, FloorTablet)
    await tablet.is_controlled()
    await tablet.scan(papers["badges"]["王建国"])
    await expect(tablet.page.locator(".fl-who b")).to_have_text("王建国")
    await shot(tablet.page, "floor-home", (820, 1180), (1180, 820), (360, 760))
    await tablet.scan(papers["operations"][0])
    await expect(tablet.page.locator("h1")).to_have_text("六角法兰面螺栓 M10×45")
    await tablet.page.click("[data-act=begin]")
    await tablet.page.get_by_role("button", name="冷镦 1 号").click()
    await tablet.made(1)
    await tablet.all_sent()

    # The network goes. A report is made, the page is loaded again, the network comes back.
    await at_the_machines.set_offline(True)
    await tablet.report_weight("84.9", "4.5")
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 1 条待传")
    await shot(tablet.page, "floor-offline", (820, 1180), (1180, 820), (360, 760))
    await tablet.page.reload()
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 1 条待传")
    work_order = f"{running.base}/api/v1/work-orders/{papers['work_order']}"
    assert (await (await office.request.get(work_order)).json())["operations"][0]["good"] == "0"
    await at_the_machines.set_offline(False)
    await tablet.all_sent()
    first = (await (await office.request.get(work_order)).json())["operations"][0]
    assert (first["good"], first["state"]) == ("2000", "running")
    await office.goto(f"{running.base}/work-orders/{papers['work_order']}")
    await expect(office.locator("body")).to_contain_text("2,000")
    await shot(office, "office-work-order", (1440, 900))

    # The rest of the route.
    await tablet.scan(papers["operations"][0])
    await tablet.report_weight("125.1", "4.5")
    await tablet.made(3)
    await tablet.all_sent()
    await tablet.scan(papers["operations"][1])
    await tablet.page.click("[data-act=begin]")
    await tablet.page.get_by_role("button", name="搓牙 1 号").click()
    await tablet.made(4)
    await tablet.report_weight("205.5", "4.5")
    await tablet.made(5)
    await tablet.all_sent()
    await tablet.scan(papers["operations"][2])
    await tablet.page.click("[data-act=begin]")
    await tablet.page.get_by_role("button", name="包装 1 号").click()
    await tablet.made(6)
    await tablet.report_pieces(5000)
    await tablet.made(7)
    await tablet.all_sent()
    assert (await (await office.request.get(work_order)).json())["state"] == "done"
    await shot(tablet.page, "floor-done", (820, 1180))
    await office.goto(f"{running.base}/orders/{papers['order']}")
    await shot(office, "office-order-made", (1440, 900))

    # In the warehouse: the traveller and the bin by scan.
    in_hand = await chromium.new_context(viewport={"width": 360, "height": 760}, locale="zh-CN")
    scanner = await device_of(office, in_hand, running, ScanDevice, "仓库扫码枪", "pda", "")
    await scanner.scan(papers["badges"]["李秀英"])
    await expect(scanner.page.locator(".sc-top h1")).to_have_text("李秀英")
    await shot(scanner.page, "scan-home", (360, 760), (820, 1180))
    await scanner.scan(papers["operations"][2])
    await scanner.scan(papers["bin"])
    await scanner.made(1)
    await expect(scanner.page.locator(".sc-hit.ok")).to_contain_text("已放 A-01-01")
    await shot(scanner.page, "scan-put-away", (360, 760))
    await scanner.all_sent()

    # The office writes the note; it is picked by scan, with a wrong item first.
    written = await office.request.post(
        f"{running.base}/api/v1/delivery-notes",
        data={"sales_order": papers["order"]},
        headers={"Origin": running.base},
    )
    assert written.status == 201, await written.text()
    note = (await written.json())["number"]
    await scanner.page.reload()
    await expect(scanner.page.locator(".sc-list")).to_contain_text(note)
    await scanner.page.locator("[data-act=openPick]").click()
    await scanner.scan(papers["wrong_lot"])
    red = scanner.page.locator(".sc-bad")
    await expect(red).to_contain_text("扫错了")
    await expect(red).to_contain_text("六角法兰面螺母 M12 10 级 · B2611-0388")
    box = await red.bounding_box()
    assert box and (box["width"], box["height"]) == (360, 760)
    await shot(scanner.page, "scan-wrong-item", (360, 760))
    await red.get_by_role("button").first.click()
    lot = await lot_code(scanner.page)
    await scanner.scan(lot)
    await scanner.made(2)
    await expect(scanner.page.locator(".sc-hit.ok")).to_contain_text("5,000")
    await shot(scanner.page, "scan-picked", (360, 760))
    await scanner.all_sent()

    # Posted in the office, once.
    await office.goto(f"{running.base}/delivery-notes/{note}")
    await expect(office.locator("body")).to_contain_text("5,000")
    await (
        office.get_by_role("button", name="过账")
        .or_(office.locator("form[action$='/post'] button"))
        .first.click()
    )
    confirm = office.locator("dialog[open] button.pri, dialog[open] button.bad").last
    if await confirm.count():
        await confirm.click()
    await expect(office.locator(".rec")).to_contain_text("已过账")
    await shot(office, "office-note-posted", (1440, 900))
    order = await (await office.request.get(f"{running.base}/api/v1/sales-orders/{papers['order']}")).json()
    assert order["lines"][0]["delivered_quantity"] == "5000"
    parked = await (await office.request.get(f"{running.base}/api/v1/parked-actions")).json()
    assert parked["items"] == []
    await office.goto(f"{running.base}/devices")
    await expect(office.locator("table")).to_contain_text("仓库扫码枪")
    await shot(office, "office-devices", (1440, 900), (360, 760))
    await expect(office.locator("table")).to_contain_text("已登记")


async def test_what_a_device_sends_and_cannot_be_booked_waits_in_the_office(
    running: House, chromium: Browser
) -> None:
    office = await office_of(chromium, running)
    context = await chromium.new_context(viewport={"width": 820, "height": 1180}, locale="zh-CN")
    tablet = await device_of(office, context, running, FloorTablet, "冷镦平板", "tablet", "HEADING")
    assert isinstance(tablet, FloorTablet)
    await tablet.scan(running.papers["badges"]["王建国"])
    await tablet.scan(running.papers["operations"][0])
    await tablet.page.click("[data-act=begin]")
    await tablet.page.get_by_role("button", name="冷镦 1 号").click()
    await tablet.made(1)
    await tablet.all_sent()

    # The person leaves the house while the tablet has no network and goes on working.
    await context.set_offline(True)
    await tablet.report_weight("84.9", "4.5")
    await running.run("update people set active = false where name = '王建国'")
    await context.set_offline(False)
    await expect(tablet.page.locator("[data-act=chip]")).to_contain_text("1 条被退回", timeout=20_000)
    await tablet.page.click("[data-act=chip]")
    await expect(tablet.page.locator(".parked")).to_contain_text("办公室没有")
    await shot(tablet.page, "floor-sent-back", (820, 1180))

    await office.goto(f"{running.base}/device-actions?state=parked")
    await expect(office.locator("table")).to_contain_text("人员不认识")
    await shot(office, "office-parked", (1440, 900), (360, 760))
    await running.run("update people set active = true where name = '王建国'")
    await office.locator("tbody tr a").first.click()
    await shot(office, "office-parked-one", (1440, 900), (360, 760))
    await office.get_by_role("button", name="现在入账").click()
    await expect(office.locator(".rec")).to_contain_text("办公室已补入账")

    # Sent again from the tablet, it is not booked a second time.
    await tablet.page.click("[data-act=fix]")
    await tablet.page.click(".pad-foot [data-act=done]")
    await tablet.all_sent()
    work_order = f"{running.base}/api/v1/work-orders/{running.papers['work_order']}"
    assert (await (await office.request.get(work_order)).json())["operations"][0]["good"] == "2000"

    # A revoked tablet says so and keeps what it has.
    await office.goto(f"{running.base}/devices/DEV001")
    await office.get_by_role("button", name="停用").click()
    await office.locator("dialog[open] button.bad, dialog[open] button.pri").last.click()
    await expect(office.locator(".rec")).to_contain_text("已停用")
    await shot(office, "office-device-revoked", (1440, 900))
    await tablet.page.reload()
    await expect(tablet.page.locator("[data-act=chip]")).to_contain_text("重新登记本机", timeout=20_000)
    await office.goto(f"{running.base}/badges")
    await shot(office, "office-badges", (1440, 900), (360, 760))
    await office.get_by_role("link", name="王建国").first.click()
    await shot(office, "office-badge", (1440, 900), (360, 760))


async def lot_code(page: Page) -> str:
    """The code on the label of the suggested lot, as the device's books know it."""
    return await page.evaluate("""async () => {
      const { device } = await import("/pwa/offline/device.js");
      return device.books.picks[0].lines[0].lots[0].scan;
    }""")
