"""What approval rules may hold back about quotations, and what they may look at."""

from collections.abc import Mapping
from typing import Any

from app.approvals.commands import CHOICE, MONEY, NUMBER, Command, Fact, Stake
from app.core.money import CURRENCIES
from app.core.words import N_, Word, _
from app.people.actors import Actor
from app.quotations import facts, offering, quotations
from app.sales.stake import line_offered


async def at_stake(arguments: Mapping[str, Any], by: Actor) -> Stake:
    """The quotation as it stands: its sum, how far below the list it is, how long it holds, and its lines."""
    quotation = await quotations.find(str(arguments.get("number", "")), by)
    off = await facts.discount(quotation)
    tax = _("with tax") if quotation.tax_included else _("tax added")
    figures = [
        {"label": _("Quoted amount"), "value": quotations.worth(quotation),
         "note": f"{tax} · {_('%(n)s lines', n=quotation.line_count)}", "kind": ""},
        {"label": _("Below the price list"), "value": f"{off:g} %", "note": "", "kind": "warn" if off > 0 else ""},
        {"label": _("Valid until"), "value": f"{quotation.valid_until:%m-%d}",
         "note": _("delivery in %(n)s days", n=quotation.lead_days), "kind": ""},
    ]  # fmt: skip
    lines = await offering.lines_of(quotation.id)
    return Stake(figures, [line_offered(line, quotation.currency) for line in lines])


SEND_QUOTATION = Command(
    name=facts.SEND,
    label=N_("Sending a quotation"),
    facts=(
        Fact("amount_cny", N_("quoted amount in CNY"), MONEY),
        Fact("discount_percent", N_("percent below the price list"), NUMBER),
        Fact("customer_level", N_("customer's level")),
        Fact("customer", N_("customer's code")),
        Fact("currency", N_("currency"), CHOICE, tuple((code, Word(code)) for code in CURRENCIES)),
        Fact("lead_days", N_("days from order to delivery"), NUMBER, unit=N_("days")),
    ),
    href=lambda arguments: f"/quotations/{arguments.get('number', '')}",
    recent=facts.recent,
    stake=at_stake,
)
