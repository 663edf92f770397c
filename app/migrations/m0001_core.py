"""The tables of core as they were at the beginning."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.migrations import create_table, run


class Counter(Table, tablename="counters"):
    key = Varchar(length=40, unique=True)
    last = BigInt()


class IdempotencyKey(Table, tablename="idempotency_keys"):
    key = Varchar(length=200, unique=True)
    body_hash = Varchar(length=64)
    status = Integer(default=200)
    answer = Text()
    stored_at = Timestamptz(index=True)


class SearchText(Table, tablename="search_texts"):
    kind = Varchar(length=30)
    subject_id = BigInt()
    text = Text()


INDEXES = ("create unique index search_texts_of on search_texts (kind, subject_id)",)

SQLITE = (
    "create virtual table search_grams"
    " using fts5 (grams, content='', tokenize='ascii', detail='none', columnsize=0)",
    "create index search_texts_start on search_texts (kind, substr(text, 1, 24))",
)

POSTGRES = (
    "create table search_grams (id integer primary key references search_texts (id)"
    " on delete cascade, grams text[] not null)",
    "create index search_grams_in on search_grams using gin (grams)",
    'create index search_texts_start on search_texts (kind, (substr(text, 1, 24) collate "C"))',
)


async def forwards() -> None:
    await create_table(Counter)
    await create_table(IdempotencyKey)
    await create_table(SearchText)
    await run(*INDEXES)
    await run(*SQLITE, only_on="sqlite")
    await run(*POSTGRES, only_on="postgres")
