"""Pages of framework orders."""

from app.frameworks.pages import editing, listing, planning, showing

ROUTES = [*listing.ROUTES, *editing.ROUTES, *planning.ROUTES, *showing.ROUTES]
