"""What a customer owes is summed from the index of open receivables alone."""

from app.core.migrations import run


async def forwards() -> None:
    await run(
        "drop index receivables_open",
        "create index receivables_open"
        " on receivables (customer, due_on, id, currency, amount, matched, amount_cny) where matched <> amount",
    )
