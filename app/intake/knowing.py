"""What the house knows about the orders that came in: customers, part numbers, items, what is usual. A few reads for all of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core import db
from app.core.text import clean
from app.custom_fields.defined import Fields, fields
from app.intake.learning import DESCRIPTION, LONGEST, NAME, TERM, described
from app.intake.readers.synonyms import key
from app.intake.records import Record
from app.intake.specs import Spec, likeness, spec_of

Row = dict[str, Any]
MOST_AT_ONCE = 5000
ALIKE = 4
WORDS_TRIED = 4
NAMED_WITHIN = 20  # rows
_BETWEEN = re.compile(r"[\s,;:，；：、()（）]+")
ORDERED_BEFORE = 12  # points that an earlier order of the same item adds to a likeness
_ITEM = "i.id, i.code, i.name, i.spec, i.base_unit, i.unit_label, i.weight_micro, i.weight_pieces, i.usual_price_micro, i.usual_price_unit"
_CUSTOMER = "id, code, name, short_name, currency, tax_included, trade_term, payment_days, closing_day, terms_from, deposit_percent"


@dataclass(frozen=True)
class Usual:
    """What this customer has ordered of an item so far: how often, between which quantities, and the last price."""

    times: int
    least: int
    most: int
    order: str
    price_micro: int
    price_unit: str
    currency: str
    tax_included: bool


@dataclass
class Known:
    """The answers, by what the sources say. Ids are those of customers and items."""

    customers: dict[str, Row] = field(default_factory=dict)
    by_id: dict[int, Row] = field(default_factory=dict)
    part_numbers: dict[str, dict[int, Row]] = field(default_factory=dict)
    terms: dict[tuple[int, str], str] = field(default_factory=dict)
    descriptions: dict[str, dict[int, Row]] = field(default_factory=dict)
    items: dict[str, Row] = field(default_factory=dict)
    specs: list[tuple[Spec, Row]] = field(default_factory=list)
    ordered: dict[tuple[int, int], str] = field(default_factory=dict)
    usual: dict[tuple[int, int], Usual] = field(default_factory=dict)
    custom: Mapping[str, Fields] = field(default_factory=dict)

    def customer_of(self, record: Record) -> Row | None:
        """The customer the source names; else the one whose part numbers or descriptions most of the lines bear."""
        facts = record["header"]
        for name in ("customer", "customer_name"):
            said = clean(facts[name]["value"]) if name in facts else ""
            if said and said in self.customers:
                return self.customers[said]
        votes: dict[int, int] = {}
        for line in record["lines"]:
            facts = line["fields"]
            bearers = self.part_numbers.get(
                said_of(facts, "customer_item") or self.code_in(facts)
            ) or self.descriptions.get(described(facts))
            for customer in bearers or ():
                votes[customer] = votes.get(customer, 0) + 1
        best = sorted(votes, key=lambda c: (-votes[c], c))[:2]
        if not best or (len(best) == 2 and votes[best[0]] == votes[best[1]]):
            return None
        return self.by_id.get(best[0])

    def code_in(self, facts: Record, customer: int | None = None) -> str:
        """A part number of the customer's (of anybody's without one), or a code of ours, among the words of a line; '' for none."""
        for word in words_like_codes(facts):
            bearers = self.part_numbers.get(word, {})
            if word in self.items or (customer in bearers if customer else bearers):
                return word
        return ""

    def alike(self, text: str, customer: int | None) -> list[tuple[int, Row]]:
        """Items of the specification that the text says, the surest first: (percent, item)."""
        said = spec_of(text)
        if not said.size:
            return []
        found = []
        for spec, item in self.specs:
            if points := likeness(said, spec):
                bonus = ORDERED_BEFORE if customer and (customer, item["id"]) in self.ordered else 0
                found.append((min(points + bonus, 97), item))
        found.sort(key=lambda each: (-each[0], each[1]["code"]))
        return found[:ALIKE]


def said_of(facts: Record, name: str) -> str:
    return clean(facts[name]["value"]) if name in facts else ""


def text_of(facts: Record) -> str:
    """The name and specification of a line, as one text."""
    return " ".join(said for name in ("name", "spec") if (said := said_of(facts, name)))


def words_like_codes(facts: Record) -> list[str]:
    """Of a line without a column for part numbers, as in a chat, the words that could be one."""
    if said_of(facts, "customer_item") or said_of(facts, "item_code"):
        return []
    return [w for w in _BETWEEN.split(text_of(facts)) if len(w) > 3 and any(c.isdigit() for c in w)][
        :WORDS_TRIED
    ]


async def know(records: Sequence[Record], chosen: set[int] = frozenset()) -> Known:  # type: ignore[assignment]
    """Everything that proposing these orders needs."""
    known = Known(custom=await fields())
    lines = [line["fields"] for record in records for line in record["lines"]]
    names = {said_of(r["header"], n) for r in records for n in ("customer", "customer_name")} - {""}
    codes = {said_of(f, n) for f in lines for n in ("customer_item", "item", "item_code")} - {""}
    codes |= {word for f in lines for word in words_like_codes(f)}
    await _part_numbers(known, codes)
    await _descriptions(known, {described(f) for f in lines} - {""})
    await _customers(known, names, chosen)
    await _terms(known, {said_of(r["header"], "payment_terms") for r in records} - {""})
    for row in await among(f"select {_ITEM} from items i where i.active and {{}}", "i.code", codes):
        known.items[row["code"]] = row
    unknown = [f for f in lines if not _settled(known, f)]
    if unknown:
        await _specifications(
            known, unknown, chosen | {c["id"] for r in records if (c := known.customer_of(r))}
        )
    return known


def _settled(known: Known, facts: Record) -> bool:
    codes = [said_of(facts, n) for n in ("customer_item", "item", "item_code")]
    return any(c in known.items or c in known.part_numbers for c in codes if c) or (
        described(facts) in known.descriptions
    )


async def among(sql: str, column: str, values: Iterable[Any], *more: Any) -> list[Row]:
    """The rows of `sql`, whose `{}` is replaced by `column in (…)`, for any number of values; `more` come after them."""
    ordered, found = sorted(set(values)), []
    for at in range(0, len(ordered), MOST_AT_ONCE):
        part = ordered[at : at + MOST_AT_ONCE]
        marks = ", ".join(["{}"] * len(part))
        found.extend(await db.rows(sql.replace("{}", f"{column} in ({marks})", 1), *part, *more))
    return found


async def _customers(known: Known, names: set[str], chosen: set[int]) -> None:
    for column in ("short_name", "name", "code"):
        for row in await among(f"select {_CUSTOMER} from customers where active and {{}}", column, names):
            known.customers[row[column]] = row
    taught = await among(
        f"select said, customer from learned_words where kind = '{NAME}' and {{}}", "said", names
    )
    bearers = {c for by in (*known.part_numbers.values(), *known.descriptions.values()) for c in by}
    bearers |= {row["customer"] for row in taught} | chosen
    for row in await among(f"select {_CUSTOMER} from customers where active and {{}}", "id", bearers):
        known.by_id[row["id"]] = row
    for row in taught:
        if row["customer"] in known.by_id:
            known.customers.setdefault(row["said"], known.by_id[row["customer"]])


async def named_in(record: Record) -> Row | None:
    """The only customer of ours whose name stands somewhere at the head of a source that could not be read."""
    known, texts = Known(), set[str]()
    for sheet in record["sheets"]:
        for cell in (text for row in sheet["rows"][:NAMED_WITHIN] for text in row if text):
            texts |= {clean(cell), clean(cell.replace("：", ":").rpartition(":")[2])}
    await _customers(known, texts - {""}, set())
    found = {row["id"]: row for text, row in known.customers.items() if text != row["code"]}
    return found.popitem()[1] if len(found) == 1 else None


async def _part_numbers(known: Known, codes: set[str]) -> None:
    rows = await among(
        f"select x.code as theirs, x.customer, c.name as customer_name, {_ITEM} from customer_items x"
        " join items i on i.id = x.item join customers c on c.id = x.customer where i.active and {}",
        "x.code", codes,
    )  # fmt: skip
    for row in rows:
        known.part_numbers.setdefault(row["theirs"], {})[row["customer"]] = row


async def _terms(known: Known, said: set[str]) -> None:
    """How payment terms that are not the customer's own were settled."""
    for row in await among(
        f"select said, customer, means from learned_words where kind = '{TERM}' and {{}}",
        "said", {key(text)[:LONGEST] for text in said},
    ):  # fmt: skip
        known.terms[row["customer"], row["said"]] = row["means"]


async def _descriptions(known: Known, texts: set[str]) -> None:
    rows = await among(
        f"select w.said, w.customer, {_ITEM} from learned_words w join items i on i.code = w.means"
        f" where w.kind = '{DESCRIPTION}' and i.active and {{}}",
        "w.said", texts,
    )  # fmt: skip
    for row in rows:
        known.descriptions.setdefault(row["said"], {})[row["customer"]] = row


async def _specifications(known: Known, unknown: list[Record], customers: set[int]) -> None:
    """Items whose specification has one of the sizes that are asked for."""
    sizes = {spec_of(text_of(f)).size for f in unknown} - {()}
    if not sizes:
        return
    patterns = sorted({"%" + "%".join(size) + "%" for size in sizes})
    if len(patterns) <= 50:
        either = " or ".join(["i.name || ' ' || i.spec like {}"] * len(patterns))
        rows = await db.rows(f"select {_ITEM} from items i where i.active and ({either})", *patterns)
    else:
        rows = await db.rows(f"select {_ITEM} from items i where i.active = {{}}", True)
    specs = [(spec_of(f"{row['name']} {row['spec']}"), row) for row in rows]
    known.specs = [(spec, row) for spec, row in specs if spec.size in sizes]
    before = await among(
        'select o.customer, l.item, max(o.number) as number from sales_order_lines l join sales_orders o on o.id = l."order"'
        " where o.state <> 'cancelled' and {} group by o.customer, l.item",
        "l.item", {row["id"] for _spec, row in known.specs},
    )  # fmt: skip
    known.ordered = {(r["customer"], r["item"]): r["number"] for r in before if r["customer"] in customers}


async def look_back(known: Known, pairs: set[tuple[int, int]]) -> None:
    """What is usual for these (customer, item)."""
    customers = sorted({customer for customer, _item in pairs})
    narrow = f" and o.customer in ({', '.join(map(str, customers))})" if len(customers) <= 100 else ""
    rows = await among(
        "select o.customer, l.item, count(*) as times, min(l.quantity_q) as least, max(l.quantity_q) as most, max(l.id) as last"
        ' from sales_order_lines l join sales_orders o on o.id = l."order" where o.state in (\'confirmed\', \'closed\')'
        " and l.kind = 'normal' and l.price_micro > 0 and {}" + narrow + " group by o.customer, l.item",
        "l.item", {item for _customer, item in pairs},
    )  # fmt: skip
    wanted = {row["last"]: row for row in rows if (row["customer"], row["item"]) in pairs}
    last = await among(
        "select l.id, l.price_micro, l.price_unit, o.number, o.currency, o.tax_included"
        ' from sales_order_lines l join sales_orders o on o.id = l."order" where {}',
        "l.id", wanted,
    )  # fmt: skip
    for row in last:
        seen = wanted[row["id"]]
        known.usual[seen["customer"], seen["item"]] = Usual(
            seen["times"], seen["least"], seen["most"], row["number"], row["price_micro"], row["price_unit"],
            row["currency"], bool(row["tax_included"]),
        )  # fmt: skip
