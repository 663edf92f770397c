"""Pages of sales orders."""

from app.sales.pages import confirmation, editing, listing, rates, showing, taken

ROUTES = [
    *listing.ROUTES,
    *editing.ROUTES,
    *showing.ROUTES,
    *confirmation.ROUTES,
    *rates.ROUTES,
    *taken.ROUTES,
]
