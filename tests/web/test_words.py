"""Every word of the interface has one good Chinese translation, and no translation is left over."""

from pathlib import Path

import pytest

from app.core.words import catalogue
from app.upkeep import messages


def test_every_word_has_its_chinese() -> None:
    assert messages.missing() == {}


def test_no_translation_is_of_words_that_nothing_says() -> None:
    assert messages.unused() == {}


def test_catalogues_stand_as_they_are_written() -> None:
    """Else the next `make messages` changes words that nobody touched."""
    changed = [c for c in messages.catalogues() if messages.as_written(c) != messages.path_of(c).read_bytes()]
    assert changed == []


def test_translations_name_the_same_facts_and_are_written_as_chinese_is() -> None:
    assert messages.faults() == []


def test_the_interface_speaks_what_the_catalogues_say() -> None:
    spoken = catalogue(messages.LANGUAGE)
    assert all(spoken[word] != "" for words in messages.used().values() for word in words)
    assert spoken["Workplace"] == "工作台"


def test_a_word_is_found_wherever_it_stands(tmp_path: Path) -> None:
    code, page = tmp_path / "pages.py", tmp_path / "page.html"
    code.write_text('A = N_("Marked")\nb = f"{_(\'In a row\', n=1)} {_(name)}"\nlog("_(not said)")\n')
    page.write_text("{% set a = _('Set') %}{{ button(_('With %(n)s', n=2), _(label)) }}<!-- plain -->")
    assert set(messages.words_in(code)) == {"Marked", "In a row"}
    assert set(messages.words_in(page)) == {"Set", "With %(n)s"}


@pytest.mark.parametrize(
    "chinese", ["订单%(number)s,已确认", "完成 (部分)", "已收 M8螺母", "订单 %(nummer)s"]
)
def test_a_translation_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch, chinese: str) -> None:
    told = messages.Catalog(locale=messages.LANGUAGE)
    told.add("Order %(number)s" if "%" in chinese else "Order", chinese)
    monkeypatch.setattr(messages, "catalogues", lambda: {"sales": told})
    assert len(messages.faults()) == 1
