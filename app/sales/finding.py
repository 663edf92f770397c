"""Fetching an order: what somebody may not see is not found."""

from app.core import db
from app.core.paging import Condition
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import get, locked
from app.people.actors import Actor
from app.sales.conditions import visible_to
from app.sales.permissions import SEE
from app.sales.tables import SalesOrder


async def find(number: str, by: Actor) -> SalesOrder:
    """The order, to be shown."""
    by.must(SEE)
    order = await get(SalesOrder, SalesOrder.number == _typed(number))
    await _must_see(order.id, by)
    return order


async def to_change(number: str, by: Actor, version: int | None = None) -> SalesOrder:
    """The order, locked until the verb is done; Refused(STALE) when it is not the version the user saw."""
    order = await locked(SalesOrder, SalesOrder.number == _typed(number), version=version)
    await _must_see(order.id, by)
    return order


def _typed(number: str) -> str:
    return number[:40].replace("\x00", "")


async def _must_see(order_id: int, by: Actor) -> None:
    limits = () if by.is_house else visible_to(by)
    if not limits:
        return
    wanted = [Condition("o.id = {}", (order_id,)), *limits]
    sql = " and ".join(f"({c.sql})" for c in wanted)
    values = [value for condition in wanted for value in condition.args]
    if not await db.value(f"select 1 from sales_orders o where {sql}", *values):
        raise Refused(NOT_FOUND)
