"""What approval rules may hold back about framework orders, and what they may look at."""

from collections.abc import Mapping
from typing import Any

from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact, Stake
from app.core.money import CURRENCIES
from app.core.words import N_, Word, _
from app.frameworks import facts, figures, frameworks
from app.people.actors import Actor
from app.sales.stake import line_offered


async def at_stake(arguments: Mapping[str, Any], by: Actor) -> Stake:
    """The framework order as it stands: its sum, how far below the list it is, how long it holds, and its lines."""
    framework = await frameworks.find(str(arguments.get("number", "")), by)
    off = await facts.discount(framework)
    tax = _("with tax") if framework.tax_included else _("tax added")
    shown = [
        {"label": _("Agreed amount"), "value": frameworks.worth(framework),
         "note": f"{tax} · {_('%(n)s lines', n=framework.line_count)}", "kind": ""},
        {"label": _("Below the price list"), "value": f"{off:g} %", "note": "", "kind": "warn" if off > 0 else ""},
        {"label": _("Valid until"), "value": framework.valid_until.isoformat(),
         "note": _("firm for %(n)s days", n=framework.firm_days), "kind": ""},
    ]  # fmt: skip
    lines = await figures.lines_of(framework.id)
    return Stake(shown, [line_offered(line, framework.currency) for line in lines])


ACTIVATE_FRAMEWORK = Command(
    name=facts.ACTIVATE,
    label=N_("Putting a framework order in force"),
    facts=(
        Fact("amount_cny", N_("agreed amount in CNY"), MONEY),
        Fact("discount_percent", N_("percent below the price list"), NUMBER),
        Fact("customer_level", N_("customer's level")),
        Fact("customer", N_("customer's code")),
        Fact("currency", N_("currency"), CHOICE, tuple((code, Word(code)) for code in CURRENCIES)),
        Fact("beyond_percent", N_("percent that may be called off beyond agreed"), NUMBER),
    ),
    href=lambda arguments: f"/framework-orders/{arguments.get('number', '')}",
    recent=facts.recent,
    stake=at_stake,
)
