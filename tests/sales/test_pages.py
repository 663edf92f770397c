"""The pages of sales orders, as a browser gets them."""

from datetime import date

import pytest

from app.core.db import commit
from app.people.actors import HOUSE
from app.sales import orders, projections
from tests.browse import browser_of, visitor
from tests.sales.sample import confirmed, draft, head_of, line, lines_of
from tests.world import World

LINE = {"lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件", "lines-0-unit_price": "268",
        "lines-0-price_unit": "千件", "lines-0-kind": "normal", "lines-0-over_percent": "3", "lines-0-under_percent": "3"}  # fmt: skip
FORM = {"customer": "HENGLI", "due_date": "2026-12-18", "customer_order_number": "HL-1", **LINE}


async def test_the_list_shows_amount_state_and_days_left(world: World) -> None:
    made = await confirmed(world, due_date=date(2026, 12, 11))
    late = await confirmed(world, line(), line(), due_date=date(2026, 12, 1))
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get("/orders")
        assert answer.status_code == 200
        for word in (
            made.number,
            late.number,
            "¥1,340.00",
            "5 千支",
            "共 2 行",
            "剩 3 天",
            "逾期 7 天",
            "5,000 支 ≈ 201 kg",
        ):
            assert word in answer.text, word
        assert 'data-kind="bad">剩 3 天' in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"), ("state=draft", "a"), ("state=confirmed", "bc"), ("state=in_progress", "bc"), ("state=late", "c"),
        ("state=due_soon", "b"), ("state=late&state=due_soon", "bc"), ("due_to=2026-12-01", "c"), ("due_from=2026-12-18", "a"),
        ("due_from=nonsense", "abc"), ("customer=HENGLI", "abc"), ("customer=%E6%81%92%E7%AB%8B", "abc"), ("customer=XX", ""),
        ("q=nbhl", "abc"), ("q=PO-C", "c"), ("q=%00%F0%9F", ""), ("state=waiting", ""), ("state=nonsense", "abc"),
        ("q=" + "x" * 5000, ""), ("salesperson=999999999", ""),
    ],
)  # fmt: skip
async def test_the_list_is_filtered_by_its_address(world: World, query: str, found: str) -> None:
    numbers = {
        "a": (await draft(world, due_date=date(2026, 12, 18), customer_order_number="PO-A")).number,
        "b": (await confirmed(world, due_date=date(2026, 12, 10), customer_order_number="PO-B")).number,
        "c": (await confirmed(world, due_date=date(2026, 12, 1), customer_order_number="PO-C")).number,
    }
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get(f"/orders?{query}")
        assert answer.status_code == 200
        assert "".join(key for key, number in numbers.items() if number in answer.text) == found


async def test_the_list_turns_its_pages_in_every_order(world: World) -> None:
    for n in range(5):
        await draft(world, line(quantity=str(n + 1)))
    from app.sales.lists import LISTING

    for sort in ("number", "-number", "due_date", "-due_date", "amount", "-amount"):
        first = await LISTING.page(sort=sort, limit=3)
        second = await LISTING.page(sort=sort, limit=3, cursor=first.next_cursor)
        assert len({r["number"] for r in first.rows + second.rows}) == 5
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.get("/orders?sort=nonsense")).status_code == 422
        assert (await browser.get("/orders?after=nonsense")).status_code == 400


async def test_badges_count_what_the_filter_shows(world: World) -> None:
    """Each view's count is the number of rows behind it."""
    import re

    await draft(world)
    for day in (1, 9, 12, 30):
        await confirmed(world, due_date=date(2026, 12, day))
    delivered = await confirmed(world)
    [row] = await lines_of(delivered.id)
    await commit(orders.deliver, {row["id"]: 5_000_000}, date(2026, 12, 8), by=HOUSE)
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get("/orders")).text
        tabs = re.findall(r'<a href="(/orders[^"]*)"[^>]*>[^<]*<span class="n">(\d+)</span>', text)
        assert [int(n) for _href, n in tabs] == [6, 4, 2, 1, 4, 0]
        for href, count in tabs:
            page = (await browser.get(href.replace("&amp;", "&"))).text
            assert page.count('<tr data-href="/orders/') == int(count), href


async def test_an_order_is_written_in_the_form(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert "宁波恒立" in (await browser.get("/orders/new?customer=HENGLI")).text
        answer = await browser.post("/orders/new", data={**FORM, "_key": "k1"})
        assert answer.status_code == 303
        place = answer.headers["location"]
        again = await browser.post("/orders/new", data={**FORM, "_key": "k1"})
        assert again.headers["location"] == place
        shown = (await browser.get(place)).text
        assert "¥1,340.00" in shown and "268.00" in shown and "草稿" in shown


async def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        wrong = {
            **FORM,
            "lines-0-unit": "",
            "lines-0-quantity": "5x",
            "due_date": "soon",
            "customer": "NOBODY",
        }
        answer = await browser.post("/orders/new", data=wrong)
        assert answer.status_code == 422
        assert (
            'href="#f-due_date"' in answer.text
            and 'value="5x"' in answer.text
            and 'value="HL-1"' in answer.text
        )
        for field in ("customer", "lines-0-quantity", "lines-0-unit"):
            assert f'href="#f-{field}"' in answer.text, field


@pytest.mark.parametrize("currency", ["", "CNY", "USD"])
async def test_everything_that_is_wrong_is_told_at_once(world: World, currency: str) -> None:
    wrong = {
        **FORM, "customer": "", "customer_text": "NOBODY", "currency": currency, "rate": "abc", "due_date": "soon",
        "lines-0-item": "", "lines-0-item_text": "NOTHING", "lines-0-quantity": "abc", "lines-0-unit_price": "abc",
    }  # fmt: skip
    told = ("customer", "rate", "due_date", "lines-0-item", "lines-0-quantity", "lines-0-unit_price")
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/orders/new", data=wrong)
        framework = await browser.post(
            "/framework-orders/new", data={**wrong, "valid_from": "soon", "firm_days": "abc"}
        )
    for field in told:
        assert f'href="#f-{field}"' in answer.text, field
    for field in (*[each for each in told if each != "due_date"], "valid_from", "valid_until", "firm_days"):
        assert f'href="#f-{field}"' in framework.text, field


@pytest.mark.parametrize(
    "value",
    ["NaN", "1" + "0" * 30, "-1", "\x00", "<script>", "９９９９９９９９９９９９９９９９", "x" * 1_000_000],
)
async def test_no_field_of_the_form_can_break_it(world: World, value: str) -> None:
    async with browser_of(world.xiaolan) as browser:
        for name in (*FORM, "rate", "currency", "tax_included", "lines-0-tax_rate", "lines-0-due_date", "lines-0-line_no",
                     "lines-0-remark", "version", "trade_term", "channel"):  # fmt: skip
            answer = await browser.post("/orders/new", data={**FORM, name: value})
            assert answer.status_code in (303, 413, 422), (name, answer.status_code)
            assert "<script>" not in answer.text.replace("<script ", "")


async def test_a_line_is_added_without_javascript(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/orders/new", data={**FORM, "add_line": "1"})
        assert answer.status_code == 200 and 'name="lines-1-quantity"' in answer.text


async def test_a_draft_is_changed_in_the_form_and_a_stale_one_is_told(world: World) -> None:
    made = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        page = await browser.get(f"/orders/{made.number}/edit")
        assert 'value="5"' in page.text and 'value="268.00"' in page.text
        changed = {**FORM, "lines-0-line_no": "1", "lines-0-quantity": "6", "version": "1"}
        assert (await browser.post(f"/orders/{made.number}/edit", data=changed)).status_code == 303
        stale = await browser.post(f"/orders/{made.number}/edit", data=changed)
        assert stale.status_code == 409 and 'value="6"' in stale.text
    assert (await head_of(made.number))["gross"] == 160_800


async def test_the_echo_says_what_is_meant_and_asks_about_odd_prices(world: World) -> None:
    ask = {
        "item": "FB-M10X45-88D",
        "quantity": "5",
        "unit": "千件",
        "unit_price": "268",
        "price_unit": "千件",
    }
    async with browser_of(world.xiaolan) as browser:
        usual = await browser.get("/orders/echo", params=ask)
        assert usual.text.strip() == "5 千支 = 5,000 支 ≈ 201 kg = ¥1,340.00"
        odd = await browser.get("/orders/echo", params={**ask, "unit_price": "900"})
        assert "平时的价格是 ¥268.00 / 千支" in odd.text
        per_piece = await browser.get(
            "/orders/echo", params={**ask, "unit_price": "0.268", "price_unit": "件"}
        )
        assert "平时" not in per_piece.text and "¥1,340.00" in per_piece.text
        assert (await browser.get("/orders/echo", params={**ask, "quantity": "NaN"})).status_code == 422
        assert (await browser.get("/orders/echo", params={**ask, "item": "WHO"})).status_code == 200


async def test_lookups_find_by_initials(world: World) -> None:
    from app.core import db, search

    async with db.DB.transaction():
        await search.index("customer", world.hengli.id, "HENGLI", world.hengli.name)
        await search.index("item", world.bolt.id, world.bolt.code, world.bolt.name)
    async with browser_of(world.xiaolan) as browser:
        assert 'data-value="HENGLI"' in (await browser.get("/orders/lookup/customers?q=nbhl")).text
        assert 'data-value="FB-M10X45-88D"' in (await browser.get("/orders/lookup/items?q=m10")).text
        assert "HENGLI" not in (await browser.get("/orders/lookup/customers?q=zzz")).text


async def test_the_order_page_shows_its_stages_lines_and_story(world: World) -> None:
    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get(f"/orders/{made.number}")).text
        for word in (
            "接单",
            "确认",
            "排产",
            "备料",
            "生产",
            "发货",
            "收款",
            "六角法兰面螺栓",
            "陈晓岚",
            "确认订单",
            "/share",
        ):
            assert word in text, word
        for tab in ("work-orders", "deliveries", "money", "files", "nonsense"):
            assert (await browser.get(f"/orders/{made.number}?tab={tab}")).status_code == 200
        assert (await browser.get(f"/orders/{made.number}/timeline?before=1")).status_code == 200
        assert (await browser.get("/orders/SO20260101-9999")).status_code == 404


async def test_an_order_moves_by_its_buttons(world: World) -> None:
    made = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        at = f"/orders/{made.number}"
        assert f'action="{at}/confirm"' in (await browser.get(at)).text
        for verb, state in (("submit", "submitted"), ("confirm", "confirmed")):
            assert (await browser.post(f"{at}/{verb}")).status_code == 303
            assert (await head_of(made.number))["state"] == state
        again = await browser.post(f"{at}/confirm", headers={"Referer": f"http://test{at}"})
        assert again.status_code == 303 and "flash" in again.headers["set-cookie"]
        assert f'action="{at}/confirm"' not in (await browser.get(at)).text
        assert (await browser.post(f"{at}/close", data={"reason": ""})).status_code == 422
        assert (await browser.post(f"{at}/cancel", data={"reason": "客户取消"})).status_code == 303
        assert "已作废" in (await browser.get(at)).text


async def test_goods_expected_too_late_are_told_on_list_and_page(world: World) -> None:
    made = await confirmed(world, due_date=date(2026, 12, 18))
    assert await projections.project({made.id: date(2026, 12, 21)})
    async with browser_of(world.xiaolan) as browser:
        listed, page = (await browser.get("/orders")).text, (await browser.get(f"/orders/{made.number}")).text
        assert 'data-kind="warn">预计晚 3 天' in listed
        assert page.count("预计晚 3 天") >= 2 and "预计 12-21 周一 · 客户交期 12-18 周五" in page
    assert await projections.project({made.id: date(2026, 12, 18)})
    async with browser_of(world.xiaolan) as browser:
        assert (
            "预计晚"
            not in (await browser.get("/orders")).text + (await browser.get(f"/orders/{made.number}")).text
        )


async def test_only_the_next_step_that_can_be_done_is_offered(world: World) -> None:
    made = await confirmed(world)
    make, send = (
        f'action="/orders/{made.number}/work-orders"',
        f'action="/orders/{made.number}/delivery-notes"',
    )
    async with browser_of(world.liuyang) as planner, browser_of(world.xiaolan) as seller:
        assert make in (await planner.get(f"/orders/{made.number}")).text
        assert send not in (await seller.get(f"/orders/{made.number}")).text
        assert (await planner.post(f"/orders/{made.number}/work-orders")).status_code == 303
        assert make not in (await planner.get(f"/orders/{made.number}")).text


async def test_who_may_not_see_prices_sees_none(world: World) -> None:
    made = await confirmed(world)
    async with browser_of(world.liuyang) as browser:
        for path in ("/orders", f"/orders/{made.number}"):
            text = (await browser.get(path)).text
            assert made.number in text and "1,340" not in text and "268.00" not in text
        assert (await browser.get(f"/orders/{made.number}/confirmation.pdf")).status_code == 403
        assert (await browser.get("/orders/export.xlsx")).status_code == 200


async def test_pages_are_refused_for_nobody_and_closed_to_strangers(world: World) -> None:
    made = await draft(world)
    at = f"/orders/{made.number}"
    async with browser_of(world.nobody) as browser:
        for path in ("/orders", "/orders/new", at, f"{at}/edit", f"{at}/confirmation.pdf", "/orders/echo", "/exchange-rates",
                     "/orders/export.xlsx", "/orders/lookup/items", "/orders/lookup/customers", f"{at}/timeline"):  # fmt: skip
            assert (await browser.get(path)).status_code == 403, path
        for path in (
            "/orders/new",
            f"{at}/edit",
            f"{at}/submit",
            f"{at}/confirm",
            f"{at}/cancel",
            f"{at}/close",
        ):
            assert (await browser.post(path, data=FORM)).status_code == 403, path
    async with visitor() as browser:
        assert (await browser.get("/orders")).status_code in (302, 303)


async def test_the_confirmation_is_a_pdf_and_kept_once(world: World) -> None:
    from app.core import db

    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        for _ in range(2):
            answer = await browser.get(f"/orders/{made.number}/confirmation.pdf")
            assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        assert (await browser.get(f"/orders/{made.number}/confirmation.pdf?language=en")).content.startswith(
            b"%PDF"
        )
    assert await db.value("select count(*) from issued_documents") == 2


async def test_rates_are_kept_by_day(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.get("/exchange-rates")).status_code == 200
        good = {"currency": "USD", "day": "2026-12-08", "rate": "7.1234"}
        assert (await browser.post("/exchange-rates", data=good)).status_code == 303
        assert "7.1234" in (await browser.get("/exchange-rates")).text
        assert (await browser.post("/exchange-rates", data={**good, "rate": "0"})).status_code == 422


async def test_the_list_is_exported(world: World) -> None:
    import io

    from python_calamine import CalamineWorkbook

    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get("/orders/export.xlsx?state=confirmed")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert made.number in rows[1]
