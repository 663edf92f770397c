"""The shelf: every paper that leaves the house, with the data it was drawn from and its hash. Never changed afterwards."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.core import clock, db
from app.core.rows import get
from app.documents.refusals import must_see
from app.documents.tables import IssuedDocument
from app.events.log import Subject
from app.people.actors import Actor

PRINT_TIME = ("printed",)
"""Fields of a sheet that say when it was printed: two prints that differ only there are the same document."""


async def issue(
    kind: str,
    number: str,
    about: Subject,
    data: Any,
    paint: Callable[..., bytes],
    *,
    by: Actor,
    language: str = "zh_CN",
) -> IssuedDocument:
    """Paint a sheet (`app.documents.sheets`) and keep it. The same data again is the same document.

    Other data under the same number is a new document, `number-2`, `number-3` …, that corrects the one before.
    """
    kept = _plain(asdict(data))
    earlier = await db.rows(
        "select id, data from issued_documents where kind = {} and about_kind = {} and about_id = {} and language = {}"
        " order by id desc limit 1",
        kind, *about, language,
    )  # fmt: skip
    if earlier and _timeless(json.loads(earlier[0]["data"])) == _timeless(kept):
        return await get(IssuedDocument, IssuedDocument.id == earlier[0]["id"])
    pdf = await asyncio.to_thread(paint, data, language=language)
    issued = IssuedDocument(
        number=await _free_number(number), kind=kind, about_kind=about[0], about_id=about[1],
        data=json.dumps(kept, ensure_ascii=False), pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), language=language,
        issued_by=by.user_id, issued_at=clock.now(), corrects=earlier[0]["id"] if earlier else None,
    )  # fmt: skip
    await issued.save()
    return issued


async def fetch(id_: int, *, by: Actor) -> IssuedDocument:
    """The document, for somebody who may see what it is about; otherwise it is not found."""
    found = await get(IssuedDocument, IssuedDocument.id == id_)
    must_see(found.about_kind, by)
    return found


async def _free_number(number: str) -> str:
    taken = await db.value(
        "select count(*) from issued_documents where number = {} or number like {}", number, f"{number}-%"
    )
    return f"{number}-{taken + 1}" if taken else number


def _plain(value: Any) -> Any:
    """As JSON can hold it; pictures as base 64."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _timeless(data: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in data.items() if k not in PRINT_TIME}
