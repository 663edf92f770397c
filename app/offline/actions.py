"""ACTIONS: what a device may say happened and what books it. Names as in pwa/offline/actions.js."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalog.tables import Item
from app.core import db
from app.core.quantities import Quantity
from app.core.refusals import UNKNOWN, Refused
from app.core.rows import get
from app.core.text import digits
from app.core.words import N_, Word, _
from app.delivery import picking
from app.delivery.tables import DeliveryNote, DeliveryNoteLine
from app.offline.refusals import MALFORMED, MISSING, NOT_TEXT
from app.people.actors import Actor
from app.production import exceptions, operations, reasons, receipts, rules
from app.production.tables import WorkOrder
from app.stock import bins
from app.stock.tables import Lot


class Payload:
    """What an action says. Each reader refuses what is missing or of another type as malformed."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str, limit: int = 100) -> str:
        """A text that must be there."""
        found = self.maybe(name, limit)
        if not found:
            raise Refused(MALFORMED, name, why=_(MISSING, field=name))
        return found

    def maybe(self, name: str, limit: int = 100) -> str:
        """A text or number as text; '' when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > limit:
            raise Refused(MALFORMED, name, why=_(NOT_TEXT, field=name))
        return str(value).strip()

    def rows(self, name: str, limit: int = 50) -> list["Payload"]:
        value = self.values.get(name) or []
        if (
            not isinstance(value, list)
            or len(value) > limit
            or not all(isinstance(v, Mapping) for v in value)
        ):
            raise Refused(MALFORMED, name, why=_(NOT_TEXT, field=name))
        return [Payload(v) for v in value]

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True


@dataclass(frozen=True)
class Fact:
    """An action as it happened: who, when, and the device's id of it."""

    payload: Payload
    person: int | None
    happened_at: datetime
    action: str
    by: Actor

    @property
    def how(self) -> dict[str, Any]:
        """What every verb of the floor takes beside its own values."""
        return {"person": self.person, "happened_at": self.happened_at, "action": self.action, "by": self.by}


@dataclass(frozen=True)
class Outcome:
    """What a booked action answers, and what collided with the books."""

    result: dict[str, Any]
    flags: tuple[str, ...] = ()


def _booked(booked: operations.Booked) -> Outcome:
    done = booked.operation
    result = {
        "operation": f"{booked.work_order.number}/{done.seq}",
        "state": done.state,
        "good": _plain(done.good_q),
    }
    return Outcome({**result, "scrap": _plain(done.scrap_q)}, booked.flags)


def _plain(milli: int) -> str:
    return str(Quantity(milli))


async def start(fact: Fact) -> Outcome:
    told = fact.payload
    return _booked(await operations.start(told.text("operation"), machine=told.maybe("machine"), **fact.how))


async def pause(fact: Fact) -> Outcome:
    return _booked(
        await operations.pause(
            fact.payload.text("operation"), reason=fact.payload.maybe("reason"), **fact.how
        )
    )


async def resume(fact: Fact) -> Outcome:
    return _booked(await operations.resume(fact.payload.text("operation"), **fact.how))


async def report(fact: Fact) -> Outcome:
    told = fact.payload
    scrap = [
        {"reason": row.text("reason"), "quantity": row.text("quantity"), "unit": row.text("unit")}
        for row in told.rows("scrap")
    ]
    booked = await operations.report(
        told.text("operation"),
        told.maybe("good") or None,
        told.maybe("unit"),
        weight=told.maybe("weight") or None,
        scrap=scrap,
        machine=told.maybe("machine"),
        hand_entered=told.flag("hand_entered"),
        **fact.how,
    )
    return _booked(booked)


async def finish(fact: Fact) -> Outcome:
    """Done although less was made, for a reason of the floor."""
    told = fact.payload
    return _booked(await operations.finish(told.text("operation"), reason=told.text("reason"), **fact.how))


async def undo_report(fact: Fact) -> Outcome:
    """The report is named by the id of the action that made it."""
    return _booked(await operations.undo(fact.payload.text("report_action"), **fact.how))


async def receive(fact: Fact) -> Outcome:
    told = fact.payload
    work_order = await get(WorkOrder, WorkOrder.number == told.text("work_order"))
    item = await get(Item, Item.id == work_order.item)
    quantity = Quantity.entered(
        told.text("quantity"), told.text("unit"), item.base_unit, item.weight, item.code
    )
    place = await bins.called(told.text("bin"))
    posting = await receipts.receive(work_order.number, quantity.milli, place.id, **fact.how)
    after = await get(WorkOrder, WorkOrder.id == work_order.id)
    flags = (reasons.MORE_RECEIVED,) if rules.more_than(after.received_q, after.done_q) else ()
    return Outcome({"posting": posting.number, "received": _plain(after.received_q)}, flags)


async def pick(fact: Fact) -> Outcome:
    told = fact.payload
    note = await get(DeliveryNote, DeliveryNote.number == told.text("delivery_note"))
    line_no = digits(told.text("line"), 5)
    if line_no is None:
        raise Refused(MALFORMED, "line", why=_(NOT_TEXT, field="line"))
    lot = await _lot(note.id, line_no, told.text("lot"))
    item = await get(Item, Item.id == lot.item)
    quantity = Quantity.entered(
        told.text("quantity"), told.text("unit"), item.base_unit, lot.weight or item.weight, item.code
    )
    place = await bins.called(told.text("bin"))
    await picking.pick(note.number, line_no, lot.id, place.id, quantity.milli, **fact.how)
    line = await get(
        DeliveryNoteLine, (DeliveryNoteLine.note == note.id) & (DeliveryNoteLine.line_no == line_no)
    )
    return Outcome({"delivery_note": note.number, "line": line.line_no, "picked": _plain(line.picked_q)})


async def _lot(note: int, line_no: int, number: str) -> Lot:
    """The lot of this number, of the line's item if there is one; the verb refuses another's."""
    found = await db.one(
        "select l.id from lots l left join delivery_note_lines n on n.item = l.item and n.note = {} and"
        " n.line_no = {}"
        " where l.number = {} order by case when n.id is null then 1 else 0 end, l.id limit 1",
        note,
        line_no,
        number[:60],
    )
    if found is None:
        raise Refused(UNKNOWN, "lot", given=number[:60])
    return await get(Lot, Lot.id == found["id"])


async def report_exception(fact: Fact) -> Outcome:
    told = fact.payload
    raised = await exceptions.raise_(
        told.text("kind"),
        operation=told.maybe("operation") or None,
        machine=told.maybe("machine") or None,
        note=told.maybe("note", 300),
        **fact.how,
    )
    return Outcome({"number": raised.number})


@dataclass(frozen=True)
class Action:
    """One entry of the list: its label and the function that books it."""

    label: Word
    book: Callable[[Fact], Awaitable[Outcome]]


ACTIONS: dict[str, Action] = {
    "operation.start": Action(N_("Start"), start),
    "operation.pause": Action(N_("Pause"), pause),
    "operation.resume": Action(N_("Resume"), resume),
    "operation.report": Action(N_("Report"), report),
    "operation.finish": Action(N_("Call it done"), finish),
    "operation.undo_report": Action(N_("Undo a report"), undo_report),
    "stock.receive": Action(N_("Put away"), receive),
    "delivery.pick": Action(N_("Pick"), pick),
    "exception.report": Action(N_("Report trouble"), report_exception),
}
