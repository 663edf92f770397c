"""Pages of quotations."""

from app.quotations.pages import editing, listing, paper, showing

ROUTES = [*listing.ROUTES, *editing.ROUTES, *showing.ROUTES, *paper.ROUTES]
