"""From a dropped file to a confirmed order as a new user would, by the keyboard; the product shows seconds and touches."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page

from app.core import clock
from tests.e2e.browser import office_of, paste
from tests.e2e.house import House
from tests.intake.files.writing import rows_to_xlsx

pytestmark = pytest.mark.browser


def due() -> str:
    return (clock.today() + timedelta(days=60)).isoformat()


def file() -> bytes:
    return rows_to_xlsx(("订单", [
        ["客户：宁波恒立", None, "订单号：KB-1", f"交期：{due()}"], ["物料编码", "名称规格", "数量", "单位", "单价(元/千支)"],
        ["HL-25-8841", "六角法兰面螺栓", 12, "千支", 268.6], ["", "螺栓 M10*45 达克罗", 5, "M", 268.6],
    ]))  # fmt: skip


def silent(number: str, *quantities: int) -> bytes:
    """An order whose units nobody says."""
    top = [
        ["客户：宁波恒立", None, f"订单号：{number}", f"交期：{due()}"],
        ["物料编码", "名称规格", "数量", "单价"],
    ]
    return rows_to_xlsx(
        ("a", [*top, *(["HL-25-8841", "六角法兰面螺栓", each, 268.6] for each in quantities)])
    )


async def dropped(page: Page, house: House, data: bytes, leads_to: str = "/intake/IO") -> None:
    """A file that a salesperson dropped on 接单中心, read."""
    await page.goto(f"{house.base}/intake")
    sent = {"name": "订单.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    await page.set_input_files("[name=file]", sent)
    await page.click("form[action='/intake'] .btn.pri")
    await page.wait_for_url(re.compile(leads_to))


async def in_hand(page: Page) -> str:
    return await page.evaluate(
        'document.activeElement.nodeName === "BUTTON" ? document.activeElement.textContent.trim() : document.activeElement.name'
    )


async def test_a_large_file_that_is_refused_leaves_the_place_to_drop_another(
    running: House, chromium: Browser
) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.goto(f"{running.base}/intake")
    picture = {"name": "图.xlsx", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"x" * 600_000}
    await page.set_input_files("[name=file]", picture)
    await page.fill("[name=text]", "订单号 KB-9")
    await page.click("form[action='/intake'] .btn.pri")
    await page.wait_for_selector(".errors")
    assert "客户的文件：这不是表格" in await page.locator(".errors").inner_text()
    assert await in_hand(page) == "file"
    assert await page.locator("[name=file]").evaluate("field => getComputedStyle(field).opacity") == "0"
    assert await page.input_value("[name=text]") == "订单号 KB-9"


async def test_tab_goes_through_the_doubtful_ones_only_and_enter_accepts(
    running: House,
    chromium: Browser,
) -> None:
    page = await office_of(chromium, running, "xiaolan")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await dropped(page, running, file())
    assert await in_hand(page) == "lines-1-item_text", "the first doubtful field is in hand"
    assert await page.locator("td.on").inner_text() != "", "its source is lit"
    stops = [await in_hand(page)]
    for _ in range(3):
        await page.keyboard.press("Tab")
        stops.append(await in_hand(page))
    assert stops[1:] == ["lines-1-unit", "生成订单", "接单并确认"]
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    assert await in_hand(page) == "lines-1-unit"
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    assert await in_hand(page) == "lines-1-unit", "Enter accepts what is proposed and goes on"
    await page.select_option("[name='lines-1-unit']", "千件")
    assert await page.locator("[data-touches]").inner_text() == "1"
    assert int(await page.locator("[data-seconds]").inner_text()) < 60
    await page.keyboard.press("Enter")
    assert await in_hand(page) == "接单并确认", "nothing is doubtful any more"
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("/orders/SO"))
    said = await page.get_by_role("status").filter(has_text="已确认").first.inner_text()
    seconds, touches = map(int, re.findall(r"(\d+) 秒，改了 (\d+) 处", said)[0])
    assert seconds < 60 and touches == 1 and faults == []


async def test_a_unit_that_the_file_never_says_is_chosen_once_and_looked_at_in_each_line(
    looked_at: House, chromium: Browser
) -> None:
    page = await office_of(chromium, looked_at, "xiaolan")
    await dropped(page, looked_at, silent("KB-2", 12, 13))
    assert await in_hand(page) == "lines-0-unit", "the figure is not doubtful, only its unit is"
    await page.select_option("[name='lines-0-unit']", "千件")
    stops = []
    for _ in range(3):
        await page.keyboard.press("Enter")
        stops.append(await in_hand(page))
    assert stops == ["lines-0-price_unit", "lines-1-unit", "lines-1-price_unit"]
    assert await page.input_value("[name='lines-1-price_unit']") == "千件"


@pytest.mark.parametrize(("size", "first"), [((1440, 900), 22), ((820, 1180), 32), ((360, 760), 42)])
async def test_the_field_in_hand_is_seen_clear_of_the_buttons(
    looked_at: House, chromium: Browser, size: tuple[int, int], first: int
) -> None:
    page = await office_of(chromium, looked_at, "xiaolan")
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await dropped(page, looked_at, silent(f"KB-{size[0]}", *range(first, first + 6)))
    for n in range(6):
        assert await in_hand(page) == f"lines-{n}-unit"
        seen = await page.evaluate("""() => { const at = document.activeElement.getBoundingClientRect();
            return at.top >= document.querySelector(".top").getBoundingClientRect().bottom
              && at.bottom <= document.querySelector("[data-intake] .foot").getBoundingClientRect().top; }""")
        assert seen, n
        assert await page.locator("td.on").inner_text() == str(first + n), "and its source is lit"
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")


async def test_a_message_does_not_lie_over_the_button_on_a_phone(looked_at: House, chromium: Browser) -> None:
    page = await office_of(chromium, looked_at, "xiaolan")
    await page.set_viewport_size({"width": 360, "height": 760})
    rows = [
        ["客户", "订单号", "物料编码", "数量", "单位"],
        *(["宁波恒立", f"M-{n}", "HL-25-8841", 5, "千支"] for n in (1, 2)),
    ]
    await dropped(page, looked_at, rows_to_xlsx(("a", rows)), "/intake\\?state=new")
    await page.wait_for_selector(".toast")
    hit = await page.evaluate("""() => { const button = document.querySelector("form[action='/intake'] .btn.pri");
        const at = button.getBoundingClientRect();
        return [0.1, 0.5, 0.9].every((x) => button.contains(document.elementFromPoint(at.left + at.width * x, at.top + at.height / 2))); }""")
    assert hit


async def test_what_is_to_be_touched_on_a_phone_is_large_enough(looked_at: House, chromium: Browser) -> None:
    page = await office_of(chromium, looked_at, "xiaolan")
    await page.set_viewport_size({"width": 360, "height": 760})
    await dropped(page, looked_at, file())
    small = await page.evaluate("""[...document.querySelectorAll(".lc button, .lc input:not([type=hidden]), .lc select")]
        .filter((each) => each.offsetParent && (each.closest(".field") ?? each).getBoundingClientRect().height < 32)
        .map((each) => each.name || each.textContent)""")
    assert small == []


async def test_cells_from_excel_are_pasted_into_the_grid(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.goto(f"{running.base}/intake/grid")
    rows = [f"宁波恒立\tP-{n}\tHL-25-8841\t\t\t{n}\t千支\t268.6\t千支\t{due()}\t" for n in range(1, 21)]
    await paste(page, "[name='rows-0-customer_name']", "\n".join(rows))
    assert await page.input_value("[name='rows-19-quantity']") == "20", "the grid grew by itself"
    await page.click("form[action='/intake/grid'] .btn.pri")
    await page.wait_for_url(re.compile("/intake\\?state=new"))
    await page.click("text=一次接单")
    await page.click("form[action='/intake/clear'] .btn.pri")
    await page.wait_for_selector("text=已做 20 / 20 张")
