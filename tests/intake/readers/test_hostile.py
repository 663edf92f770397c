"""Files that break, lie or attack: one answer from the closed list, and never anything else."""

import io
import time
import zipfile

import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.words import speaking
from app.intake.readers import REASONS, Unreadable, read
from app.intake.readers.problems import SENTENCES
from app.intake.readers.unreadable import KINDS
from tests.intake import files

GOOD = [layout() for layout in files.LAYOUTS]


def refusal(data: bytes, name: str = "o.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    with speaking("zh_CN"):
        assert refused.value.sentence()
    return refused.value.code


def package(**parts: str | bytes) -> bytes:
    """A good .xlsx with some of its parts replaced or added; `__` stands for `/`."""
    out, given_parts = io.BytesIO(), {n.replace("__", "/") + ".xml": p for n, p in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(files.hengli().data)) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in good.namelist():
            if name not in given_parts:
                new.writestr(name, good.read(name))
        for name, part in given_parts.items():
            new.writestr(name, part)
    return out.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_empty_files_are_empty() -> None:
    assert refusal(b"") == refusal(b"  \r\n") == refusal(b"\xef\xbb\xbf") == refusal(b"\x00" * 100) == "EMPTY"


def test_a_file_above_the_limit_is_not_opened() -> None:
    assert refusal(b"PK\x03\x04" + b"x" * (20 * 1024 * 1024)) == "TOO_LARGE"
    assert refusal(b"a,b\n" * 3 * 1024 * 1024, "o.csv") == "TOO_LARGE"


def test_a_file_that_was_cut_off_says_so() -> None:
    data = files.contract().data
    assert refusal(data[: len(data) // 2]) == "TRUNCATED"


def test_an_encrypted_workbook_asks_for_one_without_a_password() -> None:
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 500
    )
    assert refusal(ole) == "ENCRYPTED"


def test_what_is_no_table_is_named() -> None:
    for data in (
        b"\x89PNG\r\n\x1a\n" + b"x" * 50,
        b"Rar!\x1a\x07" + b"x" * 50,
        bytes(range(256)) * 40,
        b"MZ\x00\x01\x02" * 30,
    ):
        assert refusal(data) == "NOT_A_SPREADSHEET"
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(word.getvalue()) == "NOT_A_SPREADSHEET"


def test_definitions_in_xml_are_never_opened() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SHEET % "&b;"
    assert refusal(package(xl__worksheets__sheet1=bomb)) == "XML_BOMB"
    assert (
        refusal(package(xl__worksheets__sheet1=bomb.replace("1.0", '1.0" encoding="utf-16').encode("utf-16")))
        == "XML_BOMB"
    )
    assert refusal(package(xl__sharedStrings=bomb)) == "XML_BOMB"


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    assert refusal(package(xl__worksheets__sheet1=SHEET % (" " * 60_000_000))) == "ZIP_BOMB"


def test_one_cell_at_the_far_end_does_not_reserve_the_sheet() -> None:
    far = SHEET % '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(package(xl__worksheets__sheet1=far)) == "TOO_MANY_ROWS"
    wide = SHEET % '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    assert refusal(package(xl__worksheets__sheet1=wide)) == "TOO_MANY_COLUMNS"
    absurd = SHEET % '<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>'
    assert refusal(package(xl__worksheets__sheet1=absurd)) == "TOO_MANY_ROWS"
    nameless = SHEET % ("<row>" + "<c><v>1</v></c>" * 300 + "</row>")
    assert refusal(package(xl__worksheets__sheet1=nameless)) == "TOO_MANY_COLUMNS"


def test_empty_formatted_cells_far_down_do_no_harm() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for row, cells in enumerate([["订单号", "PO-1"], ["品名", "数量(支)"], ["螺栓", 5]]):
        page.write_row(row, 0, cells)
    page.write_blank(1_000_000, 100, None, book.add_format({"bold": True}))
    book.close()
    assert len(read("o.xlsx", out.getvalue()).orders[0].lines) == 1


def test_a_table_beyond_the_limits_is_refused() -> None:
    assert (
        refusal(files.rows_to_csv([["品名", "数量", "单位"]] + [["螺栓", 1, "支"]] * 20_100), "o.csv")
        == "TOO_MANY_ROWS"
    )
    assert refusal(files.rows_to_csv([["a"] * 300] * 3), "o.csv") == "TOO_MANY_COLUMNS"
    assert refusal(b"<html><table>" + b"<tr><td>1" * 25_000, "o.xls") == "TOO_MANY_ROWS"
    assert refusal(b"<html><table><tr>" + b"<td>1" * 300, "o.xls") == "TOO_MANY_COLUMNS"


def test_an_xls_with_cells_at_the_far_corner_stays_small() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    page.write(0, 0, "x")
    page.write(65_535, 255, "x")
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue(), "o.xls") == "TOO_MANY_ROWS"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a <a ",
        "<td",
        "<table><tr><td>",
        "&#",
        "<![",
        "<script>",
        "</",
        "<td rowspan=19999 colspan=199>",
    ],
)
def test_html_made_to_be_slow_is_not(piece: str) -> None:
    data = ("<html><table><tr><td>1</td></tr>" + piece * (400_000 // len(piece))).encode()
    start = time.process_time()
    with pytest.raises(Unreadable):
        read("o.xls", data)
    assert time.process_time() - start < 5


def test_a_stray_quote_does_not_swallow_the_file() -> None:
    rows = [
        ["料号", "名称", "数量(支)"],
        *([f"A-{n}", '"螺栓' if n == 3 else "螺栓", str(n)] for n in range(1, 60)),
    ]
    data = "\n".join(",".join(row) for row in rows).encode()
    assert len(read("o.csv", data).orders[0].lines) == 59


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.binary(max_size=3000),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"<html>", b"\xff\xfe"]
    ),
)
def test_any_bytes_are_read_or_refused(data: bytes, opening: bytes) -> None:
    read_or_refuse(opening + data)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(GOOD), st.floats(0, 1))
def test_a_file_cut_anywhere_is_read_or_refused(file: files.OrderFile, share: float) -> None:
    read_or_refuse(file.data[: int(len(file.data) * share)])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(GOOD), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8)
)
def test_a_file_with_flipped_bytes_is_read_or_refused(
    file: files.OrderFile, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(file.data)
    for place, byte in flips:
        data[min(int(place * len(data)), len(data) - 1)] = byte
    read_or_refuse(bytes(data))


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_parts_of_a_workbook_with_flipped_bytes_are_read_or_refused(data: st.DataObject) -> None:
    """Inside the archive, where the checksums of a flipped file never let one look."""
    name = data.draw(
        st.sampled_from(["xl__worksheets__sheet1", "xl__sharedStrings", "xl__workbook", "xl__styles"])
    )
    with zipfile.ZipFile(io.BytesIO(files.two_heads().data)) as good:
        part = bytearray(good.read(name.replace("__", "/") + ".xml"))
    for _ in range(data.draw(st.integers(1, 5))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(32, 126))
    read_or_refuse(package(**{name: bytes(part)}))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.lists(
            st.text(max_size=12)
            | st.sampled_from(["数量", "料号", "单价", "合计", "5千支", "订单号：A-1", "4.000"]),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    read_or_refuse("\n".join("\t".join(row) for row in rows).encode("utf-8", "surrogatepass"))


def read_or_refuse(data: bytes) -> None:
    try:
        reading = read("o.xlsx", data)
    except Unreadable as refused:
        assert refused.code in REASONS and refused.sentence()
    else:
        codes = {problem.code for order in reading.orders for problem in order.problems}
        assert reading.orders and codes <= set(SENTENCES)


def test_every_reason_and_problem_is_said_in_chinese() -> None:
    from app.core.words import translate

    sentences = [*REASONS.values(), *SENTENCES.values(), *KINDS.values()]
    assert [s for s in sentences if translate(s, "zh_CN") == s] == []


def test_an_unknown_encoding_in_xml_is_a_damaged_file() -> None:
    from tests.intake.files.texts import xml_2003

    assert refusal(xml_2003().data.replace(b"UTF-8", b"UbF-8"), "o.xls") == "DAMAGED"
