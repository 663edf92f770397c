"""English counts: a source sentence says "%(n)s lines are open"; of a single one it becomes "%(n)s line is open".

Chinese knows no plural, so the sources are written in the plural and only English is bent.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

# What the sentences count. tests/core/test_plurals.py names a noun that is missing.
COUNTED = (
    "actions", "cases", "changes", "characters", "choices", "columns", "days", "deliveries", "drafts", "exceptions", "fields",
    "files", "hours", "items", "lines", "machines", "minutes", "notices", "operations", "orders", "people", "points", "problems",
    "reports", "rows", "rules", "seconds", "sessions", "signs", "values", "weeks",
)  # fmt: skip
_ODD = {"deliveries": "delivery", "people": "person"}
_VERBS = {"are": "is", "were": "was", "have": "has", "start": "starts", "go": "goes", "change": "changes"}
_OF_MANY = re.compile(
    r"(?P<count>%\((?P<fact>\w+)\)s)(?P<between>(?: (?!of\b)[a-z]+){0,2}?) "
    rf"(?P<noun>{'|'.join(COUNTED)})\b(?: (?P<verb>{'|'.join(_VERBS)})\b)?"
)


def of_one(text: str, facts: Mapping[str, Any]) -> str:
    """The sentence with every noun in the singular that is counted by a fact which is one."""
    ones = frozenset(name for name, fact in facts.items() if fact == 1 or fact == "1")
    return _bent(text, ones) if ones else text


@cache
def _bent(text: str, ones: frozenset[str]) -> str:
    return _OF_MANY.sub(lambda found: _one(found) if found["fact"] in ones else found[0], text)


def _one(found: re.Match[str]) -> str:
    verb = f" {_VERBS[found['verb']]}" if found["verb"] else ""
    return f"{found['count']}{found['between']} {singular(found['noun'])}{verb}"


def singular(noun: str) -> str:
    """day of days, delivery of deliveries."""
    return _ODD.get(noun, noun[:-1])
