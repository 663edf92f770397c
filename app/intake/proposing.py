"""From what was read to an order form: whose order it is, which items are meant, and what a person should look at and why."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from app.core import clock
from app.core.quantities import unit_of
from app.core.refusals import Refused
from app.core.words import N_, Word
from app.intake import crosschecks, own_fields, payment
from app.intake.asking import NEEDED, place
from app.intake.knowing import Known, know, look_back, said_of, text_of
from app.intake.learning import described
from app.intake.listed import look_up
from app.intake.proposal import Cell, Choice, Proposal, Remark
from app.intake.readers.synonyms import key
from app.intake.records import Record, value_text
from app.intake.specs import spec_of
from app.intake.wording import nearest, only_item
from app.sales.states import FREE as FREE_OF_CHARGE
from app.sales.states import GIVEN_AWAY, KINDS_AS_SAID, NORMAL, SPARE

FREE = re.compile("备品|免费|赠送|free", re.I)
LINE_FIELDS = (
    "customer_item", "quantity", "unit", "unit_price", "price_unit", "drawing_revision", "due_date", "remark",
)  # fmt: skip
HEAD_FIELDS = (
    "customer_order_number", "due_date", "currency", "tax_included", "trade_term", "remark", "channel_order_number",
)  # fmt: skip
TRADE_TERM = 20
LONGEST = {"remark": 300}
SURE = 90  # percent from which an item is not asked about
MOST_SEARCHED = 100  # lines of one file that are searched for by their words

BY_PART_NUMBER = N_("The customer's part number %(said)s")
BY_CODE = N_("Our own code")
BY_DESCRIPTION = N_("Ordered under this description before")
BY_SPECIFICATION = N_("The specification says %(said)s")
BEFORE = N_("The specification says %(said)s; ordered before with %(order)s")
BY_WORDS = N_("The only item with these words")
NO_ITEM = N_("No item of ours is known by this")
WHOSE = N_("It is not clear whose order this is")
CALLED_OTHERWISE = N_("The file says “%(said)s”; by the part numbers it is this customer's")
NO_KIND = N_("“%(said)s” is no kind of line")
PAST = N_("This day is past; ask the customer")
CHECK_ITEM = N_("Please look whether this is the item")


def _unit(cell: Cell) -> Cell:
    """The unit in the form's own word: 千支, 千只 and KPCS are 千件."""
    with suppress(Refused):
        cell.value = unit_of(cell.value).code
    return cell


def _cell(facts: Record, name: str, must: bool = False) -> Cell:
    fact = facts.get(name)
    if fact is None:
        return Cell(doubtful=must, why=[Remark(NEEDED)] if must else [])
    value = fact["value"][: LONGEST.get(name)]
    cell = Cell(value, value, fact["cell"], bool(fact["doubtful"]), raw=fact.get("raw", ""))
    if must and not fact["value"]:
        cell.doubt(NEEDED)
    return cell


async def propose(record: Record, customer: int | None = None) -> Proposal:
    """The form for one record, as an order of this customer or of the one that the source names."""
    proposal = (await propose_all([record], [customer]))[0]
    for line, drawn in zip(record["lines"][:MOST_SEARCHED], proposal.lines, strict=False):
        if not drawn["item"].value:
            drawn["item"].near = await nearest(text_of(line["fields"]))
    return proposal


async def propose_all(records: Sequence[Record], customers: Sequence[int | None] = ()) -> list[Proposal]:
    """The form for each record, as its customer's order."""
    known = await know(records, {c for c in customers if c})
    chosen = [known.by_id.get(c or 0) for c in customers] or [None] * len(records)
    proposals = [
        await _propose(record, known, customer or known.customer_of(record))
        for record, customer in zip(records, chosen, strict=True)
    ]
    pairs = {
        (p.customer["id"], item["id"])
        for p in proposals
        if p.customer
        for item in p.items
        if item is not None
    }
    await look_back(known, pairs)
    await look_up(proposals)
    for record, proposal in zip(records, proposals, strict=True):
        crosschecks.look(proposal, known)
        place(proposal, record)
    return proposals


async def _propose(record: Record, known: Known, customer: dict[str, Any] | None) -> Proposal:
    facts = record["header"]
    proposal = Proposal(customer)
    proposal.head["customer"] = _whose(facts, known, customer)
    dated = all(said_of(line["fields"], "due_date") for line in record["lines"])
    for name in HEAD_FIELDS:
        must = name == "customer_order_number" or (name == "due_date" and not dated)
        proposal.head[name] = _cell(facts, name, must)
    proposal.head |= own_fields.of_order(record, known.custom)
    _terms(proposal, facts, known, customer)
    for n, line in enumerate(record["lines"]):
        await _line(proposal, line["fields"], known, searched=n < MOST_SEARCHED)
        _deliveries(proposal, line.get("schedules", ()))
    _days(proposal)
    return proposal


def _whose(facts: Record, known: Known, customer: dict[str, Any] | None) -> Cell:
    """The customer; asked about where the source names none of ours, or somebody we do not know by this name."""
    named = facts.get("customer_name") or facts.get("customer") or {"cell": "", "value": ""}
    if customer is None:
        whose = Cell("", "", named["cell"])
        whose.doubt(WHOSE)
        return whose
    whose = Cell(customer["code"], customer["name"], named["cell"])
    said = {text for name in ("customer", "customer_name") if (text := said_of(facts, name))}
    if said and not any((known.customers.get(text) or {}).get("id") == customer["id"] for text in said):
        whose.doubt(CALLED_OTHERWISE, said=named["value"][:60])
    return whose


def _deliveries(proposal: Proposal, parts: Sequence[Record]) -> None:
    """Those of the last line, which is due with the first of them; what is doubtful of its day is so of theirs."""
    proposal.schedules.append(
        [{name: _cell(part, name) for name in ("due_date", "quantity")} for part in parts]
    )
    if parts:
        proposal.lines[-1]["due_date"] = Cell(proposal.schedules[-1][0]["due_date"].value)


def _terms(proposal: Proposal, facts: Record, known: Known, customer: dict[str, Any] | None) -> None:
    """What the source does not say is as the customer's own terms say."""
    own = customer or {"currency": "CNY", "tax_included": True, "trade_term": ""}
    for name in ("currency", "tax_included", "trade_term"):
        cell = proposal.head[name]
        cell.value = cell.value[:TRADE_TERM] or value_text(own[name])
    settled = known.terms.get((customer["id"], key(said_of(facts, "payment_terms")))) if customer else None
    proposal.head |= payment.cells(facts, customer, settled)


def _days(proposal: Proposal) -> None:
    """The order is due with its first line; a day that is past is asked about."""
    due = proposal.head["due_date"]
    days = sorted(line["due_date"].value for line in proposal.lines if line["due_date"].value)
    if not due.value and days and not due.doubtful:
        due.value = days[0]
    own = [
        [part["due_date"] for part in parts] or [line["due_date"]]
        for line, parts in zip(proposal.lines, proposal.schedules, strict=True)
    ]
    for cell in (due, *(cell for cells in own for cell in cells)):
        if cell.value and cell.value < clock.today().isoformat():
            cell.doubt(PAST)


async def _line(proposal: Proposal, facts: Record, known: Known, searched: bool) -> None:
    line = {name: _cell(facts, name, must=name in ("quantity", "unit")) for name in LINE_FIELDS}
    if "unit_word" in facts:
        line["unit"].cell = facts["unit_word"]["cell"]
    _unit(line["unit"])
    _unit(line["price_unit"])
    customer = proposal.customer["id"] if proposal.customer else None
    if code := known.code_in(facts, customer):
        said = facts.get("name") or facts["spec"]
        facts = facts | {"customer_item": {**said, "value": code}}
        line["customer_item"] = _cell(facts, "customer_item")
    choices, item = await _choices(facts, customer, known, searched)
    source = facts.get("customer_item") or facts.get("item_code") or facts.get("name") or {"cell": ""}
    best = choices[0] if choices else None
    line["item"] = Cell(
        best.code if best else "", best.title if best else "", source["cell"], choices=choices
    )
    if best is None:
        line["item"].doubt(NO_ITEM)
    elif best.sure < SURE:
        line["item"].doubt(CHECK_ITEM)
    line["kind"] = _kind(facts)
    said = " ".join(facts[n]["text"] for n in ("name", "remark", "unit_price") if n in facts)
    free = line["unit_price"].value in ("", "0")
    if free and "kind" not in facts and FREE.search(said):
        line["kind"] = Cell(SPARE if "备品" in said else FREE_OF_CHARGE, doubtful=True)
    if free and line["kind"].value in GIVEN_AWAY:
        line["unit_price"].value = ""
    elif line["unit_price"].value and not line["price_unit"].value:
        line["price_unit"].doubt(NEEDED)
    proposal.lines.append(line | own_fields.of_line(facts, known.custom))
    proposal.items.append(item)


def _kind(facts: Record) -> Cell:
    """The kind of the line, by the word for it; a word that is none of them is asked about."""
    cell = _cell(facts, "kind")
    said = cell.value.strip().lower()
    cell.value = KINDS_AS_SAID.get(said, NORMAL)
    if said and said not in KINDS_AS_SAID:
        cell.doubt(NO_KIND, said=said[:40])
    return cell


async def _choices(
    facts: Record, customer: int | None, known: Known, searched: bool
) -> tuple[list[Choice], dict[str, Any] | None]:
    """The items that may be meant, the surest first, and the first one's row."""
    theirs = said_of(facts, "customer_item")
    mapped = known.part_numbers.get(theirs, {}).get(customer or 0) if theirs else None
    if mapped:
        return _one(mapped, 100, BY_PART_NUMBER, said=theirs)
    for name in ("item", "item_code", "customer_item"):
        if item := known.items.get(said_of(facts, name)):
            return _one(item, 100 if name != "customer_item" else 95, BY_CODE)
    if item := known.descriptions.get(described(facts), {}).get(customer or 0):
        return _one(item, 97, BY_DESCRIPTION)
    text = text_of(facts)
    if alike := known.alike(text, customer):
        return _alike(alike, text, customer, known), alike[0][1]
    if searched and (item := await only_item(text)):
        return _one(item, 60, BY_WORDS)
    return [], None


def _one(item: dict[str, Any], sure: int, why: Word, **facts: Any) -> tuple[list[Choice], dict[str, Any]]:
    return [Choice(item["code"], _title(item), sure, Remark(why, facts))], item


def _title(item: dict[str, Any]) -> str:
    return f"{item['code']} {item['name']} {item['spec']}".strip()


def _alike(
    alike: list[tuple[int, dict[str, Any]]], text: str, customer: int | None, known: Known
) -> list[Choice]:
    """Choices by specification; where several are equally like, none is sure."""
    best, several = alike[0][0], len(alike) > 1 and alike[1][0] == alike[0][0]
    said, found = str(spec_of(text)), []
    for points, item in alike:
        order = known.ordered.get((customer or 0, item["id"]))
        why = (
            Remark(BEFORE, {"said": said, "order": order})
            if order
            else Remark(BY_SPECIFICATION, {"said": said})
        )
        found.append(
            Choice(item["code"], _title(item), points // 2 if several and points == best else points, why)
        )
    return found
