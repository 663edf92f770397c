from dataclasses import replace

import pytest

from app.planning.engine import Assignment, Finding, Lock, Schedule, decode, validate
from tests.planning.engine.small import HORIZON, job, op, shop

PROBLEM = shop(
    job("a", op("a1", 100, tool="die"), op("a2", 50, "B", family="M8", setup=20, max_wait=30), release=10),
    job("b", op("b1", 60, "B", tool="die", material=200), op("b2", 30, "B", family="M10", setup=20)),
    job("c", op("c1", 40, "C", locked=Lock("C", 300))),
    hours=((0, 400), (500, HORIZON)),
)
ORDER = [Assignment(o, m) for o, m in (("a1", "A"), ("a2", "B"), ("b1", "B"), ("b2", "B"))]


@pytest.fixture
def schedule() -> Schedule:
    schedule = decode(PROBLEM, ORDER)
    assert validate(PROBLEM, schedule) == []
    return schedule


def changed(schedule: Schedule, id: str, **changes) -> list[Finding]:
    slots = [replace(s, **changes) if s.operation == id else s for s in schedule.slots]
    return validate(PROBLEM, Schedule(tuple(slots)))


@pytest.mark.parametrize(
    ("id", "changes", "code"),
    [
        ("a1", {"machine": "C"}, "machine"),
        ("a1", {"setup_start": 0, "start": 0, "end": 100}, "release"),
        ("b1", {"setup_start": 160, "start": 160, "end": 220}, "material"),
        ("a1", {"end": 109}, "duration"),
        ("a1", {"setup_start": 400, "start": 400, "end": 600}, "closed"),
        ("b2", {"setup_start": 270, "start": 290, "end": 320, "setup": 0}, "setup"),
        ("b2", {"setup_start": 275, "start": 290, "end": 320}, "setup"),
        ("b2", {"setup_start": 255, "start": 275, "end": 305}, "overlap"),
        ("a2", {"setup_start": 85, "start": 105, "end": 155}, "previous"),
        ("a2", {"setup_start": 121, "start": 141, "end": 191}, "max_wait"),
        ("a1", {"setup_start": 220, "start": 220, "end": 320}, "tool"),
        ("c1", {"setup_start": 301, "start": 301, "end": 341}, "locked"),
        ("b2", {"operation": "z9"}, "unknown"),
        ("b2", {"operation": "b1"}, "twice"),
    ],
)
def test_a_schedule_that_was_tampered_with_is_found_out(schedule, id, changes, code):
    assert code in {finding.code for finding in changed(schedule, id, **changes)}


def test_an_operation_without_a_place_is_found(schedule):
    assert validate(PROBLEM, Schedule(schedule.slots[1:])) == [
        Finding("missing", schedule.slots[0].operation)
    ]
