import pytest

from app.planning.engine import Assignment, Machine, Problem, decode, order_of, validate
from tests.planning.engine.small import HORIZON, START, calendar, job, op, shop, times


def decoded(problem, *order: str):
    """Decode `"a1"` (on its only machine) or `"a1@B"`, and have the judge look at the result."""
    pairs = [entry.partition("@") for entry in order]
    schedule = decode(
        problem, [Assignment(o, m or next(iter(problem.operation[o].durations))) for o, _, m in pairs]
    )
    assert validate(problem, schedule) == []
    return schedule


def test_a_changeover_lies_between_two_families_and_not_within_one():
    setups = {("press", "M8", "M10"): 40}
    jobs = [job(f"j{i}", op(f"o{i}", 100, family=f, setup=25)) for i, f in enumerate(("M8", "M8", "M10"))]
    schedule = decoded(shop(*jobs, setups=setups), "o0", "o1", "o2")
    assert times(schedule, "o0") == (0, 25, 125)  # from an unknown setup: the operation's own minutes
    assert times(schedule, "o1") == (125, 125, 225)
    assert times(schedule, "o2") == (225, 265, 365)


def test_the_family_in_which_the_machine_stands_saves_the_first_changeover():
    problem = shop(
        job("j", op("o", 100, family="M8", setup=25)), machines=[Machine("A", "shift", "press", "M8")]
    )
    assert times(decoded(problem, "o"), "o") == (0, 0, 100)


def test_a_job_without_a_family_leaves_the_setup_in_the_machine():
    jobs = [job(f"j{i}", op(f"o{i}", 10, family=f, setup=25)) for i, f in enumerate(("M8", "", "M8"))]
    schedule = decoded(shop(*jobs), "o0", "o1", "o2")
    assert [schedule.slot[f"o{i}"].setup for i in range(3)] == [25, 0, 0]


def test_the_changeover_is_made_while_the_job_is_still_elsewhere():
    problem = shop(job("j", op("first", 200), op("second", 50, "B", family="M8", setup=60)))
    assert times(decoded(problem, "first", "second"), "second") == (140, 200, 250)


def test_changeover_and_run_are_interrupted_by_the_night():
    hours = ((0, 480), (1440, 1920))
    problem = shop(job("a", op("a1", 460)), job("b", op("b1", 470, family="M8", setup=30)), hours=hours)
    schedule = decoded(problem, "a1", "b1")
    assert times(schedule, "a1") == (0, 0, 460)
    assert times(schedule, "b1") == (460, 1450, 1920)
    assert schedule.slot["b1"].setup == 30


def test_operations_of_a_job_follow_one_another_and_wait_for_release_and_material():
    problem = shop(job("j", op("o1", 10), op("o2", 10, "B", material=70), release=30))
    schedule = decoded(problem, "o1", "o2")
    assert times(schedule, "o1") == (30, 30, 40)
    assert times(schedule, "o2") == (70, 70, 80)


def test_a_short_job_goes_into_the_gap_that_a_waiting_one_leaves():
    problem = shop(job("a", op("a1", 100), op("a2", 50, "B")), job("b", op("b1", 60, "B")))
    schedule = decoded(problem, "a1", "a2", "b1")
    assert times(schedule, "b1") == (0, 0, 60)


def test_no_job_takes_a_gap_that_leaves_no_time_for_the_next_changeover():
    a = job("a", op("a1", 100), op("a2", 50, "B", family="M8", setup=20))
    b = job("b", op("b1", 60, "B", family="M10", setup=30))
    schedule = decoded(shop(a, b), "a1", "a2", "b1")
    assert times(schedule, "a2") == (80, 100, 150)
    assert times(schedule, "b1") == (150, 180, 240)


def test_one_die_serves_one_machine_at_a_time():
    jobs = [
        job("a", op("a1", 100, tool="die")),
        job("b", op("b1", 100, "B", tool="die", family="M8", setup=10)),
    ]
    assert times(decoded(shop(*jobs), "a1", "b1"), "b1") == (100, 110, 210)
    assert times(decoded(shop(*jobs, tools={"die": 2}), "a1", "b1"), "b1") == (0, 10, 110)


def test_jobs_at_an_outside_processor_lie_side_by_side():
    jobs = [job(f"j{i}", op(f"o{i}", 500, family=f"M{i}", setup=30)) for i in range(3)]
    schedule = decoded(shop(*jobs, machines=[Machine("A", "shift", unlimited=True)]), "o0", "o1", "o2")
    assert {times(schedule, f"o{i}") for i in range(3)} == {(0, 0, 500)}


def test_plating_is_held_back_until_the_furnace_can_follow_in_time():
    furnace_busy = job("x", op("x1", 600, "B"))
    plated = job("p", op("plate", 100), op("bake", 50, "B", max_wait=240))
    other = job("y", op("y1", 200))
    schedule = decoded(shop(furnace_busy, plated, other), "x1", "plate", "bake", "y1")
    assert times(schedule, "plate") == (260, 260, 360)
    assert times(schedule, "bake") == (600, 600, 650)
    assert times(schedule, "y1") == (0, 0, 200)  # the time before stays usable


def test_three_steps_that_may_not_wait_are_held_back_together():
    busy = job("x", op("x1", 600, "C"))
    chain = job("p", op("p1", 100), op("p2", 50, "B", max_wait=0), op("p3", 50, "C", max_wait=10))
    schedule = decoded(shop(busy, chain), "x1", "p1", "p2", "p3")
    assert [times(schedule, f"p{i}")[1:] for i in (1, 2, 3)] == [(440, 540), (540, 590), (600, 650)]


def test_a_wait_that_no_plan_can_keep_is_exceeded_and_named():
    early, late = (
        calendar((0, 150), code="early"),
        calendar((5000, 9000), code="late"),
    )
    machines = (Machine("A", "early"), Machine("B", "late"))
    plated = job("p", op("plate", 100), op("bake", 50, "B", max_wait=60))
    problem = Problem(machines, (plated,), (early, late), START, HORIZON)
    schedule = decode(problem, [Assignment("plate", "A"), Assignment("bake", "B")])
    assert [finding.code for finding in validate(problem, schedule)] == ["max_wait"]
    assert times(schedule, "plate") == (0, 0, 100)


def test_the_order_that_a_schedule_implies_gives_the_same_schedule():
    problem = shop(job("a", op("a1", 100), op("a2", 50, "B")), job("b", op("b1", 60, "B"), op("b2", 60)))
    schedule = decoded(problem, "b1", "a1", "a2", "b2")
    assert decode(problem, order_of(problem, schedule)) == schedule


@pytest.mark.parametrize(
    ("order", "says"),
    [
        (["a1"], "a2 is missing"),
        (["a2", "a1"], "a2 comes before a1"),
        (["a1", "a1", "a2"], "a1 is there twice"),
        (["a1", "a2", "z9"], "z9 is not part"),
        (["a1@C", "a2"], "a1 cannot be done on C"),
    ],
)
def test_an_order_that_cannot_be_decoded_says_why(order, says):
    problem = shop(job("a", op("a1", 100), op("a2", 50, "B")))
    pairs = [entry.partition("@") for entry in order]
    with pytest.raises(ValueError, match=says):
        decode(problem, [Assignment(o, m or {"a2": "B"}.get(o, "A")) for o, _, m in pairs])


@pytest.mark.parametrize(
    ("jobs", "says"),
    [
        ([job("a", op("a1", 0))], "at least 1"),
        ([job("a", op("a1", 5, "Z"))], "unknown machine 'Z'"),
        ([job("a", op("a1", durations={}))], "no machine"),
        ([job("a", op("a1", 5)), job("b", op("a1", 5))], "a1 is there twice"),
        ([job("a", op("a1", 5)), job("a", op("a2", 5))], "job a is there twice"),
        ([job("a", op("a1", 5), weight=0)], "weight"),
    ],
)
def test_a_problem_with_a_mistake_says_which(jobs, says):
    with pytest.raises(ValueError, match=says):
        shop(*jobs)
