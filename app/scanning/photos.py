"""Reading codes from a photo: what a phone without a live camera page sends, the server reads."""

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from app.core.refusals import Reason, Refused
from app.core.words import N_

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PICTURE = 20_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")

NOT_A_PICTURE = Reason(
    "not_a_picture", N_("This file is not a picture we can read; send a photo as JPEG or PNG")
)
PICTURE_TOO_LARGE = Reason(
    "picture_too_large",
    N_("The picture is too large; at most %(megapixels)s megapixels and %(megabytes)s MB"),
)


def codes_in(picture: bytes) -> list[str]:
    """The texts of all codes in a photo, each once, best guess first; empty when there is none.

    zxing-cpp reads more codes and fewer wrong ones; pyzbar is asked only when it finds nothing. Takes up to a
    second on a large photo: call it in a thread. Raises `Refused` on no picture and on one beyond the bounds.
    """
    image = _opened(picture)
    return list(dict.fromkeys(_by_zxing(image) or _by_zbar(image)))


def _opened(picture: bytes) -> Image.Image:
    """The picture in grey. Its size is read from the header, before anything is unpacked."""
    too_large = Refused(
        PICTURE_TOO_LARGE,
        "picture",
        megapixels=LARGEST_PICTURE // 1_000_000,
        megabytes=LARGEST_FILE // 1024 // 1024,
    )
    if len(picture) > LARGEST_FILE:
        raise too_large
    try:
        image = Image.open(BytesIO(picture), formats=FORMATS)
        # Phones take 50 megapixels; a JPEG can be unpacked at half or a quarter of its size.
        image.draft("L", (2500, 2500))
        if image.width * image.height > LARGEST_PICTURE:
            raise too_large
        return image.convert("L")
    except Image.DecompressionBombError as bomb:
        raise too_large from bomb
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        TypeError,
    ) as broken:
        raise Refused(NOT_A_PICTURE, "picture") from broken


def _by_zxing(image: Image.Image) -> list[str]:
    import zxingcpp

    # Plain text keeps the group separators of GS1 codes, which the readable form turns into brackets.
    found = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found if code.text]


def _by_zbar(image: Image.Image) -> list[str]:
    pyzbar = _zbar()
    if pyzbar is None:
        return []
    wanted = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128, pyzbar.ZBarSymbol.CODE39]
    return [
        code.data.decode("utf-8", "replace") for code in pyzbar.decode(image, symbols=wanted) if code.data
    ]


def _zbar() -> Any:
    """pyzbar, or None where the system library libzbar is not installed: it fails on import."""
    try:
        from pyzbar import pyzbar
    except ImportError:
        return None
    return pyzbar
