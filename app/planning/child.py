"""The engine in a process of its own: it takes all the time of a core, and its memory is given back when it ends.

The parent writes the pickled problem to the child's standard input and reads the pickled plan, or the sentence of what
is wrong, from its standard output. Both ends are this file; nothing from outside is ever unpickled.
"""

import asyncio
import pickle
import sys
from contextlib import suppress
from typing import Any

from app.planning.engine.planner import Plan, plan

SECONDS = 300


class Failed(Exception):
    """The engine refused the problem or did not come back."""


async def compute(problem: Any, previous: Any = None) -> Plan:
    """The plan for a problem, computed in a child process. Raises Failed with a sentence."""
    from app.config import ROOT

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.planning.child", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            answer, errors = await process.communicate(pickle.dumps((problem, previous)))
    except (TimeoutError, asyncio.CancelledError) as stopped:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if isinstance(stopped, asyncio.CancelledError):
            raise
        raise Failed(f"the engine took more than {SECONDS} s") from None
    if process.returncode != 0 or not answer:
        raise Failed(
            errors.decode(errors="replace").strip().splitlines()[-1][:200] if errors else "the engine stopped"
        )
    found = pickle.loads(answer)
    if isinstance(found, str):
        raise Failed(found)
    return found


def main() -> None:
    """The child's side: one problem in, one plan out."""
    problem, previous = pickle.load(sys.stdin.buffer)
    try:
        answer: Any = plan(problem, previous)
    except ValueError as wrong:
        answer = str(wrong)
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
