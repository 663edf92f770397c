"""Choosing the customer fills the order: it keeps what it took over, and says where it differs."""

from datetime import date
from typing import Any

import pytest

from app.billing.tables import Bill
from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid
from app.pricing.tables import Price, PriceList
from app.sales import exposure, orders, standing
from app.sales.agreed import Agreed
from app.sales.orders import NewLine, NewOrder
from tests import make
from tests.asking import plans
from tests.browse import browser_of, program_of
from tests.world import TODAY, World

LINE: dict[str, Any] = {
    "item": "FB-M10X45-88D",
    "quantity": "10",
    "unit": "千支",
    "unit_price": "268",
    "price_unit": "千件",
}
FILE: dict[str, Any] = {
    "payment_days": 60, "terms_from": "month_end", "closing_day": 25, "deposit_percent": 3000, "deposit_gate": True,
    "over_percent": 5, "under_percent": 0, "marks": "HL", "packing_demand": "托盘", "phone": "139",
}  # fmt: skip


@pytest.fixture
async def agreed(world: World) -> World:
    sets = ", ".join(f"{name} = {{}}" for name in FILE)
    await db.rows(f"update customers set {sets} where code = 'HENGLI'", *FILE.values())
    return world


async def written(world: World, line: dict[str, Any] | None = None, **more: Any) -> Any:
    given = {"due_date": date(2026, 12, 20), **more}
    new = NewOrder(
        customer=more.pop("customer", "HENGLI"),
        lines=[NewLine(**(line or LINE))],
        **{k: v for k, v in given.items() if k != "customer"},
    )
    return (await commit(orders.create, new, by=world.xiaolan)).value


async def listed(world: World, price: int = 268_000_000, **more: Any) -> None:
    row = PriceList(code="PL-1", name="通用", valid_from=date(2026, 1, 1), **more)
    await row.save()
    await Price(price_list=row.id, item=world.bolt.id, price_micro=price, price_unit="千件").save()


async def test_an_order_keeps_what_it_took_over_when_the_file_changes(agreed: World) -> None:
    order = await written(agreed)
    await db.rows(
        "update customers set payment_days = 0, marks = 'NEW', over_percent = 0 where code = 'HENGLI'"
    )
    row = await db.one("select * from sales_orders where id = {}", order.id)
    assert row is not None and {name: row[name] for name in FILE} == {
        **FILE,
        "deposit_gate": row["deposit_gate"],
    }
    assert row["deposit_gate"] and row["contact"] == "周敏" and row["address"].startswith("浙江省")
    line = await db.one("select over_percent, under_percent from sales_order_lines")
    assert line == {"over_percent": 5, "under_percent": 0}
    async with browser_of(agreed.xiaolan) as client:
        page = (await client.get(f"/orders/{order.number}")).text
    assert "与客户档案不同" in page and "唛头" in page and "25 日结账，当月月底后 60 天" in page


async def test_what_is_entered_comes_before_the_file(agreed: World) -> None:
    order = await written(
        agreed, agreed=Agreed(payment_days="7", deposit_percent="0", marks="自定", over_percent="1")
    )
    row = await db.one(
        "select payment_days, deposit_percent, marks, over_percent, under_percent from sales_orders"
    )
    assert row == {
        "payment_days": 7,
        "deposit_percent": 0,
        "marks": "自定",
        "over_percent": 1,
        "under_percent": 0,
    }
    assert order.deposit_gate


@pytest.mark.parametrize(
    ("field", "value"),
    [("payment_days", "731"), ("closing_day", "32"), ("deposit_percent", "101"), ("over_percent", "1.5"), ("terms_from", "x"),
     ("payment_days", "-1"), ("closing_day", "abc"), ("marks", "x" * 501), ("address", "x" * 301)],
)  # fmt: skip
async def test_wrong_terms_are_told_at_their_field(agreed: World, field: str, value: str) -> None:
    with pytest.raises(Invalid) as told:
        await written(agreed, agreed=Agreed(**{field: value}))
    assert list(told.value.refusals) == [field]


async def test_the_chosen_customer_fills_the_form_and_each_field_says_so(agreed: World) -> None:
    async with browser_of(agreed.xiaolan) as client:
        part = (await client.post("/orders/taken", data={"customer": "HENGLI"})).text
        assert 'value="60"' in part and 'value="30"' in part and ">HL</textarea>" in part.replace("\n", "")
        assert part.count("来自客户档案") > 10 and "信用额度" in part
        whole = (await client.get("/orders/new?customer=HENGLI")).text
        assert 'value="60"' in whole
        nobody = await client.post("/orders/taken", data={"customer": "NOPE"})
        assert nobody.status_code == 200 and "选好客户" in nobody.text
    async with browser_of(agreed.nobody) as client:
        assert (await client.post("/orders/taken", data={"customer": "HENGLI"})).status_code == 403
        assert (await client.post("/orders/credit", data={"customer": "HENGLI"})).status_code == 403


async def test_a_form_that_comes_back_offers_the_files_value_again(agreed: World) -> None:
    form = {
        "customer": "HENGLI",
        "payment_days": "7",
        "closing_day": "32",
        **{f"lines-0-{k}": v for k, v in LINE.items()},
    }
    async with browser_of(agreed.xiaolan) as client:
        answer = await client.post("/orders/new", data=form)
    assert answer.status_code == 422 and "最大 31" in answer.text
    at = (
        answer.text.split('data-for="f-payment_days"')[0].rsplit("<p", 1)[1]
        + answer.text.split('data-for="f-payment_days"')[1][:300]
    )
    assert 'data-file="60"' in at and 'class="same" hidden' in at and "档案为 60，恢复" in answer.text


async def test_the_credit_bar_counts_the_lines_that_are_being_written(agreed: World) -> None:
    await db.rows("update customers set credit_limit = 200000 where code = 'HENGLI'")
    form = {"customer": "HENGLI", **{f"lines-0-{k}": v for k, v in LINE.items()}, "lines-1-quantity": "half"}
    async with browser_of(agreed.xiaolan) as client:
        part = (await client.post("/orders/credit", data=form)).text
    assert "本单 ¥2,680.00" in part and "超额度 ¥680.00" in part
    async with browser_of(agreed.zhoumin) as client:
        assert (await client.post("/orders/credit", data=form)).status_code == 403


async def test_a_price_left_out_is_the_price_lists_and_says_so(world: World) -> None:
    await listed(world)
    line = {k: v for k, v in LINE.items() if k not in ("unit_price", "price_unit")}
    order = await written(world, line)
    row = await db.one("select price_micro, price_unit, price_from from sales_order_lines")
    assert (
        row == {"price_micro": 268_000_000, "price_unit": "千件", "price_from": "PL-1"}
        and order.gross == 268_000
    )
    async with program_of(world.xiaolan) as client:
        shown = (await client.get(f"/api/v1/sales-orders/{order.number}")).json()
    assert shown["lines"][0]["price_from"] == "PL-1" and shown["agreed"]["payment_days"] == 30
    await written(world, {**line, "kind": "free"})
    assert await db.value("select price_micro from sales_order_lines order by id desc limit 1") == 0


async def test_the_echo_says_what_the_list_says_and_warns_when_far_from_it(world: World) -> None:
    await listed(world, 900_000_000)
    asked = {"customer": "HENGLI", "item": "FB-M10X45-88D", "quantity": "5", "unit": "千支"}
    async with browser_of(world.xiaolan) as client:
        said = (await client.get("/orders/echo", params=asked)).text
        assert "按价目表 PL-1：900.00 / 千支" in said and "¥4,500.00" in said
        far = (
            await client.get("/orders/echo", params={**asked, "unit_price": "268", "price_unit": "千件"})
        ).text
        assert "价目表价格 ¥900.00" in far


async def test_a_part_number_of_another_customer_is_named(world: World) -> None:
    other = await make.customer("AOTU", "杭州奥途")
    await make.customer_item(other.id, "AT-1", world.bolt.id)
    with pytest.raises(Invalid) as told:
        await written(world, {**LINE, "item": "", "customer_item": "AT-1"})
    assert "杭州奥途" in told.value.fields()["lines-0-customer_item"]


async def test_a_line_takes_the_revision_of_the_customers_part_number(world: World) -> None:
    await db.rows("update customer_items set drawing_revision = 'D2'")
    await written(world, {**LINE, "item": "", "customer_item": "HL-25-8841"})
    assert await db.value("select drawing_revision from sales_order_lines") == "D2"


async def test_credit_counts_open_orders_receivables_and_money_unmatched(world: World) -> None:
    await db.rows("update customers set credit_limit = 1000000 where code = 'HENGLI'")
    one, two = await written(world), await written(world)
    assert (await exposure.of(world.hengli.id)).used == 0
    await commit(orders.confirm, one.number, by=world.xiaolan)
    stands = await exposure.of(world.hengli.id)
    assert (stands.orders, stands.receivables, stands.used, stands.over(900_000)) == (
        268_000,
        0,
        268_000,
        168_000,
    )
    await db.rows(
        "insert into receivables (number, customer, \"order\", source_kind, source_id, currency, amount, amount_cny, matched,"
        " arose_on, due_on, version) values ('AR1', {}, {}, 'delivery_note', 1, 'CNY', 100000, 100000, 25000, {}, {}, 1)",
        world.hengli.id, one.id, TODAY, date(2026, 12, 7),
    )  # fmt: skip
    await db.rows("update sales_orders set invoiced = 100000 where id = {}", one.id)
    await db.rows(
        "insert into receipts (number, customer, state, currency, amount, matched, received_on, method, reference, remark, made_at,"
        " version) values ('RC1', {}, 'booked', 'CNY', 30000, 25000, {}, 'transfer', '', '', {}, 1)",
        world.hengli.id, TODAY, make.now(),
    )  # fmt: skip
    stands = await exposure.of(world.hengli.id)
    assert (stands.orders, stands.receivables, stands.overdue, stands.prepaid) == (
        168_000,
        75_000,
        75_000,
        5_000,
    )
    assert stands.used == 238_000
    for number, state, matures in (
        ("B1", "held", date(2026, 12, 9)),
        ("B2", "endorsed", TODAY),
        ("B3", "collected", date(2026, 12, 9)),
    ):
        bill = Bill(
            number=number,
            state=state,
            customer=world.hengli.id,
            amount=1_000,
            currency="CNY",
            matures_on=matures,
        )
        bill.made_at = make.now()
        await bill.save()
    assert (await exposure.of(world.hengli.id)).used == 239_000
    facts = await standing.facts(two)
    assert facts["overdue"] == "750.00" and facts["credit_over"] == "0.00"


async def test_what_stands_open_of_a_customer_is_read_from_indexes_of_open_things(world: World) -> None:
    if db.on_postgres():
        pytest.skip("PostgreSQL decides by how full the table is")
    with plans() as steps:
        await exposure.of(world.hengli.id)
        told = await steps()
    assert [step for step in told if "sales_orders_unbilled" in step]
    assert not [step for step in told if "SCAN" in step or "sales_orders_customer_due" in step], told


async def test_an_order_closed_short_within_its_tolerance_counts_as_billed(world: World) -> None:
    order = await written(world)
    await commit(orders.confirm, order.number, by=world.xiaolan)
    await db.rows("update sales_orders set open_lines = 0, invoiced = gross - 5000 where id = {}", order.id)
    assert (await exposure.of(world.hengli.id)).orders == 0


async def test_a_foreign_order_counts_in_yuan_at_its_rate(world: World) -> None:
    await db.rows("update customers set currency = 'USD' where code = 'HENGLI'")
    order = await written(world, rate="7")
    await commit(orders.confirm, order.number, by=world.xiaolan)
    assert (await exposure.of(world.hengli.id)).orders == 268_000 * 7


async def test_the_discount_is_against_the_price_list(world: World) -> None:
    order = await written(world)
    assert str(await standing.discount(order)) == "0"
    await listed(world, 300_000_000)
    assert str(await standing.discount(order)) == "10.67"
    await db.rows("update prices set price_micro = 268000000")
    assert await standing.discount(order) == 0
