"""Pages of delivery notes and the paper that goes with the goods."""

from app.delivery.pages import notes, slip

ROUTES = [*notes.ROUTES, *slip.ROUTES]
