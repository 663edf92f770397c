"""Charges are billed with the first delivery or with the order; consigned goods when they are used. Each exactly once."""

from datetime import date
from typing import Any

import pytest

from app.billing import consignment, receipts
from app.billing.receipts import NewReceipt
from app.core import clock, db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.delivery.pages import slip
from app.delivery.queries import note_called
from app.insight import on_time
from app.portal.progress import of_order as progress_of_customer
from app.sales import conditions, exposure, orders, progress
from app.sales.orders import NewLine
from app.sales.pages import confirmation
from app.sales.tables import SalesOrder
from tasks import events as relay
from tests import make
from tests.browse import browser_of, program_of
from tests.delivery.sample import picked, posted, stocked, written
from tests.sales.sample import head_of, line, order
from tests.world import TODAY, World, events_of


@pytest.fixture
async def charged(world: World) -> World:
    """The world with tooling and freight to charge, and 100 千件 of the bolt in the store."""
    await make.item("MOULD", "模具费", "", kind="service", weight_micro=0, unit_label="项")
    await make.item("FREIGHT", "运费", "", kind="service", weight_micro=0, unit_label="项")
    world.things.lot = await stocked(world, 100_000_000)
    return world


def mould(price: str = "2000", **more: Any) -> NewLine:
    return line(item="MOULD", quantity="1", unit="件", unit_price=price, price_unit="件", **more)


async def taken(world: World, *lines: NewLine, **more: Any) -> SalesOrder:
    made = (await commit(orders.create, order(*lines, **more), by=world.xiaolan)).value
    done = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    await relay.settle()
    return done


async def sent(world: World, number: str, milli: int, **more: Any) -> Any:
    """So much of line 1 left the house, and what follows has followed."""
    note = await written(world, number, lines={1: milli}, **more)
    await picked(world, note, world.lot, milli)
    await posted(world, note)
    await relay.settle()
    return note


async def billed(number: str) -> list[int]:
    rows = await db.rows(
        'select r.amount from receivables r join sales_orders o on o.id = r."order" where o.number = {} order by r.id',
        number,
    )
    return [row["amount"] for row in rows]


async def paid(world: World, number: str) -> None:
    owed = await db.rows(
        'select r.number, r.amount - r.matched as left_over from receivables r join sales_orders o on o.id = r."order"'
        " where o.number = {} and r.amount > r.matched",
        number,
    )
    total = sum(row["left_over"] for row in owed)
    receipt = (await commit(receipts.make, NewReceipt("HENGLI", total, TODAY), by=world.zhoumin)).value
    wanted = {row["number"]: row["left_over"] for row in owed}
    await commit(receipts.allocate, receipt.number, wanted, by=world.zhoumin)
    await relay.settle()


async def agrees() -> None:
    """What is kept equals what it is kept from."""
    assert not [each for each in await recounts.run() if each.differences]


async def test_a_charge_is_billed_once_with_the_first_delivery(charged: World) -> None:
    made = await taken(charged, line(), mould())
    assert await billed(made.number) == []
    await sent(charged, made.number, 2_000_000)
    await sent(charged, made.number, 3_000_000)
    assert await billed(made.number) == [253_600, 80_400]
    head = await head_of(made.number)
    assert (head["invoiced"], head["gross"], head["open_lines"]) == (334_000, 334_000, 0)
    await paid(charged, made.number)
    assert (await head_of(made.number))["state"] == "closed"
    await agrees()


async def test_a_reversed_delivery_gives_its_charge_back_to_the_next(charged: World) -> None:
    made = await taken(charged, line(), mould())
    first = await sent(charged, made.number, 2_000_000)
    await sent(charged, made.number, 1_000_000)
    await commit(notes.reverse, first.number, "送错", by=charged.xiuying)
    await relay.settle()
    assert (await head_of(made.number))["invoiced"] == 26_800
    await sent(charged, made.number, 4_000_000)
    assert (await billed(made.number))[-1] == 107_200 + 200_000
    assert (await head_of(made.number))["invoiced"] == 334_000
    await agrees()


async def test_an_order_of_charges_alone_is_billed_on_confirmation_and_never_late(charged: World) -> None:
    made = await taken(
        charged, mould(), line(item="FREIGHT", quantity="1", unit="件", unit_price="300", price_unit="件")
    )
    assert await billed(made.number) == [230_000]
    clock.move_to(clock.now().replace(year=2027))
    late = conditions.late(clock.today())
    assert not await db.value(f"select 1 from sales_orders o where {late.sql}", *late.args)
    assert (await on_time.rate(date(2026, 1, 1), date(2027, 12, 31))).total == 0
    assert not progress.dates_of(made)["promised_date"]
    await paid(charged, made.number)
    assert (await head_of(made.number))["state"] == "closed"
    await agrees()


async def test_cancelling_an_order_of_charges_takes_its_receivable_back(charged: World) -> None:
    made = await taken(charged, mould())
    await commit(orders.cancel, made.number, "客户不做了", by=charged.xiaolan)
    await relay.settle()
    assert await billed(made.number) == [200_000, -200_000]
    assert (await head_of(made.number))["invoiced"] == 0
    await agrees()
    paid_for = await taken(charged, mould())
    await paid(charged, paid_for.number)
    with pytest.raises(Refused):
        await commit(orders.cancel, paid_for.number, "不做了", by=charged.xiaolan)


async def test_a_charge_with_goods_given_away_is_billed_alone(charged: World) -> None:
    made = await taken(charged, line(kind="sample", unit_price="", price_unit=""), mould())
    await sent(charged, made.number, 5_000_000)
    assert await billed(made.number) == [200_000]


async def test_charges_stand_on_no_delivery_note(charged: World) -> None:
    made = await taken(charged, line(), mould())
    note = await written(charged, made.number)
    rows = await db.rows(
        "select i.code from delivery_note_lines n join items i on i.id = n.item where n.note = {}", note.id
    )
    assert [row["code"] for row in rows] == ["FB-M10X45-88D"]
    with pytest.raises(Refused):
        await written(charged, made.number, lines={2: 1000})


async def test_consigned_goods_are_billed_when_they_are_used(charged: World) -> None:
    made = await taken(charged, line(kind="consignment"), line(quantity="1"))
    note = await written(charged, made.number, lines={1: 5_000_000, 2: 1_000_000})
    await picked(charged, note, charged.lot, 5_000_000, line_no=1)
    await picked(charged, note, charged.lot, 1_000_000, line_no=2)
    await posted(charged, note)
    await relay.settle()
    assert await billed(made.number) == [26_800]
    assert (await exposure.of(charged.hengli.id)).orders == 134_000
    used = (await commit(consignment.bill_used, made.number, {1: 2_000_000}, by=charged.xiaolan)).value
    assert used.amount == 53_600 and "receivable.arose" in await events_of("sales_order", made.id)
    with pytest.raises(Refused) as told:
        await commit(consignment.bill_used, made.number, {1: 3_000_001}, by=charged.xiaolan)
    assert told.value.field == "line-1" and "3,000" in told.value.sentence()
    assert (await head_of(made.number))["state"] == "confirmed"
    await commit(consignment.bill_used, made.number, {1: 3_000_000}, by=charged.zhoumin)
    await paid(charged, made.number)
    assert (await head_of(made.number))["state"] == "closed"
    await agrees()


async def test_a_report_of_use_is_taken_back_and_before_that_its_delivery_stands(charged: World) -> None:
    made = await taken(charged, line(kind="consignment"))
    note = await sent(charged, made.number, 5_000_000)
    used = (await commit(consignment.bill_used, made.number, {1: 2_000_000}, by=charged.xiaolan)).value
    with pytest.raises(Refused) as told:
        await commit(notes.reverse, note.number, by=charged.xiuying)
    assert used.number in told.value.sentence()
    await commit(consignment.take_back_used, used.number, by=charged.xiaolan)
    with pytest.raises(Refused):
        await commit(consignment.take_back_used, used.number, by=charged.xiaolan)
    await commit(notes.reverse, note.number, by=charged.xiuying)
    await relay.settle()
    assert (await head_of(made.number))["invoiced"] == 0
    await agrees()


async def test_who_may_not_bill_is_refused(charged: World) -> None:
    made = await taken(charged, line(kind="consignment"))
    await sent(charged, made.number, 5_000_000)
    for verb, *given in (
        (consignment.bill_used, made.number, {1: 1000}),
        (consignment.take_back_used, "AR1"),
    ):
        with pytest.raises(Refused) as told:
            await commit(verb, *given, by=charged.xiuying)
        assert told.value.reason.code == "forbidden"


async def test_use_is_reported_on_the_page_and_by_program(charged: World) -> None:
    made = await taken(charged, line(kind="consignment"), mould())
    await sent(charged, made.number, 5_000_000)
    path = f"/orders/{made.number}/consigned"
    async with browser_of(charged.xiaolan) as page:
        assert path in (await page.get(f"/orders/{made.number}")).text
        assert "5,000" in (await page.get(path)).text
        wrong = await page.post(path, data={"line-1": "9", "line-1_unit": "千件"})
        assert wrong.status_code == 422 and "5,000" in wrong.text
        empty = await page.post(path, data={})
        assert empty.status_code == 422
        done = await page.post(path, data={"line-1": "2", "line-1_unit": "千件"})
        assert done.status_code == 303 and "tab=money" in done.headers["location"]
    async with program_of(charged.zhoumin) as api:
        lying = (await api.get(f"/api/v1/sales-orders/{made.number}/consigned")).json()
        assert lying["items"][0]["left_quantity"] == "3000"
        body = {"lines": [{"line_no": 1, "quantity": "3", "unit": "千件"}]}
        answer = await api.post(f"/api/v1/sales-orders/{made.number}/consigned", json=body)
        assert answer.status_code == 201 and answer.json()["lines"][0]["amount"] == "804.00"
        back = await api.post(f"/api/v1/receivables/{answer.json()['number']}/take-back", json={})
        assert back.status_code == 200
    assert await billed(made.number) == [200_000, 53_600, 80_400, -80_400]


async def test_the_kind_of_a_line_is_seen_wherever_the_line_is(charged: World) -> None:
    """On the order's page and its confirmation, on delivery note and slip, and where the customer looks."""
    made = await taken(charged, line(kind="spare", unit_price="", price_unit=""), mould())
    note = await written(charged, made.number)
    lines = (await confirmation.sheet_of(made)).lines
    assert "备品" in lines[0].description and (lines[1].due, lines[1].quantity) == ("", "1 项")
    slip_lines = (await slip.slip_of(await note_called(note.number), "http://test")).lines
    assert [("备品" in each.description) for each in slip_lines] == [True]
    shown = (await progress_of_customer(made.id, True)).lines
    assert "备品" in shown[0].name and (shown[0].percent, shown[1].percent) == (0, None)
    async with browser_of(charged.xiaolan) as page:
        own = (await page.get(f"/orders/{made.number}")).text
        assert "备品" in own and "随首次送货开账" in own
        assert "备品" in (await page.get(f"/delivery-notes/{note.number}")).text
