"""A lookup field never sends another thing than its text says."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, Route, expect

from app.core import db
from tests import make
from tests.browse import browser_of
from tests.e2e.browser import office_of
from tests.e2e.house import House
from tests.sales.sample import FORM
from tests.world import World


def typed_over(name: str, value: str, text: str, said: str = "what was chosen before") -> dict[str, str]:
    """A lookup field in whose text something was typed while its value stayed."""
    return {name: value, f"{name}_text": text, f"{name}_said": said}


async def test_the_text_is_meant_where_it_is_not_what_was_chosen(world: World) -> None:
    nut = await make.item("N-M10", name="螺母", unit_label="只")
    async with browser_of(world.xiaolan) as browser:
        over = typed_over("lines-0-item", world.bolt.code, nut.code)
        assert (await browser.post("/orders/new", data={**FORM, **over})).status_code == 303
        assert await db.value("select item from sales_order_lines") == nut.id
        same = typed_over("lines-0-item", world.bolt.code, " 六角法兰面螺栓 ", "六角法兰面螺栓")
        assert (await browser.post("/orders/new", data={**FORM, **same})).status_code == 303
        assert await db.value("select item from sales_order_lines order by id desc") == world.bolt.id


@pytest.mark.parametrize("name", ["customer", "lines-0-item"])
@pytest.mark.parametrize("text", ["没有这个", ""])
async def test_what_the_text_does_not_name_is_refused_at_the_field_and_stays_so(
    world: World, name: str, text: str
) -> None:
    async with browser_of(world.xiaolan) as browser:
        page = await browser.post("/orders/new", data={**FORM, **typed_over(name, FORM[name], text)})
        assert page.status_code == 422 and f'href="#f-{name}"' in page.text
        hidden = dict(re.findall(rf'name="({name}|{name}_text|{name}_said)" value="([^"]*)"', page.text))
        assert hidden == {name: "", f"{name}_text": text, f"{name}_said": text}
        assert (await browser.post("/orders/new", data={**FORM, **hidden})).status_code == 422
    assert await db.value("select count(*) from sales_orders") == 0


async def test_what_is_typed_in_a_field_that_may_be_empty_is_not_lost(world: World) -> None:
    asked = {"code": "PL-A", "name": "手写", "currency": "CNY", "valid_from": "2026-01-01", "active": "1"}
    async with browser_of(world.xiaolan) as browser:
        for over in (
            typed_over("customer", "HENGLI", "没有这家"),
            {"customer": "", "customer_text": "没有这家"},
        ):
            page = await browser.post("/price-lists", data={**asked, **over})
            assert page.status_code == 422 and 'id="e-customer"' in page.text and "没有这家" in page.text
        by_name = {"customer": "", "customer_text": world.hengli.name}
        assert (await browser.post("/price-lists", data={**asked, **by_name})).status_code == 303
    assert await db.value("select customer from price_lists") == world.hengli.id


async def test_every_form_that_looks_something_up_says_so_of_what_is_typed_over(world: World) -> None:
    moved = {"why": "opening", "quantity": "5", "quantity_unit": "千件", "to": "A-01-01"}
    for who, path, sent, field in (
        (world.xiuying, "/stock/moves", {**moved, **typed_over("item", world.bolt.code, "没有")}, "item"),
        (world.xiuying, "/stock/moves", {**moved, "item": world.bolt.code, **typed_over("to", "A-01-01", "Z-99")}, "to"),
        (world.zhoumin, "/receipts", {"amount": "5", "received_on": "2026-12-08", **typed_over("customer", "HENGLI", "没有")}, "customer"),
        (world.admin, "/users", {"login": "newcomer", "roles[]": "sales", **typed_over("person", "P001", "没有")}, "person"),
    ):  # fmt: skip
        async with browser_of(who) as browser:
            page = await browser.post(path, data=sent)
        assert page.status_code == 422 and f'href="#f-{field}"' in page.text, (path, field)


@pytest.mark.browser
async def test_what_is_typed_before_the_scripts_arrive_is_meant(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    late = asyncio.Event()

    async def hold(route: Route) -> None:
        await late.wait()
        await route.continue_()

    await page.route(re.compile(r"lookup.*\.js"), hold)
    await page.goto(f"{running.base}/orders/new?customer=HENGLI", wait_until="commit")
    text, value = page.locator("[name=customer_text]"), page.locator("[name=customer]")
    await text.fill("没有这家")
    assert await value.input_value() == "HENGLI", "no script yet"
    late.set()
    await expect(value).to_have_value("")
    assert await text.input_value() == "没有这家"


@pytest.mark.browser
async def test_a_chosen_customer_fills_the_order(running: House, chromium: Browser) -> None:
    page = await office_of(chromium, running, "xiaolan")
    await page.goto(f"{running.base}/orders/new")
    await page.locator("#f-customer").fill("HENGLI")
    await page.locator("#o-customer [role=option]").first.click()
    await expect(page.locator("#f-payment_days")).to_have_value("30")
    await expect(page.locator("#taken header")).to_contain_text("宁波恒立")
