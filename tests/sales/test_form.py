"""The form of a sales order: what is typed, echoed, looked up and refused."""

import pytest

from tests.browse import browser_of
from tests.sales.sample import FORM, draft, head_of
from tests.world import World


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


async def test_a_number_that_the_customer_used_already_is_told_while_it_is_entered(world: World) -> None:
    made = await draft(world, customer_order_number="PO-77")
    async with browser_of(world.xiaolan) as browser:
        form = {"customer": "HENGLI", "customer_order_number": " PO-77 "}
        assert made.number in (await browser.post("/orders/same-number", data=form)).text
        for other in ({"number": made.number}, {"customer_order_number": "PO-78"}, {"customer": "NOBODY"}):
            assert made.number not in (await browser.post("/orders/same-number", data={**form, **other})).text
        assert 'hx-post="/orders/same-number"' in (await browser.get("/orders/new")).text
    async with browser_of(world.nobody) as browser:
        assert (await browser.post("/orders/same-number", data=form)).status_code == 403


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
