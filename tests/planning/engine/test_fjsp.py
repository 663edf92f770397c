from itertools import permutations, product

import pytest

from app.planning.engine import Assignment, decode, plan, score, validate
from tests.planning.engine.fjsp import read_fjsp

TWO_BY_TWO = """2 2 1.5
2  2 0 3 1 5  1 1 4
2  1 0 4      2 0 6 1 3
"""


def test_the_file_is_read_as_written():
    problem = read_fjsp(TWO_BY_TWO)
    assert [dict(o.durations) for job in problem.jobs for o in job.operations] == [
        {"M0": 3, "M1": 5},
        {"M1": 4},
        {"M0": 4},
        {"M0": 6, "M1": 3},
    ]


def test_machines_may_be_counted_from_one():
    problem = read_fjsp("1 2\n1 2 1 7 2 9\n", first=1)
    assert dict(problem.operation["0/0"].durations) == {"M1": 7, "M2": 9}


@pytest.mark.parametrize("text", ["2 1\n1 1 0 5\n", "1 1\n1 1 0 5 9\n"])
def test_a_file_that_does_not_add_up_is_refused(text):
    with pytest.raises(ValueError, match=r"promises|too many"):
        read_fjsp(text)


def test_among_all_orders_the_decoder_finds_the_shortest_makespan():
    problem = read_fjsp(TWO_BY_TWO)
    operations = list(problem.operation.values())
    spans = []
    for order in permutations(operations):
        if [o.id for o in order if o.id[0] == "0"] + [o.id for o in order if o.id[0] == "1"] != [
            o.id for o in operations
        ]:
            continue
        for machines in product(*(o.durations for o in order)):
            schedule = decode(problem, [Assignment(o.id, m) for o, m in zip(order, machines, strict=True)])
            assert validate(problem, schedule) == []
            spans.append(score(problem, schedule).makespan)
    assert min(spans) == 10  # worked out by hand: 0/0 on M0, 0/1 on M1, 1/0 on M0, 1/1 on M1
    assert plan(problem).score.makespan <= 12
