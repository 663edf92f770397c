"""REACTIONS: event → what follows. One visible table; each reaction runs once, in a transaction of its own.

A reaction never changes the past; if it must change something it calls a verb.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from app.approvals import requests
from tasks.commands import COMMANDS

Reaction = Callable[[dict[str, Any]], Awaitable[None]]


async def carry_out_granted(event: dict[str, Any]) -> None:
    """A granted request runs its command as its asker."""
    await requests.carry_out(event["subject_id"], COMMANDS)


REACTIONS: dict[str, dict[str, Reaction]] = {
    "approval.granted": {"carry_out": carry_out_granted},
}
