"""Every layout of the library is read as its answer says, and says for each fact where it stands."""

from collections.abc import Callable

import pytest

from app.intake.readers import Found, read
from tests.intake.files import LAYOUTS, OrderFile


def said(fields: dict[str, Found]) -> dict[str, object]:
    return {name: found.value for name, found in fields.items()}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_layout_is_read_as_it_is_meant(layout: Callable[[], OrderFile]) -> None:
    file = layout()
    orders = read(file.name, file.data).orders
    assert [said(order.header) for order in orders] == [answer.header for answer in file.answers]
    for order, answer in zip(orders, file.answers, strict=True):
        assert [said(line.fields) for line in order.lines] == answer.lines


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_what_was_found_stands_in_the_cell_it_names(layout: Callable[[], OrderFile]) -> None:
    file = layout()
    reading = read(file.name, file.data)
    cells = {
        grid.cell(row, column): text
        for grid in reading.sheets
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
    }
    for order in reading.orders:
        facts = [*order.header.values(), *(found for line in order.lines for found in line.fields.values())]
        for found in facts:
            words, written = "".join(found.text.split()), "".join(cells.get(found.cell, "").split())
            assert found.cell == "" or (written and (words in written or written in words)), found


def test_nothing_is_asked_about_a_clean_order() -> None:
    from tests.intake.files import contract

    file = contract()
    order = read(file.name, file.data).orders[0]
    assert (order.doubtful(), order.problems) == ([], [])


def test_the_source_can_be_shown_as_a_table_with_its_merged_ranges() -> None:
    from tests.intake.files import two_heads

    file = two_heads()
    sheet = read(file.name, file.data).sheets[0]
    assert sheet.name == "订单"
    assert sheet.rows[4][:5] == ("1", "JM-7781", "内六角螺钉 M6×20 12.9", "支", "30000")
    assert (2, 1, 2, 2) in {(s.top, s.left, s.bottom, s.right) for s in sheet.merged}
