"""Long files and tables made to be slow are read in little time."""

import time

import pytest

from app.intake.readers import read
from tests.intake import files
from tests.intake.readers.test_hostile import read_or_refuse


def long_order(lines: int) -> bytes:
    """A workbook with one order of so many lines."""
    head = ["序号", "客户料号", "品名", "规格", "数量", "单位", "含税单价", "金额", "交期", "备注"]
    rows = [
        [
            n,
            f"P-{n}",
            f"螺栓 {n}",
            f"M8×{n}",
            1000 + n,
            "支",
            0.25,
            (1000 + n) * 0.25,
            "2025-12-20",
            f"第{n}批",
        ]
        for n in range(lines)
    ]
    return files.rows_to_xlsx(("S", [["订单号", "PO-2000"], head, *rows]))


@pytest.mark.slow
def test_two_thousand_lines_are_read_in_two_seconds() -> None:
    data = long_order(2000)
    start = time.process_time()
    assert len(read("o.xlsx", data).orders[0].lines) == 2000
    assert time.process_time() - start < 2


HEADING = ["订单号", "料号", "数量", "单价", "金额"]

ENDLESS = {
    "headings": [HEADING] * 19_000,
    "other headings": [HEADING if n % 2 else HEADING[::-1] for n in range(19_000)],
    "orders": [HEADING, *([f"P-{n}", "A-1", "5", "2", "11"] for n in range(19_000))],
    "remarks": [
        HEADING,
        *(["", "付款：月结", "", "", ""] if n % 2 else ["P", "A", "1", "", ""] for n in range(19_000)),
    ],
    "blanks": [
        HEADING,
        *([""] * 5 if n % 3 else ["P", "A", "1", "2", "2"] for n in range(19_000)),
        HEADING[::-1],
    ],
    "long words": [
        HEADING,
        ["零" * 100_000, "数量" * 50_000, "1" * 100_000, "壹" * 50_000 + "元", "订单号：" * 20_000],
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_table_made_to_be_slow_is_not(kind: str) -> None:
    start = time.process_time()
    read_or_refuse(files.rows_to_csv(ENDLESS[kind], "utf-8", "\t"))
    assert time.process_time() - start < 20
