"""Price lists for programs."""

from app.pricing.masters import PRICE_LISTS
from app.web.master_api import api_of

ROUTES = api_of(PRICE_LISTS)
