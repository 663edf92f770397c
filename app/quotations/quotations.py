"""The verbs of a quotation: write, change, send, revise, lose, let run out. Accepting stands in accepting.py."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.approvals import requests
from app.core import clock, db, search, text
from app.core import states as machine
from app.core.numbering import next_number
from app.core.refusals import TOO_LONG, Invalid, Refused
from app.core.rows import locked
from app.core.words import N_
from app.custom_fields import defined
from app.events.log import Subject, record
from app.inquiries import inquiries
from app.inquiries.inquiries import Lost
from app.inquiries.states import LOST_REASONS
from app.inquiries.tables import Inquiry
from app.offers import weighed
from app.people.actors import Actor
from app.people.seeing import Seen
from app.quotations import breaks, events, offering, permissions
from app.quotations.conditions import visible_to
from app.quotations.kind import QUOTATION
from app.quotations.offering import NewQuotation, Offer
from app.quotations.refusals import HAS_EXPIRED
from app.quotations.states import DRAFT, LOOKS, MOVES, SUPERSEDED, letter
from app.quotations.tables import Quotation
from app.sales import told, writing
from app.sales.line_drafting import Standing
from app.sales.refusals import PRICE_MISSING
from app.sales.states import GIVEN_AWAY, SAMPLE
from app.sales.told import Told

_TOLD = {
    "customer_name": N_("Customer"), "valid_until": N_("Valid until"), "lead_days": N_("Delivery in days"), "gross": N_("Amount"),
    "trade_term": N_("Trade term"), "remark": N_("Remark"),
}  # fmt: skip


def about(quotation: Quotation) -> tuple[Subject, tuple[Subject, ...]]:
    """The subject of a quotation's events and what else they are about."""
    also: tuple[Subject, ...] = (("customer", quotation.customer),)
    return ("quotation", quotation.id), (*also, ("inquiry", quotation.inquiry)) if quotation.inquiry else also


_SEEN = Seen(Quotation, Quotation.number, "o", permissions.SEE, visible_to)
find, to_change = _SEEN.find, _SEEN.to_change


async def _asked(number: str, by: Actor) -> Inquiry:
    """The inquiry that a quotation answers. Invalid when there is none of this number, so that what was entered is kept."""
    try:
        return await inquiries.find(number, by)
    except Refused as refused:
        raise Invalid({"inquiry": refused}) from None


async def write(new: NewQuotation, *, by: Actor) -> Quotation:
    """Write a quotation as a draft, its first revision. Invalid names every field that is wrong.

    One that answers an inquiry and names no customer is for who asks: a prospect, where they are none of ours.
    """
    by.must(permissions.WRITE)
    asked = await _asked(new.inquiry, by) if new.inquiry else None
    if asked and not str(new.offered.customer).strip():
        whose = await inquiries.take_as_prospect(new.inquiry, by=by)
        new = replace(new, offered=replace(new.offered, customer=whose))
    offer = await offering.read(new)
    number = await next_number("QT")
    quotation = Quotation(
        number=number, root=number, revision=1, state=DRAFT, made_at=clock.now(), salesperson=by.person_id, team=by.team_id,
        inquiry=asked and asked.id, **offer.head,
    )  # fmt: skip
    await quotation.save()
    await _write_lines(quotation, offer, set())
    subject, also = about(quotation)
    items = tuple(("item", i) for i in dict.fromkeys(line.item.id for line in offer.draft.lines[:20]))
    written = events.QuotationWritten(
        subject=subject,
        also=(*also, *items),
        number=number,
        lines=quotation.line_count,
        amount=quotation.worth,
    )
    await record(written, by=by)
    return quotation


async def _write_lines(quotation: Quotation, offer: Offer, numbers: set[int]) -> None:
    await offering.write_lines(quotation, offer, numbers)
    words = writing.found_by(offer.draft, quotation.number, quotation.customer_reference)
    await search.index("quotation", quotation.id, *words)


async def edit(number: str, new: NewQuotation, *, by: Actor, version: int | None = None) -> Quotation:
    """Write a draft anew; one that was sent is never changed. An approval that waits for it is withdrawn."""
    by.must(permissions.WRITE)
    quotation = await to_change(number, by, version)
    await machine.move(quotation, MOVES, "edit", LOOKS)
    before, offer = await _told(quotation), await offering.read(new, await _standing(quotation))
    await Quotation.update(**offer.head).where(Quotation.id == quotation.id)
    for name, value in offer.head.items():
        setattr(quotation, name, value)
    standing = await db.rows(
        "delete from quotation_lines where quotation = {} returning line_no", quotation.id
    )
    await _write_lines(quotation, offer, {row["line_no"] for row in standing})
    await requests.withdraw(("quotation", quotation.id), by=by)
    subject, also = about(quotation)
    edited = events.QuotationEdited(
        subject=subject,
        also=also,
        number=quotation.number,
        changes=told.changes(before, await _told(quotation)),
    )
    await record(edited, by=by)
    return quotation


async def _standing(quotation: Quotation) -> Standing:
    """The custom fields as they stand."""
    lines = await db.rows("select line_no, custom from quotation_lines where quotation = {}", quotation.id)
    return {0: quotation.custom} | {line["line_no"]: line["custom"] for line in lines}


async def _told(quotation: Quotation) -> Told:
    """What a change tells; of a line its breaks too."""
    fields, word = await defined.fields(), str(N_("Quantity breaks"))
    lines = told.lines(
        await offering.lines_of(quotation.id), quotation.currency, fields["sales_order_line"],
        lambda line: {word: breaks.written(line["breaks"])},
    )  # fmt: skip
    return told.head(quotation, _TOLD, fields["sales_order"]), lines


async def send(
    number: str,
    mail: str = "",
    rate: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    version: int | None = None,
) -> Quotation:
    """Book that it goes out; from now on only a new revision changes it. `mail` is where its PDF is to be sent.

    Held back when an approval rule asks for it.
    """
    by.must(permissions.WRITE)
    quotation, to = await to_change(number, by, version), text.clean(mail)
    if len(to) > 120:
        raise Refused(TOO_LONG, "mail", limit=120, length=len(to))
    if quotation.state in MOVES["send"][0]:
        await _must_be_whole(quotation)
        arguments = {"number": quotation.number, "mail": to}
        await weighed.require(QUOTATION, quotation, arguments, rate, by=by)
    await machine.move(quotation, MOVES, "send", LOOKS)
    quotation.sent_at, quotation.sent_to = clock.now(), to
    await db.rows(
        "update quotations set sent_at = {}, sent_to = {} where id = {}", quotation.sent_at, to, quotation.id
    )
    if quotation.inquiry:
        await inquiries.answered_by(quotation.inquiry, quotation.number, by=by)
    subject, also = about(quotation)
    sent = events.QuotationSent(
        subject=subject, also=also, number=quotation.number, amount=quotation.worth,
        valid_until=quotation.valid_until.isoformat(), mail=to,
    )  # fmt: skip
    await record(sent, by=by)
    return quotation


async def _must_be_whole(quotation: Quotation) -> None:
    """What goes out has a price on every line that costs something, and has not run out."""
    if quotation.valid_until < clock.today():
        raise Refused(HAS_EXPIRED, day=quotation.valid_until.isoformat())
    for line in await offering.lines_of(quotation.id):
        if not line["price_micro"] and line["kind"] not in (*GIVEN_AWAY, SAMPLE):
            raise Refused(PRICE_MISSING, line=line["line_no"])


async def revise(number: str, *, by: Actor, version: int | None = None) -> Quotation:
    """Copy a quotation that went out as the next revision, a draft; the older one is superseded and stays to be read."""
    by.must(permissions.WRITE)
    older = await to_change(number, by, version)
    await machine.move(older, MOVES, "revise", LOOKS)
    revision = older.revision + 1
    newer = Quotation(**{
        column._meta.name: getattr(older, column._meta.name)
        for column in Quotation.all_columns() if not column._meta.primary_key
    })  # fmt: skip
    newer.number, newer.revision, newer.state = f"{older.root}-{letter(revision)}", revision, DRAFT
    newer.quoted_on, newer.made_at, newer.version = clock.today(), clock.now(), 1
    newer.valid_until = newer.quoted_on + (older.valid_until - older.quoted_on)
    newer.sent_at = newer.decided_at = None
    newer.sent_to = newer.lost_reason = newer.lost_note = ""
    await newer.save()
    same = ", ".join(offering.LINE_COLUMNS[1:])
    await db.rows(
        f"insert into quotation_lines (quotation, {same}) select {{}}, {same} from quotation_lines where quotation = {{}}"
        " order by line_no",
        newer.id, older.id,
    )  # fmt: skip
    words = await db.value(
        "select text from search_texts where kind = 'quotation' and subject_id = {}", older.id
    )
    await search.index("quotation", newer.id, newer.number, words)
    subject, also = about(older)
    revised = events.QuotationRevised(
        subject=subject, also=(("quotation", newer.id), *also), number=older.number, newer=newer.number
    )
    await record(revised, by=by)
    return newer


async def lose(number: str, lost: Lost, *, by: Actor, version: int | None = None) -> Quotation:
    """Book that nothing comes of it, and why."""
    by.must(permissions.WRITE)
    quotation, lost = await to_change(number, by, version), lost.checked()
    await machine.move(quotation, MOVES, "lose", LOOKS)
    quotation.lost_reason, quotation.lost_note, quotation.decided_at = lost.reason, lost.note, clock.now()
    await db.rows(
        "update quotations set lost_reason = {}, lost_note = {}, decided_at = {} where id = {}",
        lost.reason, lost.note, quotation.decided_at, quotation.id,
    )  # fmt: skip
    await requests.withdraw(("quotation", quotation.id), by=by)
    subject, also = about(quotation)
    said = events.QuotationLost(
        subject=subject, also=also, number=quotation.number, reason=LOST_REASONS[lost.reason], note=lost.note
    )
    await record(said, by=by)
    return quotation


async def expire(quotation_id: int, *, by: Actor) -> Quotation:
    """Book that a quotation ran out; nothing when it was decided meanwhile. A consequence: no right."""
    quotation = await locked(Quotation, Quotation.id == quotation_id)
    if quotation.state not in MOVES["expire"][0] or quotation.valid_until >= clock.today():
        return quotation
    await machine.move(quotation, MOVES, "expire", LOOKS)
    subject, also = about(quotation)
    ran_out = events.QuotationExpired(
        subject=subject, also=also, number=quotation.number, valid_until=quotation.valid_until.isoformat()
    )
    await record(ran_out, by=by)
    return quotation


OF_ORDER = "(select q.number from quotations q where q.sales_order = o.id order by q.id limit 1)"
"""The number of the quotation that became an order `o`, as SQL."""


async def newest_of(root: str) -> str:
    """The number of the revision that counts."""
    found = await db.value(
        "select number from quotations where root = {} and state <> {} order by revision desc limit 1",
        root, SUPERSEDED,
    )  # fmt: skip
    return str(found or root)
