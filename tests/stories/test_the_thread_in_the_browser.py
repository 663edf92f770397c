"""One order all the way through the house as people do it: in Chromium, on a real server. SHOTS names a folder for pictures."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from playwright.async_api import Browser, Locator, Page, expect

from app.core import clock
from tests.e2e.browser import office_of
from tests.e2e.floor_tablet import FloorTablet, ScanDevice
from tests.e2e.house import House
from tests.e2e.test_the_floor import device_of, lot_code, shot
from tests.stories.thread_by_api import purchase_order

pytestmark = pytest.mark.browser
DESK = (1440, 900)


async def press(page: Page, name: str, sure: bool = False) -> None:
    """Press a button by its words (a letter beside them is its key); where the page asks whether one is sure, one is."""
    await page.wait_for_load_state("domcontentloaded")  # by then its scripts listen
    await page.get_by_role("button", name=re.compile(f"^{name}( ?[A-Z])?$")).first.click()
    if sure:
        await page.locator("dialog[open] button.pri, dialog[open] button.bad").last.click()


async def lit(page: Page, field: Locator) -> str:
    """Step into a field: the cell of the customer's sheet that lights up."""
    await field.focus()
    cell = page.locator(".xl td.on")
    await expect(cell).to_have_count(1)
    return await cell.inner_text()


async def a_rule_for_large_orders(admin: Page, house: House) -> None:
    await admin.goto(f"{house.base}/approval-rules/new")
    await admin.fill("[name=name]", "订单金额超过 5 万元")
    await admin.select_option("[name=command]", "sales_order.confirm")
    await admin.select_option("[name=conditions-0-fact]", "amount_cny")
    await admin.select_option("[name=conditions-0-comparison]", ">")
    await admin.fill("[name=conditions-0-value]", "50000")
    await admin.select_option("[name=steps-0-who-0]", label="老板/副总")
    await shot(admin, "01-rule", DESK)
    await press(admin, "保存规则")
    await expect(admin.locator("main")).to_contain_text("订单金额超过 5 万元")


async def a_file_becomes_an_order(sales: Page, house: House) -> str:
    """晓岚 drops the customer's Excel file, looks at it beside its source and makes the order."""
    await sales.goto(f"{house.base}/intake")
    await shot(sales, "02-intake", DESK)
    due = clock.today() + timedelta(days=5)
    await sales.set_input_files(
        "input[type=file]",
        {
            "name": "恒立采购订单.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": purchase_order(number="PO-9001", due=due),
        },
    )
    await press(sales, "读取")
    await sales.wait_for_selector("[data-intake]")
    await sales.wait_for_load_state()
    assert await lit(sales, sales.locator("[name=lines-0-quantity]")) == "10"
    await expect(sales.locator("[data-line-echo]")).to_contain_text("10,000")
    await shot(sales, "03-beside-its-source", DESK)
    await press(sales, "生成订单")
    await sales.wait_for_url("**/orders/SO*")
    await expect(sales.locator("#order-head .st[data-kind=bad]")).to_contain_text("5 天")
    await expect(sales.locator("#order-head")).to_contain_text("50,000.01")
    await shot(sales, "04-draft", DESK)
    return sales.url.rsplit("/", 1)[1]


async def agreed_to_by_the_boss(sales: Page, boss: Page, house: House, order: str) -> None:
    """Confirmed by 晓岚, held back, agreed to by 陈总; 晓岚's page says so without being loaded again."""
    await press(sales, "确认订单")
    await expect(sales.locator("#order-head")).to_contain_text("待审批")
    await shot(sales, "05-waits", DESK)
    await sales.evaluate("window.here = true")
    await boss.goto(f"{house.base}/inbox")
    await shot(boss, "06-inbox", DESK)
    await boss.locator(".ib-list a", has_text=order).click()
    await expect(boss.locator("section[aria-labelledby=request]")).to_contain_text("50,000.01")
    await shot(boss, "07-request", DESK)
    await press(boss, "通过")
    await expect(sales.locator("#order-head .rec")).to_contain_text("已确认", timeout=10_000)
    assert await sales.evaluate("window.here")


async def planned(pmc: Page, house: House, order: str) -> tuple[str, list[str]]:
    """刘洋 makes the work order and the schedule; (its number, the codes read back from the printed traveller)."""
    await pmc.goto(f"{house.base}/orders/{order}")
    async with pmc.expect_navigation():
        await press(pmc, "提交排产")
    await pmc.goto(f"{house.base}/orders/{order}?tab=work-orders")
    work_order = (
        await pmc.locator("main a[href^='/work-orders/WO']").first.get_attribute("href") or ""
    ).rsplit("/", 1)[1]
    await pmc.goto(f"{house.base}/schedules")
    await shot(pmc, "08-schedules", DESK)
    await press(pmc, "排产")
    await pmc.wait_for_url("**/schedules/SP*")
    await expect(pmc.locator(".gb").first).to_be_visible()
    await shot(pmc, "09-lanes", DESK)
    await pmc.locator(".gb").first.click()
    await expect(pmc.locator("#why li").first).to_be_visible()
    await shot(pmc, "10-why", DESK)
    await press(pmc, "发布排产")
    await pmc.locator("dialog[open] button.pri").click()
    await expect(pmc.locator("#schedule-head")).to_contain_text("已发布")
    await shot(pmc, "11-published", DESK)
    await pmc.goto(f"{house.base}/work-orders/{work_order}")
    await shot(pmc, "12-work-order", DESK)
    paper = await pmc.request.get(f"{house.base}/work-orders/{work_order}/traveller.pdf")
    return work_order, codes_on(await paper.body())


def codes_on(pdf: bytes) -> list[str]:
    """The QR codes of a paper, from top to bottom, as a scanner reads them from the printed page."""
    found = []
    for page in pypdfium2.PdfDocument(io.BytesIO(pdf)):
        picture = page.render(scale=3).to_pil().convert("L")
        found += sorted(zxingcpp.read_barcodes(picture), key=lambda code: code.position.top_left.y)
    return [code.text for code in found]


async def made_on_the_tablet(tablet: FloorTablet, sales: Page, badge: str, operations: list[str]) -> None:
    """建国 makes it by scan and by weight, the first basket without a network; the order's page moves by itself."""
    await tablet.is_controlled()
    await tablet.scan(badge)
    await tablet.scan(operations[0])
    await expect(tablet.page.locator("h1")).to_contain_text("六角法兰面螺栓")
    await shot(tablet.page, "13-job", (820, 1180))
    await begin(tablet, 1)
    await tablet.all_sent()
    before = await sales.locator("#order-head").inner_text()
    await tablet.page.context.set_offline(True)
    await tablet.report_weight("205.5", "4.5")
    await tablet.made(2)
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 1 条待传")
    await tablet.page.reload()
    await expect(tablet.page.locator("[data-act=chip]")).to_have_text("离线 · 1 条待传")
    await shot(tablet.page, "14-offline", (820, 1180))
    assert await sales.locator("#order-head").inner_text() == before
    await tablet.page.context.set_offline(False)
    await tablet.all_sent()
    await expect(sales.locator("#order-head")).not_to_have_text(before, use_inner_text=True, timeout=10_000)
    assert await sales.evaluate("window.here")
    await shot(sales, "15-order-moved-by-itself", DESK)
    await tablet.scan(operations[0])
    await tablet.report_weight("205.5", "4.5")
    await tablet.scan(operations[1])
    await begin(tablet, 4)
    await tablet.report_weight("406.5", "4.5")
    await tablet.made(5)
    await tablet.scan(operations[2])
    await begin(tablet, 6)
    await tablet.report_pieces(10_000)
    await tablet.made(7)
    await tablet.all_sent()
    await shot(tablet.page, "16-made", (820, 1180))


async def begin(tablet: FloorTablet, made: int) -> None:
    """Start the open job on the machine it is planned on."""
    await tablet.page.click("[data-act=begin]")
    await tablet.made(made)


async def stored_and_picked(
    scanner: ScanDevice, sales: Page, house: House, order: str, traveller: str
) -> str:
    """秀英 puts the goods away by scan; 晓岚 writes the note; it is picked by scan, a wrong item stops in red."""
    papers = house.papers
    await scanner.scan(papers["badges"]["李秀英"])
    await scanner.scan(traveller)
    await scanner.scan(papers["bin"])
    await scanner.made(1)
    await expect(scanner.page.locator(".sc-hit.ok")).to_contain_text("已放 A-01-01")
    await shot(scanner.page, "17-put-away")
    await scanner.all_sent()
    await sales.goto(f"{house.base}/orders/{order}")
    await press(sales, "安排发货")
    await sales.wait_for_url("**/delivery-notes/DN*")
    note = sales.url.rsplit("/", 1)[1]
    await scanner.page.reload()
    await (
        scanner.page.locator("[data-act=openPick]", has_text=note)
        .or_(scanner.page.locator("[data-act=openPick]"))
        .first.click()
    )
    await scanner.scan(papers["wrong_lot"])
    red = scanner.page.locator(".sc-bad")
    await expect(red).to_contain_text("扫错了")
    await shot(scanner.page, "18-wrong-item")
    await red.get_by_role("button").first.click()
    await scanner.scan(await lot_code(scanner.page))
    await scanner.made(2)
    await expect(scanner.page.locator(".sc-hit.ok")).to_contain_text("10,000")
    await shot(scanner.page, "19-picked")
    await scanner.all_sent()
    return note


async def told_to_the_customer(browser: Browser, sales: Page, house: House, order: str) -> None:
    """The link opens without a login and says that it is on its way."""
    await sales.goto(f"{house.base}/orders/{order}")
    await press(sales, "分享进度")
    link = await sales.locator("[data-copy]").get_attribute("data-copy")
    await shot(sales, "21-share", DESK)
    customer = await (
        await browser.new_context(viewport={"width": 360, "height": 760}, locale="zh-CN")
    ).new_page()
    await customer.goto(str(link))
    await expect(customer.locator("body")).to_contain_text("已发货")
    await shot(customer, "22-customer", (360, 760), DESK)


async def paid(finance: Page, house: House) -> None:
    """周敏 enters what came in and matches it with the receivable."""
    await finance.goto(f"{house.base}/receivables")
    await shot(finance, "23-receivables", DESK)
    await finance.goto(f"{house.base}/receipts/new")
    await finance.fill("[name=customer_text]", "恒立")
    await finance.locator("lookup-field [role=option]").first.click()
    await finance.fill("[name=amount]", "50000.01")
    await shot(finance, "24-receipt", DESK)
    await press(finance, "收款入账")
    await finance.wait_for_url("**/receipts/RC*")
    await shot(finance, "25-match", DESK)
    await press(finance, "核销")
    await expect(finance.locator("main")).to_contain_text("取消核销")
    await shot(finance, "26-matched", DESK)


async def test_an_order_is_taken_in_made_shipped_and_paid_by_people(
    running: House, chromium: Browser
) -> None:
    desks = {
        who: await office_of(chromium, running, who)
        for who in ("admin", "xiaolan", "chenzong", "liuyang", "xiuying", "zhoumin")
    }
    sales = desks["xiaolan"]
    await a_rule_for_large_orders(desks["admin"], running)
    order = await a_file_becomes_an_order(sales, running)
    await agreed_to_by_the_boss(sales, desks["chenzong"], running, order)
    _work_order, codes = await planned(desks["liuyang"], running, order)
    operations = codes[-3:]

    at_the_machines = await chromium.new_context(viewport={"width": 820, "height": 1180}, locale="zh-CN")
    tablet = await device_of(
        desks["admin"], at_the_machines, running, FloorTablet, "冷镦平板", "tablet", "HEADING"
    )
    assert isinstance(tablet, FloorTablet)
    await made_on_the_tablet(tablet, sales, running.papers["badges"]["王建国"], operations)

    in_hand = await chromium.new_context(viewport={"width": 360, "height": 760}, locale="zh-CN")
    scanner = await device_of(desks["admin"], in_hand, running, ScanDevice, "仓库扫码枪", "pda", "")
    assert isinstance(scanner, ScanDevice)
    note = await stored_and_picked(scanner, sales, running, order, operations[2])
    store = desks["xiuying"]
    await store.goto(f"{running.base}/delivery-notes/{note}")
    await press(store, "过账", sure=True)
    await expect(store.locator(".rec")).to_contain_text("已过账")
    await shot(store, "20-posted", DESK)

    await told_to_the_customer(chromium, sales, running, order)
    await paid(desks["zhoumin"], running)
    await sales.goto(f"{running.base}/orders/{order}")
    await expect(sales.locator("#order-head")).to_contain_text("已完成")
    await sales.click("#more a")
    for words in ("录入订单", "通过", "确认订单", "下达工单", "报工", "完工入库", "过账", "核销", "完成订单"):
        await expect(sales.locator("#timeline")).to_contain_text(words)
    await shot(sales, "27-closed", DESK, (820, 1180), (360, 760))
