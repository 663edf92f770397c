"""What approval rules may hold back about quotations, and what they may look at."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.approvals.commands import NUMBER, Command, Fact, Stake
from app.core.words import N_, _
from app.offers import weighed
from app.people.actors import Actor
from app.quotations import quotations
from app.quotations.kind import QUOTATION


async def at_stake(arguments: Mapping[str, Any], by: Actor) -> Stake:
    quotation = await quotations.find(str(arguments.get("number", "")), by)
    holds = _("delivery in %(n)s days", n=quotation.lead_days)
    return await weighed.stake_of(QUOTATION, quotation, _("Quoted amount"), holds, arguments.get("rate"))


SEND_QUOTATION = Command(
    name=QUOTATION.held,
    label=N_("Sending a quotation"),
    facts=weighed.facts_named(
        N_("quoted amount in CNY"),
        Fact("lead_days", N_("days from order to delivery"), NUMBER, unit=N_("days")),
    ),
    href=lambda arguments: f"/quotations/{arguments.get('number', '')}",
    recent=partial(weighed.recent, QUOTATION),
    stake=at_stake,
)
