"""Pages of work orders, reports and exceptions."""

from app.production.pages import exceptions, floor, listing, receipts, traveller, work_orders

ROUTES = [
    *listing.ROUTES,
    *work_orders.ROUTES,
    *floor.ROUTES,
    *receipts.ROUTES,
    *exceptions.ROUTES,
    *traveller.ROUTES,
]
