import struct
import sys
import zlib
from io import BytesIO

import numpy
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from app.core.refusals import Refused
from app.scanning import codes, photos

OURS = codes.url("192.168.10.20:8443", codes.make("O", "3F9K"))


def code_image(text: str, format=zxingcpp.BarcodeFormat.QRCode) -> Image.Image:
    drawn = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(text, format), scale=6, add_quiet_zones=True
    )
    return Image.fromarray(numpy.array(drawn)).convert("RGB")


def as_file(image: Image.Image, format: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def photo_of(*images: Image.Image) -> Image.Image:
    """Codes lying about on a workbench, slightly turned, in poor light."""
    bench = Image.new("RGB", (1600, 1200), (120, 118, 110))
    place = [120, 100]
    for image in images:
        turned = image.rotate(4, expand=True, fillcolor=(255, 255, 255))
        bench.paste(turned, tuple(place))
        place[turned.width > 700] += 700 if turned.width <= 700 else turned.height + 60
    return bench.filter(ImageFilter.GaussianBlur(1.5)).point([int(v * 0.6) for v in range(256)] * 3)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_all_codes_of_a_photo_are_read(format):
    photo = photo_of(code_image(OURS), code_image("SUPPLIER-77"))
    assert set(photos.codes_in(as_file(photo, format))) == {OURS, "SUPPLIER-77"}


def test_a_bar_code_of_a_supplier_is_read_and_each_text_comes_once():
    bars = code_image("HL-20045-ZN", zxingcpp.BarcodeFormat.Code128)
    assert photos.codes_in(as_file(photo_of(bars, bars))) == ["HL-20045-ZN"]


def test_a_photo_without_codes_has_none():
    assert photos.codes_in(as_file(Image.new("RGB", (640, 480), "white"))) == []


def test_a_photo_of_a_large_camera_is_unpacked_smaller_and_read():
    huge = Image.new("L", (8000, 6000), 150)
    huge.paste(code_image(OURS).convert("L").resize((2400, 2400)), (2500, 1500))
    assert photos.codes_in(as_file(huge, quality=60)) == [OURS]


def test_zbar_is_asked_when_zxing_finds_nothing(monkeypatch):
    pytest.importorskip("pyzbar.pyzbar", exc_type=ImportError)
    monkeypatch.setattr(photos, "_by_zxing", lambda image: [])
    assert photos.codes_in(as_file(code_image(OURS))) == [OURS]


def test_without_libzbar_the_rest_still_works(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyzbar", None)
    assert photos.codes_in(as_file(code_image(OURS))) == [OURS]
    assert photos.codes_in(as_file(Image.new("RGB", (640, 480), "white"))) == []


def bomb() -> bytes:
    """A small file that says it unpacks to 900 megapixels."""
    small = as_file(Image.new("1", (30, 30)), "PNG")
    header = b"IHDR" + struct.pack(">II", 30000, 30000) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (b"", "not_a_picture"),
        (b"GIF89a", "not_a_picture"),
        (b"PK\x03\x04 a spreadsheet", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (as_file(Image.new("RGB", (900, 900), "red"), "PNG")[:120], "not_a_picture"),
        (as_file(Image.new("L", (5000, 5000)), "PNG"), "picture_too_large"),
        (b"\xff" * (photos.LARGEST_FILE + 1), "picture_too_large"),
        (bomb(), "picture_too_large"),
    ],
    ids=["empty", "cut header", "zip", "svg", "truncated", "25 megapixels", "20 MB", "bomb"],
)
def test_what_is_no_photo_is_refused_with_a_clear_sentence(picture, reason):
    with pytest.raises(Refused) as refused:
        photos.codes_in(picture)
    assert refused.value.reason.code == reason
    assert refused.value.fields().keys() == {"picture"}
