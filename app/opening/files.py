"""Files of opening data: kept and checked, compared with the old system's totals, and booked whole or not at all."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core import clock, db
from app.core import states as machine
from app.core.db import commit
from app.core.numbering import next_number
from app.core.refusals import NOT_FOUND, Refused
from app.core.rows import get, locked
from app.core.words import _
from app.documents import attachments
from app.documents.tables import Attachment
from app.events.log import record
from app.opening import checking, events, house, known, reading, rows, states, totals
from app.opening.cells import Cells
from app.opening.checking import Checked
from app.opening.kinds import KINDS, kind_for
from app.opening.refusals import BOOKING_NOW, CHANGED_MEANWHILE, HAS_PROBLEMS, TOTALS_DIFFER
from app.opening.rows import Booking, Kind
from app.opening.tables import OpeningImport
from app.people.actors import Actor

PATIENCE = 3.0
"""Seconds a page waits; what takes longer goes on beside it and the page shows how far it is."""
MOST_PROBLEMS = 5000
_working: dict[str, asyncio.Task[Any]] = {}
_progress: dict[str, tuple[int, int]] = {}


async def read(kind: Kind, data: bytes, whole: bool) -> Checked:
    """Read and check a file; nothing is kept yet. For edges, not inside a verb."""
    cells = await asyncio.to_thread(reading.rows_of, kind.columns, data)
    return await checking.check(kind, cells, whole)


async def keep(
    kind_name: str,
    file_name: str,
    data: bytes,
    whole: bool,
    checked: Checked,
    typed: Mapping[str, Any],
    *,
    by: Actor,
) -> OpeningImport:
    """Keep a checked file, with what is wrong in it or what it would change."""
    kind = kind_for(kind_name, by)
    by.must(kind.permission)
    plan, problems = checked.plan, checked.problems
    row = OpeningImport(
        number=await next_number("OP"), kind=kind.name, state=states.CHECKED, file_name=file_name[:200], whole=whole,
        row_count=checked.row_count, made=len(plan.new), changed=len(plan.changed),
        removed=len(plan.removed), same=plan.same, problems=_json(problems[:MOST_PROBLEMS]), typed=_json(typed),
        made_at=clock.now(), made_by=by.user_id,
    )  # fmt: skip
    await row.save()
    file = await attachments.keep(file_name, data, ("opening_import", row.id), by=by)
    await db.rows("update opening_imports set file = {} where id = {}", file.id, row.id)
    row.file = file.id
    return row


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


async def find(number: str, by: Actor) -> OpeningImport:
    """The import, for who may take over its kind."""
    row = await get(OpeningImport, OpeningImport.number == number.replace("\x00", "")[:40])
    kind_for(row.kind, by)
    return row


async def again(row: OpeningImport) -> Checked:
    """The file as it stands to the books now."""
    return await read(KINDS[row.kind], await _content(row), bool(row.whole))


async def _content(row: OpeningImport) -> bytes:
    file = await Attachment.objects().where(Attachment.id == row.file).first()
    if file is None:
        raise Refused(NOT_FOUND)
    return await asyncio.to_thread(attachments.content, file)


async def type_totals(
    number: str, typed: Mapping[str, Any], *, by: Actor, version: int | None = None
) -> OpeningImport:
    """What the old system says, to compare with. Invalid and Refused name what cannot be read."""
    row = await locked(OpeningImport, OpeningImport.number == number, version=version)
    kind = kind_for(row.kind, by)
    by.must(kind.permission)
    kept = {
        "totals": totals.typed_of(typed.get("totals") or {}),
        "parties": str(typed.get("parties") or "")[:100_000],
    }
    totals.parties_of(kind, kept["parties"], await known.load())
    row.typed, row.version = _json(kept), row.version + 1
    await row.save()
    return row


async def run(
    number: str, *, by: Actor, key: str | None = None, body: str | bytes = "", patience: float = PATIENCE
) -> tuple[OpeningImport, Refused | None]:
    """Book a kept file in one transaction, beside the page: done, refused, or still going on after `patience` seconds."""
    done = await commit(begin, number, by=by, key=key, body=body)
    refused = None
    if not done.replayed:
        task = _working[number] = asyncio.create_task(_work(number, by))
        task.add_done_callback(lambda _task: _working.pop(number, None))
        finished, _waiting = await asyncio.wait({task}, timeout=patience)
        refused = task.result() if finished else None
    return await find(number, by), refused


async def begin(number: str, *, by: Actor) -> OpeningImport:
    """From here on it is being booked; one that a stopped server left half way begins anew, for nothing of it was kept."""
    row = await locked(OpeningImport, OpeningImport.number == number)
    by.must(kind_for(row.kind, by).permission)
    if number in _working:
        raise Refused(BOOKING_NOW, number=number)
    await house.must_be_open()
    wrong = json.loads(row.problems)
    if wrong:
        raise Refused(HAS_PROBLEMS, n=len(wrong))
    await machine.move(row, states.MOVES, "begin", states.LOOKS)
    return row


async def _work(number: str, by: Actor) -> Refused | None:
    try:
        row = await find(number, by)
        cells = await asyncio.to_thread(reading.rows_of, KINDS[row.kind].columns, await _content(row))
        await commit(book, number, cells, lambda done, of: _progress.update({number: (done, of)}), by=by)
        return None
    except Refused as refused:
        await commit(fail, number, refused.sentence(), by=by)
        return refused
    except BaseException:
        await commit(fail, number, _("Something broke on our side"), by=by)
        raise
    finally:
        _progress.pop(number, None)


async def book(
    number: str,
    cells: Sequence[Cells],
    tell: Callable[[int, int], None] = lambda done, of: None,
    *,
    by: Actor,
) -> OpeningImport:
    """Check a file once more and book what it changes: all of it in this one transaction."""
    row = await locked(OpeningImport, OpeningImport.number == number)
    kind = kind_for(row.kind, by)
    by.must(kind.permission)
    opening = await house.must_be_open()
    checked = await checking.check(kind, cells, bool(row.whole))
    if checked.problems:
        raise Refused(CHANGED_MEANWHILE)
    await _must_agree(kind, row, checked)
    plan = checked.plan
    booking = Booking(plan, row.id, number, by, tell)
    if not plan.is_empty:
        await rows.write(kind.name, booking, await kind.book(booking))
    await machine.move(row, states.MOVES, "book", states.LOOKS)
    row.made, row.changed, row.removed, row.same = (
        len(plan.new),
        len(plan.changed),
        len(plan.removed),
        plan.same,
    )
    row.booked_at, row.failure = clock.now(), ""
    await row.save()
    if not plan.is_empty:
        booked = events.OpeningBooked(
            subject=("opening_import", row.id), also=(("opening", opening.id),), number=number, kind=kind.label, made=row.made,
            changed=row.changed, removed=row.removed,
        )  # fmt: skip
        await record(booked, by=by)
    return row


async def _must_agree(kind: Kind, row: OpeningImport, checked: Checked) -> None:
    """Refused(TOTALS_DIFFER) names the first figures that the old system has otherwise."""
    after = list(checked.plan.after.values())
    differing = totals.differences(kind, after, json.loads(row.typed), await known.load())
    if differing:
        what = [
            f"{d.party} {totals.label_of(d.figure)} {totals.said(d.figure, d.value)}".strip()
            for d in differing[:3]
        ]
        raise Refused(TOTALS_DIFFER, what="；".join(what))


async def fail(number: str, why: str, *, by: Actor) -> OpeningImport:
    """Nothing of it was booked: said on its page."""
    row = await locked(OpeningImport, OpeningImport.number == number)
    by.must(kind_for(row.kind, by).permission)
    await machine.move(row, states.MOVES, "fail", states.LOOKS)
    await db.rows("update opening_imports set failure = {} where id = {}", why[:300], row.id)
    return row


def progress(number: str) -> tuple[int, int] | None:
    """How far a file is on its way into the books: (done, of); None when nobody works on it in this process."""
    return _progress.get(number, (0, 0)) if number in _working else None
