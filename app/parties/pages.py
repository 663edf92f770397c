"""Pages of customers and suppliers as masters, and of our own company."""

from app.parties import company_pages, customer_pages
from app.parties.masters import MASTERS
from app.web.master_pages import routes_of

ROUTES = [
    *(route for master in MASTERS for route in routes_of(master)),
    *customer_pages.ROUTES,
    *company_pages.ROUTES,
]
