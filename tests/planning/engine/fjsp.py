"""Flexible job shops in the usual text format, as problems without calendars, changeovers or due dates."""

from app.planning.engine import Job, Machine, Operation, Problem, always_open
from tests.planning.engine.small import START

HORIZON = 10_000


def read_fjsp(text: str, first: int = 0) -> Problem:
    """Read `jobs machines [mean]` and one line per job: operations, and for each the number of (machine,
    minutes) pairs and the pairs. `first` is the number of the first machine: files count from 0 or from 1."""
    head, *lines = [line.split() for line in text.splitlines() if line.strip()]
    machines = tuple(Machine(f"M{i}", "always") for i in range(first, first + int(head[1])))
    jobs = tuple(_job(number, list(map(int, line))) for number, line in enumerate(lines))
    if len(jobs) != int(head[0]):
        raise ValueError(f"the first line promises {head[0]} jobs, the file has {len(jobs)}")
    return Problem(machines, jobs, (always_open("always", HORIZON),), START, HORIZON)


def _job(number: int, figures: list[int]) -> Job:
    count, *rest = figures
    operations = []
    for step in range(count):
        pairs, rest = rest[1 : 1 + 2 * rest[0]], rest[1 + 2 * rest[0] :]
        durations = {f"M{m}": minutes for m, minutes in zip(pairs[::2], pairs[1::2], strict=True)}
        operations.append(Operation(f"{number}/{step}", durations))
    if rest:
        raise ValueError(f"job {number} has {len(rest)} figures too many")
    return Job(number, tuple(operations))
