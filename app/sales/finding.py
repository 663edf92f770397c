"""Fetching an order: what somebody may not see is not found."""

from app.people.seeing import Seen
from app.sales.conditions import visible_to
from app.sales.permissions import SEE
from app.sales.tables import SalesOrder

_SEEN = Seen(SalesOrder, SalesOrder.number, "o", SEE, visible_to)
find, to_change = _SEEN.find, _SEEN.to_change
