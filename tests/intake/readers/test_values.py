"""Numbers, units and dates as people write them in order files."""

from datetime import date, datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.readers.dates import day_in
from app.intake.readers.numbers import number_in
from app.intake.readers.synonyms import column_named
from app.intake.readers.units import unit_in


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("120", "120"), ("１２０", "120"), ("1,200", "1200"), ("1,234.50", "1234.50"), ("1.234,50",
        "1234.50"),
        ("12 000", "12000"), ("1'200", "1200"), ("0.486", "0.486"), ("¥86.50", "86.50"), ("86.5元", "86.5"),
        ("USD 0.05", "0.05"), ("1.2万", "12000"), ("3K", "3000"), ("免费", "0"), ("1.234.000", "1234000"),
        (150.0, "150"), (0.1 + 0.2, "0.3"), ("1e3", "1000"), (".5", "0.5"), ("约500", "500"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(written: str | float, value: str) -> None:
    number = number_in(written)
    assert (number.value, number.code) == (D(value), "")


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("5千支", "5", "千支"), ("5 千支", "5", "千支"), ("1.2万支", "1.2", "万支"), ("300kg", "300", "kg"),
        ("2吨", "2", "吨"), ("500 PCS", "500", "件"), ("12kpcs", "12", "千件"), ("60公斤", "60", "kg"),
    ],
)  # fmt: skip
def test_a_unit_beside_the_number_is_kept(written: str, value: str, unit: str) -> None:
    number = number_in(written)
    assert number.unit and (number.value, number.unit.code) == (D(value), unit)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("4.000", "NUMBER_AMBIGUOUS"), ("4,5", "NUMBER_AMBIGUOUS"), ("-5", "NUMBER_NEGATIVE"), ("(500)",
        "NUMBER_NEGATIVE"),
        ("五桶", "NOT_A_NUMBER"), ("500-600", "NOT_A_NUMBER"), ("1,23,4", "NOT_A_NUMBER"), ("9" * 30,
        "NUMBER_TOO_LARGE"),
        ("1e300", "NUMBER_TOO_LARGE"), (float("nan"), "NOT_A_NUMBER"), (float("inf"), "NOT_A_NUMBER"), (True,
        "NOT_A_NUMBER"),
        (datetime(2025, 1, 1), "NOT_A_NUMBER"), ("5 桶", "UNIT_UNKNOWN"), ("NaN", "NOT_A_NUMBER"), ("=1+1",
        "NOT_A_NUMBER"),
    ],
)  # fmt: skip
def test_a_number_that_is_none_or_unsure_says_so(written: object, code: str) -> None:
    assert number_in(written).code == code  # type: ignore[arg-type]


def test_both_readings_of_an_ambiguous_number_are_named() -> None:
    number = number_in("4.000")
    assert (number.value, number.other) == (D(4), D(4000))


@given(st.text(max_size=80) | st.floats() | st.integers())
def test_any_cell_gives_a_finite_number_or_a_code(cell: str | float) -> None:
    number = number_in(cell)
    assert number.code or (number.value is not None and number.value.is_finite())


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_number_with_thousands_commas_comes_back(value: D) -> None:
    assert number_in(f"{value:,}").value == value


@pytest.mark.parametrize(
    ("written", "code", "factor"),
    [
        ("千支", "千支", 1000), ("KPCS", "千件", 1000), ("K", "千件", 1000), ("/千只", "千只", 1000),
        ("每千件", "千件", 1000),
        ("per 1000 PC", "千件", 1000), ("1000PCS", "千件", 1000), ("PCS", "件", 1), ("万支", "万支", 10000),
        ("支", "支", 1),
        ("公斤", "kg", 1), ("T", "吨", 1000), ("件/PCS", "件", 1), ("百支", "百支", 100),
    ],
)  # fmt: skip
def test_a_unit_is_known_in_the_words_of_the_file(written: str, code: str, factor: int) -> None:
    unit = unit_in(written)
    assert unit and (unit.code, unit.factor) == (code, factor)


@pytest.mark.parametrize("written", ["", "M", "m", "1000", "元", "桶", "支/千支", "x" * 50])
def test_what_names_no_unit_is_not_guessed(written: str) -> None:
    assert unit_in(written) is None


@pytest.mark.parametrize(
    "written",
    [
        date(2025, 12, 20), datetime(2025, 12, 20, 8), 46011, 46011.0, 20251220, "2025-12-20", "2025/12/20",
            "2025.12.20",
        "20251220", "2025年12月20日", "２０２５－１２－２０", "20-Dec-2025", "Dec 20, 2025",
        "20 December 2025",
        "20/12/2025", "12/20/2025", "25-12-20", "2025-12-20 00:00:00", "2025年12月20日前", "25年12月20日",
    ],
)  # fmt: skip
def test_a_date_is_read_in_any_usual_form(written: object) -> None:
    assert day_in(written).value == date(2025, 12, 20)  # type: ignore[arg-type]


def test_a_day_without_a_year_is_the_first_one_after_the_order() -> None:
    assert day_in("1月8日", near=date(2025, 12, 1)).value == date(2026, 1, 8)
    assert (day_in("1月8日").value, day_in("1月8日").code) == (None, "YEAR_MISSING")


def test_day_or_month_first_is_not_guessed() -> None:
    day = day_in("03/04/2025")
    assert (day.value, day.code, day.either) == (None, "DATE_AMBIGUOUS", (date(2025, 4, 3), date(2025, 3, 4)))


@pytest.mark.parametrize(
    "written", ["2025-02-30", "尽快", "ASAP", "7天", 12.5, 1e20, float("nan"), "2025-13-01", "x" * 500]
)
def test_what_is_no_date_is_left_open(written: object) -> None:
    assert (day_in(written).value, day_in(written).code) == (None, "NOT_A_DATE")  # type: ignore[arg-type]


@given(st.text(max_size=60) | st.floats() | st.integers() | st.dates() | st.datetimes())
def test_any_cell_gives_a_date_or_a_code(cell: object) -> None:
    day = day_in(cell, near=date(2025, 12, 1))  # type: ignore[arg-type]
    assert day.value is not None or day.code


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("数量（千支）", "quantity"), ("订购数量\nQty", "quantity"), ("单价/K", "unit_price"), ("已交数量",
        "ignored"),
        ("客户料号", "customer_item"), ("* 物料编码", "customer_item"), ("品名及规格", "name"),
        ("Unit Price (USD/1000pcs)", "unit_price"),
        ("要求交货日期", "due_date"), ("含税金额(元)", "amount"), ("单位重量", "ignored"), ("P/N",
        "customer_item"), ("图纸版本", "drawing_revision"),
        ("老板娘", ""),
    ],
)  # fmt: skip
def test_a_heading_names_its_field(heading: str, field: str) -> None:
    assert column_named(heading)[0] == field
