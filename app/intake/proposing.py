"""From what was read to an order form: whose order it is, which items are meant, and what a person should look at."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.core import clock, db, search
from app.core.quantities import unit_of
from app.core.refusals import Refused
from app.core.text import clean
from app.intake.records import Record, value_text

_TIMES = re.compile(r"(?<=\d)\s*[*xX✕]\s*(?=\d)")
FREE = re.compile("备品|免费|赠送|free", re.I)
LINE_FIELDS = (
    "customer_item",
    "quantity",
    "unit",
    "unit_price",
    "price_unit",
    "drawing_revision",
    "due_date",
    "remark",
)
HEAD_FIELDS = (
    "customer_order_number",
    "due_date",
    "currency",
    "tax_included",
    "trade_term",
    "remark",
    "channel_order_number",
)
TRADE_TERM = 20
MOST_WORDS = 8


@dataclass
class Cell:
    """One field of the form: what is proposed, where it stands in the source, and whether it should be looked at."""

    value: str = ""
    shown: str = ""
    cell: str = ""
    doubtful: bool = False
    near: str = ""
    """What a person's search may begin with where nothing is proposed."""


@dataclass
class Proposal:
    """The form as proposed: head and lines by field name."""

    head: dict[str, Cell] = field(default_factory=dict)
    lines: list[dict[str, Cell]] = field(default_factory=list)

    @property
    def doubts(self) -> int:
        return sum(c.doubtful for c in self.head.values()) + sum(
            c.doubtful for line in self.lines for c in line.values()
        )

    def values(self) -> dict[str, str]:
        """As form values: `lines-0-quantity` …"""
        found = {name: c.value for name, c in self.head.items()}
        for i, line in enumerate(self.lines):
            found |= {f"lines-{i}-{name}": c.value for name, c in line.items()}
        return found


def _unit(cell: Cell) -> Cell:
    """The unit in the form's own word: 千支, 千只 and KPCS are 千件."""
    with suppress(Refused):
        cell.value = unit_of(cell.value).code
    return cell


def _cell(facts: Record, name: str, must: bool = False) -> Cell:
    fact = facts.get(name)
    if fact is None:
        return Cell(doubtful=must)
    return Cell(
        fact["value"], fact["value"], fact["cell"], bool(fact["doubtful"]) or (must and not fact["value"])
    )


async def customer_of(record: Record) -> dict[str, Any] | None:
    """The customer the source names: by code, full or short name; else the one whose part numbers these are."""
    facts = record["header"]
    for name in ("customer", "customer_name"):
        said = clean(facts[name]["value"]) if name in facts else ""
        if said:
            found = await db.one(
                "select id, code, name, currency, tax_included, trade_term from customers"
                " where (code = {} or name = {} or (short_name <> '' and short_name = {})) and active",
                said, said, said,
            )  # fmt: skip
            if found is not None:
                return found
    codes = {
        clean(line["fields"]["customer_item"]["value"])
        for line in record["lines"]
        if "customer_item" in line["fields"]
    }
    if not codes:
        return None
    matches = await db.rows(
        "select c.id, c.code, c.name, c.currency, c.tax_included, c.trade_term, count(*) as n"
        " from customer_items x join customers c on c.id = x.customer where {} and c.active"
        " group by c.id, c.code, c.name, c.currency, c.tax_included, c.trade_term order by count(*) desc limit 2",
        db.any_of("x.code", sorted(codes)),
    )
    return matches[0] if matches and (len(matches) == 1 or matches[0]["n"] > matches[1]["n"]) else None


async def propose(record: Record, customer: dict[str, Any] | None) -> Proposal:
    """The form for a record, as this customer's order."""
    proposal = Proposal()
    facts = record["header"]
    named = facts.get("customer_name") or facts.get("customer") or {"cell": ""}
    proposal.head["customer"] = Cell(
        customer["code"] if customer else "",
        customer["name"] if customer else "",
        named["cell"],
        doubtful=customer is None,
    )
    for name in HEAD_FIELDS:
        proposal.head[name] = _cell(facts, name, must=name in ("customer_order_number", "due_date"))
    _terms(proposal, customer)
    due = proposal.head["due_date"]
    due.doubtful = due.doubtful or due.value < clock.today().isoformat()
    learned = await _learned(record, customer["id"]) if customer else {}
    by_code = await _by_code(record)
    for line in record["lines"]:
        proposal.lines.append(await _line(line["fields"], learned, by_code))
    return proposal


def _terms(proposal: Proposal, customer: dict[str, Any] | None) -> None:
    """What the source does not say is as the customer's own terms say."""
    own = customer or {"currency": "CNY", "tax_included": True, "trade_term": ""}
    for name in ("currency", "tax_included", "trade_term"):
        cell = proposal.head[name]
        cell.value = cell.value[:TRADE_TERM] or value_text(own[name])


async def _learned(record: Record, customer: int) -> dict[str, dict[str, Any]]:
    codes = sorted(
        {
            clean(x["fields"]["customer_item"]["value"])
            for x in record["lines"]
            if "customer_item" in x["fields"]
        }
    )
    found = await db.rows(
        "select x.code as theirs, i.code, i.name, i.spec, i.usual_price_unit from customer_items x join items i on i.id = x.item"
        " where x.customer = {} and {}",
        customer, db.any_of("x.code", codes),
    )  # fmt: skip
    return {row["theirs"]: row for row in found}


async def _by_code(record: Record) -> dict[str, dict[str, Any]]:
    codes = sorted({
        clean(x["fields"][name]["value"]) for x in record["lines"] for name in ("item_code", "item", "customer_item") if name in x["fields"]
    })  # fmt: skip
    found = await db.rows(
        "select code, name, spec, usual_price_unit from items where active and {}", db.any_of("code", codes)
    )
    return {row["code"]: row for row in found}


async def _line(facts: Record, learned: dict[str, Any], by_code: dict[str, Any]) -> dict[str, Cell]:
    line = {name: _cell(facts, name, must=name in ("quantity", "unit")) for name in LINE_FIELDS}
    _unit(line["unit"])
    _unit(line["price_unit"])
    item, sure = _known(facts, learned, by_code), True
    if item is None:
        item, sure = await _guessed(facts), False
    source = facts.get("customer_item") or facts.get("item_code") or facts.get("name") or {"cell": ""}
    shown = f"{item['code']} {item['name']} {item['spec']}".strip() if item else ""
    near = "" if item else await _nearest(facts)
    line["item"] = Cell(item["code"] if item else "", shown, source["cell"], item is None or not sure, near)
    kind = facts["kind"]["value"] if "kind" in facts else "normal"
    said = " ".join(facts[n]["text"] for n in ("name", "remark", "unit_price") if n in facts)
    free = FREE.search(said) is not None and line["unit_price"].value in ("", "0")
    line["kind"] = Cell("spare" if "备品" in said and free else "free" if free else kind, doubtful=free)
    if line["unit_price"].value and not line["price_unit"].value:
        line["price_unit"].doubtful = True
    if free:
        line["unit_price"].value = ""
    elif not line["unit_price"].value:
        line["unit_price"].doubtful = True
    return line


def _known(facts: Record, learned: dict[str, Any], by_code: dict[str, Any]) -> dict[str, Any] | None:
    theirs = clean(facts["customer_item"]["value"]) if "customer_item" in facts else ""
    if theirs in learned:
        return learned[theirs]
    for name in ("item", "item_code", "customer_item"):
        if name in facts and clean(facts[name]["value"]) in by_code:
            return by_code[clean(facts[name]["value"])]
    return None


async def _guessed(facts: Record) -> dict[str, Any] | None:
    """The only item whose name and specification hold every word of the description; M10*45 is M10×45."""
    words = _described(facts)
    if not words:
        return None
    found = (await search.find(" ".join(words), ["item"], 2)).get("item", [])
    if len(found) != 1:
        return None
    return await db.one(
        "select code, name, spec, usual_price_unit from items where id = {} and active", found[0]
    )


async def _nearest(facts: Record) -> str:
    """The words of the description that an item of ours holds together, the first ones first."""
    kept: list[str] = []
    for word in _described(facts)[:MOST_WORDS]:
        if (await search.find(" ".join([*kept, word]), ["item"], 1)).get("item"):
            kept.append(word)
    return " ".join(kept)


def _described(facts: Record) -> list[str]:
    return search.words_of(
        _TIMES.sub("×", " ".join(facts[n]["value"] for n in ("name", "spec") if n in facts))
    )
