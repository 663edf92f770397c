from pathlib import Path

import pytest

from app.config import settings
from app.documents import fonts


@pytest.fixture
def fresh_fonts():
    """Fonts looked for anew, and the house's own ones again afterwards."""
    fonts.fonts.cache_clear()
    yield
    fonts.fonts.cache_clear()


def test_without_a_chinese_font_the_message_says_where_to_put_one(fresh_fonts, monkeypatch):
    monkeypatch.setattr(fonts, "_files", lambda: iter(()))
    with pytest.raises(fonts.NoFont, match="static/vendor/fonts"):
        fonts.fonts()


def test_a_file_that_is_no_font_or_has_no_chinese_is_passed_over(tmp_path, fresh_fonts, monkeypatch):
    import reportlab

    (tmp_path / "Broken-Regular.ttf").write_bytes(b"not a font")
    latin = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    (tmp_path / "Vera-Regular.ttf").write_bytes(latin.read_bytes())
    monkeypatch.setattr(settings, "fonts_dir", str(tmp_path))
    assert "Vera" not in fonts.fonts().regular
    assert "Broken" not in fonts.fonts().regular


def test_all_words_printed_on_sheets_can_be_drawn():
    from babel.messages.pofile import read_po

    with (Path(fonts.__file__).parent / "words.zh_CN.po").open("rb") as file:
        words = [str(message.string) for message in read_po(file) if message.id]
    assert words
    assert [word for word in words if fonts.drawable(word) != word] == []
