"""Pages of framework orders."""

from app.frameworks.pages import editing, listing, paper, plan_changes, planning, showing

ROUTES = [
    *listing.ROUTES,
    *editing.ROUTES,
    *planning.ROUTES,
    *showing.ROUTES,
    *plan_changes.ROUTES,
    *paper.ROUTES,
]
