"""Cleaning rules: how a field of what came in is put right before anything is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.refusals import NOT_A_CHOICE, REQUIRED, UNKNOWN, Invalid, Refused
from app.core.rows import locked
from app.core.text import clean
from app.core.words import N_, Word
from app.events.log import changes, record
from app.intake import events, permissions
from app.intake.patterns import LONGEST_TEXT, check_replacement, pattern_of
from app.intake.records import Record
from app.intake.tables import CleaningRule
from app.people.actors import Actor

REGEX, REPLACE, PREFIX, STRIP = "regex", "replace", "prefix", "strip"
KINDS: dict[str, Word] = {
    REPLACE: N_("Replace a text"), STRIP: N_("Take away at the beginning and end"), PREFIX: N_("Put before"),
    REGEX: N_("Pattern (regular expression)"),
}  # fmt: skip
HEAD: dict[str, Word] = {
    "customer_order_number": N_("Customer's order number"), "customer_name": N_("Customer"),
    "trade_term": N_("Trade term"), "currency": N_("Currency"),
}  # fmt: skip
LINE: dict[str, Word] = {
    "customer_item": N_("Customer's part number"), "item_code": N_("Our item"), "name": N_("Name"),
    "spec": N_("Specification"), "drawing_revision": N_("Drawing revision"),
}  # fmt: skip
BOTH = {"remark": N_("Remark")}
FIELDS: dict[str, Word] = {**HEAD, **LINE, **BOTH}


@dataclass(frozen=True)
class NewRule:
    """A rule as entered; `customer` is a code, '' for all customers, as '' is for all channels."""

    name: str
    field: str
    kind: str
    pattern: str
    replacement: str = ""
    channel: str = ""
    customer: str = ""
    position: int = 10
    active: bool = True


def applied(kind: str, pattern: str, replacement: str, text: str) -> str:
    """The text as one rule leaves it. Refused for a pattern that cannot be run."""
    text = text[:LONGEST_TEXT]
    if kind == REGEX:
        found = pattern_of(pattern)
        check_replacement(found, replacement)
        return found.replace(text, replacement)
    if kind == REPLACE:
        return text.replace(pattern, replacement) if pattern else text
    if kind == PREFIX:
        return text if not text or text.startswith(pattern) else pattern + text
    for word in (pattern, *pattern.split("|")):
        text = text.strip().removeprefix(word).removesuffix(word)
    return text.strip()


async def rules() -> list[dict[str, Any]]:
    """The rules in force, in their order."""
    return await db.rows("select * from cleaning_rules where active = {} order by position, id", True)


def cleaned(found: Record, channel: str, customer: int | None, active: Sequence[dict[str, Any]]) -> Record:
    """The record with its fields cleaned; each keeps what it was in `raw`."""
    mine = [r for r in active if r["channel"] in ("", channel) and r["customer"] in (None, customer)]
    if not mine:
        return found
    found = {**found, "header": _copied(found["header"]), "lines": [
        {**line, "fields": _copied(line["fields"])} for line in found["lines"]
    ]}  # fmt: skip
    for rule in mine:
        places = [found["header"]] if rule["field"] in (*HEAD, *BOTH) else []
        places += [line["fields"] for line in found["lines"]] if rule["field"] in (*LINE, *BOTH) else []
        for facts in places:
            if (fact := facts.get(rule["field"])) and fact["value"]:
                new = clean(applied(rule["kind"], rule["pattern"], rule["replacement"], fact["value"]))
                if new != fact["value"]:
                    fact.setdefault("raw", fact["value"])
                    fact["value"] = new
    return found


def _copied(facts: dict[str, Record]) -> dict[str, Record]:
    return {name: dict(fact) for name, fact in facts.items()}


async def write(
    new: NewRule, id_: int | None = None, *, by: Actor, version: int | None = None
) -> CleaningRule:
    """Make a rule, or write one anew."""
    by.must(permissions.TEACH)
    values = await _checked(new)
    if id_ is None:
        row = CleaningRule(**values)
        await row.save()
        made = events.CleaningRuleMade(subject=("cleaning_rule", row.id), rule=row.name)
        await record(made, by=by)
        return row
    row = await locked(CleaningRule, CleaningRule.id == id_, version=version)
    before = {name: getattr(row, name) for name in values}
    await CleaningRule.update({**values, "version": row.version + 1}).where(CleaningRule.id == id_)
    if difference := changes(before, values):
        changed = events.CleaningRuleChanged(
            subject=("cleaning_rule", id_), rule=values["name"], changes=difference
        )
        await record(changed, by=by)
    return row


async def _checked(new: NewRule) -> dict[str, Any]:
    wrong: dict[str, Refused] = {}
    if not new.name:
        wrong["name"] = Refused(REQUIRED, "name")
    if new.field not in FIELDS:
        wrong["field"] = Refused(NOT_A_CHOICE if new.field else REQUIRED, "field", given=new.field[:40])
    if new.kind not in KINDS:
        wrong["kind"] = Refused(NOT_A_CHOICE if new.kind else REQUIRED, "kind", given=new.kind[:40])
    customer = None
    if new.customer:
        customer = await db.value("select id from customers where code = {}", new.customer)
        if customer is None:
            wrong["customer"] = Refused(UNKNOWN, "customer", given=new.customer[:40])
    try:
        if not new.pattern:
            raise Refused(REQUIRED, "pattern")
        applied(new.kind, new.pattern, new.replacement, "")
    except Refused as refused:
        wrong[refused.field or "pattern"] = refused
    if wrong:
        raise Invalid(wrong)
    return {
        "name": new.name, "field": new.field, "channel": new.channel, "customer": customer, "kind": new.kind,
        "pattern": new.pattern, "replacement": new.replacement, "position": new.position, "active": new.active,
    }  # fmt: skip
