"""Proof that what is kept equals what it is kept from.

By convention a capability's `recounts.py` holds async functions without arguments. Each returns the rows where a
kept figure differs from its source, and none when the books are right.
"""

import inspect
from dataclasses import dataclass
from typing import Any

from app.core import house


@dataclass(frozen=True)
class Recount:
    """What one recount found: the rows that differ."""

    capability: str
    name: str
    differences: list[dict[str, Any]]


async def run() -> list[Recount]:
    """Every recount of the house, in order of capability; `zhunjiao recount` prints them."""
    found = []
    for module in house.modules("recounts"):
        if module.__name__ == __name__:
            continue
        for name, function in vars(module).items():
            if inspect.iscoroutinefunction(function) and function.__module__ == module.__name__:
                found.append(Recount(module.__name__.split(".")[1], name, await function()))
    return found
