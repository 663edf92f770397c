"""Pages of the store: balances, the ledger of an item, postings, bins and their labels."""

from app.stock.pages import bins, labels, ledger

ROUTES = [*ledger.ROUTES, *bins.ROUTES, *labels.ROUTES]
