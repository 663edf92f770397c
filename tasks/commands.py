"""COMMANDS: the verbs that an approval may hold back, by the name that rules use."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.amendments import amending
from app.frameworks import frameworks
from app.frameworks.kind import FRAMEWORK
from app.quotations import quotations
from app.quotations.kind import QUOTATION
from app.sales import gates, orders

COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    orders.CONFIRM: orders.confirm,
    gates.WAIVE: gates.waive,
    amending.AMEND: amending.amend,
    QUOTATION.held: quotations.send,
    FRAMEWORK.held: frameworks.activate,
}
