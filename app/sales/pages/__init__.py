"""Pages of sales orders."""

from app.sales.pages import confirmation, deciding, editing, listing, rates, showing, taken

ROUTES = [
    *listing.ROUTES,
    *editing.ROUTES,
    *showing.ROUTES,
    *deciding.ROUTES,
    *confirmation.ROUTES,
    *rates.ROUTES,
    *taken.ROUTES,
]
