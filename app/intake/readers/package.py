"""Looks into an .xlsx before the spreadsheet library does: sizes, definitions, the furthest cell.

The library reserves memory for the whole rectangle up to the last cell; one cell at XFD1048576 would end the
process. So every part is walked once, as a stream, and refused before it can do harm.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from app.intake.readers import limits
from app.intake.readers.unreadable import KINDS, Unreadable

_CHUNK = 256 * 1024
_REFERENCE = re.compile(r"([A-Za-z]{1,4})(\d{1,8})")
_CONTENT = {"v", "is", "f"}


def check(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Raises Unreadable unless the package is a workbook that is safe to open.

    Answers the cells of each worksheet part that hold a formula without a result."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = _check_directory(package)
            return {name: _walk(package, name) for name in names if name.endswith((".xml", ".rels"))}
    except Unreadable:
        raise
    except zipfile.BadZipFile:
        complete = b"PK\x05\x06" in data[-70_000:]
        raise Unreadable("DAMAGED" if complete else "TRUNCATED") from None
    except Exception:  # whatever a broken archive makes zlib, zipfile or expat say
        raise Unreadable("DAMAGED") from None


def sheet_parts(data: bytes) -> dict[str, str]:
    """Sheet name → the part of the checked package that holds it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        targets = {
            node.get("Id"): node.get("Target", "").removeprefix("/xl/")
            for node in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        }
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    sheets = [node for node in book.iter() if node.tag.endswith("}sheet")]
    return {
        sheet.get("name", ""): f"xl/{targets.get(value, '')}"
        for sheet in sheets
        for name, value in sheet.items()
        if name.endswith("}id")
    }


def _check_directory(package: zipfile.ZipFile) -> list[str]:
    parts = package.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > limits.PARTS or unpacked > limits.UNPACKED_BYTES:
        raise Unreadable("ZIP_BOMB")
    if unpacked > limits.PACKED_FREELY and unpacked / packed > limits.PACKED_RATIO:
        raise Unreadable("ZIP_BOMB")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("ENCRYPTED")
    if len(set(names)) != len(names):
        raise Unreadable("DAMAGED")
    if "xl/workbook.xml" not in names:
        raise Unreadable("NOT_A_SPREADSHEET", kind=KINDS[_other_kind(names)])
    return names


def _other_kind(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return "binary sheet"
    if "word/document.xml" in names or any(name.startswith("ppt/") for name in names):
        return "document"
    return "open document" if "content.xml" in names else "archive"


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part as it really unpacks; what the directory says about its size is only a claim."""
    length = 0
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            length += len(chunk)
            if length > limits.UNPACKED_BYTES:
                raise Unreadable("ZIP_BOMB")
            yield chunk


def _walk(package: zipfile.ZipFile, name: str) -> frozenset[tuple[int, int]]:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.EntityDeclHandler = _refuse_definitions
    cells = _Cells()
    if "worksheets/" in name:
        parser.StartElementHandler, parser.EndElementHandler = cells.start, cells.end
    for chunk in _chunks(package, name):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    if cells.height * cells.width > limits.CELLS:
        raise Unreadable("TOO_MANY_COLUMNS", limit=limits.CELLS // cells.height)
    return frozenset(cells.without_result)


def _refuse_definitions(*_ignored: object) -> None:
    raise Unreadable("XML_BOMB")


class _Cells:
    """Follows the cells of one worksheet: the furthest one with content, and formulas without a result."""

    def __init__(self) -> None:
        self.row, self.column, self.count = -1, -1, 0
        self.height, self.width = 0, 0
        self.content: set[str] = set()
        self.without_result: set[tuple[int, int]] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.content = set()
            self._move(attributes.get("r", ""))
        elif name in _CONTENT:
            self.content.add(name)
        elif name == "row":
            given = attributes.get("r", "")
            self.row = (
                int(given) - 1 if given.isascii() and given.isdigit() and len(given) < 9 else self.row + 1
            )
            self.column = -1

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] != "c" or not self.content:
            return
        self.count += 1
        if self.row >= limits.ROWS or self.count > limits.CELLS:
            raise Unreadable("TOO_MANY_ROWS", limit=limits.ROWS)
        if self.column >= limits.COLUMNS:
            raise Unreadable("TOO_MANY_COLUMNS", limit=limits.COLUMNS)
        self.height, self.width = max(self.height, self.row + 1), max(self.width, self.column + 1)
        if self.content == {"f"}:
            self.without_result.add((self.row, self.column))

    def _move(self, reference: str) -> None:
        if not reference:
            self.column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise Unreadable("DAMAGED")
        self.row = int(match[2]) - 1
        self.column = 0
        for letter in match[1].upper():
            self.column = self.column * 26 + ord(letter) - 64
        self.column -= 1
