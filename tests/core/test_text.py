"""What people type: matched by its narrow form, kept as they wrote it where nothing is matched with it."""

import pytest

from app.core.text import clean, digits, prose


def test_what_is_matched_is_narrow() -> None:
    assert clean("　ＰＯ－１２　（Ａ）\x00 ") == "PO-12 (A)"


def test_prose_keeps_its_chinese_punctuation() -> None:
    assert prose(" 录入错误，已撤回（班长：王）\n\x07 见附件 ") == "录入错误，已撤回（班长：王） 见附件"


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("0", 0), ("999999999", 999_999_999), ("1000000000", None), ("", None), ("-1", None), ("1.5", None), (" 1", None),
     ("１２", None), ("²", None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_whole_number_is_plain_digits_and_not_too_many(text: str, number: int | None) -> None:
    assert digits(text) == number
