"""Receipts as people see them."""

import re

from app.billing import advances, receipts
from app.billing.receipts import NewReceipt
from app.core import clock, db
from app.core.db import commit
from tests.browse import browser_of, program_of
from tests.stories import thread
from tests.world import World


async def test_a_receipt_taken_back_has_nothing_left_to_match(world: World) -> None:
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    async with browser_of(world.zhoumin) as client:
        assert (await client.get(f"/receipts/{made.number}")).text.count("¥20,000.00") > 1
        await commit(receipts.reverse, made.number, by=world.zhoumin)
        page = (await client.get(f"/receipts/{made.number}")).text
    facts = page[page.index("未核销") :][:200]
    assert "¥0.00" in facts and "¥20,000.00" not in facts


async def test_each_figure_of_matching_says_what_it_is_on_a_card(world: World) -> None:
    await thread.delivered(world)
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    owed = await db.value("select number from receivables")
    async with browser_of(world.zhoumin) as client:
        page = (await client.get(f"/receipts/{made.number}")).text
        assert 'data-label="本次核销"' in page and 'data-label="金额"' not in page
        await commit(receipts.allocate, made.number, {owed: 45_000}, by=world.zhoumin)
        page = (await client.get(f"/receipts/{made.number}")).text
    assert re.search(r'<td class="num[^"]*" data-label="金额">\s*450.00</td>', page)


async def test_errors_of_matching_stand_in_the_order_of_the_page(world: World) -> None:
    await thread.delivered(world)
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    fields = [f"amount-AR20261208-{n:04}" for n in (7, 3, 9, 1, 5, 8, 2, 6)]
    async with browser_of(world.zhoumin) as client:
        page = await client.post(f"/receipts/{made.number}/allocate", data=dict.fromkeys(fields, "abc"))
    assert page.status_code == 422
    assert re.findall(r'href="#f-(amount-[^"]+)"', page.text) == fields


async def test_all_that_is_wrong_with_a_receipt_or_an_advance_is_told_at_once(world: World) -> None:
    await thread.delivered(world)
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    async with browser_of(world.zhoumin) as client:
        for order, amount in (
            ("", ""),
            ("NOPE", "abc"),
            ("NOPE", "0"),
            ("NOPE", "20000.01"),
            ("x" * 41, "-1"),
        ):
            sent = {"order": order, "amount": amount}
            page = await client.post(f"/receipts/{made.number}/advances", data=sent)
            assert page.status_code == 422
            assert re.findall(r'<a href="#f-([^"]+)">', page.text) == ["order", "amount"], sent
            assert f'value="{order}"' in page.text and f'value="{amount}"' in page.text, "nothing is lost"
            summary = page.text.index('class="errors"')
            assert f"/receipts/{made.number}/advances" in page.text[summary - 400 : summary], "at their form"
        sent = {"customer": "NOPE", "amount": "abc", "received_on": "2099-01-01", "reference": "r" * 81}
        page = await client.post("/receipts", data=sent)
        assert page.status_code == 422
        wrong = set(re.findall(r'<a href="#f-([^"]+)">', page.text))
        assert wrong == {"customer", "amount", "received_on", "reference"}


async def test_a_list_is_narrowed_by_a_part_of_the_customers_name_or_its_code(world: World) -> None:
    made = (
        await commit(receipts.make, NewReceipt("HENGLI", 2_000_000, clock.today()), by=world.zhoumin)
    ).value
    async with browser_of(world.zhoumin) as client:
        for typed, there in (("恒立", True), ("HENGLI", True), ("HENG", False), ("奥途", False)):
            page = await client.get("/receipts", params={"customer": typed})
            assert (made.number in page.text) is there, typed


async def test_receivables_are_found_by_their_number_the_order_the_customer_and_pinyin(world: World) -> None:
    order, _note = await thread.delivered(world)
    number = await db.value("select number from receivables")
    async with browser_of(world.zhoumin) as page:
        for word in (number, number[-4:], order.number, "PO-8841", "恒立", "nbhl"):
            assert number in (await page.get(f"/receivables?q={word}")).text, word
        assert number not in (await page.get("/receivables?q=东和")).text
    async with program_of(world.zhoumin) as api:
        assert [r["number"] for r in (await api.get("/api/v1/receivables?q=恒立")).json()["items"]] == [
            number
        ]


async def test_a_receivable_says_what_is_kept_for_its_order_until_it_is_matched(world: World) -> None:
    order, _note = await thread.delivered(world)
    owed = await db.one('select number from receivables where "order" = {}', order.id)
    assert owed is not None
    money = NewReceipt("HENGLI", 100_000, clock.today())
    made = (await commit(receipts.make, money, by=world.zhoumin)).value
    await commit(advances.put, made.number, order.number, 60_000, by=world.zhoumin)
    address = f"/receivables/{owed['number']}"
    async with browser_of(world.zhoumin) as client:
        said = (await client.get(address)).text
        assert "¥600.00" in said and f"/receipts/{made.number}" in said
        await commit(receipts.allocate, made.number, {owed["number"]: 45_000}, by=world.zhoumin)
        assert "¥150.00" in (await client.get(address)).text
        await commit(receipts.allocate, made.number, {owed["number"]: 15_000}, by=world.zhoumin)
        assert "留给这张订单" not in (await client.get(address)).text
