from xml.etree import ElementTree

import numpy
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import qr


def picture_of(rectangles, side: int, scale: int = 4):
    image = numpy.full((side * scale, side * scale), 255, numpy.uint8)
    for x, y, wide, high in rectangles:
        assert (image[y * scale : (y + high) * scale, x * scale : (x + wide) * scale] == 255).all()
        image[y * scale : (y + high) * scale, x * scale : (x + wide) * scale] = 0
    return image


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=150))
def test_the_rectangles_draw_the_code_without_overlap(text):
    shifted = [(x + qr.QUIET, y + qr.QUIET, w, h) for x, y, w, h in qr.bars(text)]
    image = picture_of(shifted, len(qr.matrix(text)) + 2 * qr.QUIET)
    assert zxingcpp.read_barcodes(image)[0].bytes == text.encode()


@pytest.mark.parametrize("text", ["", "浙江精固", "x" * 5000])
def test_what_readers_would_guess_differently_is_not_drawn(text):
    with pytest.raises(ValueError):
        qr.matrix(text)


def test_the_svg_is_one_path_on_white_and_escapes_its_label():
    root = ElementTree.fromstring(qr.svg("HTTPS://ZJ.LAN/Q/O1042A", 'scan "here" <now>'))
    white, dark = root
    assert root.attrib["aria-label"] == 'scan "here" <now>'
    assert white.attrib["fill"] == "#fff" and dark.attrib["d"].count("M") == len(
        list(qr.bars("HTTPS://ZJ.LAN/Q/O1042A"))
    )
