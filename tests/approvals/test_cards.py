"""The card of an order that waits says of what its figures are made, and what was agreed to stays as it was."""

import re
from datetime import timedelta

from app.approvals import deciding
from app.core import clock, db
from app.core.db import commit
from app.sales import orders, rates
from tasks.events import settle
from tests import make
from tests.approvals.sample import delegate
from tests.approvals.test_requests import priced
from tests.browse import browser_of
from tests.sales import sample
from tests.sales.sample import head_of
from tests.world import TODAY, World


async def card_of(world: World, view: str = "") -> str:
    """What the boss reads in the inbox, without its marks."""
    async with browser_of(world.chenzong) as browser:
        text = (await browser.get(f"/inbox{view}")).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index('id="request"') :]))


async def in_usd(world: World, rate: str, **more: str) -> str:
    """An order of $7,000.00 that is weighed at today's rate."""
    await commit(rates.write, "USD", clock.today(), rate, by=world.xiaolan)
    return (await priced(world, "7000", currency="USD", **more)).number


async def test_a_foreign_order_is_confirmed_at_the_rate_it_was_asked_with(world: World) -> None:
    await make.approval_rule()
    order = await in_usd(world, "7.142858")
    request = (await commit(orders.confirm, order, by=world.xiaolan)).value
    await commit(rates.write, "USD", TODAY, "6.5", by=world.xiaolan)
    card = await card_of(world)
    assert "$7,000.00" in card and f"¥50,000.01 · {TODAY:%m-%d} 汇率 7.142858" in card
    await commit(deciding.approve, request.number, by=world.chenzong)
    await settle()
    head = await head_of(order)
    assert (head["state"], head["rate_micro"], head["rate_day"], head["gross_cny"]) == (
        "confirmed", 7_142_858, TODAY, 5_000_001,
    )  # fmt: skip
    clock.move_to(clock.now() + timedelta(days=1))
    await commit(rates.write, "USD", clock.today(), "8", by=world.xiaolan)
    async with browser_of(world.xiaolan) as browser:
        assert f"¥50,000.01 · {TODAY:%m-%d} 汇率 7.142858" in (await browser.get(f"/orders/{order}")).text
    assert await db.value("select count(*) from approval_requests") == 1


async def test_a_rate_below_the_limit_asks_nobody_and_one_above_does(world: World) -> None:
    await make.approval_rule()
    below = await in_usd(world, "7.142857", customer_order_number="PO-1")
    assert not (await commit(orders.confirm, below, by=world.xiaolan)).deferred
    above = await in_usd(world, "7.142858", customer_order_number="PO-2")
    assert (await commit(orders.confirm, above, by=world.xiaolan)).deferred


async def test_halves_of_a_purchase_are_named_with_what_they_come_to(world: World) -> None:
    await make.approval_rule()
    first = await priced(world, "30000", customer_order_number="PO-7")
    await commit(orders.confirm, first.number, by=world.xiaolan)
    second = await priced(world, "20000.01", customer_order_number="PO-7")
    assert (await commit(orders.confirm, second.number, by=world.xiaolan)).deferred
    card = await card_of(world)
    assert f"本单 ¥20,000.01 {first.number} ¥30,000.00 PO-7 合计 ¥50,000.01" in card
    async with browser_of(world.chenzong) as browser:
        assert f'href="/orders/{first.number}"' in (await browser.get("/inbox")).text


async def test_credit_is_shown_by_its_parts_and_an_order_counts_once(world: World) -> None:
    await make.approval_rule((("credit_over", ">", "0"),))
    await db.rows("update customers set credit_limit = 10000000 where code = 'HENGLI'")
    first = await priced(world, "60000", customer_order_number="PO-1")
    await commit(orders.confirm, first.number, by=world.xiaolan)
    second = await priced(world, "40000.01", customer_order_number="PO-2")
    request = (await commit(orders.confirm, second.number, by=world.xiaolan)).value
    parts = (
        "未开账订单 ¥60,000.00 应收 ¥0.00 未到期承兑 ¥0.00 预收 ¥0.00 本单 ¥40,000.01 合计占用 ¥100,000.01"
    )
    card = await card_of(world)
    assert parts in card and "超额度 ¥0.01，额度 ¥100,000.00" in card
    await commit(deciding.approve, request.number, by=world.chenzong)
    await settle()
    assert "未开账订单 ¥100,000.01" in (card := await card_of(world, f"/{request.number}"))
    assert "合计占用 ¥100,000.01" in card


async def test_who_may_decide_is_named_and_why_it_waits_is_said(world: World) -> None:
    rule = await make.approval_rule()
    order = (await priced(world, "60000")).number
    await commit(orders.confirm, order, by=world.xiaolan)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/orders/{order}")).text
        assert f"{rule.name} · 等 老板/副总（陈总） 审批" in page
        await delegate(world, "zhoumin")
        assert "老板/副总（陈总、周敏）" in (await browser.get(f"/orders/{order}")).text
        await db.rows("update users set active = false where login in ('chenzong', 'zhoumin')")
        assert "等 老板/副总（今天没有人能批） 审批" in (await browser.get(f"/orders/{order}")).text


async def test_a_grant_under_one_of_two_rules_does_nothing_yet_and_says_so(world: World) -> None:
    await make.approval_rule()
    await make.approval_rule((("due_in_days", "<", "90"),), name="急单")
    order = (await priced(world, "60000")).number
    first = (await commit(orders.confirm, order, by=world.xiaolan)).value.number
    assert "批完还要按这些规则审批：急单" in await card_of(world)
    await commit(deciding.approve, first, by=world.chenzong)
    await settle()
    assert "批完还要按" not in await card_of(world)
    second = await db.value("select number from approval_requests where state = 'pending'")
    assert (
        "已通过并执行" not in await card_of(world, f"/{first}") and (await head_of(order))["state"] == "draft"
    )
    await commit(deciding.approve, second, by=world.chenzong)
    await settle()
    assert (
        "已通过并执行" in await card_of(world, f"/{second}")
        and (await head_of(order))["state"] == "confirmed"
    )


async def test_what_changed_is_said_in_words_and_no_amount_to_who_may_not_see_prices(world: World) -> None:
    await make.approval_rule()
    order = (await priced(world, "60000")).number
    first = (await commit(orders.confirm, order, by=world.xiaolan)).value.number
    await commit(deciding.send_back, first, "再谈", by=world.chenzong)
    new = sample.order(sample.line(quantity="1", unit="支", unit_price="70000", price_unit="支"))
    await commit(orders.edit, order, new, by=world.xiaolan)
    await commit(orders.confirm, order, by=world.xiaolan)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/orders/{order}")).text
        assert "amount_cny" not in page and "订单金额（人民币含税） <del>¥60,000.00</del>" in page
    async with browser_of(world.liuyang) as browser:
        page = (await browser.get(f"/orders/{order}")).text
        assert "订单金额（人民币含税）" in page and "70,000" not in page and "70000" not in page


async def test_a_request_stands_in_the_list_it_belongs_to(world: World) -> None:
    await make.approval_rule()
    order = (await priced(world, "60000")).number
    number = (await commit(orders.confirm, order, by=world.xiaolan)).value.number
    for who, state in (
        (world.xiaolan, "pending"), (world.chenzong, "pending"), (world.admin, "pending"), (world.chenzong, "granted"),
    ):  # fmt: skip
        if state == "granted":
            await commit(deciding.approve, number, by=world.chenzong)
        async with browser_of(who) as browser:
            page = (await browser.get(f"/inbox/{number}")).text
            assert re.search(rf'<a href="/inbox/{number}[^"]*" aria-current="true">', page), (who.name, state)


async def test_who_was_asked_too_sees_what_another_decided(world: World) -> None:
    await make.approval_rule((), {"who": ["role:finance", "role:pmc"], "mode": "one", "hours": 0})
    order = (await priced(world, "100")).number
    number = (await commit(orders.confirm, order, by=world.xiaolan)).value.number
    await commit(deciding.approve, number, by=world.zhoumin)
    async with browser_of(world.liuyang) as browser:
        late = await browser.post(
            f"/inbox/{number}/approve", headers={"Referer": f"http://test/inbox/{number}"}
        )
        assert late.status_code == 303
        assert "周敏</b> 已同意" in (await browser.get(f"/inbox/{number}")).text
    async with browser_of(world.xiuying) as browser:
        assert (await browser.get(f"/inbox/{number}")).status_code == 404
