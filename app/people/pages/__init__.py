"""Pages of people: the door, one's own account, logins, roles, keys; people, teams and departments as masters."""

from app.people.masters import MASTERS
from app.people.pages import door, keys, me, roles, users
from app.web.master_pages import routes_of

ROUTES = [
    *door.ROUTES, *me.ROUTES, *users.ROUTES, *roles.ROUTES, *keys.ROUTES,
    *(route for master in MASTERS for route in routes_of(master)),
]  # fmt: skip
