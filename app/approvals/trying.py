"""Trying a rule on the cases of last month before it is in force: which would have waited, and who would have decided."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from app.approvals import people
from app.approvals.commands import PastCase
from app.approvals.editing import Read
from app.approvals.rules import AND, verdict
from app.approvals.steps import Step
from app.core import clock, db

SHOWN = 50


@dataclass(frozen=True)
class Trial:
    """What a rule would have done since `since`: `held` are the newest of the `waiting` ones; `deciders` (name, cases),
    `empty` (step, cases) where nobody could have decided. Of how many cases nobody knows any more: `untold`, and why
    (`unknown` facts)."""

    since: date
    cases: int
    waiting: int
    held: tuple[PastCase, ...]
    deciders: tuple[tuple[str, int], ...]
    empty: tuple[tuple[int, int], ...] = ()
    untold: int = 0
    unknown: tuple[str, ...] = ()


def last_month() -> date:
    """Thirty days back: the month that people remember."""
    return clock.today() - timedelta(days=30)


async def on_last_month(rule: Read, joined: str = AND) -> Trial:
    """Run a rule over what happened in the last thirty days, without holding anything."""
    since = last_month()
    cases = await rule.command.recent(since)
    said = [(case, verdict(case.facts, rule.conditions, joined)) for case in cases]
    held = [case for case, each in said if each.holds and not each.unknown]
    untold = [each.unknown for _case, each in said if each.holds and each.unknown]
    counted: Counter[str] = Counter()
    empty: Counter[int] = Counter()
    for asker, number in Counter(case.asker for case in held).items():
        asked = [await _deciders(step, asker) for step in rule.steps]
        empty.update({n: number for n, names in enumerate(asked, 1) if not names})
        for name in {name for names in asked for name in names}:
            counted[name] += number
    deciders, nobody = tuple(counted.most_common()), tuple(sorted(empty.items()))
    unknown = tuple(dict.fromkeys(name for names in untold for name in names))
    return Trial(since, len(cases), len(held), tuple(held[:SHOWN]), deciders, nobody, len(untold), unknown)


async def _deciders(step: Step, asker: int | None) -> list[str]:
    """The names of all who would have been asked in a step, but the asker."""
    users: list[int] = []
    for each in step.who:
        found = await people.seat_for(each, asker or 0)
        users += (
            await people.in_role(found["role"]) if "role" in found else await people.working(found.values())
        )
    rows = await db.rows(
        "select p.name from users u join people p on p.id = u.person where {} and u.id <> {} order by u.id",
        db.any_of("u.id", list(dict.fromkeys(users))), asker or 0,
    )  # fmt: skip
    return [row["name"] for row in rows]
