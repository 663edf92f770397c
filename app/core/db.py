"""The only file that knows how things are written: `commit()` runs a verb in one transaction, the whole again if it must."""

import asyncio
import hashlib
import json
import os
import random
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic
from typing import Any, Protocol

import asyncpg
from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.querystring import QueryString

from app.config import settings
from app.core import clock
from app.core.columns import Table
from app.core.engines import Database, engine_for
from app.core.engines.sqlite import only_reads
from app.core.refusals import KEY_REUSED, TAKEN, UNSTORABLE, Interrupted, Refused

os.environ.setdefault("PICCOLO_CONF", "app.piccolo_conf")
DB: Database = engine_for(settings.database_url)
ATTEMPTS = 6
_AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_UNIQUE = (asyncpg.UniqueViolationError, sqlite3.IntegrityError)
BEYOND = (OverflowError, asyncpg.DataError)
"""What an engine says to a number that none of its columns holds."""
on_commit: list[Callable[[], None]] = []  # woken after each commit: the relay of events


class Sender(Protocol):
    """Whoever sends a command; keys of different senders never meet."""

    @property
    def sender(self) -> str: ...


class IdempotencyKey(Table, tablename="idempotency_keys"):
    """A command that was carried out, under the key of whoever sent it, with the answer given then."""

    key = Varchar(length=200, unique=True)
    body_hash = Varchar(length=64)
    status = Integer(default=200)
    answer = Text(default="")
    stored_at = Timestamptz(index=True)


def on_postgres() -> bool:
    return DB.engine_type == "postgres"


async def rows(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Run SQL with `{}` for each value; all rows as dicts. Joins the current transaction if there is one."""
    statement, values = asked(sql, args)
    if not only_reads(statement):
        _look_again()
    return await DB.fetch(statement, values)


async def one(sql: str, *args: Any) -> dict[str, Any] | None:
    found = await rows(sql, *args)
    return found[0] if found else None


async def value(sql: str, *args: Any) -> Any:
    """The first column of the first row, None if there is no row."""
    found = await one(sql, *args)
    return next(iter(found.values())) if found else None


async def report(sql: str, *args: Any) -> list[dict[str, Any]]:
    """A long read (exports, a year's KPI) that must not hold up pages."""
    return await DB.report(*asked(sql, args))


def asked(sql: str, args: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """The SQL with the engine's marks, and its values; a value that is itself a condition is written out."""
    if any(isinstance(arg, QueryString) for arg in args):
        return QueryString(sql, *args).compile_string(engine_type=DB.engine_type)
    return (_remembered(sql) if len(sql) < _LONG else _marked(sql)), args


def _marked(sql: str) -> str:
    first, *others = sql.split("{}")
    return first + "".join(f"{f'${i}' if on_postgres() else '?'}{part}" for i, part in enumerate(others, 1))


_remembered = lru_cache(2000)(_marked)
_LONG = 10_000
"""Statements for many rows are each their own, not worth remembering."""


async def state() -> tuple[Any, ...] | None:
    """What is another one after every change of the house; None in a transaction, which sees its own changes."""
    if DB.current_transaction.get() is not None:
        return None
    look = _look.get()
    if look is None:
        return await DB.state()
    if not look or monotonic() - look[0][0] > LASTS:
        look[:] = [(monotonic(), await DB.state())]
    return look[0][1]


LASTS = 1.0
"""Seconds that a look at the house lasts: a page that streams for hours looks again."""
_look: ContextVar[list[tuple[float, tuple[Any, ...]]] | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, the state of the house is asked for once and again only after a write: a page is drawn from one look."""
    token = _look.set([])
    try:
        yield
    finally:
        _look.reset(token)


def _look_again() -> None:
    if (look := _look.get()) is not None:
        look.clear()


async def write_many(table: str, columns: Sequence[str], many: Sequence[Sequence[Any]]) -> None:
    """Insert many rows with one statement."""
    if not many:
        return
    marks = ", ".join(["{}"] * len(columns))
    await DB.write_many(_marked(f"insert into {table} ({', '.join(columns)}) values ({marks})"), many)


async def update_many(table: str, columns: Sequence[str], many: Mapping[int, Sequence[Any]]) -> None:
    """Give rows, by id, each its own values of these columns."""
    if not many:
        return
    sets = ", ".join(f"{name} = {{}}" for name in columns)
    await DB.write_many(
        _marked(f"update {table} set {sets} where id = {{}}"),
        [(*values, id_) for id_, values in many.items()],
    )


async def insert_many(
    table: str, columns: Sequence[str], many: Sequence[Sequence[Any]], suffix: str = ""
) -> list[int]:
    """Insert many rows with few statements; their ids, in the order of the rows. `suffix`: an `on conflict` clause."""
    each, ids = 20_000 // len(columns), []
    for start in range(0, len(many), each):
        some = many[start : start + each]
        marks = ", ".join([f"({', '.join(['{}'] * len(columns))})"] * len(some))
        statement = f"insert into {table} ({', '.join(columns)}) values {marks} {suffix} returning id"
        found = await DB.fetch(_marked(statement), [value for row in some for value in row])
        ids += sorted(row["id"] for row in found)
    return ids


def any_of(column: str, values: Sequence[Any]) -> QueryString:
    """`column in (…)` as a query string; an empty list is never true."""
    if not values:
        return QueryString("1 = 0")
    return QueryString(f"{column} in ({', '.join(['{}'] * len(values))})", *values)


@dataclass(frozen=True)
class Done:
    """What came of a commit: the verb's value (None on a replay) and the answer stored under the key."""

    value: Any
    answer: dict[str, Any]
    status: int = 200
    replayed: bool = False
    deferred: bool = False
    refused: Refused | None = None


Answer = Callable[[Any], Awaitable[dict[str, Any]]]


async def commit(
    verb: Callable[..., Awaitable[Any]],
    *args: Any,
    by: Sender,
    key: str | None = None,
    body: str | bytes = "",
    answer: Answer | None = None,
    remember_refusal: bool = False,
    **facts: Any,
) -> Done:
    """Run `verb(*args, by=by, **facts)` in one transaction and keep `answer(value)` under `key` in the same one.

    Same key and same body: the stored answer, nothing done. Same key, other body: Refused(KEY_REUSED).
    A serialisation failure or deadlock runs the whole again, so a verb must bear being run twice.
    `remember_refusal` keeps a refusal under the key too (device actions: the same answer on every replay).
    """
    if DB.current_transaction.get() is not None:
        raise RuntimeError("commit() inside a transaction: verbs call verbs directly")
    instead: Callable[..., Awaitable[Any]] | None = None
    for attempt in range(ATTEMPTS):
        try:
            async with DB.transaction() as transaction:
                replay = await _claim(by, key, body)
                if replay is not None:
                    return replay
                if instead is not None:
                    done = Done(await instead(), {}, 202, deferred=True)
                elif remember_refusal:
                    done = await _refusal_kept(transaction, verb, args, by, facts)
                else:
                    done = Done(await verb(*args, by=by, **facts), {})
                done = await _keep(by, key, done, answer)
            _look_again()
            for wake in on_commit:
                wake()
            return done
        except Interrupted as interruption:
            instead = interruption.instead
        except _AGAIN:
            if attempt == ATTEMPTS - 1:
                raise
            await asyncio.sleep(random.random() * 0.004 * 2**attempt)
        except BEYOND as error:
            raise Refused(UNSTORABLE) from error
        except _UNIQUE as error:
            raise Refused(TAKEN, column_of(error), given=_given(error)) from error
    raise RuntimeError("unreachable")


async def _refusal_kept(transaction: Any, verb: Any, args: Any, by: Sender, facts: dict[str, Any]) -> Done:
    savepoint = await transaction.savepoint()
    try:
        done = Done(await verb(*args, by=by, **facts), {})
        await savepoint.release()
        return done
    except Refused as refused:
        await savepoint.rollback_to()
        return Done(None, {}, refused.status, refused=refused)


async def _claim(by: Sender, key: str | None, body: str | bytes) -> Done | None:
    if not key:
        return None
    text, digest = (
        f"{by.sender}:{key}"[:200],
        hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest(),
    )
    claimed = await rows(
        "insert into idempotency_keys (key, body_hash, status, answer, stored_at) values ({}, {}, 0, '', {})"
        " on conflict (key) do nothing returning key",
        text, digest, clock.real_now(),
    )  # fmt: skip
    if claimed:
        return None
    stored = await one("select body_hash, status, answer from idempotency_keys where key = {}", text)
    if stored is None or stored["body_hash"] != digest:
        raise Refused(KEY_REUSED)
    return Done(None, json.loads(stored["answer"] or "{}"), stored["status"], replayed=True)


async def _keep(by: Sender, key: str | None, done: Done, answer: Answer | None) -> Done:
    """What was done, with its answer, which stands under the key from now on."""
    if answer is not None:
        done = replace(done, answer=await answer(done))
    if key:
        await rows(
            "update idempotency_keys set status = {}, answer = {} where key = {}",
            done.status, json.dumps(done.answer, ensure_ascii=False, default=str), f"{by.sender}:{key}"[:200],
        )  # fmt: skip
    return done


def column_of(error: BaseException) -> str | None:
    """The column whose uniqueness was violated, from either engine's error."""
    if isinstance(error, asyncpg.PostgresError):
        found = re.search(r"Key \((.*?)\)=", error.as_dict().get("detail") or "")
        return found.group(1).split(",")[-1].strip() if found else None
    found = re.search(r"UNIQUE constraint failed: (.*)", str(error))
    if not found:
        raise error
    return found.group(1).split(",")[-1].strip().split(".")[-1]


def _given(error: BaseException) -> str:
    if isinstance(error, asyncpg.PostgresError):
        found = re.search(r"=\((.*?)\) already", error.as_dict().get("detail") or "")
        return found.group(1) if found else ""
    return ""
