"""A quotation that is held back: unpriced, run out, or weighed by a rule until somebody agreed to it."""

from datetime import timedelta

from app.approvals import deciding, editing
from app.approvals.editing import NewRule, NewStep
from app.approvals.tables import ApprovalRequest
from app.core import clock, db
from app.core.db import commit
from app.quotations import quotations
from app.quotations.kind import QUOTATION
from app.sales import rates
from tasks import events
from tests.browse import browser_of
from tests.quotations.sample import TODAY, draft, line, price_list, refused, sent
from tests.world import MORNING, World


async def test_nothing_unpriced_or_run_out_goes_out(world: World) -> None:
    made = await draft(world, line(unit_price="", price_unit=""))
    assert (await refused(quotations.send, made.number, by=world.xiaolan)).reason.code == "price_missing"
    priced = await draft(world, valid_until=TODAY)
    clock.move_to(MORNING + timedelta(days=1))
    assert (
        await refused(quotations.send, priced.number, by=world.xiaolan)
    ).reason.code == "quotation_expired"


async def test_a_rule_on_the_discount_holds_a_quotation_back_until_it_is_agreed_to(world: World) -> None:
    await price_list(world, 300)
    rule = NewRule(
        name="折扣", command=QUOTATION.held, conditions=[("discount_percent", ">", "5")],
        steps=[NewStep(who=["role:boss"])],
    )  # fmt: skip
    await commit(editing.write, rule, by=world.admin)
    assert (await sent(world, line(unit_price="290"))).state == "sent"
    made = await draft(world, line(unit_price="250"))
    held = (await commit(quotations.send, made.number, "a@b.cn", by=world.xiaolan)).value
    assert isinstance(held, ApprovalRequest)
    assert (await quotations.find(made.number, world.xiaolan)).state == "draft"
    await commit(deciding.approve, held.number, by=world.chenzong)
    await events.settle()
    done = await quotations.find(made.number, world.xiaolan)
    assert (done.state, done.sent_to) == ("sent", "a@b.cn")


async def test_a_foreign_quotation_goes_out_at_the_rate_it_was_asked_with(world: World) -> None:
    rule = NewRule(
        name="外币",
        command=QUOTATION.held,
        conditions=[("amount_cny", ">", "1")],
        steps=[NewStep(who=["role:boss"])],
    )
    await commit(editing.write, rule, by=world.admin)
    await commit(rates.write, "USD", clock.today(), "7.1", by=world.xiaolan)
    made = await draft(world, currency="USD")
    held = (await commit(quotations.send, made.number, by=world.xiaolan)).value
    await commit(rates.write, "USD", clock.today(), "6.5", by=world.xiaolan)
    async with browser_of(world.chenzong) as browser:
        assert "汇率 7.10" in (await browser.get(f"/inbox/{held.number}")).text
    await commit(deciding.approve, held.number, by=world.chenzong)
    await events.settle()
    assert (await quotations.find(made.number, world.xiaolan)).state == "sent"
    assert await db.value("select count(*) from approval_requests") == 1
