"""Rows that were drawn before are not drawn again, and yet say what is true now."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.core import clock
from app.core.words import N_, speak
from app.web.columns import Column
from app.web.rows import Pick, drawn

AT = Column("at", N_("Order date"), "moment")
NAME = Column("name", N_("Name"), "code", sub="below", tone="tone")


def _row(**values: Any) -> dict[str, Any]:
    return {"name": "A-1", "below": "", "version": 1, **values}


def _draw(row: dict[str, Any], *columns: Column, pick: Pick | None = None) -> str:
    return str(drawn(columns or [NAME], [row], lambda row: f"/bins/{row['name']}", pick))


def test_a_changed_value_is_seen() -> None:
    assert _draw(_row()) == _draw(_row())
    assert "9 days" in _draw(_row(below="9 days"))
    assert 'data-kind="bad"' in _draw(_row(below="9 days", tone="bad"))
    assert "data-kind" not in _draw(_row(below="9 days"))


@pytest.mark.parametrize(("plain", "other"), [(1, True), (Decimal("1"), Decimal("1.0")), (Decimal(2), 2.0)])
def test_what_is_equal_but_of_another_kind_is_drawn_by_itself(plain: object, other: object) -> None:
    column = Column("name", N_("Name"))
    first, second = _draw(_row(name=plain), column), _draw(_row(name=other), column)
    assert f">{plain}<" in first and f">{other}<" in second


def test_ticks_and_versions_are_those_of_now() -> None:
    assert "checked" not in _draw(_row(), pick=Pick("name"))
    assert "checked" in _draw(_row(), pick=Pick("name", ticked=["A-1"]))
    assert "2:A-1" in _draw(_row(version=2), pick=Pick("name"))
    assert 'data-adds="700"' in _draw(_row(gross=700), pick=Pick("name", adds="gross"))
    assert "checkbox" not in _draw(_row())


def test_words_and_days_are_those_of_the_reader() -> None:
    row = {"name": "A-1", "at": datetime(2026, 11, 28, 2, tzinfo=UTC)}
    said = []
    for language, hour in (("zh_CN", 3), ("en", 3), ("en", 27)):
        speak(language)
        with clock.at(datetime(2026, 11, 28 + hour // 24, hour % 24, tzinfo=UTC)):
            said.append(_draw(row, AT))
    assert "今天" in said[0] and "Today" in said[1] and "Yesterday" in said[2]
