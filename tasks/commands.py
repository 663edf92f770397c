"""COMMANDS: the verbs that an approval may hold back, by the name that rules use."""

from collections.abc import Awaitable, Callable
from typing import Any

COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {}
