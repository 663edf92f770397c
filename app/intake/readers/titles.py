"""An order number in a file's name: 恒立采购订单_HL-25-8841_改.xlsx → HL-25-8841."""

import re

from app.core.text import clean

_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9-]*\d{3})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![A-Za-z0-9])")
_DATE = re.compile(r"(?:20)?\d{2}-?[01]\d-?[0-3]\d|20\d{2}")


def number_in_name(file_name: str) -> str:
    """The only thing in the name that looks like an order number, '' when there is none or more than one."""
    stem = clean(file_name[:200]).rsplit("/")[-1].rsplit(".", 1)[0]
    found = {word for word in _NUMBER.findall(stem) if len(word) >= 5 and not _DATE.fullmatch(word)}
    return found.pop() if len(found) == 1 else ""
