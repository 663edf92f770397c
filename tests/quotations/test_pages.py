"""The pages of quotations, as a browser gets them."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from app.core import clock, db
from app.core.db import commit
from app.inquiries.inquiries import Lost
from app.quotations import quotations
from tests.browse import browser_of, visitor
from tests.custom_fields.sample import VALUES, all_kinds, field
from tests.documents.test_paint import text_of
from tests.quotations.sample import TODAY, draft, line, price_list, sent
from tests.world import MORNING, World

FORM = {
    "customer": "HENGLI", "valid_until": "2026-12-31", "lead_days": "20", "lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5",
    "lines-0-unit": "千件", "lines-0-unit_price": "268", "lines-0-price_unit": "千件", "lines-0-kind": "normal",
    "lines-0-breaks": "50 = 255",
}  # fmt: skip


async def test_a_quotation_goes_from_the_form_to_an_order(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        made = await browser.post("/quotations/new", data=FORM)
        at = made.headers["location"]
        assert made.status_code == 303 and at.startswith("/quotations/QT20261208-0001")
        page = (await browser.get(at)).text
        for word in ("¥1,340.00", "草稿", "50 千支 起：255.00", "20 天"):
            assert word in page, word
        assert (await browser.post(f"{at}/send", data={"version": "1"})).status_code == 303
        accepted = await browser.post(
            f"{at}/accept", data={"customer_order_number": "PO-9", "quantity-1": "60"}
        )
        order = accepted.headers["location"]
        assert order.startswith("/orders/SO")
        page = (await browser.get(order)).text
        assert "QT20261208-0001" in page and f'href="{at}"' in page and "¥15,300.00" in page
        assert order in (await browser.get(at)).text


async def test_nothing_is_said_to_be_at_the_list_price_where_no_list_prices_it(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        at = f"/quotations/{(await draft(world)).number}"
        assert "没有一行在价目表里" in (await browser.get(at)).text
        await price_list(world)
        page = (await browser.get(at)).text
        assert "没有一行在价目表里" not in page and "有价目表价的行" in page


async def test_the_form_offers_the_custom_fields_of_orders_and_lines(world: World) -> None:
    await all_kinds(world, "sales_order")
    await field(world, "sales_order_line", "batch", label="炉批", required=True)
    given = {f"custom-{key}": value for key, value in VALUES.items()}
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/quotations/new")).text
        assert all(f'name="{name}"' in page for name in given) and 'name="lines-0-custom-batch"' in page
        wrong = await browser.post(
            "/quotations/new",
            data={**FORM, **given, "custom-coating_um": "thick", "lines-0-custom-batch": ""},
        )
        assert wrong.status_code == 422 and 'value="thick"' in wrong.text
        assert 'href="#f-custom-coating_um"' in wrong.text and 'href="#f-lines-0-custom-batch"' in wrong.text
        made = await browser.post("/quotations/new", data={**FORM, **given, "lines-0-custom-batch": "H1"})
        at = made.headers["location"]
        page, form = (await browser.get(at)).text, (await browser.get(f"{at}/edit")).text
        assert "XM-2026-07" in page and "炉批 H1" in page
        assert 'value="XM-2026-07"' in form and 'value="12.5"' in form and 'value="H1"' in form
        assert at in (await browser.get("/quotations?q=XM-2026-07")).text


async def test_a_refused_form_keeps_what_was_typed_with_the_error_at_its_field(world: World) -> None:
    wrong = {**FORM, "lines-0-quantity": "some", "lead_days": "soon", "lines-0-breaks": "50"}
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/quotations/new", data=wrong)
        assert answer.status_code == 422
        for word in ('value="some"', 'value="soon"', 'href="#f-lines-0-quantity"', 'href="#f-lead_days"'):
            assert word in answer.text, word
        only = {"customer": "HENGLI", "inquiry": "IQ-9", "lines-0-breaks": "50 = 255"}
        answer = await browser.post("/quotations/new", data=only)
        assert answer.status_code == 422
        for word in ('href="#f-inquiry"', 'value="50 = 255"', 'value="HENGLI"'):
            assert word in answer.text, word
        more = await browser.post("/quotations/new", data={**wrong, "add_line": "1"})
        assert more.status_code == 200 and 'name="lines-1-quantity"' in more.text
    assert not await db.value("select count(*) from quotations")


async def test_a_refused_dialog_stands_open_with_what_was_typed(world: World) -> None:
    made = await sent(world)
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post(
            f"/quotations/{made.number}/accept", data={"quantity-1": "many", "customer_order_number": "PO-9"}
        )
        assert answer.status_code == 422
        for word in ('id="accept-quotation" open', 'value="many"', 'value="PO-9"', 'id="e-quantity-1"'):
            assert word in answer.text, word
        answer = await browser.post(f"/quotations/{made.number}/lose", data={"note": "贵"})
        assert answer.status_code == 422 and 'id="lose-quotation" open' in answer.text and "贵" in answer.text


async def test_a_revision_is_shown_beside_the_one_before(world: World) -> None:
    made = await sent(world)
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post(f"/quotations/{made.number}/revise", data={"version": str(made.version)})
        assert answer.headers["location"] == f"/quotations/{made.number}-B/edit"
        form = (await browser.get(answer.headers["location"])).text
        assert 'value="268.00"' in form
        cheaper = {**FORM, "lines-0-line_no": "1", "lines-0-unit_price": "250", "lines-0-breaks": ""}
        assert (await browser.post(f"/quotations/{made.number}-B/edit", data=cheaper)).status_code == 303
        page = (await browser.get(f"/quotations/{made.number}-B")).text
        assert "<del>268.00 / 千支</del>" in page and "<ins>250.00 / 千支</ins>" in page
        assert (await browser.get(f"/quotations/{made.number}/edit")).status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abcd"), ("state=draft", "a"), ("state=sent", "b"), ("state=expired", "c"), ("state=lost", "d"), ("state=open", "abc"),
        ("state=nonsense", "abcd"), ("customer=HENGLI", "abcd"), ("customer=XX", ""), ("q=RFQ-B", "b"), ("q=nbhl", "abcd"),
        ("valid_to=2026-12-31", "c"), ("valid_from=nonsense", "abcd"), ("salesperson=999999999", ""), ("q=%00", ""),
    ],
)  # fmt: skip
async def test_the_list_is_filtered_by_its_address(world: World, query: str, found: str) -> None:
    made = {
        "a": await draft(world, customer_order_number="RFQ-A"),
        "b": await sent(world, customer_order_number="RFQ-B"),
        "c": await sent(world, valid_until=TODAY + timedelta(days=1)),
        "d": await sent(world),
    }
    await commit(quotations.lose, made["d"].number, Lost("price"), by=world.xiaolan)
    clock.move_to(MORNING + timedelta(days=2))
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get(f"/quotations?{query}")
        assert answer.status_code == 200
        assert "".join(key for key, each in made.items() if each.number in answer.text) == found
        if not query:
            book = openpyxl.load_workbook(io.BytesIO((await browser.get("/quotations/export.xlsx")).content))
            assert book.active is not None and book.active.max_row == 5
            found = (await browser.get("/search?q=QT2026")).text
            assert f"/quotations/{made['a'].number}" in found and f"/quotations/{made['b'].number}" in found


async def test_badges_count_what_the_view_shows(world: World) -> None:
    await draft(world)
    await sent(world)
    await sent(world, valid_until=TODAY)
    clock.move_to(MORNING + timedelta(days=1))
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/quotations")).text
        for href, count in re.findall(
            r'href="/quotations\?([^"]*)"[^>]*>[^<]*<span class="n">(\d+)</span>', page
        ):
            shown = (await browser.get(f"/quotations?{href.replace('&amp;', '&')}")).text
            assert len(set(re.findall(r'data-href="/quotations/(QT[\d-]+)"', shown))) == int(count), href


async def test_the_paper_is_in_the_language_of_the_customer_and_stays_on_the_shelf(world: World) -> None:
    made = await sent(world, breaks=["50 = 255"])
    async with browser_of(world.xiaolan) as browser:
        text = await _text(browser, f"/quotations/{made.number}/quotation.pdf")
        for word in ("报价单", "2027-01-07", "268.00", "50 千支 起：255.00"):
            assert word in text, word
        assert "Quotation" in await _text(browser, f"/quotations/{made.number}/quotation.pdf?language=en")
        await browser.get(f"/quotations/{made.number}/quotation.pdf")
    assert await db.value("select count(*) from issued_documents where about_kind = 'quotation'") == 2
    abroad = await draft(world, currency="USD")
    async with browser_of(world.chenzong) as browser:
        assert "Quotation" in await _text(browser, f"/quotations/{abroad.number}/quotation.pdf")
    assert await db.value("select count(*) from issued_documents where about_kind = 'quotation'") == 2


async def _text(browser, address: str) -> str:  # type: ignore[no-untyped-def]
    answer = await browser.get(address)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    return text_of(answer.content)


async def test_earlier_prices_stand_beside_the_form(world: World) -> None:
    await price_list(world, 300)
    made = await sent(world, line(unit_price="277"))
    async with browser_of(world.chenzong) as browser:
        found = await browser.post(
            "/quotations/similar", data={"customer": "HENGLI", "lines-0-item": "FB-M10X45-88D"}
        )
        assert made.number in found.text and "277.00" in found.text
        assert (await browser.post("/quotations/similar", data={"lines-0-item": "<x>"})).status_code == 200
        echo = await browser.get("/orders/echo?item=FB-M10X45-88D&customer=HENGLI&quantity=5&unit=千支")
        assert echo.status_code == 200 and "300.00" in echo.text


async def test_it_stands_on_the_customers_page(world: World) -> None:
    made = await sent(world)
    async with browser_of(world.xiaolan) as browser:
        assert made.number in (await browser.get("/customers/HENGLI?tab=quotations")).text


async def test_who_may_not_gets_nothing(world: World) -> None:
    made = await sent(world)
    places = (
        "/quotations",
        "/quotations/new",
        f"/quotations/{made.number}",
        f"/quotations/{made.number}/quotation.pdf",
    )
    async with browser_of(world.jianguo) as browser:
        for place in places:
            assert (await browser.get(place)).status_code in (403, 404), place
        assert (await browser.post(f"/quotations/{made.number}/send", data={})).status_code == 403
    async with visitor() as browser:
        for place in places:
            assert (await browser.get(place)).status_code == 303, place
