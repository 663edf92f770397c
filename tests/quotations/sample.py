"""Quotations for tests."""

from datetime import date
from typing import Any

import pytest

from app.core.db import commit
from app.core.refusals import Refused
from app.pricing.tables import Price, PriceList
from app.quotations import quotations
from app.quotations.offering import NewQuotation
from app.quotations.tables import Quotation
from app.sales.orders import NewLine, NewOrder
from tests.sales.sample import line
from tests.world import TODAY, World


def quotation(*lines: NewLine, **more: Any) -> NewQuotation:
    """5 千支 of the world's bolt at ¥268.00 for 恒力, valid for thirty days."""
    own = {name: more.pop(name) for name in ("valid_until", "lead_days", "breaks") if name in more}
    given: dict[str, Any] = {"customer": "HENGLI", "customer_order_number": "RFQ-7"}
    return NewQuotation(offered=NewOrder(**{**given, **more}, lines=lines or (line(),)), **own)


async def draft(world: World, *lines: NewLine, **more: Any) -> Quotation:
    return (await commit(quotations.write, quotation(*lines, **more), by=world.xiaolan)).value


async def sent(world: World, *lines: NewLine, **more: Any) -> Quotation:
    made = await draft(world, *lines, **more)
    return (await commit(quotations.send, made.number, by=world.xiaolan)).value


async def price_list(world: World, price: int = 300) -> None:
    """恒力 pays so many yuan for 千件 of the bolt."""
    listed = PriceList(code="PL-1", name="恒力", customer=world.hengli.id, valid_from=date(2026, 1, 1))
    await listed.save()
    await Price(
        price_list=listed.id, item=world.bolt.id, price_micro=price * 1_000_000, price_unit="千件"
    ).save()


async def refused(verb: Any, *args: Any, by: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, by=by, **more)
    return caught.value


__all__ = ["TODAY", "draft", "line", "price_list", "quotation", "refused", "sent"]
