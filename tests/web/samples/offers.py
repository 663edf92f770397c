"""Inquiries and quotations in every state."""

from app.approvals import editing
from app.approvals.editing import NewRule, NewStep
from app.core.db import commit
from app.inquiries import inquiries
from app.inquiries.inquiries import Lost
from app.inquiries.reading import NewInquiry
from app.inquiries.reading import NewLine as AskedLine
from app.quotations import accepting, quotations
from app.quotations.accepting import Acceptance
from app.quotations.kind import QUOTATION
from app.quotations.offering import NewQuotation
from app.sales.orders import NewLine, NewOrder
from tests.web.hostile import MARK
from tests.world import World


async def offered(world: World) -> None:
    """Quotations in every state, their words full of marks, one of them waiting for somebody."""
    lines = [
        NewLine(
            item="FB-M10X45-88D",
            quantity="10",
            unit="千支",
            unit_price="200",
            price_unit="千支",
            remark=MARK,
            spec=MARK,
        )
    ]
    asked = NewInquiry(
        customer="HENGLI",
        asker=MARK,
        contact=MARK,
        said=MARK,
        lines=[AskedLine(spec=MARK, quantity=MARK[:60])],
    )
    asking = [(await commit(inquiries.write, asked, by=world.xiaolan)).value.number for _n in range(3)]
    await commit(inquiries.answer, asking[0], MARK, by=world.xiaolan)
    await commit(inquiries.lose, asking[1], Lost("other", MARK), by=world.xiaolan)
    offered = NewOrder(customer="HENGLI", lines=lines, customer_order_number=MARK, remark=MARK)
    new = NewQuotation(offered=offered, breaks=["50 = 190"], inquiry=asking[0])
    made = [(await commit(quotations.write, new, by=world.xiaolan)).value.number for _n in range(5)]
    for number in made[1:]:
        await commit(quotations.send, number, by=world.xiaolan)
    await commit(quotations.revise, made[1], by=world.xiaolan)
    await commit(quotations.lose, made[2], Lost("other", MARK), by=world.xiaolan)
    await commit(accepting.accept, made[3], Acceptance(MARK), by=world.xiaolan)
    rule = NewRule(name=f"{MARK}2", command=QUOTATION.held, steps=[NewStep(who=["role:boss"])])
    await commit(editing.write, rule, by=world.admin)
    await commit(quotations.send, made[0], f"{MARK}@x.cn"[:100], by=world.xiaolan)
