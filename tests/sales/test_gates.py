"""Nothing is made before the deposit came, nothing leaves before it is paid for, unless somebody opens the gate."""

import re
from decimal import Decimal
from typing import Any

import pytest

from app.approvals import deciding, editing
from app.approvals.editing import NewRule, NewStep
from app.approvals.tables import ApprovalRequest
from app.billing import advances, receipts
from app.billing.receipts import NewReceipt
from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.production import work_orders
from app.sales import exposure, gates
from app.sales.tables import SalesOrder
from tasks import events as relay
from tests.browse import browser_of, program_of
from tests.stories import thread
from tests.world import TODAY, World, events_of


async def customer_wants(world: World, **more: Any) -> None:
    sets = ", ".join(f"{name} = {{}}" for name in more)
    await db.rows(f"update customers set {sets} where code = 'HENGLI'", *more.values())


async def paid(world: World, number: str, yuan: str) -> Any:
    """Money comes in and is kept for the order."""
    minor = int(Decimal(yuan) * 100)
    receipt = (await commit(receipts.make, NewReceipt("HENGLI", minor, TODAY), by=world.zhoumin)).value
    await commit(advances.put, receipt.number, number, minor, by=world.zhoumin)
    return receipt


async def order_of(number: str) -> Any:
    found = await SalesOrder.objects().get(SalesOrder.number == number)
    assert found is not None
    return found


async def test_a_work_order_is_released_only_when_the_deposit_came(world: World) -> None:
    await customer_wants(world, deposit_percent=3000, deposit_gate=True)
    order = await thread.confirmed(world)
    [work] = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value
    with pytest.raises(Refused) as told:
        await commit(work_orders.release, work.number, by=world.liuyang)
    assert told.value.reason.code == "deposit_missing" and order.number in told.value.sentence()
    deposit = Decimal(gates.deposit_of(order)) / 100
    await paid(world, order.number, str(deposit - Decimal("0.01")))
    with pytest.raises(Refused) as told:
        await commit(work_orders.release, work.number, by=world.liuyang)
    assert "•••" in told.value.sentence() and "¥" not in told.value.sentence(), "planning sees no amounts"
    with pytest.raises(Refused) as told:
        await commit(work_orders.release, work.number, by=world.admin)
    assert "¥0.01" in told.value.sentence()
    await paid(world, order.number, "0.01")
    await commit(work_orders.release, work.number, by=world.liuyang)


async def test_without_the_switch_a_deposit_stops_nothing(world: World) -> None:
    await customer_wants(world, deposit_percent=3000)
    await thread.released(world, await thread.confirmed(world))


async def test_an_order_keeps_its_gate_when_the_file_changes(world: World) -> None:
    await customer_wants(world, deposit_percent=3000, deposit_gate=True)
    order = await thread.confirmed(world)
    await customer_wants(world, deposit_gate=False)
    [work] = (await commit(work_orders.make_for_order, order.number, by=world.liuyang)).value
    with pytest.raises(Refused):
        await commit(work_orders.release, work.number, by=world.liuyang)


async def test_goods_leave_only_when_they_are_paid_for(world: World) -> None:
    await customer_wants(world, balance_gate=True)
    order = await thread.confirmed(world)
    work = await thread.released(world, order)
    await thread.made(world, work)
    await thread.stored(world, work)
    note = await thread.picked(world, order)
    with pytest.raises(Refused) as told:
        await commit(notes.post, note.number, by=world.xiuying)
    assert told.value.reason.code == "balance_missing"
    assert await db.value("select delivered_q from sales_orders where id = {}", order.id) == 0
    await paid(world, order.number, str(Decimal(order.gross) / 100))
    await commit(notes.post, note.number, by=world.xiuying)


async def test_money_kept_for_one_order_pays_no_other_and_is_used_up_by_its_own(world: World) -> None:
    order, _note = await thread.delivered(world)
    await relay.settle()
    other = await thread.confirmed(world)
    owed = await db.one("select number, amount from receivables")
    assert owed is not None
    receipt = (
        await commit(receipts.make, NewReceipt("HENGLI", owed["amount"], TODAY), by=world.zhoumin)
    ).value
    await commit(advances.put, receipt.number, other.number, 100, by=world.zhoumin)
    with pytest.raises(Refused) as told:
        await commit(receipts.allocate, receipt.number, {owed["number"]: owed["amount"]}, by=world.zhoumin)
    assert told.value.reason.code == "kept_for_orders" and other.number in told.value.sentence()
    with pytest.raises(Refused):
        await commit(receipts.reverse, receipt.number, by=world.zhoumin)
    advance = await db.value("select id from receipt_advances")
    await commit(advances.take_back, advance, by=world.zhoumin)
    await commit(advances.put, receipt.number, order.number, owed["amount"], by=world.zhoumin)
    assert await gates.money_in(await order_of(order.number)) == owed["amount"]
    await commit(receipts.allocate, receipt.number, {owed["number"]: owed["amount"] - 1}, by=world.zhoumin)
    assert await gates.money_in(await order_of(order.number)) == owed["amount"]


@pytest.mark.parametrize(
    ("order", "amount", "field"),
    [("NOPE", "1", "order"), ("", "1", "order"), ("own", "0", "amount"), ("own", "-1", "amount"), ("own", "1000.01", "amount"),
     ("own", "x", "amount")],
)  # fmt: skip
async def test_a_wrong_advance_is_told_at_its_field(
    world: World, order: str, amount: str, field: str
) -> None:
    number = (await thread.confirmed(world)).number if order == "own" else order
    receipt = (await commit(receipts.make, NewReceipt("HENGLI", 100_000, TODAY), by=world.zhoumin)).value
    async with program_of(world.zhoumin) as client:
        answer = await client.post(
            f"/api/v1/receipts/{receipt.number}/advances", json={"order": number, "amount": amount}
        )
    assert answer.status_code == 422 and field in answer.json()["fields"]
    async with program_of(world.xiaolan) as client:
        answer = await client.post(
            f"/api/v1/receipts/{receipt.number}/advances", json={"order": number, "amount": amount}
        )
    assert answer.status_code == 403


async def test_a_gate_is_opened_with_a_reason_by_who_may(world: World) -> None:
    await customer_wants(world, deposit_percent=3000, deposit_gate=True)
    order = await thread.confirmed(world)
    async with browser_of(world.xiaolan) as client:
        assert (
            await client.post(f"/orders/{order.number}/waive", data={"gate": "deposit", "reason": "老客户"})
        ).status_code == 403
    with pytest.raises(Refused) as told:
        await commit(gates.waive, order.number, "deposit", " ", by=world.chenzong)
    assert told.value.field == "reason"
    async with browser_of(world.chenzong) as client:
        assert "放行" in (await client.get(f"/orders/{order.number}")).text
        assert (
            await client.post(f"/orders/{order.number}/waive", data={"gate": "deposit", "reason": "老客户"})
        ).status_code == 303
    assert (await events_of("sales_order", order.id))[-1] == "sales_order.gate_opened"
    await thread.released(world, order)
    with pytest.raises(Refused) as told:
        await commit(gates.waive, order.number, "deposit", "again", by=world.chenzong)
    assert told.value.reason.code == "gate_open"


async def test_without_a_reason_the_dialog_of_a_gate_stays_open_and_keeps_what_was_typed(
    world: World,
) -> None:
    await customer_wants(world, deposit_percent=3000, deposit_gate=True, balance_gate=True)
    order = await thread.confirmed(world)
    async with browser_of(world.chenzong) as client:
        shown = (await client.get(f"/orders/{order.number}")).text
        assert 'href="#waive-deposit"' in shown and "data-open-now" not in shown
        for reason in ("", "　", "很" * 301):
            sent = {"gate": "deposit", "reason": reason}
            answer = await client.post(f"/orders/{order.number}/waive", data=sent)
            assert answer.status_code == 422
            [opened] = re.findall(r"<dialog[^>]* open .*?</dialog>", answer.text, re.S)
            assert 'id="waive-deposit"' in opened and 'href="#f-waive-deposit"' in opened
            assert 'id="f-waive-deposit"' in opened and 'aria-invalid="true"' in opened
            assert not reason.strip() or reason in opened, "nothing is lost"
        for verb, dialog in (("cancel", "cancel-order"), ("close", "close-order")):
            answer = await client.post(f"/orders/{order.number}/{verb}", data={"reason": ""})
            assert answer.status_code == 422 and f'id="{dialog}" aria' not in answer.text, verb
            assert f'id="{dialog}" open' in answer.text, verb
    assert (await order_of(order.number)).deposit_gate


async def test_opening_a_gate_may_need_approval(world: World) -> None:
    await customer_wants(world, deposit_percent=3000, deposit_gate=True)
    order = await thread.confirmed(world)
    await commit(
        editing.write,
        NewRule(name="放行", command=gates.WAIVE, steps=[NewStep(who=("role:boss",))]),
        by=world.admin,
    )
    asked = await commit(gates.waive, order.number, "deposit", "老客户", by=world.zhoumin)
    assert isinstance(asked.value, ApprovalRequest) and (await order_of(order.number)).deposit_gate
    await commit(deciding.approve, asked.value.number, by=world.chenzong)
    await relay.settle()
    assert not (await order_of(order.number)).deposit_gate


async def test_credit_is_used_by_what_is_not_prepaid(world: World) -> None:
    order = await thread.confirmed(world)
    before = await exposure.of(world.hengli.id)
    await paid(world, order.number, "100")
    after = await exposure.of(world.hengli.id)
    assert before.used - after.used == 10_000
