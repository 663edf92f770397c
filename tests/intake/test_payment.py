"""A payment term in the file that is not what is agreed with the customer is told, with both; what is proposed is what is agreed."""

from typing import Any

import pytest

from app.core import db
from app.intake.payment import Said, differs, said_in
from tests.browse import browser_of
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_inbound import accept, take_in
from tests.world import World

AGREED = {"payment_days": 30, "closing_day": 25, "terms_from": "closing", "deposit_percent": 0}


@pytest.mark.parametrize(("text", "said"), [
    ("月结60天", Said(60, False)), ("月结 60 天，含税 13%", Said(60, False)), ("月结六十天", Said(60, False)),
    ("每月25日对账，月结30天", Said(30, False, 25)), ("25日结账后30天付款", Said(30, None, 25)), ("货到30天付款", Said(30, True)),
    ("货到付款", Said(0, True)), ("款到发货", Said(deposit=100)), ("预付30%，余款发货前付清", Said(deposit=30)),
    ("30% T/T deposit, balance before shipment", Said(deposit=30)), ("T/T 30 days", Said(30)), ("Net 45", Said(45)),
    ("60 days EOM", Said(60, False)), ("30 days after delivery", Said(30, True)), ("按合同执行", Said()), ("L/C at sight", Said()),
])  # fmt: skip
def test_a_term_is_understood_as_people_write_it(text: str, said: Said) -> None:
    assert said_in(text) == said


@pytest.mark.parametrize(("text", "told"), [
    ("月结30天", False), ("月结60天", True), ("货到30天", True), ("25日对账，月结30天", False), ("20日对账，月结30天", True),
    ("预付30%", True), ("T/T 30 days", False), ("按合同执行", False),
])  # fmt: skip
def test_only_what_is_agreed_otherwise_is_told(text: str, told: bool) -> None:
    assert differs(said_in(text), AGREED) is told


def file(number: str, term: str, customer: str = "宁波恒立", quantity: int = 12) -> bytes:
    rows: list[list[Any]] = [
        [f"客户：{customer}", None, f"订单号：{number}", "交期：2026-12-28"], ["物料编码", "名称规格", "数量(千支)", "单价(元/千支)"],
        ["HL-25-8841", "六角法兰面螺栓", quantity, 268.6], [f"付款方式：{term}"],
    ]  # fmt: skip
    return rows_to_xlsx(("订单", rows))


async def agree(world: World) -> None:
    await db.rows(
        "update customers set payment_days = 30, closing_day = 25, terms_from = 'closing' where id = {}",
        world.hengli.id,
    )


async def test_another_term_is_asked_about_with_both_and_may_be_taken(world: World) -> None:
    await agree(world)
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("T-1", "月结60天"))
        assert await db.value("select doubts from inbound_orders") == 1
        page = (await client.get(address)).text
        at = page[page.index('id="f-payment_days"') :].split("</div>")[0]
        assert 'value="30"' in at and "data-doubt" in at
        assert "“月结60天”" in at and "25 日结账后 30 天" in at
        wrong = await accept(client, address, payment_days="abc")
        assert (
            wrong.status_code == 422
            and 'href="#f-payment_days"' in wrong.text
            and 'value="abc"' in wrong.text
        )
        assert (await accept(client, address, payment_days="60")).status_code == 303
        again = await take_in(client, file("T-2", "月结60天", quantity=13))
        assert await db.value("select doubts from inbound_orders order by id desc limit 1") == 0
        assert "文件上写“月结60天”；以前" in (await client.get(again)).text, "never without a word"
        assert (await accept(client, again)).status_code == 303
    kept = await db.rows("select payment_days, terms_from, closing_day from sales_orders order by id")
    assert [tuple(row.values()) for row in kept] == [(60, "closing", 25), (60, "closing", 25)]
    assert await db.rows("select touches from inbound_orders order by id") == [{"touches": 1}, {"touches": 0}]


async def test_a_term_left_as_agreed_follows_what_is_agreed_later(world: World) -> None:
    await agree(world)
    async with browser_of(world.xiaolan) as client:
        assert (await accept(client, await take_in(client, file("T-6", "月结60天")))).status_code == 303
        assert "与客户的约定" in (await client.get("/intake/learned")).text
        await db.rows("update customers set payment_days = 45 where id = {}", world.hengli.id)
        again = await take_in(client, file("T-7", "月结60天", quantity=13))
        assert (await accept(client, again)).status_code == 303
    kept = await db.rows("select payment_days from sales_orders order by id")
    assert kept == [{"payment_days": 30}, {"payment_days": 45}]


async def test_the_same_term_asks_nothing_and_one_that_is_not_understood_is_shown(world: World) -> None:
    await agree(world)
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(await take_in(client, file("T-3", "月结30天")))).text
        assert 'name="payment_days"' not in page
        page = (await client.get(await take_in(client, file("T-4", "按合同执行", quantity=13)))).text
        assert "文件上写“按合同执行”" in page
    assert await db.rows("select doubts from inbound_orders") == [{"doubts": 0}, {"doubts": 0}]


async def test_the_term_of_somebody_unknown_is_told_and_left_to_his_file(world: World) -> None:
    await agree(world)
    rows = [
        ["客户：某某", "订单号：T-5", "交期：2026-12-28"],
        ["名称规格", "数量(千支)"],
        ["螺栓 M3", 12],
        ["付款方式：月结60天"],
    ]
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, rows_to_xlsx(("订单", rows)))
        assert "文件上写“月结60天”；留空" in (await client.get(address)).text
        done = await accept(
            client,
            address,
            **{
                "customer": "HENGLI",
                "lines-0-item": "FB-M10X45-88D",
                "lines-0-unit_price": "268",
                "lines-0-price_unit": "千件",
            },
        )
    assert done.status_code == 303, done.text
    assert await db.value("select payment_days from sales_orders") == 30
