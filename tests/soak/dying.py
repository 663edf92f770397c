"""The relay as a process that kills itself at one moment of its work: at the first such moment, in its next life at the second …

`python -m tests.soak.dying MOMENT` in the environment of a house with events to deliver. The last life is the one that
comes to the end of the work first. Prints how each life ended.
"""

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from app import piccolo_app
from app.core import clock, db
from app.core.db import DB
from tasks import events
from tasks.queue import huey
from tasks.reactions import REACTIONS, Reaction
from tests.world import MORNING

MOMENTS = {
    "stamped": "events have their positions, nothing was handed over",
    "taken": "a queue's thread has taken the hint, nothing began",
    "claimed": "inside the transaction, before the reaction wrote anything",
    "written": "inside the transaction, after the reaction wrote",
    "committed": "the reaction stands, the queue does not know yet",
}


def dying_at(number: int) -> Callable[[], None]:
    """Dies at the call of this number."""
    calls = itertools.count(1)

    def die() -> None:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return die


def _noted(name: str, reaction: Reaction, before: Callable[[], None], after: Callable[[], None]) -> Reaction:
    """The reaction, with a line about it in a table that bears any line twice."""

    async def run(event: dict[str, Any]) -> None:
        before()
        await reaction(event)
        await db.rows("insert into effects (event, reaction) values ({}, {})", event["id"], name)
        after()

    return run


def _lay(moment: str, die: Callable[[], None]) -> None:
    """Put the end where it belongs."""
    idle = lambda: None  # noqa: E731
    claimed, written = (die if moment == each else idle for each in ("claimed", "written"))
    for reactions in REACTIONS.values():
        for name, reaction in reactions.items():
            reactions[name] = _noted(name, reaction, claimed, written)
    if moment == "committed":
        db.on_commit.append(die)
    if moment == "stamped":
        events.live.tell = lambda *_about: die()
    if moment == "taken":
        begin = events.run
        events.run = lambda work: (die(), begin(work))


async def live(moment: str, number: int) -> None:
    """One life of the relay: until it dies, or nothing is left to deliver."""
    clock.move_to(MORNING)
    _lay(moment, dying_at(number))
    events.LISTEN_SECONDS = events.SWEEP_SECONDS = 0.5
    await DB.open()
    async with asyncio.timeout(60), events.relaying():
        while await db.value("select 1 from events where delivered_at is null limit 1"):
            await asyncio.sleep(0.02)
        os._exit(0)


def end_of(moment: str, number: int) -> int:
    """Live in a process of its own; its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        asyncio.run(live(moment, number))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    assert piccolo_app.APP_CONFIG.table_classes  # everything is imported once, before the first life
    huey.storage.close()  # a connection does not outlive a fork
    ends = [end_of(sys.argv[1], 1)]
    while ends[-1] == -signal.SIGKILL:
        ends.append(end_of(sys.argv[1], len(ends) + 1))
    print(json.dumps(ends))
