"""Intake learns words, cleans fields, and tells what came again."""

from piccolo.columns import Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import add_column, create_table, run
from app.migrations.m0003_people import User
from app.migrations.m0009_parties import Customer


class LearnedWord(Table, tablename="learned_words"):
    customer = ref(Customer)
    kind = Varchar(length=20)
    said = Varchar(length=200)
    means = Varchar(length=120)
    learned_at = Timestamptz()
    learned_by = ref(User, optional=True)
    version = Integer(default=1)


class CleaningRule(Table, tablename="cleaning_rules"):
    name = Varchar(length=80)
    field = Varchar(length=40)
    channel = Varchar(length=20)
    customer = ref(Customer, optional=True)
    kind = Varchar(length=20)
    pattern = Varchar(length=200)
    replacement = Varchar(length=200)
    position = Integer(default=10)
    active = Boolean(default=True)
    version = Integer(default=1)


INDEXES = (
    "create unique index learned_words_said on learned_words (customer, kind, said)",
    "create index learned_words_kind_said on learned_words (kind, said)",
    "create index inbound_orders_digest on inbound_orders (digest)",
)


async def forwards() -> None:
    await create_table(LearnedWord)
    await create_table(CleaningRule)
    await add_column("inbound_orders", "digest", Varchar(length=64, default=""))
    await add_column("inbound_orders", "same_as", Varchar(length=40, default=""))
    await add_column("inbound_orders", "differences", Text(default="[]"))
    await run(*INDEXES)
