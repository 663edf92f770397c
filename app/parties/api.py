"""The masters for programs."""

from app.parties.masters import MASTERS
from app.web.master_api import api_of

ROUTES = [route for master in MASTERS for route in api_of(master)]
