"""A call-off plan laid beside what stands and what is ordered: what it changes."""

from datetime import date

from app.frameworks.comparing import Change, compare

A, B, C, D = (date(2027, 1, day) for day in (4, 11, 18, 25))


def test_a_plan_is_compared_line_by_line() -> None:
    stood = {(1, A): 5, (1, B): 6, (1, C): 7, (2, A): 4}
    found = compare(stood, {}, {(1, A): 5, (1, B): 8, (1, D): 7, (3, A): 1})
    assert list(found.changes) == [
        Change("quantity", 1, B, 6, B, 8), Change("day", 1, C, 7, D, 7), Change("dropped", 2, A, 4), Change("added", 3, None, 0, A, 1),
    ]  # fmt: skip
    assert compare(stood, {}, stood).changes == [] and compare({}, {}, {}).changes == []


def test_of_two_equal_deliveries_the_nearest_day_is_the_one_it_moved_to() -> None:
    found = compare({(1, A): 5, (1, D): 5}, {}, {(1, B): 5, (1, C): 5})
    assert [(c.before_day, c.after_day) for c in found.changes] == [(A, B), (D, C)]


def test_what_is_ordered_is_named_again_by_the_plan_and_counts_once() -> None:
    ordered_ = {(1, A): [(9, 5)], (1, B): [(8, 2), (9, 3)]}
    assert compare({}, ordered_, {(1, A): 5, (1, B): 5}).changes == []
    more = compare({}, ordered_, {(1, A): 7, (1, B): 5})
    assert list(more.changes) == [Change("added", 1, None, 0, A, 2)] and more.of_orders == []
    less = compare({}, ordered_, {(1, A): 5, (1, B): 4})
    assert less.changes == [] and list(less.of_orders) == [Change("quantity", 1, B, 5, B, 4, 9)]
    moved = compare({}, ordered_, {(1, B): 5, (1, C): 5})
    assert moved.changes == [] and moved.wanted == {}
    assert list(moved.of_orders) == [Change("day", 1, A, 5, C, 5, 9)]
    assert compare({}, ordered_, {(1, B): 5}).of_orders[0].what == "dropped"
