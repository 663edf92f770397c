"""COMMANDS: the verbs that an approval may hold back, by the name that rules use."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.frameworks import facts as framing
from app.frameworks import frameworks
from app.quotations import facts as quoting
from app.quotations import quotations
from app.sales import gates, orders

COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    orders.CONFIRM: orders.confirm,
    gates.WAIVE: gates.waive,
    quoting.SEND: quotations.send,
    framing.ACTIVATE: frameworks.activate,
}
