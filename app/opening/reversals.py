"""A posting of opening stock is not reversed one by one, but by a corrected file or with the whole opening."""

from typing import Any

from app.core.refusals import Refused
from app.opening.refusals import BACK_IN_OPENING
from app.people.actors import Actor


async def refuse(number: str, *, by: Actor) -> Any:
    raise Refused(BACK_IN_OPENING)


REVERSALS = {"opening": refuse}
