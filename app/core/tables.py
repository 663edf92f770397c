"""Tables of the core: counters, idempotency keys, the search text of every thing that can be found."""

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from app.core import columns as c
from app.core.db import IdempotencyKey
from app.core.numbering import Counter

__all__ = ["Counter", "IdempotencyKey", "SearchText"]


class SearchText(Table, tablename="search_texts"):
    """The words a thing is found by (numbers, names, pinyin, initials), in lower case."""

    kind = Varchar(length=30)
    subject_id = BigInt()
    text = c.prose()


INDEXES = ("create unique index search_texts_of on search_texts (kind, subject_id)",)
