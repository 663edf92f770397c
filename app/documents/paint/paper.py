"""Paper: a PDF drawn in millimetres from the top left corner, with text that stays in its box."""

from dataclasses import replace
from io import BytesIO

from PIL import Image
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents import qr
from app.documents.fonts import drawable, fonts
from app.documents.paint.text import Style, clip, fit

HAIRLINE = 0.1
A4 = (210.0, 297.0)
DOT = 25.4 / 203
"""One dot of a label printer, in mm."""


class Paper:
    """Sheets of one size. Lengths and places are mm, (0, 0) is the top left corner; font sizes are points."""

    def __init__(self, width: float, height: float, title: str, author: str = "") -> None:
        fonts()
        self.width, self.height, self._buffer = width, height, BytesIO()
        # Invariant: no clock and no chance in the file, so that equal data gives equal bytes.
        self._canvas = Canvas(self._buffer, (width * mm, height * mm), invariant=1, pageCompression=1)
        self._canvas.setTitle(drawable(title))
        self._canvas.setAuthor(drawable(author))
        self._used = False

    def page(self) -> None:
        """Begin a page; the first is begun like every other."""
        if self._used:
            self._canvas.showPage()
        self._used = True

    def finish(self) -> bytes:
        """The PDF."""
        self._canvas.save()
        return self._buffer.getvalue()

    def text(self, x: float, y: float, width: float, text: str, style: Style, height: float = 0) -> float:
        """Write into a box and return the height used. With a `height` the text stands in its middle."""
        lines = fit(text, style, width * mm)
        used = len(lines) * style.leading / mm
        top = y + max(0.0, (height - used) / 2)
        for number, line in enumerate(lines):
            self._line_of_text(x, top + number * style.leading / mm, width, line, style)
        return used

    def shrunk(self, x: float, y: float, width: float, text: str, style: Style, least: float) -> float:
        """Write one line as large as fits, between `least` and the style's size; clipped below that."""
        wanted = style.width(drawable(text))
        size = style.size * min(1.0, width * mm / wanted) if wanted else style.size
        return self.text(x, y, width, text, replace(style, size=max(least, size - 0.05), lines=1))

    def _line_of_text(self, x: float, y: float, width: float, text: str, style: Style) -> None:
        names, canvas = fonts(), self._canvas
        slack = width * mm - style.width(text)
        shift = {"left": 0.0, "right": slack, "center": slack / 2}[style.align]
        # The glyphs of a Chinese font fill their square from 12 % below the base line to 88 % above it.
        baseline = self._y(y) - (style.leading - style.size) / 2 - style.size * 0.87
        thick = style.bold and not names.draws_bold
        canvas.setFillGray(style.grey)
        canvas.setStrokeGray(style.grey)
        canvas.setLineWidth(style.size * 0.035)
        written = canvas.beginText(x * mm + shift, baseline)
        written.setFont(names.bold if style.bold else names.regular, style.size)
        written.setTextRenderMode(2 if thick else 0)
        written.textOut(text)
        canvas.drawText(written)

    def column_of_text(self, x: float, y: float, height: float, text: str, style: Style) -> None:
        """Write down the page around a column at x: Chinese upright, Latin turned by a quarter."""
        text = clip(drawable(text), style, height * mm)
        if all(character < "\u2e80" for character in text):
            self._canvas.saveState()
            self._canvas.translate(x * mm, self._y(y))
            self._canvas.rotate(-90)
            self._canvas.setFillGray(style.grey)
            self._canvas.setFont(fonts().regular, style.size)
            self._canvas.drawString(0, -style.size * 0.37, text)
            self._canvas.restoreState()
            return
        for number, character in enumerate(text):
            step = number * style.size * 1.02 / mm
            self._line_of_text(x - 5, y + step, 10, character, replace(style, align="center"))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIRLINE, grey: float = 0
    ) -> None:
        """A line; `weight` in mm."""
        self._canvas.setLineWidth(weight * mm)
        self._canvas.setStrokeGray(grey)
        self._canvas.line(x1 * mm, self._y(y1), x2 * mm, self._y(y2))

    def frame(self, x: float, y: float, width: float, height: float, weight: float = HAIRLINE) -> None:
        """The outline of a box."""
        self._canvas.setLineWidth(weight * mm)
        self._canvas.setStrokeGray(0)
        self._canvas.rect(x * mm, self._y(y + height), width * mm, height * mm)

    def shade(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A filled box."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(x * mm, self._y(y + height), width * mm, height * mm, stroke=0, fill=1)

    def qr(self, x: float, y: float, size: float, text: str) -> None:
        """A QR code of `size` mm including its white border; nothing for empty text."""
        if text:
            qr.draw(self._canvas, text, x * mm, self._y(y + size), size * mm)

    def barcode(self, x: float, y: float, width: float, height: float, text: str) -> bool:
        """A Code 128 in the middle of a box, bars of 2 to 4 dots; False if it cannot be read there."""
        if not text or not text.isascii() or not text.isprintable():
            return False
        for dots in (4, 3, 2):
            bars = Code128(text, barWidth=dots * DOT * mm, barHeight=height * mm, quiet=1, humanReadable=0)
            if bars.width <= width * mm:
                bars.drawOn(self._canvas, x * mm + (width * mm - bars.width) / 2, self._y(y + height))
                return True
        return False

    def picture(self, x: float, y: float, width: float, height: float, picture: bytes) -> None:
        """A picture fitted into a box. One that cannot be read is left out: the sheet is needed anyway."""
        image = _opened(picture)
        if image is None:
            return
        scale = min(width / image.width, height / image.height)
        wide, high = image.width * scale, image.height * scale
        left, top = x + (width - wide) / 2, y + (height - high) / 2
        self._canvas.drawImage(
            ImageReader(image), left * mm, self._y(top + high), wide * mm, high * mm, mask="auto"
        )

    def _y(self, y: float) -> float:
        return (self.height - y) * mm


def _opened(picture: bytes) -> Image.Image | None:
    """A picture small enough for print, its transparency kept."""
    try:
        image = Image.open(BytesIO(picture), formats=("PNG", "JPEG"))
        if image.width * image.height > 20_000_000:
            return None
        image = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    image.thumbnail((800, 800))
    return image
