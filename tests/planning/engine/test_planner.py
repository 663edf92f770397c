import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from multiprocessing import get_context

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.planning.engine import (
    Finding,
    Job,
    Lock,
    Machine,
    Operation,
    Problem,
    Schedule,
    Why,
    plan,
    promise,
    score,
    validate,
)
from app.planning.engine.dispatch import ATCS_FACTORS, atcs, dispatch, edd
from tests.planning.engine.factory import factory
from tests.planning.engine.small import HORIZON, START, calendar, job, op, shop

FAMILIES = st.sampled_from(["", "M8", "M10", "M12"])
LIGHT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def problems(draw) -> Problem:
    machines = [Machine(c, draw(st.sampled_from(("day", "all"))), "press", draw(FAMILIES)) for c in "ABC"]
    machines.append(Machine("plater", "all", unlimited=True))
    jobs = tuple(draw(jobs_of(f"j{i}")) for i in range(draw(st.integers(1, 8))))
    hours = [(day + 480, day + 700) for day in range(0, HORIZON - 1440, 1440)]
    hours += [(day + 750, day + 1020) for day in range(0, HORIZON - 1440, 1440)]
    calendars = (calendar(*sorted(hours), code="day"), calendar((0, HORIZON), code="all"))
    setups = {("press", a, b): draw(st.integers(0, 60)) for a in ("M8", "M10") for b in ("M8", "M12")}
    return Problem(tuple(machines), jobs, calendars, START, HORIZON, setups, {"two": 2})


@st.composite
def jobs_of(draw, id: str) -> Job:
    steps = draw(st.integers(1, 4))
    due = draw(st.none() | st.integers(-500, 6000))
    operations = tuple(draw(operations_of(f"{id}/{step}", step)) for step in range(steps))
    return Job(id, operations, due, draw(st.integers(1, 8)), draw(st.sampled_from((0, 0, 300))))


@st.composite
def operations_of(draw, id: str, step: int) -> Operation:
    machines = draw(st.lists(st.sampled_from(("A", "B", "C", "plater")), min_size=1, max_size=3, unique=True))
    begun = step == 0 and draw(st.integers(0, 5)) == 0
    return Operation(
        id,
        {code: draw(st.integers(1, 700)) for code in machines},
        draw(FAMILIES),
        draw(st.integers(0, 50)),
        draw(st.sampled_from(("", "", "one", "two"))),
        draw(st.sampled_from((0, 0, 200))),
        draw(st.sampled_from((None, None, None, 600))) if step else None,
        Lock(machines[0], -draw(st.integers(0, 90)), draw(st.integers(0, 300))) if begun else None,
    )


def unexcused(problem: Problem, schedule: Schedule) -> list[Finding]:
    """What is wrong with a schedule, but for waits after an operation that has begun: the floor's doing."""
    found = validate(problem, schedule)
    return [f for f in found if not (f.code == "max_wait" and problem.operation[f.other].locked)]


@LIGHT
@given(problem=problems(), seed=st.integers(0, 3))
def test_every_plan_can_be_carried_out(problem, seed):
    made = plan(problem, seed=seed)
    assert unexcused(problem, made.schedule) == []
    assert made.score == score(problem, made.schedule)
    assert made.score.cost <= made.baseline_score.cost


@LIGHT
@given(problem=problems())
def test_the_time_of_every_late_job_is_accounted_for_to_the_minute(problem):
    made = plan(problem)
    finish = {j.id: made.schedule.finish(j) for j in problem.jobs}
    assert made.reasons.keys() == {j.id for j in problem.jobs if j.due is not None and finish[j.id] > j.due}
    for id, lateness in made.reasons.items():
        assert sum(lateness.minutes.values()) == lateness.finish == finish[id]
        assert lateness.chain[-1].end == finish[id]
        assert all(link.code for link in lateness.chain)


@pytest.mark.slow
@LIGHT
@given(problem=problems(), more=jobs_of("new"))
def test_a_promise_moves_no_run_and_can_be_kept(problem, more):
    more = replace(more, operations=tuple(replace(o, locked=None) for o in more.operations))
    planned = plan(problem).schedule
    promised = promise(problem, planned, more)
    runs = {s.operation: (s.machine, s.start, s.end) for s in promised.schedule.slots}
    assert runs == runs | {s.operation: (s.machine, s.start, s.end) for s in planned.slots}
    together = replace(problem, jobs=(*problem.jobs, more))
    assert unexcused(together, promised.schedule) == []
    assert promised.finish == promised.schedule.finish(more)


def test_a_promise_takes_the_first_gap_that_holds_the_job():
    problem = shop(job("a", op("a1", 100), op("a2", 50, "B")), job("b", op("b1", 300, "B"), release=150))
    planned = plan(problem).schedule
    assert promise(problem, planned, job("n", op("n1", 80, "B"))).finish == 80
    assert promise(problem, planned, job("n", op("n1", 101, "B"))).finish == 450 + 101
    assert promise(problem, planned, job("n", op("n1", 30), op("n2", 40, "B"))).finish == 450 + 40


def test_the_heavier_of_two_late_jobs_goes_first():
    light, heavy = job("l", op("l1", 100), due=50), job("h", op("h1", 100), due=60, weight=5)
    made = plan(shop(light, heavy))
    assert [s.operation for s in made.schedule.slots] == ["h1", "l1"]
    assert made.score.weighted_tardiness == 5 * 40 + 150
    assert made.baseline_score.weighted_tardiness == 50 + 5 * 140
    assert made.score.on_time_rate == 0


def test_jobs_of_one_family_are_made_together_when_there_is_time():
    jobs = [
        job(f"j{i}", op(f"o{i}", 60, family="M8" if i % 2 else "M10", setup=120), due=2000 + i)
        for i in range(6)
    ]
    made = plan(shop(*jobs))
    assert made.score.setup == 2 * 120
    assert made.baseline_score.setup == 6 * 120


def test_the_same_question_gets_the_same_answer_in_a_child_process():
    problem = factory(orders=12)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        there = child.submit(plan, problem).result()
    assert there == plan(problem)
    assert pickle.loads(pickle.dumps(there)) == there


def test_a_plan_can_be_stored_as_json():
    made = plan(factory(orders=40, load=3.0))
    assert made.reasons
    stored = json.loads(json.dumps({id: asdict(late) for id, late in made.reasons.items()}))
    assert len(stored) == len(made.reasons)
    assert {r.code for s in made.schedule.slots for r in s.why} <= set(Why)
    json.dumps([slot.why for slot in made.schedule.slots])


@pytest.mark.slow
def test_a_busy_factory_is_planned_better_than_by_due_date_alone():
    problem = factory(orders=80, load=2.5)
    made = plan(problem)
    assert validate(problem, made.schedule) == []
    assert made.score.weighted_tardiness < made.baseline_score.weighted_tardiness


def test_the_next_plan_keeps_the_machines_of_the_last_where_it_can():
    problem = factory(orders=40)
    before = plan(problem).schedule
    rush = job("rush", op("rush/1", durations={"heading-1": 60}), due=500)
    more = replace(problem, jobs=(*problem.jobs, rush))
    again = plan(more, previous=before).schedule
    assert unexcused(more, again) == []
    same = [before.slot[s.operation].machine == s.machine for s in again.slots if s.operation in before.slot]
    assert sum(same) / len(same) > 0.9


def test_replanning_an_hour_later_leaves_what_has_begun_where_it_is():
    problem = factory(orders=30)
    now = 300
    slots = plan(problem).schedule.slot

    def as_of_now(operation: Operation) -> Operation:
        slot = slots[operation.id]
        lock = Lock(slot.machine, slot.start - now, remaining=60)
        return replace(operation, locked=lock if lock.begun else None)

    def left(j: Job) -> Job:
        return replace(j, operations=tuple(as_of_now(o) for o in j.operations if slots[o.id].end > now))

    later = replace(problem, jobs=tuple(map(left, problem.jobs)))
    made = plan(later, previous=Schedule(tuple(slots.values())))
    assert unexcused(later, made.schedule) == []
    locks = {o.id: (o.locked.machine, o.locked.start) for o in later.operation.values() if o.locked}
    assert locks
    assert locks == {id: (made.schedule.slot[id].machine, made.schedule.slot[id].start) for id in locks}


def test_an_empty_factory_has_an_empty_plan():
    made = plan(shop())
    assert made.schedule.slots == ()
    assert made.score.on_time_rate == 1


def test_an_order_with_nothing_left_to_do_is_no_trouble():
    made = plan(shop(job("done", due=-100), job("a", op("a1", 10), due=5)))
    assert made.reasons.keys() == {"a"}


def test_a_promise_ignores_slots_of_a_machine_that_is_gone():
    problem = shop(job("a", op("a1", 100)))
    planned = plan(problem).schedule
    left = shop(machines=[m for m in problem.machines if m.code != "A"])
    assert promise(left, planned, job("n", op("n1", 30, "B"))).finish == 30


def test_an_operation_whose_machine_never_opens_again_says_so():
    machines = [Machine("A", "shift"), Machine("B", "over")]
    calendars = (calendar((0, HORIZON)), calendar(code="over"))
    either = (job("a", op("a1", durations={"A": 100, "B": 10})),)
    assert plan(Problem(machines, either, calendars, START, HORIZON)).schedule.slot["a1"].machine == "A"
    only = (job("a", op("a1", 10, "B")),)
    with pytest.raises(ValueError, match="operation a1: no machine"):
        plan(Problem(machines, only, calendars, START, HORIZON))


def test_every_rule_places_every_operation_once():
    problem = factory(orders=15)
    free = [o.id for o in problem.operation.values() if not o.locked]
    for rule in (edd, *(atcs(problem, k1, k2) for k1, k2 in ATCS_FACTORS)):
        assert sorted(a.operation for a in dispatch(problem, rule)) == sorted(free)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(30))
def test_thirty_factories_are_planned_without_a_fault(seed):
    problem = factory(orders=120, seed=seed, load=0.7 + seed / 10)
    made = plan(problem)
    assert unexcused(problem, made.schedule) == []
    assert made.score.cost <= made.baseline_score.cost
