import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import words
from app.scanning import codes
from app.scanning.codes import Code, Kind, Unreadable

VECTORS = json.loads((Path(__file__).parent.parent / "data/scan_codes.json").read_text("utf-8"))
REASONS = {"foreign": codes.NOT_OURS, "check": codes.MISREAD}

bodies = st.text(codes.DIGITS, min_size=1, max_size=codes.LONGEST_BODY)
kinds = st.sampled_from(list(Kind))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["raw"]))
def test_browser_and_server_read_a_scan_alike(vector):
    if "error" in vector:
        with pytest.raises(Unreadable) as refused:
            codes.parse(vector["raw"])
        assert refused.value.reason is REASONS[vector["error"]]
    else:
        code = codes.parse(vector["raw"])
        assert (code.kind, code.body, str(code)) == (vector["letter"], vector["body"], vector["code"])


def test_the_check_character_is_that_of_the_standard():
    # Examples printed in the GRid and ISO 7064 documents.
    assert codes.check_character("A12425GABC1234002") == "M"
    assert codes.check_character("A1B2C3D4E5F6G7H8I9J0K1L2M3N4O") in codes.DIGITS


@given(kinds, bodies, st.sampled_from(["zj.lan", "192.168.1.5:8443", "https://order.example.cn/app/", "ZJ"]))
def test_every_code_is_read_back_from_any_host(kind, body, host):
    code = codes.make(kind, body)
    assert codes.parse(code) == codes.parse(codes.url(host, code)) == Code(kind, body)
    assert codes.url(host, code) == codes.url(host, code).upper()


def test_a_code_names_the_address_as_it_is_reached():
    """A phone's camera opens what is printed: HTTPS on a plain house would not answer."""
    assert codes.url("http://factory.lan:8000", "W1RH") == "HTTP://FACTORY.LAN:8000/Q/W1RH"
    assert codes.url("https://factory.lan:8443", "W1RH") == "HTTPS://FACTORY.LAN:8443/Q/W1RH"


@given(kinds, st.integers(0, 2**63))
def test_a_row_id_of_any_size_survives(kind, id):
    assert codes.parse(codes.make_for_id(kind, id)).id == id


@given(kinds, bodies, st.data())
def test_one_wrong_character_is_never_another_code(kind, body, data):
    code = codes.make(kind, body)
    place = data.draw(st.integers(1, len(code) - 1))
    other = data.draw(st.sampled_from([c for c in codes.DIGITS if c != code[place]]))
    with pytest.raises(Unreadable):
        codes.parse(code[:place] + other + code[place + 1 :])


@settings(deadline=None)
@given(st.text())
def test_whatever_is_scanned_gets_a_code_or_a_clear_sentence(text):
    try:
        assert codes.parse(text).kind in Kind
    except Unreadable as refused:
        assert refused.sentence() and refused.status == 422


def test_an_endless_scan_is_refused_at_once():
    with pytest.raises(Unreadable):
        codes.parse("O" * 5_000_000)


@pytest.mark.parametrize(
    ("kind", "body"), [("E", "1"), ("o", "1"), ("O", ""), ("O", "a"), ("O", "A-1"), ("O", "0" * 33)]
)
def test_a_code_that_nobody_could_read_is_not_made(kind, body):
    with pytest.raises(ValueError):
        codes.make(kind, body)


def test_the_refusal_speaks_chinese():
    with words.speaking("zh_CN"), pytest.raises(Unreadable) as refused:
        codes.parse("6901234567892")
    with words.speaking("zh_CN"):
        assert refused.value.sentence() == "“6901234567892” 不是本厂的码"
