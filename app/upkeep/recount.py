"""Every kept figure compared with what it is kept from: each capability's `recounts`, one answer."""

import inspect
from typing import Any

from app.core import house

SHOWN = 20


async def recount() -> list[str]:
    """One line per difference, at most 20 of each kind; no line means the books are right."""
    lines = []
    for module in house.modules("recounts"):
        capability = module.__name__.split(".")[1]
        for name, count in sorted(vars(module).items()):
            if (
                inspect.iscoroutinefunction(count)
                and count.__module__ == module.__name__
                and not name.startswith("_")
            ):
                found: list[dict[str, Any]] = await count()
                lines += [f"{capability} {name}: {difference}" for difference in found[:SHOWN]]
                lines += [f"{capability} {name}: {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return lines
