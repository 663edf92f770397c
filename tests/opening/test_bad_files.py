"""Whatever is wrong in a file is named at its row and column, and nothing of the file is booked."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.core import db
from app.core.refusals import Refused
from app.opening import files, queries
from app.opening.blanks import blank
from app.opening.kinds import KINDS
from tests import make
from tests.opening.files import BILLS, ORDERS, PURCHASES, RECEIVABLES, STOCK, booked, dropped, refused, xlsx
from tests.world import World

ITEM = "FB-M10X45-88D"
GOOD: dict[str, tuple[Sequence[str], tuple[Any, ...]]] = {
    "stock": (STOCK, (ITEM, "A-01-01", "L1", 5, "千支", 201, 1340)),
    "orders": (ORDERS, ("SE1", 1, "HENGLI", "PO-1", ITEM, 100, "千支", 40, 268, "2026-12-20")),
    "purchases": (PURCHASES, ("PO1", 1, "S1", ITEM, 5, "千支", 1, 200, "2026-12-20")),
    "receivables": (RECEIVABLES, ("XS1", "HENGLI", 1000, "CNY", "2026-10-31", "2026-11-30")),
    "bills": (BILLS, ("B-1", "宁波恒立", "宁波银行", "HENGLI", 1000, "2026-08-15", "2027-02-15", "在手")),
}
WRONG = [
    ("stock", 0, "没有的料号", "A2", "unknown"), ("stock", 1, "Z-99-99", "B2", "unknown"), ("stock", 1, "@OPENING", "B2", "unknown"),
    ("stock", 3, -5, "D2", "negative"), ("stock", 3, "很多", "D2", "cell_not_a_number"), ("stock", 3, "4.000", "D2", "cell_number_ambiguous"),
    ("stock", 4, "", "E2", "unit_missing"), ("stock", 4, "箩", "E2", "cell_unit_unknown"), ("stock", 3, "5支", "D2", "unit_contradicts"),
    ("stock", 5, 2, "F2", "weight_far_off"), ("stock", 6, 13.401, "G2", "too_fine"), ("stock", 6, "-1", "G2", "negative"),
    ("orders", 2, "无此客户", "C2", "unknown"), ("orders", 4, "没有的料号", "E2", "unknown"), ("orders", 7, 101, "H2", "more_than_ordered"),
    ("orders", 7, 100, "H2", "nothing_open"), ("orders", 8, "", "I2", "line_price_missing"), ("orders", 9, "", "J2", "required"),
    ("orders", 9, "2026-02-30", "J2", "cell_not_a_date"), ("orders", 5, 0, "F2", "not_positive"), ("orders", 0, "", "A2", "required"),
    ("purchases", 2, "无此供应商", "C2", "unknown"), ("purchases", 6, 6, "G2", "more_than_ordered"),
    ("receivables", 1, "无此客户", "B2", "unknown"), ("receivables", 3, "XAU", "D2", "cell_currency_unknown"),
    ("receivables", 3, "USD", "D2", "no_rate"), ("receivables", 2, 0, "C2", "nothing_owed"), ("receivables", 2, 10.005, "C2", "too_fine"),
    ("receivables", 5, "2026-10-01", "F2", "date_before"), ("receivables", 2, 10**17, "C2", "cell_number_too_large"),
    ("bills", 0, 130833101234520260815123456789, "A2", "cell_long_number"), ("bills", 1, "", "B2", "required"),
    ("bills", 6, "", "G2", "required"), ("bills", 7, "丢了", "H2", "not_a_choice"), ("bills", 3, "无此客户", "D2", "unknown"),
]  # fmt: skip


async def problems(kind: str, data: bytes, world: World) -> list[tuple[str, str]]:
    row = await dropped(kind, data, world.admin)
    return [(p["cell"], p["code"]) for p in queries.problems_of(KINDS[kind], row)]


@pytest.fixture
async def supplier(world: World) -> None:
    from app.parties.tables import Supplier

    await Supplier(code="S1", name="宝钢", short_name="").save()


@pytest.mark.parametrize("kind, column, value, cell, code", WRONG)
async def test_a_wrong_cell_is_named_and_nothing_is_booked(
    world: World, supplier: None, kind: str, column: int, value: Any, cell: str, code: str
) -> None:
    heads, good = GOOD[kind]
    wrong = list(good)
    wrong[column] = value
    data = xlsx(heads, [wrong])
    assert await problems(kind, data, world) == [(cell, code)]
    assert (await refused(kind, data, world.admin)).reason.code == "has_problems"
    assert await db.value("select count(*) from opening_rows") == 0


@pytest.mark.parametrize("kind", list(GOOD))
async def test_a_key_that_stands_twice_in_a_file_is_named_with_its_first_row(
    world: World, supplier: None, kind: str
) -> None:
    heads, good = GOOD[kind]
    assert await problems(kind, xlsx(heads, [good, good]), world) == [("A3", "key_twice")]


async def test_rows_of_one_order_that_disagree_about_it_are_named(world: World) -> None:
    await make.customer("OTHER", name="另一家")
    first, second = list(GOOD["orders"][1]), list(GOOD["orders"][1])
    second[1], second[2], second[3] = 2, "OTHER", "PO-2"
    assert await problems("orders", xlsx(ORDERS, [first, second]), world) == [
        ("C3", "not_one_head"),
        ("D3", "not_one_head"),
    ]


async def test_one_wrong_row_among_many_books_none_of_them(world: World) -> None:
    rows = [(f"XS{n}", "HENGLI", n + 1, "CNY", "2026-10-31", "2026-11-30") for n in range(50)]
    rows[30] = ("XS30", "无此客户", 31, "CNY", "2026-10-31", "2026-11-30")
    assert await problems("receivables", xlsx(RECEIVABLES, rows), world) == [("B32", "unknown")]
    assert (
        await refused("receivables", xlsx(RECEIVABLES, rows), world.zhoumin)
    ).reason.code == "has_problems"
    assert await db.value("select count(*) from receivables") == 0


@pytest.mark.parametrize("data, code", [
    (b"", "unreadable"), (b"\x89PNG\r\n\x1a\n", "unreadable"), (b"PK\x03\x04broken", "unreadable"), (b"a,b\n1,2\n", "no_heading"),
    (xlsx(STOCK, []), "no_rows"), ("物料,库位\nA,B\n".encode(), "no_heading"),
])  # fmt: skip
async def test_a_file_that_is_no_table_is_refused_as_a_whole(world: World, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        await files.read(KINDS["stock"], data, False)
    assert (refusal.value.reason.code, refusal.value.field) == (code, "file")


CSV = f'物料代码,仓位,批号,结存数量（千支）,金额\n{ITEM},A-01-01,L1,"1,205.5","1,340.00"\n合计,,,"1,205.5","1,340.00"\n'
HTML = "<html><table><tr><td>物料代码</td><td>仓位</td><td>批号</td><td>结存数量(千支)</td><td>金额</td></tr><tr>" + "".join(
    f"<td>{v}</td>" for v in (ITEM, "A-01-01", "L1", "1,205.5", "1,340.00")) + "</tr></table></html>"  # fmt: skip


@pytest.mark.parametrize("data", [
    CSV.encode("gbk"), CSV.encode("utf-16"), CSV.encode(), ("\ufeff" + CSV).encode(), CSV.replace(",", "\t").replace('"', "").replace(
        "1\t205", "1,205").replace("1\t340", "1,340").encode("gbk"), HTML.encode("gbk"), HTML.encode(),
])  # fmt: skip
async def test_what_old_systems_export_is_read_whatever_it_is(world: World, data: bytes) -> None:
    await booked("stock", data, world.xiuying)
    assert await db.one("select quantity_q, amount from opening_rows") == {
        "quantity_q": 1_205_500_000,
        "amount": 134_000,
    }


async def test_the_code_of_the_old_system_and_a_name_are_understood_and_two_of_a_name_are_not(
    world: World,
) -> None:
    await db.rows("update items set old_code = '01.02.0045'")
    rows = [("XS1", "宁波恒立", 1000, "", "2026-10-31", "2026-11-30")]
    assert (await booked("receivables", xlsx(RECEIVABLES, rows), world.zhoumin)).made == 1
    assert (
        await booked("stock", xlsx(STOCK, [("01.02.0045", "A-01-01", "", 5, "千支", "", 1)]), world.xiuying)
    ).made == 1
    await make.customer("SECOND", name="另一家", short_name="宁波恒立")
    rows = [("XS2", "宁波恒立", 1000, "", "2026-10-31", "2026-11-30")]
    assert await problems("receivables", xlsx(RECEIVABLES, rows), world) == [("B2", "several_known")]


@pytest.mark.parametrize("kind", list(GOOD))
async def test_the_filled_template_is_understood(world: World, supplier: None, kind: str) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(blank(KINDS[kind])))
    heads = book.get_sheet_by_index(0).to_python()[0]
    assert len(heads) == len(KINDS[kind].columns) and len(book.sheet_names) == 2
    given = {
        "item": ITEM,
        "customer": "HENGLI",
        "supplier": "S1",
        "customer_item": "",
        "bin": "A-01-01",
        "weight": "",
        "unit": "千支",
        "price_unit": "千支",
    }
    row = [given.get(c.name, c.examples[0]) for c in KINDS[kind].columns]
    assert await problems(kind, xlsx([str(h) for h in heads], [row]), world) == []
