"""Pages of framework orders."""

from app.frameworks.pages import editing, listing, paper, planning, showing

ROUTES = [*listing.ROUTES, *editing.ROUTES, *planning.ROUTES, *showing.ROUTES, *paper.ROUTES]
