"""The verbs of an inquiry: take in, change, answer, lose, open again. It is won when a quotation of it is accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import clock, db, search, text
from app.core import states as machine
from app.core.conditions import Condition
from app.core.numbering import next_number
from app.core.refusals import NOT_A_CHOICE, NOT_NOW, Invalid, Refused
from app.core.rows import locked
from app.core.words import N_, _
from app.events.log import Subject, changes, record
from app.inquiries import events, permissions, reading
from app.inquiries.reading import NewInquiry
from app.inquiries.states import LOOKS, LOST_REASONS, MOVES, NEW, OPEN
from app.inquiries.tables import Inquiry
from app.parties import prospects
from app.people.actors import Actor
from app.people.seeing import Seen
from app.sales import conditions

_TOLD = {
    "asker": N_("Who asks"), "contact": N_("Reached by"), "channel": N_("Channel"), "received_at": N_("Came in"),
    "wanted_date": N_("Wanted by"), "said": N_("What they say"), "line_count": N_("Number of lines"),
}  # fmt: skip


def about(inquiry: Inquiry) -> tuple[Subject, tuple[Subject, ...]]:
    """The subject of an inquiry's events and what else they are about."""
    also = (("customer", inquiry.customer),) if inquiry.customer else ()
    return ("inquiry", inquiry.id), also


def visible_to(by: Actor) -> Sequence[Condition]:
    return conditions.visible_to(by, permissions.SEE)


_SEEN = Seen(Inquiry, Inquiry.number, "o", permissions.SEE, visible_to)
find, to_change = _SEEN.find, _SEEN.to_change


async def write(new: NewInquiry, *, by: Actor) -> Inquiry:
    """Take an inquiry in. Invalid names every field that is wrong."""
    by.must(permissions.WRITE)
    found = await reading.read(new)
    inquiry = Inquiry(
        number=await next_number("IQ"),
        state=NEW,
        made_at=clock.now(),
        salesperson=by.person_id,
        team=by.team_id,
        **found.head,
    )
    await inquiry.save()
    await _write_lines(inquiry, found)
    subject, also = about(inquiry)
    what = inquiry.first_item or inquiry.said[:80]
    written = events.InquiryWritten(
        subject=subject, also=also, number=inquiry.number, asker=inquiry.asker, what=what
    )
    await record(written, by=by)
    return inquiry


async def _write_lines(inquiry: Inquiry, found: reading.Read) -> None:
    await db.rows("delete from inquiry_lines where inquiry = {}", inquiry.id)
    await db.write_many(
        "inquiry_lines", ("inquiry", "line_no", *reading.LINE_COLUMNS),
        [(inquiry.id, no, *line) for no, line in enumerate(found.lines, 1)],
    )  # fmt: skip
    await search.index("inquiry", inquiry.id, inquiry.number, *found.words)


async def edit(number: str, new: NewInquiry, *, by: Actor, version: int | None = None) -> Inquiry:
    """Write an inquiry anew while it is open; this is how an asker becomes one of the customers."""
    by.must(permissions.WRITE)
    inquiry = await to_change(number, by, version)
    if inquiry.state not in OPEN:
        raise Refused(NOT_NOW, state=LOOKS[inquiry.state].label)
    found, before = await reading.read(new), _told(inquiry)
    for name, value in found.head.items():
        setattr(inquiry, name, value)
    inquiry.version += 1
    await inquiry.save()
    await _write_lines(inquiry, found)
    subject, also = about(inquiry)
    edited = events.InquiryEdited(
        subject=subject, also=also, number=inquiry.number, changes=changes(before, _told(inquiry))
    )
    await record(edited, by=by)
    return inquiry


def _told(inquiry: Inquiry) -> dict[str, Any]:
    return {str(label): getattr(inquiry, name) for name, label in _TOLD.items()}


async def take_as_prospect(number: str, *, by: Actor) -> int:
    """The customer of an inquiry, by id; who asks and is none of ours is kept as a prospect. Part of a verb that has asked for the
    right."""
    inquiry = await to_change(number, by)
    if inquiry.customer:
        return int(inquiry.customer)
    customer = await prospects.make(inquiry.asker, inquiry.contact, inquiry.currency, by=by)
    await db.rows(
        "update inquiries set customer = {}, version = version + 1 where id = {}", customer.id, inquiry.id
    )
    return int(customer.id)


async def answer(number: str, how: str, *, by: Actor, version: int | None = None) -> Inquiry:
    """Book our first reply by any way but a quotation, which books it by itself."""
    by.must(permissions.WRITE)
    inquiry = await to_change(number, by, version)
    return await _answer(inquiry, text.prose(how)[:300], by)


async def _answer(inquiry: Inquiry, how: str, by: Actor) -> Inquiry:
    await machine.move(inquiry, MOVES, "answer", LOOKS)
    inquiry.answered_at, inquiry.answer = clock.now(), how
    await db.rows(
        "update inquiries set answered_at = {}, answer = {} where id = {}",
        inquiry.answered_at,
        how,
        inquiry.id,
    )
    subject, also = about(inquiry)
    await record(
        events.InquiryAnswered(subject=subject, also=also, number=inquiry.number, how=how or _("replied")),
        by=by,
    )
    return inquiry


async def answered_by(inquiry_id: int, quotation: str, *, by: Actor) -> None:
    """A quotation went out: that is a reply. Part of its verb; nothing when there was one before."""
    inquiry = await locked(Inquiry, Inquiry.id == inquiry_id)
    if inquiry.state == NEW:
        await _answer(inquiry, quotation, by)


async def win(inquiry_id: int, quotation: str, *, by: Actor) -> None:
    """A quotation of it was accepted. Part of that verb."""
    inquiry = await locked(Inquiry, Inquiry.id == inquiry_id)
    if inquiry.state not in MOVES["win"][0]:
        return
    await machine.move(inquiry, MOVES, "win", LOOKS)
    now = clock.now()
    await db.rows(
        "update inquiries set decided_at = {}, answered_at = coalesce(answered_at, {}), lost_reason = '', lost_note = '' where id = {}",
        now, now, inquiry.id,
    )  # fmt: skip
    subject, also = about(inquiry)
    await record(
        events.InquiryWon(subject=subject, also=also, number=inquiry.number, quotation=quotation), by=by
    )


@dataclass(frozen=True)
class Lost:
    """Why nothing came of it: one of LOST_REASONS, and what there is to say."""

    reason: str
    note: str = ""

    def checked(self) -> "Lost":
        """With its note as it is kept; Invalid when the reason is none."""
        if self.reason not in LOST_REASONS:
            raise Invalid({"reason": Refused(NOT_A_CHOICE, "reason", given=self.reason[:40])})
        return Lost(self.reason, text.prose(self.note)[:300])


async def lose(number: str, lost: Lost, *, by: Actor, version: int | None = None) -> Inquiry:
    """Book that nothing comes of it, and why."""
    by.must(permissions.WRITE)
    inquiry, lost = await to_change(number, by, version), lost.checked()
    await machine.move(inquiry, MOVES, "lose", LOOKS)
    inquiry.lost_reason, inquiry.lost_note, inquiry.decided_at = lost.reason, lost.note, clock.now()
    await db.rows(
        "update inquiries set lost_reason = {}, lost_note = {}, decided_at = {} where id = {}",
        lost.reason, lost.note, inquiry.decided_at, inquiry.id,
    )  # fmt: skip
    subject, also = about(inquiry)
    said = events.InquiryLost(
        subject=subject, also=also, number=inquiry.number, reason=LOST_REASONS[lost.reason], note=lost.note
    )
    await record(said, by=by)
    return inquiry


async def reopen(number: str, *, by: Actor, version: int | None = None) -> Inquiry:
    """They asked again after it was lost; one that never had a reply waits for it again."""
    by.must(permissions.WRITE)
    inquiry = await to_change(number, by, version)
    await machine.move(inquiry, MOVES, "reopen" if inquiry.answered_at else "ask_again", LOOKS)
    inquiry.lost_reason = inquiry.lost_note = ""
    await db.rows(
        "update inquiries set lost_reason = '', lost_note = '', decided_at = null where id = {}", inquiry.id
    )
    subject, also = about(inquiry)
    await record(events.InquiryReopened(subject=subject, also=also, number=inquiry.number), by=by)
    return inquiry
