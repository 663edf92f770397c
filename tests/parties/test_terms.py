"""When money is due: closing day, the month's end, and months that are too short."""

from datetime import date

import pytest

from app.parties.terms import CLOSING, DELIVERY, MONTH_END, Terms

D = date


@pytest.mark.parametrize(
    ("terms", "arose", "due"),
    [
        (Terms(30, 25), D(2026, 11, 25), D(2026, 12, 25)),
        (Terms(30, 25), D(2026, 11, 26), D(2027, 1, 24)),
        (Terms(0, 25), D(2026, 12, 26), D(2027, 1, 25)),
        (Terms(30), D(2026, 11, 3), D(2026, 12, 30)),
        (Terms(0), D(2026, 2, 1), D(2026, 2, 28)),
        (Terms(0), D(2028, 2, 29), D(2028, 2, 29)),
        (Terms(0, 31), D(2026, 2, 10), D(2026, 2, 28)),
        (Terms(0, 31), D(2026, 1, 31), D(2026, 1, 31)),
        (Terms(0, 31), D(2026, 4, 30), D(2026, 4, 30)),
        (Terms(0, 30), D(2026, 1, 31), D(2026, 2, 28)),
        (Terms(60, 31), D(2026, 1, 31), D(2026, 4, 1)),
        (Terms(30, 25, MONTH_END), D(2026, 11, 25), D(2026, 12, 30)),
        (Terms(30, 25, MONTH_END), D(2026, 11, 26), D(2027, 1, 30)),
        (Terms(0, 25, MONTH_END), D(2026, 1, 26), D(2026, 2, 28)),
        (Terms(7, 25, DELIVERY), D(2026, 11, 26), D(2026, 12, 3)),
        (Terms(0, 0, DELIVERY), D(2026, 11, 26), D(2026, 11, 26)),
    ],
)
def test_money_is_due_so_many_days_after_what_the_terms_count_from(
    terms: Terms, arose: date, due: date
) -> None:
    assert terms.due_on(arose) == due


def test_nothing_is_due_before_it_arose() -> None:
    for terms in (Terms(0, day, counted) for day in range(32) for counted in (CLOSING, MONTH_END, DELIVERY)):
        for arose in (D(2026, 1, 31), D(2026, 2, 1), D(2026, 2, 28), D(2028, 2, 29), D(2026, 12, 31)):
            assert arose <= terms.due_on(arose)


def test_the_terms_are_said_as_people_say_them() -> None:
    assert Terms(30, 25).sentence() == "25 日结账后 30 天"
    assert Terms(30, 25, MONTH_END).sentence() == "25 日结账，当月月底后 30 天"
    assert Terms(7, 0, DELIVERY).sentence() == "交货后 7 天"
    assert Terms(30).sentence() == "月结 30 天"
