"""COMMANDS: the verbs that an approval may hold back, by the name that rules use."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.sales import gates, orders

COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    orders.CONFIRM: orders.confirm,
    gates.WAIVE: gates.waive,
}
