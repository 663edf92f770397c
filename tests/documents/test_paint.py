"""Every sheet is printed, looked at with a label printer's 203 dots per inch, and all its codes read back."""

import time
from dataclasses import fields, is_dataclass, replace

import pypdfium2
import pytest
import zxingcpp

from app.documents import paint, sheets
from tests.documents import examples as one
from tests.documents import examples_for_customers as theirs

DPI = 203


def rendered(pdf: bytes):
    document = pypdfium2.PdfDocument(pdf)
    return [document[i].render(scale=DPI / 72, grayscale=True).to_numpy() for i in range(len(document))]


def codes_of(pdf: bytes) -> list[str]:
    return [code.text for page in rendered(pdf) for code in zxingcpp.read_barcodes(page)]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def payloads(data) -> list[str]:
    """All codes that a sheet's data asks for."""
    if isinstance(data, tuple):
        return [payload for part in data for payload in payloads(part)]
    if not is_dataclass(data):
        return []
    found = [payload for field in fields(data) for payload in payloads(getattr(data, field.name))]
    return found + [value for name in ("qr", "barcode") if (value := getattr(data, name, ""))]


def longest(data, text: str):
    """The same sheet with every text, except the codes, as bad as `text`."""
    if isinstance(data, tuple):
        return tuple(longest(part, text) for part in data)
    if isinstance(data, str):
        return text
    if not is_dataclass(data):
        return data
    kept = {"qr", "barcode"}
    changes = {
        field.name: longest(getattr(data, field.name), text)
        for field in fields(data)
        if field.name not in kept
    }
    return replace(data, **changes)


SHEETS = {
    "traveller": (paint.traveller, one.TRAVELLER, "流转卡"),
    "label": (paint.label, one.LABEL, "批号"),
    "bin label": (paint.bin_label, one.BIN, "成品仓"),
    "badge": (paint.badge, one.BADGE, "徐卫国"),
    "delivery slip": (paint.delivery_slip, theirs.SLIP, "签收数量"),
    "delivery slip with prices": (paint.delivery_slip, replace(theirs.SLIP, with_prices=True), "单价"),
    "order confirmation": (paint.order_confirmation, theirs.CONFIRMATION, "订单确认书"),
    "statement": (paint.statement, theirs.STATEMENT, "对账单"),
}
each_sheet = pytest.mark.parametrize(("draw", "data", "words"), SHEETS.values(), ids=SHEETS)


@each_sheet
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_code_is_read_back_from_the_printed_page(draw, data, words, language):
    assert sorted(codes_of(draw(data, language=language))) == sorted(payloads(data))


EXTREMES = {
    "endless Chinese": "六角头螺栓镀蓝白锌" * 300,
    "one endless word": "WO2025120500031234567890" * 100,
    "no picture": "\x00\x1b\u202e\ud800😀𠮷\u0301\ufffe" * 20,
    "line ends": "\n\r\n\t \n" * 50,
    "amounts": "123,456,789,012.345678",
    "empty": "",
}


@pytest.mark.slow
@each_sheet
@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_the_worst_texts_cover_no_code(draw, data, words, text):
    assert set(codes_of(draw(longest(data, text)))) == set(payloads(data))


@each_sheet
def test_the_words_can_be_selected_and_searched(draw, data, words):
    assert words in text_of(draw(data))


@each_sheet
def test_no_chinese_label_is_left_on_an_english_sheet(draw, data, words):
    blank = longest(data, "1")
    assert not any("\u4e00" <= character <= "\u9fff" for character in text_of(draw(blank, language="en")))


@each_sheet
def test_one_sheet_is_one_small_page_and_always_the_same_bytes(draw, data, words):
    pdf = draw(data)
    assert len(rendered(pdf)) == 1
    assert len(pdf) < 80_000
    assert draw(data) == pdf


def test_prices_stand_only_on_the_slip_that_may_show_them():
    assert "18,882.00" in text_of(paint.delivery_slip(replace(theirs.SLIP, with_prices=True)))
    plain = text_of(paint.delivery_slip(theirs.SLIP))
    assert "18,882.00" not in plain and "8.6000" not in plain


def test_a_long_slip_repeats_head_and_code_and_signs_once():
    lines = tuple(replace(theirs.SLIP.lines[0], line=str(i), customer_item=f"P-{i:03}") for i in range(1, 38))
    pdf = paint.delivery_slip(replace(theirs.SLIP, lines=lines))
    text, pages = text_of(pdf), len(rendered(pdf))
    assert codes_of(pdf) == [theirs.SLIP.qr] * pages
    assert f"第 {pages}/{pages} 页" in text and text.count("制单") == 1
    assert all(f"P-{i:03}" in text for i in range(1, 38))


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 10, 11, 12, 13, 25])
def test_no_row_is_lost_and_none_runs_off_the_page_whatever_their_number(count):
    lines = tuple(replace(theirs.SLIP.lines[0], lot=f"LOT-{i}-") for i in range(count))
    pages = rendered(paint.delivery_slip(replace(theirs.SLIP, lines=lines)))
    text = text_of(paint.delivery_slip(replace(theirs.SLIP, lines=lines)))
    assert all(f"LOT-{i}-" in text for i in range(count))
    assert all((page[-int(3 * DPI / 25.4) :] == 255).all() for page in pages)


@pytest.mark.parametrize("count", [0, 1, 12, 13, 14, 31])
def test_a_traveller_of_any_length_carries_all_its_codes(count):
    operations = tuple(
        replace(one.OPERATION, sequence=str(i), qr=one.scan("O", 10**9 + i)) for i in range(count)
    )
    data = replace(one.TRAVELLER, operations=operations)
    pdf = paint.traveller(data)
    assert set(codes_of(pdf)) == set(payloads(data))
    assert len(rendered(pdf)) == (1 if count <= 12 else 2 if count <= 28 else 3)


def test_confirmation_and_statement_go_on_over_pages():
    confirmed = tuple(replace(theirs.CONFIRMATION.lines[2], item=f"LINE-{i:04}") for i in range(60))
    posted = tuple(replace(theirs.STATEMENT.lines[0], document=f"LINE-{i:04}") for i in range(60))
    for pdf in (
        paint.order_confirmation(replace(theirs.CONFIRMATION, lines=confirmed)),
        paint.statement(replace(theirs.STATEMENT, lines=posted)),
    ):
        pages, text = len(rendered(pdf)), text_of(pdf)
        assert pages > 1 and f"第 {pages}/{pages} 页" in text
        assert all(f"LINE-{i:04}" in text for i in range(60))


def test_a_customer_abroad_reads_both_languages():
    text = text_of(paint.order_confirmation(theirs.CONFIRMATION, also="en"))
    assert "订单确认书" in text and "Order confirmation" in text and "Payment terms" in text


def test_the_seal_is_printed_and_a_broken_one_does_not_stop_the_sheet():
    from tests.scanning.test_photos import as_file, bomb, code_image

    red = as_file(code_image("SEAL").convert("RGBA"), "PNG")
    for seal, more in ((red, True), (b"not a picture", False), (bomb(), False), (red[:90], False)):
        company = replace(one.COMPANY, seal=seal)
        found = codes_of(paint.order_confirmation(replace(theirs.CONFIRMATION, company=company)))
        assert ("SEAL" in found) == more and theirs.CONFIRMATION.qr in found


def test_a_bar_code_that_does_not_fit_is_left_out_and_the_label_still_printed():
    for text in ("X" * 80, "批号", "A\x00B"):
        assert codes_of(paint.label(replace(one.LABEL, barcode=text))) == [one.LABEL.qr]


def test_many_labels_make_one_file():
    labels = [replace(one.LABEL, sequence=f"{i} / 16", qr=one.scan("C", i), barcode="") for i in range(16)]
    assert codes_of(paint.label(*labels)) == [label.qr for label in labels]


def test_a_long_address_of_the_house_still_gives_readable_codes():
    long = "HTTPS://ORDERS.YONGGU-HARDWARE-MANUFACTURING.EXAMPLE.COM.CN:8443/Q/O1VZVO9ZZ"
    operations = tuple(replace(operation, qr=long) for operation in one.TRAVELLER.operations)
    assert codes_of(paint.traveller(replace(one.TRAVELLER, operations=operations))).count(long) == 12


@pytest.mark.slow
def test_twenty_travellers_of_twelve_operations_take_two_seconds_at_most():
    def traveller(number: int) -> sheets.Traveller:
        operations = tuple(
            replace(operation, qr=one.scan("O", number * 1000 + i))
            for i, operation in enumerate(one.TRAVELLER.operations)
        )
        return replace(one.TRAVELLER, number=f"WO20251205-{number:04}", operations=operations)

    began = time.process_time()
    pdf = paint.traveller(*map(traveller, range(1, 21)))
    assert time.process_time() - began < 2
    assert len(rendered(pdf)) == 20 and len(pdf) < 500_000
