"""Tables of the core: counters, idempotency keys, the search text of every thing that can be found."""

from piccolo.columns import BigInt, Varchar

from app.core import columns as c
from app.core.db import IdempotencyKey
from app.core.numbering import Counter

__all__ = ["Counter", "IdempotencyKey", "SearchText"]


class SearchText(c.Table, tablename="search_texts"):
    """The words a thing is found by (numbers, names, pinyin, initials), in lower case."""

    kind = Varchar(length=30)
    subject_id = BigInt()
    text = c.prose()


INDEXES = ("create unique index search_texts_of on search_texts (kind, subject_id)",)
ONLY_ON = {
    # Two Chinese characters are no trigram: the grams are our own (core/search.py).
    "sqlite": (
        "create virtual table search_grams using fts5"
        " (grams, content='', tokenize='ascii', detail='none', columnsize=0)",
    ),
    "postgres": (
        "create table search_grams"
        " (id integer primary key references search_texts (id) on delete cascade, grams text[] not null)",
        # Grams lie beside their rows: a search reads the rows of all its hits, but no grams.
        "alter table search_grams alter column grams set storage external",
        "alter table search_grams set (toast_tuple_target = 128)",
        # What was not yet sorted in is read by every search: it is kept small (kB).
        "create index search_grams_in on search_grams using gin (grams) with (gin_pending_list_limit = 256)",
    ),
}
