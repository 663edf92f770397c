"""An inquiry as entered, checked: little must be said, but what is said must be readable."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core import clock, db, money, text
from app.core.money import price_micro
from app.core.quantities import unit_of
from app.core.refusals import NOT_A_CHOICE, Refused
from app.inquiries.refusals import NOBODY_ASKED, NOT_YET, NOTHING_ASKED
from app.inquiries.states import CHANNELS
from app.sales.items import Ordered, items_by
from app.sales.knowing import know
from app.sales.problems import Problems
from app.sales.refusals import TOO_MANY_LINES

MOST_LINES = 200
LINE_COLUMNS = ("item", "spec", "quantity", "unit", "target_micro", "price_unit", "wanted_date")


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """One thing asked for: `item` is our id or code, `spec` their words; one is needed."""

    item: int | str = ""
    spec: str = ""
    quantity: str = ""
    unit: str = ""
    target_price: str | Decimal = ""
    price_unit: str = ""
    wanted_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewInquiry:
    """An inquiry as entered. `customer` is an id or code, or empty for somebody who is not ours yet; `received_at` empty is now."""

    customer: int | str = ""
    asker: str = ""
    contact: str = ""
    channel: str = ""
    received_at: datetime | None = None
    wanted_date: date | None = None
    currency: str = ""
    said: str = ""
    lines: Sequence[NewLine] = field(default_factory=tuple)


@dataclass(frozen=True)
class Read:
    """An inquiry that may be written: the head's columns, its lines as LINE_COLUMNS, and the words it is found by."""

    head: dict[str, Any]
    lines: Sequence[tuple[Any, ...]]
    words: Sequence[str]


async def read(new: NewInquiry) -> Read:
    """Invalid with every problem at its field."""
    problems = Problems()
    customer = await _customer(new, problems)
    head = _head(new, customer, problems)
    lines, titles = await _lines(new.lines, problems)
    if not lines and not head["said"]:
        problems.note("said", Refused(NOTHING_ASKED))
    problems.check()
    head |= {"first_item": titles[0][:300] if titles else head["said"][:300], "line_count": len(lines)}
    names = [customer["name"], customer["short_name"], customer["code"]] if customer else []
    return Read(head, lines, [head["asker"], head["contact"], *names, *titles[:20], head["said"][:200]])


async def _customer(new: NewInquiry, problems: Problems) -> dict[str, Any] | None:
    if text.clean(str(new.customer)) == "":
        return None
    return (await know([(new.customer, [])])).customer(new.customer, problems)


def _head(new: NewInquiry, customer: dict[str, Any] | None, problems: Problems) -> dict[str, Any]:
    now = clock.now()
    asker = problems.fit("asker", new.asker, 120) or (customer["name"] if customer else "")
    if not asker:
        problems.note("asker", Refused(NOBODY_ASKED))
    received = new.received_at or now
    if received > now:
        problems.note("received_at", Refused(NOT_YET))
    channel = text.clean(new.channel)
    if channel and channel not in CHANNELS:
        problems.note("channel", Refused(NOT_A_CHOICE, given=channel[:40]))
    currency = customer["currency"] if customer else "CNY"
    try:
        currency = money.currency_of(new.currency) if new.currency.strip() else currency
    except Refused as refused:
        problems.note("currency", refused)
    said = text.clean_lines(new.said)
    problems.fit("said", said, 1000)
    return {
        "customer": customer["id"] if customer else None, "asker": asker, "contact": problems.fit("contact", new.contact, 120),
        "channel": channel[:20], "received_at": received, "wanted_date": new.wanted_date, "currency": currency or "CNY",
        "said": said[:1000],
    }  # fmt: skip


async def _lines(given: Sequence[NewLine], problems: Problems) -> tuple[list[tuple[Any, ...]], list[str]]:
    if len(given) > MOST_LINES:
        problems.note("lines", Refused(TOO_MANY_LINES, limit=MOST_LINES))
        problems.check()
    named = [line.item if isinstance(line.item, int) else text.clean(line.item) for line in given]
    known: dict[int | str, Ordered] = await items_by("i.code", {n for n in named if isinstance(n, str) and n})
    known |= await items_by("i.id", {n for n in named if isinstance(n, int) and 0 < n < 2**31})
    lines, titles = [], []
    for i, (line, name) in enumerate(zip(given, named, strict=True)):
        item = known.get(name)
        # What is not one of our items stays as they said it.
        line_said = f"{name} {line.spec}".strip() if name != "" and item is None else line.spec
        spec = problems.fit(f"lines-{i}-spec", line_said, 300)
        if item is None and not spec:
            problems.note(f"lines-{i}-spec", Refused(NOTHING_ASKED))
        lines.append(_line(f"lines-{i}", line, item, spec, problems))
        titles.append(f"{item.title} {spec}".strip() if item else spec)
    return lines, titles


def _line(at: str, line: NewLine, item: Ordered | None, spec: str, problems: Problems) -> tuple[Any, ...]:
    target, price_unit, unit = 0, "", ""
    try:
        target = price_micro(line.target_price) if str(line.target_price).strip() else 0
    except Refused as refused:
        problems.note(f"{at}-target_price", refused)
    for name, given in (("unit", line.unit), ("price_unit", line.price_unit)):
        try:
            code = unit_of(given).code if given.strip() else ""
        except Refused as refused:
            problems.note(f"{at}-{name}", refused)
            continue
        unit, price_unit = (code, price_unit) if name == "unit" else (unit, code)
    quantity = problems.fit(f"{at}-quantity", line.quantity, 60)
    return (
        item.id if item else None,
        spec,
        quantity,
        unit,
        target,
        (price_unit or unit) if target else "",
        line.wanted_date,
    )


async def lines_of(inquiry_id: int) -> list[dict[str, Any]]:
    """The lines with the items that are known."""
    return await db.rows(
        "select l.*, i.code, i.name, i.spec as item_spec, i.unit_label, i.base_unit from inquiry_lines l"
        " left join items i on i.id = l.item where l.inquiry = {} order by l.line_no",
        inquiry_id,
    )
