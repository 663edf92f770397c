"""Links given to customers; the secret itself is not kept."""

from app.core import columns as c
from app.people.tables import User
from app.sales.tables import SalesOrder


class ShareLink(c.Table, tablename="share_links"):
    order = c.ref(SalesOrder)
    token_hash = c.code(64)
    hint = c.words(12)
    shows_quantities = c.flag()
    made_by = c.ref(User, optional=True)
    made_at = c.instant()
    ends_at = c.instant()
    revoked_at = c.instant(optional=True)
    opened = c.count()
    last_opened_at = c.instant(optional=True)
