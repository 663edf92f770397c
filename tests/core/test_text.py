"""What people type: matched by its narrow form, kept as they wrote it where nothing is matched with it."""

from app.core.text import clean, prose


def test_what_is_matched_is_narrow() -> None:
    assert clean("　ＰＯ－１２　（Ａ）\x00 ") == "PO-12 (A)"


def test_prose_keeps_its_chinese_punctuation() -> None:
    assert prose(" 录入错误，已撤回（班长：王）\n\x07 见附件 ") == "录入错误，已撤回（班长：王） 见附件"
