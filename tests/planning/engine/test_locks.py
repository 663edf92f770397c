from app.planning.engine import Assignment, Lock, decode, plan, validate
from tests.planning.engine.small import job, op, shop, times


def test_work_that_has_begun_stays_and_takes_only_what_is_left():
    begun = op("b1", 100, locked=Lock("A", -70, remaining=45))
    schedule = plan(shop(job("b", begun, op("b2", 10, "B")), job("n", op("n1", 20)))).schedule
    assert times(schedule, "b1") == (-70, -70, 45)
    assert times(schedule, "b2") == (45, 45, 55)
    assert times(schedule, "n1") == (45, 45, 65)


def test_a_changeover_from_the_work_that_has_begun_counts():
    begun = job("b", op("b1", 100, family="M8", locked=Lock("A", -10, remaining=90)))
    following = job("n", op("n1", 20, family="M10", setup=15))
    assert times(plan(shop(begun, following)).schedule, "n1") == (90, 105, 125)


def test_two_orders_begun_on_one_machine_end_one_after_the_other():
    jobs = [job(f"j{i}", op(f"o{i}", 100, locked=Lock("A", -i - 1, remaining=50))) for i in range(2)]
    problem = shop(*jobs, job("n", op("n1", 10)))
    schedule = plan(problem).schedule
    assert [times(schedule, o)[2] for o in ("o1", "o0", "n1")] == [50, 100, 110]
    assert validate(problem, schedule) == []


def test_two_steps_of_one_order_may_both_have_begun_basket_by_basket():
    both = job("j", op("o1", 100, locked=Lock("A", -60, 80)), op("o2", 100, "B", locked=Lock("B", -10, 90)))
    problem = shop(both)
    schedule = plan(problem).schedule
    assert [times(schedule, o)[2] for o in ("o1", "o2")] == [80, 90]
    assert validate(problem, schedule) == []


def test_what_the_planner_pinned_starts_to_the_minute_and_others_go_around_it():
    pinned = job("p", op("p1", 50, family="M8", setup=20, locked=Lock("A", 200)))
    long, short = job("l", op("l1", 190)), job("s", op("s1", 60))
    problem = shop(pinned, long, short)
    schedule = decode(problem, [Assignment("l1", "A"), Assignment("s1", "A")])
    assert validate(problem, schedule) == []
    assert times(schedule, "p1") == (180, 200, 250)
    assert times(schedule, "l1") == (250, 250, 440)
    assert times(schedule, "s1") == (0, 0, 60)


def test_a_pin_before_the_step_that_must_come_first_is_found_not_hidden():
    problem = shop(job("j", op("o1", 100), op("o2", 50, "B", locked=Lock("B", 30))))
    findings = validate(problem, plan(problem).schedule)
    assert [(f.code, f.operation, f.other) for f in findings] == [("previous", "o2", "o1")]


def test_two_pins_on_each_other_are_found():
    jobs = [job(f"j{i}", op(f"o{i}", 100, locked=Lock("A", 100 + i))) for i in range(2)]
    problem = shop(*jobs, job("n", op("n1", 150)))
    schedule = plan(problem).schedule
    assert [(f.code, f.operation) for f in validate(problem, schedule)] == [("overlap", "o1")]
    assert times(schedule, "n1")[1] == 201
