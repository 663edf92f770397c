"""Problems small enough to work out by hand: machines A, B, C; every time in minutes."""

from datetime import UTC, datetime

from app.planning.engine import Calendar, Job, Machine, Operation, Problem, Stretch

START = datetime(2026, 11, 23, tzinfo=UTC)
HORIZON = 10_000


def calendar(*hours: tuple[int, int], code: str = "shift") -> Calendar:
    return Calendar(code, tuple(Stretch(a, b) for a, b in hours))


def op(id: str, minutes: int | None = None, machine: str = "A", **more) -> Operation:
    return Operation(id, more.pop("durations", {machine: minutes}), **more)


def job(id: str, *operations: Operation, **more) -> Job:
    return Job(id, operations, **more)


def shop(*jobs: Job, hours: tuple[tuple[int, int], ...] = ((0, HORIZON),), **more) -> Problem:
    machines = more.pop("machines", [Machine(code, "shift", "press") for code in "ABC"])
    horizon = more.pop("horizon", HORIZON)
    return Problem(tuple(machines), jobs, (calendar(*hours),), START, horizon, **more)


def times(schedule, id: str) -> tuple[int, int, int]:
    slot = schedule.slot[id]
    return slot.setup_start, slot.start, slot.end
