"""Views of lists that people saved."""

from app.core import columns as c
from app.people.tables import Team, User


class SavedView(c.Table, tablename="saved_views"):
    """A named query string of a list, for its owner or, when `team` is set, the owner's team."""

    user = c.ref(User, index=False)
    team = c.ref(Team, optional=True)
    list = c.words(40)
    name = c.words(40)
    query = c.words(500)


INDEXES = ('create unique index saved_views_once on saved_views ("user", list, name)',)
