from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.fonts import drawable
from app.documents.paint.text import Style, clip, fit, wrap

wild = st.text(max_size=120) | st.text("永固五金制造（，。）M10×45 GB/T-8.8\n", max_size=120)
rooms = st.floats(1, 400)


@settings(deadline=None)
@given(wild, rooms, st.sampled_from([6, 9, 21.0]), st.booleans(), st.integers(1, 5))
def test_no_line_is_ever_wider_than_its_room(text, room, size, bold, lines):
    style = Style(size=size, bold=bold, lines=lines)
    fitted = fit(text, style, room)
    assert len(fitted) <= lines
    # A single character may be wider than the narrowest room; nothing longer may.
    assert all(style.width(line) <= room + 0.01 or len(line) <= 1 for line in fitted)


@settings(deadline=None)
@given(wild, rooms)
def test_wrapping_loses_nothing_but_spaces(text, room):
    paragraph = drawable(text).replace("\n", " ").strip()
    kept = "".join("".join(wrap(paragraph, Style(), room)).split())
    assert kept == "".join(paragraph.split())


def test_a_standard_and_a_lot_number_stay_whole():
    lines = fit("开口销 4×36 镀锌 GB/T 91 批号 B2511-0360", Style(lines=9), 60)
    assert all(any(part in line for line in lines) for part in ("GB/T", "B2511-0360", "4×36"))


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket():
    text = "收货时请点箱数（看包装）。数量、外观有异议，请在三天内提出。" * 3
    for room in range(30, 200, 7):
        lines = fit(text, Style(lines=99), room)
        assert not any(line[0] in "，。、）" or line[-1] == "（" for line in lines), room


def test_what_is_cut_ends_in_an_ellipsis():
    assert fit("六角头螺栓六角头螺栓", Style(size=10), 45)[0].endswith("…")
    assert clip("短", Style(size=10), 45) == "短"


def test_an_endless_text_is_fitted_at_once():
    assert len(fit("长" * 1_000_000, Style(lines=3), 100)) == 3


def test_characters_without_a_picture_become_the_lack_sign_or_vanish():
    assert drawable("王\U00020bb7😀\ud800") == "王〓〓〓"
    assert drawable("a\x00b\u200bc\ufe0f\u202ed") == "abcd"
    assert drawable("螺栓\t8.8\u00a0级\r\n第二行") == "螺栓 8.8\u00a0级\n第二行"
    assert drawable("瑄囍镕珺喆堃昇φΦ±×℃") == "瑄囍镕珺喆堃昇φΦ±×℃"
