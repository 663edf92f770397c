"""Pages of the masters."""

from app.parties.masters import MASTERS
from app.web.master_pages import routes_of

ROUTES = [route for master in MASTERS for route in routes_of(master)]
