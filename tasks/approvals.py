"""Looking after what waits for approval; when it is done stands in schedule.py."""

from datetime import datetime

from app.approvals import escalating
from app.core.db import commit
from app.people.actors import HOUSE
from app.planning.hours import WorkingHours


async def look_after(due: datetime) -> None:
    """Put what waits too long, or for nobody any more, to somebody who decides; some at a time, so that nobody is held up."""
    hours = await WorkingHours.until(due)
    while late := await escalating.overdue(lambda since: hours.between(since, due)):
        await commit(escalating.escalate, late, due, by=HOUSE)
    while left := await escalating.forsaken():
        await commit(escalating.refill, left, by=HOUSE)
