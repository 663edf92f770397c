"""A made-up fastener works for the engine: 20 machines, day and night shifts, 14 dies, 8 setup families."""

from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from app.planning.engine import Job, Lock, Machine, Operation, Problem, WorkPattern, always_open, shift

DAY = 1440
START = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY_SHIFT = shift("08:00", "20:00", ("11:30", "12:00"), ("17:00", "17:30"))
NIGHT_SHIFT = shift("20:00", "08:00", ("00:00", "00:30"))
WEEKDAYS = range(6)
STEPS = ("heading", "rolling", "heat", "plating", "packing")
FAMILIES = [f"M{size}" for size in (4, 5, 6, 8, 10, 12, 14, 16)]


def factory(orders: int = 200, seed: int = 1, load: float = 1.0, begun: int = 12) -> Problem:
    """`orders` of five operations each; the more `load`, the closer the due dates."""
    random = Random(seed)
    horizon = 120 * DAY
    two = WorkPattern("two", dict.fromkeys(WEEKDAYS, DAY_SHIFT + NIGHT_SHIFT), {date(2027, 1, 1): ()})
    one = WorkPattern("one", dict.fromkeys(WEEKDAYS, DAY_SHIFT))
    machines = [
        Machine(f"{step}-{i}", "one" if step == "packing" else "two", step, random.choice(FAMILIES))
        for step, count in zip(STEPS, (7, 5, 2, 3, 3), strict=True)
        for i in range(count)
    ]
    machines.append(Machine("plater", "always", "outside", unlimited=True))
    jobs = [_job(random, number, machines, load, number < begun) for number in range(orders)]
    setups = {
        (group, a, b): random.randrange(10, 46)
        for group in ("heading", "rolling")
        for a in FAMILIES
        for b in FAMILIES
        if a != b
    }
    calendars = (two.calendar(START, horizon), one.calendar(START, horizon), always_open("always", horizon))
    tools = {f"die-{i}": 1 + i % 2 for i in range(14)}
    return Problem(tuple(machines), tuple(jobs), calendars, START, horizon, setups, tools)


def _job(random: Random, number: int, machines: list[Machine], load: float, begun: bool) -> Job:
    family = random.choice(FAMILIES)
    operations = []
    for step in STEPS:
        group = [m.code for m in machines if m.group == step]
        able = random.sample(group, min(len(group), random.randrange(1, 5)))
        minutes = random.randrange(60, 420) if step in ("heading", "rolling") else random.randrange(30, 160)
        durations = {code: int(minutes * random.uniform(0.9, 1.3)) for code in able}
        if step == "plating" and random.random() < 0.3:
            durations = {"plater": 2 * DAY}
        with_family = step in ("heading", "rolling")
        operations.append(
            Operation(
                f"{number}/{step}",
                durations,
                family=family if with_family else "",
                setup=30 if with_family else 0,
                tool=f"die-{random.randrange(14)}" if step == "heading" and random.random() < 0.4 else "",
                max_wait=240 if step == "packing" and random.random() < 0.1 else None,
            )
        )
    if begun:
        head = operations[0]
        machine = f"heading-{number % 7}"
        lock = Lock(machine, -random.randrange(30, 200), random.randrange(10, 200))
        if number < 7:
            operations[0] = Operation(head.id, {machine: 400}, head.family, locked=lock)
    due = int(random.uniform(2, 16) * DAY / load)
    weight, release = random.choice((1, 1, 2, 3, 5, 8)), random.choice((0, 0, 0, DAY))
    return Job(number, tuple(operations), due, weight, release)
