"""A table with days across: each part is one line, and what stands below a day one of its deliveries."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from app.intake.readers import ReadLine, ReadOrder, read
from app.intake.records import record_of
from tests.intake.files import rows_to_csv, rows_to_xlsx

RECEIVED = date(2026, 11, 28)
TOP: list[list[Any]] = [["宁波恒立工程机械有限公司 要货单"], ["订单号：HL-9"]]
HEAD = ["序号", "料号", "名称", "单位", "单价(元/千支)", "1月5日", "1月12日", "1月19日"]
BODY: list[list[Any]] = [
    [1, "A-1", "螺栓 M10×45", "千支", 268, 2, None, 5],
    [2, "A-2", "螺母 M10", "千支", 52, "-", "1.5", None],
]


def order_of(rows: list[list[Any]], merge: tuple[str, ...] = ()) -> ReadOrder:
    [order] = read("o.xlsx", rows_to_xlsx(("要货", rows), merge=list(merge)), received=RECEIVED).orders
    return order


def days(line: ReadLine) -> list[tuple[object, object]]:
    return [(part["due_date"].value, part["quantity"].value) for part in line.parts]


def problems(order: ReadOrder) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in order.problems]


FIRST, SECOND, THIRD = date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 19)


@pytest.mark.parametrize("total", [None, "合计", "数量合计", "总计（千支）"])
def test_a_part_is_one_line_due_with_its_first_day(total: str | None) -> None:
    sums = [["合计", None, None, None, None, 2, 1.5, 5]]
    rows = [[*TOP[0]], [*TOP[1]], HEAD, *BODY, *sums]
    if total:
        rows = [*TOP, [*HEAD, total], [*BODY[0], 7], [*BODY[1], 1.5], [*sums[0], 8.5]]
    order = order_of(rows)
    assert order.header["customer_order_number"].value == "HL-9" and problems(order) == []
    assert [line.fields["quantity"].value for line in order.lines] == [D(7), D("1.5")]
    assert [line.fields["unit"].value for line in order.lines] == ["千支", "千支"]
    assert [days(line) for line in order.lines] == [[(FIRST, D(2)), (THIRD, D(5))], [(SECOND, D("1.5"))]]
    place = order.lines[0].parts[1]
    assert (place["quantity"].cell, place["due_date"].cell) == ("要货!H4", "要货!H3")


def test_totals_that_say_otherwise_than_the_days_are_told() -> None:
    rows = [*TOP, [*HEAD, "合计"], [*BODY[0], 8], [*BODY[1], 1.5], ["合计", *[None] * 4, 2, 1.5, 5, 9]]
    order = order_of(rows)
    assert problems(order) == [("QUANTITY_TOTAL_DIFFERS", "要货!I4"), ("QUANTITY_TOTAL_DIFFERS", "要货!I6")]
    without = order_of([*TOP, HEAD, *BODY, ["合计", *[None] * 4, 2, 1.5, 6]])
    assert problems(without) == [("QUANTITY_TOTAL_DIFFERS", "要货!F6")]


def test_the_days_may_stand_in_the_second_row_of_the_heading_below_their_unit() -> None:
    rows = [
        *TOP, ["料号", "名称", "交货数量（千支）", None, "备注"], [None, None, "2027/1/5", "2027/1/12", None],
        ["A-1", "螺栓", 2, 3, "急"], ["A-2", "螺母", None, 4, None],
    ]  # fmt: skip
    order = order_of(rows, ("A3:A4", "B3:B4", "C3:D3", "E3:E4"))
    assert order.header["customer_order_number"].value == "HL-9"
    assert [days(line) for line in order.lines] == [[(FIRST, D(2)), (SECOND, D(3))], [(SECOND, D(4))]]
    assert {line.fields["unit"].value for line in order.lines} == {"千支"}
    assert order.lines[0].fields["remark"].value == "急"


def test_amounts_are_held_against_the_sum_of_the_days() -> None:
    head = ["料号", "数量单位", "单价", "2027-01-05", "2027-01-12", "金额"]
    good = order_of([["订单号：1"], head, ["A-1", "支", 2, 10, 20, 60]])
    assert problems(good) == [] and good.lines[0].fields["amount"].value == D(60)
    assert problems(order_of([["订单号：1"], head, ["A-1", "支", 2, 10, 20, 61]])) == [
        ("AMOUNT_DIFFERS", "要货!F3")
    ]


def test_nothing_below_a_day_is_guessed() -> None:
    head = ["料号", "名称", "1月5日", "1月12日"]
    order = order_of(
        [*TOP, head, ["A-1", "螺栓", "待核", 3], ["A-2", "螺母", "2千支", "500支"], ["A-3", "垫圈", 1, 1]]
    )
    assert ("NOT_A_NUMBER", "要货!C4") in problems(order) and order.lines[0].fields["quantity"].value is None
    assert ("UNIT_CONTRADICTS", "要货!C5") in problems(order)
    assert ("UNIT_MISSING", "要货!C6") in problems(order)


def test_a_part_of_which_nothing_is_wanted_is_no_line() -> None:
    order = order_of(
        [
            *TOP,
            HEAD,
            BODY[0],
            [2, "A-2", "螺母", "千支", 52, None, "-", None],
            [3, "A-3", "垫圈", "千支", 9, 0, 0, 0],
        ]
    )
    reading = read("o.xlsx", rows_to_xlsx(("要货", [*TOP, HEAD, [*BODY[0][:5], 2, 0, 5]])), received=RECEIVED)
    assert [line.fields["customer_item"].value for line in order.lines] == ["A-1", "A-3"]
    [line] = record_of(reading, reading.orders[0])["lines"]
    assert [part["quantity"]["value"] for part in line["schedules"]] == ["2", "5"]


def test_a_csv_of_the_same_is_read_alike() -> None:
    [order] = read("o.csv", rows_to_csv([*TOP, HEAD, *BODY], "gb18030"), received=RECEIVED).orders
    assert [days(line) for line in order.lines] == [[(FIRST, D(2)), (THIRD, D(5))], [(SECOND, D("1.5"))]]


def test_lines_that_hold_two_dates_each_are_no_days_across() -> None:
    rows = [["订单号：1"], ["料号", "数量（支）", "订单日期", "交期"], ["A-1", 5, date(2026, 12, 1), FIRST]]
    [line] = order_of(rows).lines
    assert (line.fields["quantity"].value, line.fields["due_date"].value, line.parts) == (D(5), FIRST, [])
