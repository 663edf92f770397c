"""Who asks and is no customer is quoted as a prospect, and becomes a customer when they accept."""

from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.parties import prospects
from app.quotations import accepting, quotations
from app.quotations.accepting import Acceptance
from app.quotations.offering import NewQuotation
from app.sales import orders
from app.sales.orders import NewOrder
from tests.browse import browser_of, program_of
from tests.inquiries.sample import bolts, taken
from tests.quotations.sample import line, sent
from tests.sales.sample import order
from tests.world import World, events_of

FILE = {"code": "DONGHE", "address": "台州市东和路 8 号", "payment_days": "60"}


async def offered(world: World) -> Any:
    """东和 asks, is quoted without being a customer, and the quotation goes out."""
    asked = await taken(world, bolts(), customer="", asker="台州东和机电", contact="李工 139", currency="USD")
    new = NewQuotation(
        offered=NewOrder(customer="", lines=[line(unit_price="40")], rate="7"), inquiry=asked.number
    )
    made = (await commit(quotations.write, new, by=world.xiaolan)).value
    return (await commit(quotations.send, made.number, by=world.xiaolan)).value


async def file_of(id_: int) -> dict[str, Any]:
    found = await db.one("select * from customers where id = {}", id_)
    assert found is not None
    return found


async def test_an_asker_is_quoted_as_a_prospect(world: World) -> None:
    quotation = await offered(world)
    prospect = await file_of(quotation.customer)
    assert (prospect["name"], prospect["contact"], prospect["currency"], bool(prospect["prospect"])) == (
        "台州东和机电", "李工 139", "USD", True
    )  # fmt: skip
    assert await db.value("select customer from inquiries") == quotation.customer
    with pytest.raises(Refused) as told:
        await commit(orders.create, order(customer=prospect["code"]), by=world.xiaolan)
    assert "潜在客户" in told.value.fields()["customer"]


async def test_a_prospect_that_accepts_becomes_a_customer_with_what_is_known(world: World) -> None:
    quotation = await offered(world)
    with pytest.raises(Invalid) as told:
        await commit(
            accepting.accept, quotation.number, Acceptance(file={"code": "HENGLI"}), by=world.xiaolan
        )
    assert set(told.value.fields()) == {"customer_code", "customer_address"}
    _done, number = (
        await commit(accepting.accept, quotation.number, Acceptance(file=FILE), by=world.xiaolan)
    ).value
    customer = await file_of(quotation.customer)
    assert (customer["code"], bool(customer["prospect"]), customer["payment_days"]) == ("DONGHE", False, 60)
    made = await db.one("select * from sales_orders where number = {}", number)
    assert made and (made["customer_name"], made["address"], made["payment_days"]) == (
        "台州东和机电",
        "台州市东和路 8 号",
        60,
    )
    assert made["contact"] == "李工 139"
    told_of = await events_of("customer", customer["id"])
    assert told_of[0] == "customer.prospect_made" and told_of.index("customer.won") < told_of.index(
        "sales_order.created"
    )
    with pytest.raises(Refused):
        await commit(prospects.win, "DONGHE", FILE, by=world.xiaolan)


async def test_the_dialog_asks_and_keeps_what_was_typed(world: World) -> None:
    quotation = await offered(world)
    async with browser_of(world.xiaolan) as page:
        shown = (await page.get(f"/quotations/{quotation.number}")).text
        assert 'name="customer_code"' in shown and "李工 139" in shown
        path = f"/quotations/{quotation.number}/accept"
        wrong = await page.post(path, data={"customer_code": "HENGLI", "customer_address": "台州"})
        assert wrong.status_code == 422 and "HENGLI" in wrong.text and 'value="台州"' in wrong.text
        done = await page.post(path, data={"customer_code": "DONGHE", "customer_address": "台州"})
        assert done.status_code == 303 and done.headers["location"].startswith("/orders/")


async def test_the_form_of_an_inquiry_by_nobody_of_ours_needs_no_customer(world: World) -> None:
    asked = await taken(world, bolts(), customer="", asker="台州东和机电")
    async with browser_of(world.xiaolan) as page:
        assert (
            "台州东和机电（作为潜在客户）" in (await page.get(f"/quotations/new?inquiry={asked.number}")).text
        )
        data = {
            "inquiry": asked.number, "lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件",
            "lines-0-unit_price": "268", "lines-0-price_unit": "千件",
        }  # fmt: skip
        wrong = await page.post("/quotations/new", data=data | {"lines-0-quantity": ""})
        assert wrong.status_code == 422 and not await db.value("select 1 from customers where prospect")
        assert (await page.post("/quotations/new", data=data)).status_code == 303
        listed = (await page.get("/customers?active=prospect")).text
        assert "台州东和机电" in listed and "HENGLI" not in listed


async def test_a_prospect_is_won_on_its_own_page_too(world: World) -> None:
    code = (await file_of((await offered(world)).customer))["code"]
    async with browser_of(world.xiaolan) as page:
        assert f"/customers/{code}/win" in (await page.get(f"/customers/{code}")).text
        assert (await page.post(f"/customers/{code}/win", data={"customer_code": ""})).status_code == 422
        done = await page.post(
            f"/customers/{code}/win", data={"customer_code": "DH", "customer_address": "台州"}
        )
        assert done.headers["location"] == "/customers/DH"
    with pytest.raises(Refused) as told:
        await commit(prospects.win, code, FILE, by=world.liuyang)
    assert told.value.reason.code == "forbidden"


async def test_the_owner_may_accept_what_he_may_send(world: World) -> None:
    quotation = await sent(world)
    async with program_of(world.chenzong) as api:
        done = await api.post(f"/api/v1/quotations/{quotation.number}/accept", json={})
        assert done.status_code == 200 and done.json()["sales_order"]
    async with browser_of(world.chenzong) as page:
        other = await sent(world)
        assert f"/quotations/{other.number}/accept" in (await page.get(f"/quotations/{other.number}")).text
