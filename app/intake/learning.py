"""What intake has learned of each customer: headings, units, names, descriptions; the verbs that teach, mend and forget."""

from collections.abc import Mapping
from typing import Any

from app.core import clock, db
from app.core.quantities import unit_of
from app.core.refusals import NOT_A_CHOICE, REQUIRED, STALE, UNKNOWN, Refused
from app.core.rows import locked
from app.core.text import clean
from app.core.words import N_, Word
from app.events.log import record
from app.intake import events, own_fields, payment, permissions
from app.intake.readers import Vocabulary
from app.intake.readers.synonyms import IGNORED, key
from app.intake.records import Record
from app.intake.tables import LearnedWord
from app.parties.tables import CustomerItem
from app.people.actors import Actor

COLUMN, UNIT, QUANTITY, PRICE, NAME, DESCRIPTION, TABLE, TERM = (
    "column", "unit", "quantity", "price", "name", "description", "table", "term",
)  # fmt: skip
KINDS: dict[str, Word] = {
    COLUMN: N_("Heading"), UNIT: N_("Word for a unit"), QUANTITY: N_("Quantity without a unit"),
    PRICE: N_("Price without a unit"), NAME: N_("Name of the customer"), DESCRIPTION: N_("Description"),
    TABLE: N_("Table that is no order"), TERM: N_("Payment term"),
}  # fmt: skip
FIELDS: dict[str, Word] = {
    "customer_item": N_("Customer's part number"), "item_code": N_("Our item"), "name": N_("Name"),
    "spec": N_("Specification"), "quantity": N_("Quantity"), "unit": N_("Unit"), "unit_price": N_("Price"),
    "price_unit": N_("Price unit"), "amount": N_("Amount"), "due_date": N_("Due date"),
    "drawing_revision": N_("Drawing revision"), "kind": N_("Kind of line"), "remark": N_("Remark"), "line_no": N_("Line number"),
    "customer_order_number": N_("Customer's order number"), "customer_name": N_("Customer"),
    "order_date": N_("Order date"), "currency": N_("Currency"), IGNORED: N_("Of no concern"),
}  # fmt: skip
"""What a column may hold."""
LONGEST = 200
THIS_CUSTOMER, PASSED_OVER, AS_AGREED = (
    N_("this customer"),
    N_("passed over"),
    N_("as agreed with the customer"),
)


def told(kind: str, means: str) -> str:
    """What a word means, as the house says it in English; others translate it."""
    if kind == TERM:
        return means.partition(" ")[0] or str(AS_AGREED)
    return str(
        {NAME: THIS_CUSTOMER, TABLE: PASSED_OVER}.get(kind)
        or FIELDS.get(means if kind == COLUMN else "", Word(means))
    )


def described(facts: Record) -> str:
    """The description of a line without a part number, as it is remembered; '' for one that has a part number."""
    if facts.get("customer_item", {}).get("value"):
        return ""
    words = [facts[n]["value"] for n in ("name", "spec") if n in facts and facts[n]["value"]]
    return key(" ".join(words))[:LONGEST]


async def vocabulary_of(customer: int | None) -> Vocabulary:
    """The customer's own words and our custom fields, for the reader."""
    own = await own_fields.columns()
    if customer is None:
        return Vocabulary(own=own)
    rows = await db.rows("select kind, said, means from learned_words where customer = {}", customer)
    by_kind: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for row in rows:
        by_kind.get(row["kind"], {})[row["said"]] = row["means"]
    return Vocabulary(
        by_kind[COLUMN], by_kind[UNIT], by_kind[QUANTITY], by_kind[PRICE], frozenset(by_kind[TABLE]), own
    )


async def teach(customer: int, words: Mapping[tuple[str, str], str], *, by: Actor) -> None:
    """Remember words, {(kind, said): means}; what was taught otherwise before is changed. Part of a verb's transaction."""
    for (kind, said), means in words.items():
        said, means = said[:LONGEST], means[:120]
        if not said:
            continue
        old = await db.one(
            "select id, means from learned_words where customer = {} and kind = {} and said = {}",
            customer,
            kind,
            said,
        )
        if old and old["means"] == means:
            continue
        await db.rows(
            "insert into learned_words (customer, kind, said, means, learned_at, learned_by, version) values ({}, {}, {}, {}, {}, {}, 1)"
            " on conflict (customer, kind, said) do update set means = excluded.means, learned_at = excluded.learned_at,"
            " learned_by = excluded.learned_by, version = learned_words.version + 1",
            customer, kind, said, means, clock.now(), by.user_id,
        )  # fmt: skip
        learned = events.WordLearned(
            subject=("customer", customer), kind=str(KINDS[kind]), said=said, means=told(kind, means)
        )
        await record(learned, by=by)


async def change(id_: int, means: str, *, by: Actor, version: int | None = None) -> LearnedWord:
    """Mend what a word means."""
    by.must(permissions.TEACH)
    row = await locked(LearnedWord, LearnedWord.id == id_, version=version)
    means = await _checked(row.kind, means)
    if means != row.means:
        await db.rows(
            "update learned_words set means = {}, version = version + 1 where id = {}", means, row.id
        )
        mended = events.WordMended(
            subject=("customer", row.customer),
            kind=str(KINDS[row.kind]),
            said=row.said,
            means=told(row.kind, means),
            before=told(row.kind, row.means),
        )
        await record(mended, by=by)
    row.means = means
    return row


async def _checked(kind: str, means: str) -> str:
    """What such a word may mean; Refused at `means`."""
    means = clean(means)
    if kind in (NAME, TABLE, TERM):
        return ""
    if not means:
        raise Refused(REQUIRED, "means")
    if kind == COLUMN and means not in FIELDS:
        raise Refused(NOT_A_CHOICE, "means", given=means[:40])
    if kind in (UNIT, QUANTITY, PRICE):
        return unit_of(means, "means").code
    if kind == DESCRIPTION and not await db.value("select 1 from items where code = {}", means):
        raise Refused(UNKNOWN, "means", given=means[:40])
    return means


async def forget(id_: int, *, by: Actor, version: int | None = None) -> None:
    """The word means nothing of its own any more; the next time a person is asked."""
    by.must(permissions.TEACH)
    row = await locked(LearnedWord, LearnedWord.id == id_, version=version)
    await db.rows("delete from learned_words where id = {}", row.id)
    forgotten = events.WordForgotten(
        subject=("customer", row.customer),
        kind=str(KINDS[row.kind]),
        said=row.said,
        means=told(row.kind, row.means),
    )
    await record(forgotten, by=by)


async def change_part_number(id_: int, item: str, *, by: Actor, version: int | None = None) -> None:
    """Another item of ours is what the customer means by his part number; orders that stand keep theirs."""
    by.must(permissions.TEACH)
    row, before = await _part_number(id_, version)
    code = clean(item)
    if not code:
        raise Refused(REQUIRED, "means")
    meant = await db.one("select id, code from items where code = {} and active", code[:60])
    if meant is None:
        raise Refused(UNKNOWN, "means", given=code[:40])
    if meant["id"] == row.item:
        return
    await db.rows("update customer_items set item = {} where id = {}", meant["id"], row.id)
    mended = events.PartNumberMended(
        subject=("customer", row.customer), also=(("item", meant["id"]), ("item", row.item)),
        code=row.code, item=meant["code"], before=before,
    )  # fmt: skip
    await record(mended, by=by)


async def forget_part_number(id_: int, *, by: Actor, version: int | None = None) -> None:
    """The customer's part number is none of our items any more."""
    by.must(permissions.TEACH)
    row, ours = await _part_number(id_, version)
    await db.rows("delete from customer_items where id = {}", row.id)
    forgotten = events.PartNumberForgotten(
        subject=("customer", row.customer), also=(("item", row.item),), code=row.code, item=ours
    )
    await record(forgotten, by=by)


async def _part_number(id_: int, version: int | None) -> tuple[CustomerItem, str]:
    """The row, to be changed, and our item's code; what it means is its version."""
    row = await locked(CustomerItem, CustomerItem.id == id_)
    if version is not None and row.item != version:
        raise Refused(STALE)
    return row, str(await db.value("select code from items where id = {}", row.item))


async def learn_from(found: Record, order: int, customer: int, *, by: Actor) -> None:
    """What accepting an order teaches: what its customer is called, its units, its descriptions and part numbers."""
    lines = await db.rows(
        "select l.line_no, l.customer_item, l.item, i.code, l.drawing_revision, l.unit, l.price_unit, l.price_micro"
        ' from sales_order_lines l join items i on i.id = l.item where l."order" = {} order by l.line_no',
        order,
    )
    words = await _name(found, customer) | await _term(found, order)
    if len(lines) == len(found["lines"]):
        facts = [line["fields"] for line in found["lines"]]
        words |= _units(facts, lines) | {
            (DESCRIPTION, said): line["code"]
            for f, line in zip(facts, lines, strict=True)
            if (said := described(f))
        }
    await teach(customer, words, by=by)
    await _part_numbers(lines, customer, by=by)


async def _name(found: Record, customer: int) -> dict[tuple[str, str], str]:
    header = found["header"]
    said = next(
        (
            clean(header[n]["value"])
            for n in ("customer", "customer_name")
            if n in header and header[n]["value"]
        ),
        "",
    )
    own = await db.one("select code, name, short_name from customers where id = {}", customer)
    known = own is None or said in (own["code"], own["name"], own["short_name"])
    return {} if not said or known else {(NAME, said): ""}


async def _term(found: Record, order: int) -> dict[tuple[str, str], str]:
    """How a payment term that is not the customer's own was settled; '' for as agreed."""
    said = found["header"].get("payment_terms", {}).get("value", "")
    if not said:
        return {}
    kept = await db.one(
        "select o.payment_days, o.terms_from, c.payment_days as days, c.terms_from as start, c.closing_day, c.deposit_percent"
        " from sales_orders o join customers c on c.id = o.customer where o.id = {}",
        order,
    )
    assert kept is not None
    own = {**kept, "payment_days": kept["days"], "terms_from": kept["start"]}
    if not payment.differs(payment.said_in(said), own):
        return {}
    as_agreed = (kept["payment_days"], kept["terms_from"]) == (kept["days"], kept["start"])
    return {(TERM, key(said)): "" if as_agreed else f"{kept['payment_days']} {kept['terms_from']}"}


def _units(facts: list[Record], lines: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Units that the file left open and a person settled alike in every line under the same word or heading."""
    settled: dict[tuple[str, str], set[str]] = {}
    for fact, line in zip(facts, lines, strict=True):
        quantity, price = fact.get("quantity", {}), fact.get("unit_price", {})
        unit = fact.get("unit")
        if unit is None and quantity.get("label") and line["unit"]:
            word = key(fact["unit_word"]["text"]) if "unit_word" in fact else ""
            settled.setdefault((UNIT, word) if word else (QUANTITY, key(quantity["label"])), set()).add(
                line["unit"]
            )
        per = fact.get("price_unit") or {"value": "", "text": ""}
        as_read = per["text"] or (per["value"] and unit_of(per["value"]).code == line["price_unit"])
        if price.get("label") and line["price_micro"] and line["price_unit"] and not as_read:
            settled.setdefault((PRICE, key(price["label"])), set()).add(line["price_unit"])
    return {word: unit_of(units.pop()).code for word, units in settled.items() if len(units) == 1 and word[1]}


async def _part_numbers(lines: list[dict[str, Any]], customer: int, *, by: Actor) -> None:
    """Remember which of our items the customer's part numbers are."""
    fresh = {line["customer_item"]: line for line in reversed(lines) if line["customer_item"]}
    for code in sorted(fresh):
        line = fresh[code]
        made = await db.rows(
            "insert into customer_items (customer, code, item, drawing_revision) values ({}, {}, {}, {})"
            " on conflict (customer, code) do nothing returning id",
            customer, code, line["item"], line["drawing_revision"],
        )  # fmt: skip
        if made:
            learned = events.PartNumberLearned(
                subject=("customer", customer), also=(("item", line["item"]),), code=code, item=line["code"]
            )
            await record(learned, by=by)
