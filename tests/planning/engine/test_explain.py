from app.planning.engine import Assignment, Lock, Machine, Why, decode, explain
from tests.planning.engine.small import HORIZON, job, op, shop


def explained(problem, *order: tuple[str, str]):
    return explain(problem, decode(problem, [Assignment(*pair) for pair in order]))


def reason(schedule, id: str, code: Why) -> dict:
    return next(r.facts for r in schedule.slot[id].why if r.code == code)


def first(schedule, id: str) -> tuple[str, dict]:
    return tuple(schedule.slot[id].why[0])


def test_each_start_says_what_it_waited_for():
    jobs = [
        job("a", op("a1", 100), op("a2", 50, "B")),
        job("b", op("b1", 60), release=20),
        job("c", op("c1", 60, "C", material=70)),
        job("d", op("d1", 60, "C", tool="die"), release=30),
        job("e", op("e1", 60, "E", tool="die")),
    ]
    machines = [Machine(code, "shift") for code in "ABCE"]
    order = ("a1", "A"), ("a2", "B"), ("b1", "A"), ("c1", "C"), ("d1", "C"), ("e1", "E")
    schedule, _ = explained(shop(*jobs, machines=machines), *order)
    assert first(schedule, "a1") == ("at_once", {})
    assert first(schedule, "a2") == ("previous", {"until": 100, "by": "a1"})
    assert first(schedule, "b1") == ("machine", {"until": 100, "by": "a1", "job": "a"})
    assert first(schedule, "c1") == ("material", {"until": 70})
    assert first(schedule, "d1") == ("machine", {"until": 130, "by": "c1", "job": "c"})
    assert first(schedule, "e1") == ("at_once", {})  # its die is used from 130 on only


def test_a_die_in_use_is_named_with_who_has_it():
    jobs = [job("a", op("a1", 100, tool="die")), job("b", op("b1", 10, "B", tool="die"), release=5)]
    schedule, _ = explained(shop(*jobs), ("a1", "A"), ("b1", "B"))
    assert first(schedule, "b1") == ("tool", {"until": 100, "by": "a1", "job": "a", "tool": "die"})


def test_closed_hours_stand_beside_the_reason():
    problem = shop(job("a", op("a1", 100), op("a2", 50, "B")), hours=((0, 100), (500, HORIZON)))
    schedule, _ = explained(problem, ("a1", "A"), ("a2", "B"))
    assert first(schedule, "a2") == ("previous", {"until": 100, "by": "a1"})
    assert reason(schedule, "a2", Why.CLOSED) == {"since": 100, "until": 500}


def test_changeovers_made_and_avoided_are_told():
    jobs = [job(f"j{i}", op(f"o{i}", 100, family=f, setup=25)) for i, f in enumerate(("M8", "M8", "M10"))]
    schedule, _ = explained(shop(*jobs), ("o0", "A"), ("o1", "A"), ("o2", "A"))
    assert reason(schedule, "o0", Why.SETUP) == {"minutes": 25, "before": "", "after": "M8"}
    assert reason(schedule, "o1", Why.SAME_FAMILY) == {"family": "M8"}
    assert reason(schedule, "o2", Why.SETUP) == {"minutes": 25, "before": "M8", "after": "M10"}


def test_the_choice_of_the_machine_is_told_with_what_the_others_would_reach():
    jobs = [
        job("a", op("a1", durations={"A": 100, "B": 140})),
        job("b", op("b1", 30, "C")),
        job("c", op("c1", durations={"A": 60, "B": 60})),
    ]
    schedule, _ = explained(shop(*jobs), ("a1", "A"), ("b1", "C"), ("c1", "A"))
    assert reason(schedule, "a1", Why.EARLIEST) == {"others": {"B": 140}}
    assert reason(schedule, "b1", Why.ONLY_MACHINE) == {}
    assert reason(schedule, "c1", Why.CHOSEN) == {"others": {"B": 60}}


def test_a_machine_taken_for_its_setup_says_so():
    jobs = [
        job("a", op("a1", 100, family="M8", setup=50)),
        job("b", op("b1", durations={"A": 60, "B": 60}, family="M8", setup=50)),
    ]
    schedule, _ = explained(shop(*jobs), ("a1", "A"), ("b1", "A"))
    assert reason(schedule, "b1", Why.SAVES_SETUP) == {"others": {"B": 110}}


def test_locked_and_held_operations_say_so():
    jobs = [
        job("a", op("a1", 600, "B", locked=Lock("B", -10, 600))),
        job("b", op("b1", 30, "C", locked=Lock("C", 40))),
        job("p", op("plate", 100), op("bake", 50, "B", max_wait=240)),
    ]
    schedule, _ = explained(shop(*jobs), ("plate", "A"), ("bake", "B"))
    assert first(schedule, "a1") == ("begun", {"since": -10})
    assert first(schedule, "b1") == ("pinned", {"at": 40})
    assert first(schedule, "plate") == ("held", {"until": 260, "next": "bake", "max_wait": 240})


def test_a_late_job_tells_where_its_time_went_and_who_was_before_it():
    jobs = [
        job("x", op("x1", 300, family="M8")),
        job(
            "y",
            op("y1", 50, "B"),
            op("y2", 100, family="M10", setup=40),
            op("y3", 80, "C"),
            due=600,
            release=10,
        ),
    ]
    problem = shop(*jobs, hours=((0, 350), (500, HORIZON)))
    _, late = explained(problem, ("x1", "A"), ("y1", "B"), ("y2", "A"), ("y3", "C"))
    # released 10, run to 60, machine until 300, changeover to 340, run 340–350 and 500–590, run 590–670
    assert late.keys() == {"y"}
    assert (late["y"].finish, late["y"].late) == (670, 70)
    assert late["y"].minutes == {
        "release": 10,
        "run": 50 + 100 + 80,
        "machine": 240,
        "setup": 40,
        "closed": 150,
    }
    assert [(link.operation, link.code) for link in late["y"].chain] == [
        ("x1", "at_once"),
        ("y2", "machine"),
        ("y3", "previous"),
    ]


def test_a_job_in_time_needs_no_explanation():
    _, late = explained(shop(job("a", op("a1", 100), due=100)), ("a1", "A"))
    assert late == {}
