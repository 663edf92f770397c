"""The Chinese font that is embedded into every PDF, in a regular and a bold weight.

Looked for in `FONTS_DIR`, then in `static/vendor/fonts`, then where Debian has WenQuanYi. Read once.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.config import ROOT, settings

NEEDED = "0123456789ABCxyz¥×·：，。（）准交流转卡送货单订确认书对账工序数量炉批号镀锌"
MISSING = "〓"


class NoFont(RuntimeError):
    """No font file holds the Chinese characters that documents need; the message says where it may be put."""


@dataclass(frozen=True)
class Fonts:
    """What ReportLab calls the weights. Without a bold file `bold` is the regular one, drawn thicker."""

    regular: str
    bold: str

    @property
    def draws_bold(self) -> bool:
        return self.bold != self.regular


@cache
def fonts() -> Fonts:
    """The fonts, registered with ReportLab on the first call (0.2 s). Raises `NoFont`."""
    regular, bold = None, None
    for path in _files():
        heavy = "bold" in path.name.lower() and "semi" not in path.name.lower()
        if (heavy and bold) or (not heavy and regular):
            continue
        font = _read(path)
        if font and heavy:
            bold = font
        elif font:
            regular = font
    regular = regular or bold
    if regular is None:
        raise NoFont(
            "No Chinese font for documents: run `make setup`, or put a TrueType font such as Noto Sans SC "
            f"into {ROOT / 'static/vendor/fonts'}, or install the Debian package fonts-wqy-microhei"
        )
    for font in {regular.fontName: regular, (bold or regular).fontName: bold or regular}.values():
        pdfmetrics.registerFont(font)
    # Printers and mail have carried binary files for thirty years; the ASCII coating is a fifth of the size.
    rl_config.useA85 = 0
    return Fonts(regular.fontName, (bold or regular).fontName)


def _files() -> Iterator[Path]:
    """Font files in the order of preference, a plain "Regular" before other weights of the same folder."""
    wanted = [Path(settings.fonts_dir)] if settings.fonts_dir else []
    for folder in [*wanted, ROOT / "static/vendor/fonts"]:
        found = [path for path in folder.rglob("*") if path.suffix.lower() in {".ttf", ".ttc"}]
        yield from sorted(found, key=lambda path: ("regular" not in path.name.lower(), path.name))
    debian = Path("/usr/share/fonts/truetype/wqy")
    yield from (debian / name for name in ("wqy-microhei.ttc", "wqy-zenhei.ttc") if (debian / name).exists())


def _read(path: Path) -> Any:
    """The font of a file, or None when it cannot be embedded or lacks characters that documents need."""
    try:
        font = TTFont(f"Zhunjiao-{path.stem}", str(path), subfontIndex=0, asciiReadable=0)
    except (TTFError, OSError, ValueError, KeyError):
        return None
    return font if all(ord(character) in font.face.charToGlyph for character in NEEDED) else None


@cache
def _glyphs() -> frozenset[int]:
    """Characters that both weights can draw."""
    names = fonts()
    registered: list[Any] = [pdfmetrics.getFont(name) for name in {names.regular, names.bold}]
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in registered))


@lru_cache(maxsize=20_000)
def drawable(text: str) -> str:
    """The same text with nothing the font cannot draw: controls and joiners vanish, missing glyphs become 〓.

    Line ends stay, other white space becomes a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        map(_drawable, unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    )


def _drawable(character: str) -> str:
    if character in "\n\u00a0" or (ord(character) in _glyphs() and character.isprintable()):
        return character
    if character.isspace():
        return "\u3000" if character == "\u3000" else " "
    # Controls, joiners and variation selectors have no picture of their own.
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    return MISSING if ord(MISSING) in _glyphs() else "?"


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of drawable text in points, at a font size in points."""
    names = fonts()
    return pdfmetrics.stringWidth(text, names.bold if bold else names.regular, size)
