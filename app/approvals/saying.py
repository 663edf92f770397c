"""Rules and facts in words: when the order amount is above 50,000, the owner must agree."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from app.approvals.commands import CHOICE, MONEY, Command, Fact
from app.core.words import N_, _

COMPARISONS = {
    ">": N_("above"), ">=": N_("at least"), "<": N_("below"), "<=": N_("at most"), "=": N_("is"), "!=": N_("is not"),
}  # fmt: skip


def value_of(fact: Fact, value: Any) -> str:
    """A fact's value for people."""
    if value is None or value == "":
        return "—"
    if fact.kind == MONEY:
        try:
            return f"¥{Decimal(str(value)):,.2f}"
        except InvalidOperation:
            return str(value)
    if fact.kind == CHOICE:
        label = dict(fact.choices).get(str(value))
        return _(label) if label else str(value)
    return str(value)


def rule_in_words(command: Command | None, conditions: Sequence[Sequence[str]], role: str) -> str:
    """The whole rule as one sentence."""
    if command is None:
        return role
    parts = []
    for name, comparison, value in conditions:
        fact = command.fact(name)
        if fact is not None:
            parts.append(
                _("%(fact)s %(comparison)s %(value)s", fact=fact.label, comparison=COMPARISONS[comparison],
                  value=value_of(fact, value))
            )  # fmt: skip
    if not parts:
        return _("%(command)s: always needs %(role)s to agree", command=command.label, role=role)
    return _("%(command)s: when %(conditions)s, %(role)s must agree", command=command.label,
             conditions=_(" and ").join(parts), role=role)  # fmt: skip


def facts_in_words(command: Command | None, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts a request was made for, as (label, value)."""
    if command is None:
        return [(name, str(value)) for name, value in facts.items()]
    return [(_(fact.label), value_of(fact, facts.get(fact.name))) for fact in command.facts]
