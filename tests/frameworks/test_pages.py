"""The pages of framework orders, as a browser gets them."""

import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import openpyxl

from app.core import clock, db
from app.core.db import commit
from app.frameworks import frameworks
from tests.browse import browser_of
from tests.documents.test_paint import text_of
from tests.frameworks.sample import FAR, FURTHER, NEAR, TODAY, active, called, draft, line, ordered
from tests.world import MORNING, World

FORM = {
    "customer": "HENGLI", "valid_until": "2027-12-31", "customer_order_number": "HL-FA-2027", "firm_days": "10", "beyond_percent": "5",
    "repeats": "no", "lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "100", "lines-0-unit": "千件", "lines-0-unit_price": "268",
    "lines-0-price_unit": "千件", "lines-0-kind": "normal",
}  # fmt: skip


def grid(*rows: list[str], **more: str) -> dict[str, str]:
    return {f"rows-{r}-c{n}": cell for r, row in enumerate(rows) for n, cell in enumerate(row)} | more


async def test_a_framework_order_goes_from_the_form_to_an_order(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        made = await browser.post("/framework-orders/new", data=FORM)
        at = made.headers["location"]
        assert made.status_code == 303 and at.startswith("/framework-orders/FO20261208-0001")
        at = at.partition("?")[0]
        page = (await browser.get(at)).text
        for word in ("¥26,800.00", "草稿", "100 千支", "HL-FA-2027", "10 天"):
            assert word in page, word
        assert (await browser.post(f"{at}/activate", data={"version": "1"})).status_code == 303
        sent = grid(["", "2027-1-15", "1月22日"], ["fb-m10x45-88d", "20", "5.5"], reference="W50")
        looked = await browser.post(f"{at}/plan", data={**sent, "look": "1"})
        assert (
            looked.status_code == 200
            and "20 千支 · 2027-01-15" in looked.text
            and "5.5 千支 · 2027-01-22" in looked.text
        )
        assert not await db.value("select count(*) from call_off_plans")
        assert (await browser.post(f"{at}/plan", data=sent)).status_code == 303
        page = (await browser.get(at)).text
        assert 'value="1@2027-01-15"' in page and "25 %" in page and "W50" in page
        both = urlencode([("chosen", "1@2027-01-15"), ("chosen", "1@2027-01-22")])
        done = await browser.post(
            f"{at}/orders", content=both, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        order = done.headers["location"].partition("?")[0]
        assert done.status_code == 303 and order.startswith("/orders/SO")
        page = (await browser.get(order)).text
        assert f'href="{at}"' in page and "HL-FA-2027 / W50" in page
        page = (await browser.get(at)).text
        assert f'href="{order}"' in page and "1@2027-01-15" not in page
        customer = (await browser.get("/customers/HENGLI?tab=framework-orders")).text
        assert f'href="{at}"' in customer


async def test_a_refused_form_keeps_what_was_typed_with_the_error_at_its_field(world: World) -> None:
    wrong = {**FORM, "lines-0-quantity": "some", "firm_days": "soon", "valid_until": "", "repeats": "no"}
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/framework-orders/new", data=wrong)
        assert answer.status_code == 422
        for word in ('value="some"', 'value="soon"', 'href="#f-lines-0-quantity"', 'href="#f-firm_days"', 'href="#f-valid_until"',
                     '<option value="no" selected>'):  # fmt: skip
            assert word in answer.text, word
        more = await browser.post("/framework-orders/new", data={**wrong, "add_line": "1"})
        assert more.status_code == 200 and 'name="lines-1-quantity"' in more.text
    assert not await db.value("select count(*) from framework_orders")


async def test_an_edited_one_says_what_stood_and_keeps_it(world: World) -> None:
    made = await active(world, line(quantity="100", unit_price="255.5"), firm_days="7", repeats=False)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/framework-orders/{made.number}/edit")).text
        for word in (
            'value="255.50"',
            'value="7"',
            '<option value="no" selected>',
            'value="2027-12-31"',
            "生效中",
        ):
            assert word in page or word == "生效中", word
        kept = {**FORM, "lines-0-line_no": "1", "lines-0-unit": "千支", "version": str(made.version)}
        assert (await browser.post(f"/framework-orders/{made.number}/edit", data=kept)).status_code == 303
        stale = await browser.post(f"/framework-orders/{made.number}/edit", data=kept)
        assert stale.status_code == 409 and 'value="HL-FA-2027"' in stale.text


async def test_the_grid_names_what_is_wrong_at_its_cell_and_keeps_the_rest(world: World) -> None:
    made = await active(world)
    at = f"/framework-orders/{made.number}/plan"
    async with browser_of(world.xiaolan) as browser:
        sent = grid(
            ["", "2027-01-15", "someday"], ["HL-25-8841", "20", "5"], ["X-9", "", "7"], reference="W51"
        )
        answer = await browser.post(at, data=sent)
        assert (
            answer.status_code == 422
            and 'href="#f-rows-0-c2"' in answer.text
            and 'value="someday"' in answer.text
        )
        sent = grid(
            ["料号", "2027-01-15", "2027-01-22"], ["HL-25-8841", "x", "500"], ["X-9", "-", "7"], ["", "3", ""]
        )
        answer = await browser.post(at, data=sent)
        for name in ("rows-1-c1", "rows-2-c0", "rows-3-c0"):
            assert f'href="#f-{name}"' in answer.text, name
        answer = await browser.post(
            at, data=grid(["", "2027-01-15", "2027-01-22"], ["HL-25-8841", "50", "51"])
        )
        assert (
            answer.status_code == 422 and 'href="#f-rows-1-c2"' in answer.text and "101 千支" in answer.text
        )
        nothing = await browser.post(at, data=grid(["", "2027-01-15"], ["HL-25-8841", ""]))
        assert nothing.status_code == 422
    assert not await db.value("select count(*) from call_off_plans")


async def test_the_grid_begins_with_what_stands_and_the_same_again_is_told_so(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"), (FURTHER, "5"))
    await ordered(world, made, FAR)
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"{at}/plan")).text
        sent = dict(re.findall(r'name="(rows-\d+-c\d+)" value="([^"]*)"', page))
        assert {"2027-01-15", "2027-01-22", "HL-25-8841", "20", "5"} <= set(sent.values())
        answer = await browser.post(f"{at}/plan", data={**sent, "look": "1"})
        assert "与现有要货一致" in answer.text
        answer = await browser.post(f"{at}/plan", data=sent)
        assert answer.status_code == 303
    assert await db.value("select made + flagged from call_off_plans order by id desc limit 1") == 0


async def test_a_plan_in_pieces_is_taken_in_the_unit_of_the_line(world: World) -> None:
    made = await active(world)
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        sent = grid(["", "2027-01-15"], ["HL-25-8841", "20,000"])
        refused = await browser.post(f"{at}/plan", data=sent)
        assert refused.status_code == 422 and "20,000 千支" in refused.text
        assert (await browser.post(f"{at}/plan", data={**sent, "unit": "箱"})).status_code == 422
        assert (await browser.post(f"{at}/plan", data={**sent, "unit": "件"})).status_code == 303
        assert "20 千支" in (await browser.get(at)).text


async def test_a_flagged_change_is_decided_on_the_page(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"))
    await called(world, made, (NEAR, "8"))
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(at)).text
        assert (
            f'action="{at}/changes/2/agree"' in page
            and "5 千支 · 2026-12-15" in page
            and "8 千支 · 2026-12-15" in page
        )
        assert (await browser.post(f"{at}/changes/2/refuse", data={"note": "来不及"})).status_code == 303
        page = (await browser.get(at)).text
        assert "来不及" in page and "/changes/2/agree" not in page
        again = await browser.post(f"{at}/changes/2/agree")
        assert again.status_code == 409 and "已经决定过了" in again.text
        assert (await browser.post(f"{at}/changes/99/agree")).status_code == 404
        nothing = await browser.post(f"{at}/orders")
        assert nothing.status_code == 422 and "请至少勾选一项要货" in nothing.text
        assert (await browser.post(f"{at}/close")).status_code == 422


async def test_all_that_is_flagged_is_decided_at_once(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"), (TODAY, "3"))
    await called(world, made, (NEAR, "8"), (TODAY, "4"))
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        assert f'action="{at}/changes/agree"' in (await browser.get(at)).text
        assert (await browser.post(f"{at}/changes/agree")).status_code == 303
        assert (await browser.post(f"{at}/changes/refuse")).status_code == 409
    rows = await db.rows("select entered from call_offs order by due_date")
    assert [row["entered"] for row in rows] == ["4", "8"]


async def test_a_plan_that_was_opened_before_something_changed_is_asked_again(world: World) -> None:
    made = await active(world, repeats=False)
    await called(world, made, (FAR, "20"))
    at = f"/framework-orders/{made.number}/plan"
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(at)).text
        sent = dict(re.findall(r'name="(rows-\d+-c\d+|version)" value="([^"]*)"', page))
        await ordered(world, made, FAR)
        stale = await browser.post(at, data=sent)
        assert stale.status_code == 409 and 'value="20"' in stale.text
    assert await db.value("select count(*) from call_offs") == 1


async def test_who_plans_sees_it_without_prices_and_changes_nothing(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.liuyang) as browser:
        page = (await browser.get(at)).text
        assert (
            "20 千支" in page
            and "¥" not in page.partition('<ol class="tl">')[0].partition("<h1")[2]
            and not re.search(r"\b268\b", page)
        )
        assert f"{at}/plan" not in page and 'name="chosen"' not in page and f"{at}/edit" not in page
        assert "¥" not in (await browser.get("/framework-orders")).text
        for path in ("/plan", "/edit"):
            assert (await browser.get(f"{at}{path}")).status_code == 403
    async with browser_of(world.nobody) as browser:
        assert (await browser.get(at)).status_code == 403


async def test_the_list_is_searched_filtered_and_exported(world: World) -> None:
    made = await active(world)
    await draft(world, customer_order_number="OTHER")
    await called(world, made, (NEAR, "95"))
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/framework-orders?q=hl-fa")).text
        assert made.number in page and "0002" not in page and "95" in page
        for query, found in (("state=active", True), ("state=draft", False), ("state=to_order", True), ("state=undecided", False),
                             ("state=ending", False), ("customer=HENGLI", True)):  # fmt: skip
            assert (made.number in (await browser.get(f"/framework-orders?{query}")).text) is found, query
        answer = await browser.get("/framework-orders/export.xlsx?state=active")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [made.number]
        assert made.number in (await browser.get("/search?q=HL-FA-2027")).text
        clock.move_to(MORNING + timedelta(days=400))
        assert made.number in (await browser.get("/framework-orders?state=expired")).text
        assert "有效期已过" in (await browser.get(f"/framework-orders/{made.number}")).text
        assert (await browser.get(f"/framework-orders/{made.number}/plan")).status_code == 409


async def test_the_paper_says_what_is_agreed_and_is_kept_once_it_is_in_force(world: World) -> None:
    made = await draft(world, beyond_percent="5")
    at = f"/framework-orders/{made.number}/framework-order.pdf"
    async with browser_of(world.xiaolan) as browser:
        said = text_of((await browser.get(at)).content)
        for word in ("框架协议", "HL-FA-2027", "2027-12-31", "100 千支", "26,800.00", "5 %"):
            assert word in said, word
        assert not await db.value("select count(*) from issued_documents")
        await commit(frameworks.activate, made.number, by=world.xiaolan)
        for _n in range(2):
            assert (await browser.get(at)).status_code == 200
        assert "Framework order" in text_of((await browser.get(f"{at}?language=en")).content)
        assert await db.value("select count(*) from issued_documents") == 2
    async with browser_of(world.liuyang) as browser:
        assert (await browser.get(at)).status_code == 403


async def test_a_draft_offers_no_plan(world: World) -> None:
    made = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.get(f"/framework-orders/{made.number}/plan")).status_code == 409
        await commit(frameworks.activate, made.number, by=world.xiaolan)
        assert (await browser.get(f"/framework-orders/{made.number}/plan")).status_code == 200
