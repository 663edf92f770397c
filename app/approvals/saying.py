"""Rules and facts in words: when the order amount is above 50,000, the owner must agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.approvals import steps
from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact
from app.approvals.rules import AND, CUSTOM, OR, is_off, verdict
from app.approvals.who import Names, steps_in_words
from app.core.money import amount
from app.core.refusals import Refused
from app.core.words import N_, Word, _, speaking

COMPARISONS = {
    ">": N_("is above"), ">=": N_("is at least"), "<": N_("is below"), "<=": N_("is at most"), "=": N_("is"), "!=": N_("is not"),
}  # fmt: skip
JOINS = {AND: N_("all of these"), OR: N_("any of these")}


def value_of(fact: Fact, value: Any) -> str:
    """A fact's value for people."""
    if value is None:
        return _("not known")
    if value == "":
        return _(fact.empty)
    if isinstance(value, list):
        return _(", ").join(value_of(fact, each) for each in value)
    if fact.kind == MONEY:
        return _money(str(value))
    if fact.kind == NUMBER and fact.unit:
        return f"{value} {_(fact.unit)}"
    if fact.kind == CHOICE:
        label = dict(fact.choices).get(str(value))
        return _(label) if label else str(value)
    return str(value)


def _money(value: str) -> str:
    """As money where it is an amount; else as it was written."""
    try:
        return f"¥{amount(value):,.2f}"
    except Refused:
        return value


def conditions_in_words(command: Command, conditions: Sequence[Sequence[str]], joined: str = AND) -> str:
    """The conditions of a rule in one breath; a fact that is none any more is said as it is written."""
    parts = []
    for name, comparison, value in conditions:
        fact = command.fact(name) or Fact(name, Word(name))
        off = is_off([each.name for each in command.facts], name)
        label = _("%(field)s (field is off)", field=name.removeprefix(CUSTOM)) if off else _(fact.label)
        parts.append(
            _("%(fact)s %(comparison)s %(value)s", fact=label, comparison=COMPARISONS[comparison],
              value=value_of(fact, value))
        )  # fmt: skip
    return (_(" or ") if joined == OR else _(" and ")).join(parts)


def rule_in_words(command: Command | None, terms: Mapping[str, Any], known: Names) -> str:
    """The whole rule as one sentence. `terms`: {conditions, joined, steps}."""
    who = steps_in_words(steps.read(terms["steps"]), known) or "…"
    if command is None:
        return who
    said = conditions_in_words(command, terms["conditions"], terms.get("joined", AND))
    if not said:
        return _("%(command)s: always needs %(role)s to agree", command=command.label, role=who)
    return _(
        "%(command)s: when %(conditions)s, %(role)s must agree",
        command=command.label,
        conditions=said,
        role=who,
    )


def unknown_in_words(command: Command | None, terms: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """Which facts the rule looks at are not known: why somebody has to look. '' when all are."""
    unknown = verdict(facts, terms["conditions"], terms.get("joined", AND)).unknown
    named = [command.fact(name) if command else None for name in unknown]
    labels = [_(fact.label) if fact else name for fact, name in zip(named, unknown, strict=True)]
    return (
        _("Not known: %(facts)s. A rule that cannot tell holds the case back.", facts=_(", ").join(labels))
        if labels
        else ""
    )


def facts_in_words(command: Command | None, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts a request was made for, as (label, value)."""
    if command is None:
        return [(name, str(value)) for name, value in facts.items()]
    known = [fact for fact in command.facts if fact.name in facts]
    return [(_(fact.label), value_of(fact, facts.get(fact.name))) for fact in known]


def changes_told(command: Command | None, changes: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The same for an event, which is read in any language and by whom amounts are hidden from: {label: [before, after]}."""
    with speaking("en"):  # what the house says is translated when it is read
        return {
            str(fact.label): [value_of(fact, value) if value is not None else None for value in pair]
            for name, pair in changes.items() if (fact := command.fact(name) if command else None)
        }  # fmt: skip


def changes_in_words(command: Command | None, changes: Mapping[str, Sequence[Any]]) -> list[dict[str, str]]:
    """Facts that are not what they were: [{label, before, after}] for the timeline's `changes`."""
    said = []
    for name, (before, after) in changes.items():
        fact = (command.fact(name) if command else None) or Fact(name, Word(name))
        said.append(
            {"label": _(fact.label), "before": value_of(fact, before), "after": value_of(fact, after)}
        )
    return said
