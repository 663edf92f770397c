"""What a file is, by its first bytes; the name's ending often lies (HTML and CSV are sent as .xls)."""

from app.core.words import Word
from app.intake.readers import limits
from app.intake.readers.unreadable import KINDS, Unreadable

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06", b"PK\x07\x08", b"BZh", b"\xfd7zXZ")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<div", b"<body", b"<head", b"<style")
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def kind_of(data: bytes) -> str:
    """xlsx, xls, html, xml, text or pdf. Raises Unreadable for what is none of them, empty or too large."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("EMPTY")
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("TOO_LARGE", limit=limits.FILE_BYTES // limits.MEGABYTE)
    if data.startswith(ZIP):
        return "xlsx"
    if data.startswith((OLE, *_BARE_BIFF)):
        return "xls"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_PICTURES) or data[8:12] in (b"WEBP",) or data[4:12] in (b"ftypheic", b"ftypmif1"):
        raise Unreadable("NOT_A_SPREADSHEET", kind=_kind("picture"))
    if data.startswith(_ARCHIVES):
        raise Unreadable("NOT_A_SPREADSHEET", kind=_kind("archive"))
    if data.startswith(b"{\\rtf"):
        raise Unreadable("NOT_A_SPREADSHEET", kind=_kind("document"))
    if len(data) > limits.TEXT_BYTES:
        raise Unreadable("TOO_LARGE", limit=limits.TEXT_BYTES // limits.MEGABYTE)
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    opening = data[:4096]
    if not data.startswith(_BOMS) and _looks_binary(opening):
        raise Unreadable("NOT_A_SPREADSHEET", kind=_kind("binary"))
    plain = opening.replace(b"\x00", b"").lower().lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith(b"<?xml"):
        return "xml"
    if plain.startswith(b"<") and any(mark in plain for mark in _HTML):
        return "html"
    if plain.startswith(b"mime-version:"):
        return "html"
    return "text"


def _looks_binary(opening: bytes) -> bool:
    """Control characters that no text has; UTF-16 without a mark has a zero in every second byte."""
    zeros = opening.count(0)
    if zeros:
        even, odd = opening[0::2].count(0), opening[1::2].count(0)
        return max(even, odd) < len(opening) // 8 or min(even, odd) > len(opening) // 50
    strange = sum(opening.count(c) for c in range(32) if c not in (9, 10, 12, 13))
    return strange > len(opening) // 50


def _kind(name: str) -> Word:
    return KINDS[name]
