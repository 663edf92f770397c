"""Quantities and money are exact: integers, ratios, one rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import Money, in_cny, line_amount, price_micro, price_shown
from app.core.quantities import Quantity, Weight, half_up, number, shown, unit_of
from app.core.refusals import Refused

BOLT = Weight(40_200_000, 1000)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("千支", "千件"),
        ("千只", "千件"),
        ("KPCS", "千件"),
        ("pcs", "件"),
        ("ＫＧ", "kg"),
        ("公斤", "kg"),
        ("万支", "万件"),
        (" 吨 ", "吨"),
    ],
)
def test_units_are_known_by_the_words_people_use(word: str, code: str) -> None:
    assert unit_of(word).code == code


@pytest.mark.parametrize("word", ["", "  ", "箩筐", "千", "kgkg"])
def test_a_missing_or_unknown_unit_is_refused(word: str) -> None:
    with pytest.raises(Refused):
        unit_of(word)


def test_five_thousand_pieces_weigh_what_the_ratio_says() -> None:
    five = Quantity.entered("5", "千支", "件", BOLT)
    assert five.milli == 5_000_000
    assert five.in_unit("kg", BOLT) == Decimal("201")
    assert Quantity.entered("201", "kg", "件", BOLT) == five


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-inf", "1e30", "", "一千", "1_000", "0x10", "\x00", "1,2,3.4.5"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        number(text)


@pytest.mark.parametrize("text", ["0", "-5", "0.0000001", "1e15"])
def test_nothing_negative_or_beyond_reason_becomes_a_quantity(text: str) -> None:
    with pytest.raises(Refused):
        Quantity.entered(text, "千件", "件")


def test_full_width_digits_and_thousands_commas_are_read() -> None:
    assert number("１２，０００．５") == Decimal("12000.5")


def test_a_price_per_thousand_of_pieces_is_exact() -> None:
    amount = line_amount(Quantity(120_000_000), price_micro("268.6"), "千支", "CNY", True, 1300)
    assert (amount.gross, amount.tax, amount.net) == (3_223_200, 370_811, 2_852_389)
    assert amount.net + amount.tax == amount.gross


def test_tax_is_put_upon_a_price_without_tax() -> None:
    amount = line_amount(Quantity(1_000_000), price_micro("0.0086"), "件", "CNY", False, 1300)
    assert (amount.net, amount.tax, amount.gross) == (860, 112, 972)


def test_a_price_by_weight_goes_through_the_piece_weight() -> None:
    assert line_amount(Quantity(5_000_000), price_micro("12"), "kg", "CNY", True, 0, BOLT).gross == 241_200


def test_money_has_the_digits_of_its_currency() -> None:
    assert Money.entered("50000.01").minor == 5_000_001
    assert str(Money.entered("500", "JPY")) == "500"
    with pytest.raises(Refused):
        Money.entered("0.001")
    assert Money(18_642_000).shown() == "¥186,420.00"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("5万", 5_000_000),
        ("1.25 万元", 1_250_000),
        ("0.000001亿", 10_000),
        ("5", 500),
        ("-2万", -2_000_000),
        ("２万", 2_000_000),
    ],
)
def test_sums_may_count_in_ten_thousands(typed: str, minor: int) -> None:
    assert Money.entered(typed).minor == minor


@pytest.mark.parametrize(
    "typed", ["万", "元", "5万万", "五万", "5万5", "1e15亿", "NaN万", "0.0000001万", "1e-31亿"]
)
def test_a_sum_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        Money.entered(typed)


def test_the_locked_rate_gives_yuan() -> None:
    assert in_cny(700_000, "USD", 7_142_858) == 5_000_001
    assert in_cny(50_000, "JPY", 48_000) == 240_000


@given(st.integers(1, 10**12), st.integers(1, 10**9), st.sampled_from([0, 600, 900, 1300]), st.booleans())
def test_net_and_tax_always_add_up_to_gross(milli: int, price: int, rate: int, included: bool) -> None:
    amount = line_amount(Quantity(milli), price, "千件", "CNY", included, rate)
    assert amount.net + amount.tax == amount.gross >= amount.net >= 0


@given(st.fractions(min_value=-1000, max_value=1000))
def test_halves_go_away_from_zero(value: object) -> None:
    assert abs(half_up(value) - value) <= 0.5 and half_up(-value) == -half_up(value)  # type: ignore[operator, type-var]


def test_prices_and_quantities_are_shown_as_people_write_them() -> None:
    assert [price_shown(268_000_000), price_shown(8_600)] == ["268.00", "0.0086"]
    assert [shown(5_000_000), shown(303_600)] == ["5,000", "303.6"]
