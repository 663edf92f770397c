"""What every page asks again (who is here, what waits, what a list offers): kept until anything in the house changes."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from app.core import db

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

MOST = 5000
"""Answers kept of one question; beyond it all are forgotten."""


def kept(ask: Callable[Asked, Awaitable[Answer]]) -> Callable[Asked, Awaitable[Answer]]:
    """A question whose answer depends on its arguments and on what is stored, on nothing else. Who asks leaves the answer as it is.

    In a transaction it is asked anew, since that sees its own changes. So is what was asked while the house changed.
    """
    answers: dict[tuple[Any, ...], Answer] = {}
    then: tuple[Any, ...] | None = None

    @wraps(ask)
    async def asked(*args: Asked.args, **names: Asked.kwargs) -> Answer:
        nonlocal then
        now = await db.state()
        if now is None:
            return await ask(*args, **names)
        if now != then or len(answers) > MOST:
            answers.clear()
            then = now
        key = (*args, *names.items())
        if key in answers:
            return answers[key]
        answer = await ask(*args, **names)
        if then == now:
            answers[key] = answer
        return answer

    return asked


kept_rows = kept(db.rows)
"""Rows of a statement that only reads."""
