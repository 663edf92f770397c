"""What is at stake with a change of an order that waits for approval: the order, and beside it what is to be otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.amendments import effects
from app.amendments.amending import read
from app.approvals.commands import Stake
from app.core.refusals import Refused
from app.core.words import _
from app.people.actors import Actor
from app.sales import orders
from app.sales.stake import of_order


async def of_amendment(arguments: Mapping[str, Any], by: Actor) -> Stake:
    """The order as it stands with each effect as a figure; one that is not possible any more says so."""
    stake = await of_order(arguments, by)
    order = await orders.find(str(arguments.get("number", "")), by)
    try:
        _cause, _reason, amended = await read(
            order, arguments["cause"], arguments["reason"], arguments["parts"]
        )
    except Refused as refused:
        why = "; ".join(refused.on_form().values())
        return replace(
            stake,
            figures=[*stake.figures, {"label": _("The change"), "value": "—", "note": why, "kind": "bad"}],
        )
    differs = [each for each in await effects.of(order, amended, by) if each["before"] != each["after"]]
    told = [
        {"label": each["label"], "value": each["after"], "note": _beside(each), "kind": "chg"}
        for each in differs
    ]
    return replace(stake, figures=[*told, *stake.figures])


def _beside(effect: effects.Effect) -> str:
    return " · ".join(filter(None, (_("now %(before)s", before=effect["before"]), effect["note"])))
