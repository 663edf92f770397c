"""What the price lists say of the lines that came in."""

from collections.abc import Sequence

from app.core import clock
from app.core.money import CURRENCIES
from app.core.quantities import Quantity, Weight
from app.intake.proposal import Proposal
from app.pricing.prices import Asked, prices_of


async def look_up(proposals: Sequence[Proposal]) -> None:
    """Note beside each line what the lists say, in one read for each customer, currency and tax."""
    groups: dict[tuple[int, str, bool], list[tuple[Proposal, int, Asked]]] = {}
    for proposal in proposals:
        proposal.listed = [None] * len(proposal.lines)
        if proposal.customer is None or proposal.head["currency"].value not in CURRENCIES:
            continue
        terms = (
            proposal.customer["id"], proposal.head["currency"].value, proposal.head["tax_included"].value != "false"
        )  # fmt: skip
        for i, item in enumerate(proposal.items):
            if item is not None:
                weight = Weight(item["weight_micro"], item["weight_pieces"])
                quantity = Quantity(proposal.quantity(i) or 1, item["base_unit"])
                groups.setdefault(terms, []).append((proposal, i, Asked(item["id"], quantity, weight)))
    for (customer, currency, tax_included), lines in groups.items():
        asked = [each[2] for each in lines]
        found = await prices_of(customer, asked, clock.today(), currency=currency, tax_included=tax_included)
        for (proposal, i, _asked), price in zip(lines, found, strict=True):
            proposal.listed[i] = price
