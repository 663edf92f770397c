"""What a file leaves open stays open, with a problem at its cell."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from app.core.words import speaking
from app.intake.readers import ReadOrder, Unreadable, read
from app.intake.readers.problems import sentence
from tests.intake.files import rows_to_csv, rows_to_xlsx

HEAD = ["料号", "品名", "数量", "单位", "单价", "金额", "交期"]


def order(*rows: list[Any], head: list[str] = HEAD, number: str | float = "PO-1001") -> ReadOrder:
    return read("o.xlsx", rows_to_xlsx(("订单", [["订单号", number], head, *rows]))).orders[0]


def problems(read_order: ReadOrder) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in read_order.problems]


def test_a_missing_unit_is_never_guessed() -> None:
    read_order = order(["A-1", "螺栓", 5, None, 486])
    assert "unit" not in read_order.lines[0].fields and "price_unit" not in read_order.lines[0].fields
    assert problems(read_order) == [("UNIT_MISSING", "订单!C3")]


def test_an_unknown_unit_beside_the_figure_is_named_and_not_missing_too() -> None:
    read_order = order(["A-1", "螺栓", "10 坨", None, 486])
    assert problems(read_order) == [("UNIT_UNKNOWN", "订单!C3")]


def test_an_unknown_unit_is_named_and_left_open() -> None:
    read_order = order(["A-1", "螺栓", 5, "M", 486])
    assert "unit" not in read_order.lines[0].fields
    assert problems(read_order) == [("UNIT_UNKNOWN", "订单!D3")]


def test_a_unit_in_the_cell_against_its_column_is_doubtful() -> None:
    head = ["料号", "品名", "数量(千支)", "单价"]
    read_order = order(["A-1", "螺栓", "5000支", 486], head=head)
    assert read_order.lines[0].fields["unit"].doubtful
    assert problems(read_order) == [("UNIT_CONTRADICTS", "订单!C3")]


def test_ten_thousands_in_a_column_of_thousands_are_doubtful() -> None:
    read_order = order(["A-1", "螺栓", "1.2万", 486], head=["料号", "品名", "数量(千支)", "单价"])
    assert problems(read_order) == [("UNIT_CONTRADICTS", "订单!C3")]


def test_four_point_zero_zero_zero_is_asked() -> None:
    read_order = order(["A-1", "螺栓", "4.000", "千支", "486"])
    assert read_order.lines[0].fields["quantity"].doubtful
    assert problems(read_order) == [("NUMBER_AMBIGUOUS", "订单!C3")]


def test_the_amount_decides_between_two_readings() -> None:
    read_order = order(["A-1", "螺栓", "4.000", "支", "0.5", "2,000.00"])
    assert (read_order.lines[0].fields["quantity"].value, problems(read_order)) == (D(4000), [])


def test_the_other_numbers_of_the_table_show_what_a_dot_means() -> None:
    read_order = order(["A-1", "螺栓", "4.000", "千支", "86.5"], ["A-2", "螺母", "2.5", "千支", "12"])
    assert (read_order.lines[0].fields["quantity"].value, problems(read_order)) == (D(4), [])


def test_quantity_times_price_against_the_amount_is_checked_through_the_units() -> None:
    head = ["料号", "品名", "数量(支)", "单价(元/千支)", "金额"]
    right = order(["A-1", "螺栓", 5000, 486, 2430], head=head)
    wrong = order(["A-1", "螺栓", 5000, 486, 2340], head=head)
    assert problems(right) == []
    assert problems(wrong) == [("AMOUNT_DIFFERS", "订单!E3")]
    assert wrong.lines[0].fields["quantity"].doubtful and wrong.lines[0].fields["amount"].doubtful


def test_the_sum_of_the_lines_is_checked_against_the_total_row() -> None:
    lines = [["A-1", "螺栓", 5, "千支", 486, 2430], ["A-2", "螺母", 5, "千支", 100, 500]]
    assert problems(order(*lines, ["合计", None, 10, None, None, 2930])) == []
    wrong = order(*lines, ["合计", None, 10, None, None, 2830])
    assert problems(wrong) == [("TOTAL_DIFFERS", "订单!F5")]
    assert wrong.header["total_amount"].doubtful


def test_words_and_figures_of_the_total_must_agree() -> None:
    line = ["A-1", "螺栓", 5, "千支", 486, 2430]
    total = ["合计", None, None, None, None, 2430]
    assert problems(order(line, total, ["大写：贰仟肆佰叁拾元整"])) == []
    assert problems(order(line, total, ["大写：贰仟叁佰肆拾元整"])) == [("WORDS_DIFFER", "订单!A5")]


def test_a_line_without_quantity_is_kept_and_asked() -> None:
    read_order = order(["A-1", "螺栓", None, "千支", 486])
    assert problems(read_order) == [("QUANTITY_MISSING", "订单!C3")]
    assert read_order.lines[0].fields["quantity"].doubtful


def test_a_row_between_lines_that_is_none_is_not_lost() -> None:
    read_order = order(["A-1", "螺栓", 5, "千支"], [None, "二、螺母类"], ["A-2", "螺母", 5, "千支"])
    assert len(read_order.lines) == 2
    assert problems(read_order) == [("ROW_NOT_READ", "订单!B4")]


@pytest.mark.parametrize("number", [4500118273, 4500118273.0])
def test_an_order_number_in_a_number_cell_is_text_without_a_point(number: float) -> None:
    assert (
        order(["A-1", "螺栓", 5, "支"], number=number).header["customer_order_number"].value == "4500118273"
    )


def test_a_number_that_excel_has_rounded_is_not_taken() -> None:
    read_order = order(["A-1", "螺栓", 5, "支"], number=1234567890123456789)
    assert read_order.header["customer_order_number"].value is None
    assert "LONG_NUMBER" in {problem.code for problem in read_order.problems}


def test_a_file_without_an_order_number_says_so_and_looks_at_its_name() -> None:
    read_order = read("恒立_HL-25-8841.xlsx", rows_to_xlsx(("S", [HEAD, ["A-1", "螺栓", 5, "支"]]))).orders[0]
    assert read_order.header["customer_order_number"].value == "HL-25-8841"
    assert read_order.header["customer_order_number"].doubtful
    assert problems(read_order) == [("ORDER_NUMBER_MISSING", "S!A2")]


def test_two_currencies_contradict_each_other() -> None:
    read_order = order(["A-1", "螺栓", 5, "支", "$0.5"], ["A-2", "螺母", 5, "支", "¥3"])
    assert {problem.code for problem in read_order.problems} == {"CURRENCY_CONTRADICTS"}
    assert read_order.header["currency"].doubtful


def test_an_unknown_currency_is_named() -> None:
    rows = [["订单号", "PO-1001", "币种", "卢布"], HEAD, ["A-1", "螺栓", 5, "支", 3]]
    read_order = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0]
    assert problems(read_order) == [("CURRENCY_UNKNOWN", "S!D1")]


def test_two_different_tables_on_a_sheet_are_refused_with_their_places() -> None:
    rows = [
        ["订单号", "PO-1"],
        HEAD,
        ["A", "螺栓", 5, "支"],
        [],
        ["名称", "规格", "数量", "备注"],
        ["箱", "大", 3, ""],
    ]
    with pytest.raises(Unreadable) as refusal:
        read("o.xlsx", rows_to_xlsx(("S", rows)))
    assert (refusal.value.code, refusal.value.facts) == ("TWO_TABLES", {"first": "S!A2", "second": "S!A5"})
    assert refusal.value.sheets[0].rows[2][:2] == ("A", "螺栓")


def test_a_sheet_without_an_order_is_refused_and_can_still_be_looked_at() -> None:
    with pytest.raises(Unreadable) as refusal:
        read("o.xlsx", rows_to_xlsx(("S", [["会议纪要"], ["下午三点"]])))
    assert (refusal.value.code, refusal.value.sheets[0].rows[0]) == ("NO_TABLE", ("会议纪要",))


def test_a_due_date_that_is_a_promise_is_left_open() -> None:
    read_order = order(["A-1", "螺栓", 5, "支", None, None, "尽快"])
    assert problems(read_order) == [("NOT_A_DATE", "订单!G3")]
    assert read_order.lines[0].fields["due_date"].value is None


def test_formulas_in_a_text_file_are_words() -> None:
    rows = [["订单号", "=1+1", ""], ["料号", "名称", "数量(支)"], ["=cmd|' /C calc'!A0", "+螺栓", "5"]]
    line = read("o.csv", rows_to_csv(rows)).orders[0].lines[0]
    assert (line.fields["customer_item"].value, line.fields["quantity"].value) == ("=cmd|' /C calc'!A0", D(5))


def test_a_line_takes_the_order_date_for_a_day_without_a_year() -> None:
    rows = [
        ["订单号", "PO-1", "订单日期", date(2025, 12, 1)],
        HEAD,
        ["A-1", "螺栓", 5, "支", None, None, "1月8日"],
    ]
    line = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].lines[0]
    assert line.fields["due_date"].value == date(2026, 1, 8) and not line.fields["due_date"].doubtful
    rows[2][6] = "9月8日"
    far = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].lines[0]
    assert far.fields["due_date"].value == date(2026, 9, 8) and far.fields["due_date"].doubtful


def test_without_an_order_date_the_day_it_came_tells_the_year() -> None:
    rows = [["订单号", "PO-1", "日期", "12月1日"], HEAD, ["A-1", "螺栓", 5, "支", None, None, "1月8日前"]]
    read_order = read("o.xlsx", rows_to_xlsx(("S", rows)), received=date(2025, 12, 3)).orders[0]
    due = read_order.lines[0].fields["due_date"]
    assert (read_order.header["order_date"].value, due.value) == (date(2025, 12, 1), date(2026, 1, 8))
    assert not read_order.doubtful()


def test_of_two_columns_that_could_be_the_quantity_neither_is_taken_for_sure() -> None:
    rows = [
        ["订单号", "PO-1"],
        ["料号", "品名", "单位", "12月数量", "1月数量"],
        ["A-1", "螺栓", "支", 500, 300],
    ]
    read_order = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0]
    assert problems(read_order) == [("COLUMN_TWICE", read_order.lines[0].fields["quantity"].cell)]
    assert read_order.lines[0].fields["quantity"].doubtful
    alike = [*rows[:2], ["A-1", "螺栓", "支", 500, 500]]
    assert problems(read("o.xlsx", rows_to_xlsx(("S", alike))).orders[0]) == []


def test_a_table_that_goes_on_beside_itself_loses_no_line() -> None:
    rows = [
        ["订单号", "PO-1"],
        ["料号", "数量", "单位", None] * 2,
        ["A-1", 5, "支", None, "A-3", 7, "支"],
        ["A-2", 6, "支"],
    ]
    lines = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].lines
    read_lines = [(line.fields["customer_item"].value, line.fields["quantity"].value) for line in lines]
    assert read_lines == [("A-1", D(5)), ("A-2", D(6)), ("A-3", D(7))]


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    problem = order(["A-1", "螺栓", 5, None]).problems[0]
    with speaking("en"):
        assert sentence(problem) == "“5” has no unit: 支 and 千支 are a thousandfold apart"
    with speaking("zh_CN"):
        assert sentence(problem) == "“5”没有单位：支和千支差一千倍"
