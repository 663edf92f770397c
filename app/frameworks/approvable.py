"""What approval rules may hold back about framework orders, and what they may look at."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.approvals.commands import NUMBER, Command, Fact, Stake
from app.core.words import N_, _
from app.frameworks import frameworks
from app.frameworks.kind import FRAMEWORK
from app.offers import weighed
from app.people.actors import Actor


async def at_stake(arguments: Mapping[str, Any], by: Actor) -> Stake:
    framework = await frameworks.find(str(arguments.get("number", "")), by)
    holds = _("firm for %(n)s days", n=framework.firm_days)
    return await weighed.stake_of(FRAMEWORK, framework, _("Agreed amount"), holds, arguments.get("rate"))


ACTIVATE_FRAMEWORK = Command(
    name=FRAMEWORK.held,
    label=N_("Putting a framework order in force"),
    facts=weighed.facts_named(
        N_("agreed amount in CNY"),
        Fact("beyond_percent", N_("percent that may be called off beyond agreed"), NUMBER),
    ),
    href=lambda arguments: f"/framework-orders/{arguments.get('number', '')}",
    recent=partial(weighed.recent, FRAMEWORK),
    stake=at_stake,
)
