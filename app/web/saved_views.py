"""What people kept of a list: filters under a name, and the columns they want to see.

Columns are part of a list's address (`columns=number,due_date`). What is kept without a name is how its owner sees the
list whenever the address says nothing about columns.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.core import db
from app.core.keeping import kept_rows
from app.core.refusals import TAKEN, Refused
from app.people.actors import Actor

USUAL = ""
PASSING = ("after", "before", "theme")
"""What of an address is no part of a view."""


def normal(query: str) -> str:
    """A query string as it is kept and compared: in one order, without what passes."""
    return urlencode(
        sorted((k, v) for k, v in parse_qsl(query.lstrip("?"))[:200] if k not in PASSING and v != "")
    )


def with_columns(query: str, columns: str) -> str:
    """The query with these columns; with none of its own if there are none."""
    others = [(k, v) for k, v in parse_qsl(query) if k != "columns"]
    return normal(urlencode([*others, ("columns", columns)]))


async def kept(list_name: str, by: Actor) -> tuple[list[dict[str, Any]], str]:
    """This person's and the team's views of a list, and the columns this person usually sees."""
    found = await kept_rows(
        'select v.id, v.name, v.query, v."user" as owner from saved_views v'
        ' where v.list = {} and (v."user" = {} or v.team = {}) order by v.id',
        list_name, by.user_id or 0, by.team_id or 0,
    )  # fmt: skip
    usual = next((dict(parse_qsl(v["query"])).get("columns", "") for v in found if v["name"] == USUAL), "")
    return [v for v in found if v["name"] != USUAL], usual


async def keep_view(list_name: str, name: str, query: str, for_team: bool, by: Actor) -> None:
    """Save a view of a list; the same name again replaces it."""
    await db.rows(
        'insert into saved_views ("user", team, list, name, query) values ({}, {}, {}, {}, {})'
        ' on conflict ("user", list, name) do update set query = excluded.query, team = excluded.team',
        by.user_id, by.team_id if for_team else None, list_name, name, normal(query),
    )  # fmt: skip


async def drop_view(view_id: int, by: Actor) -> bool:
    """Forget a view of one's own; whether there was one."""
    found = await db.rows(
        'delete from saved_views where id = {} and "user" = {} and name <> {} returning id',
        view_id, by.user_id or 0, USUAL,
    )  # fmt: skip
    return bool(found)


async def rename_view(view_id: int, name: str, by: Actor) -> bool:
    """Give a view of one's own another name; whether there was one. Refused(TAKEN) where another one of the list is called so."""
    mine = await db.one(
        'select list from saved_views where id = {} and "user" = {} and name <> {}',
        view_id,
        by.user_id or 0,
        USUAL,
    )
    if mine is None:
        return False
    if await db.value(
        'select 1 from saved_views where list = {} and "user" = {} and name = {} and id <> {}',
        mine["list"], by.user_id or 0, name, view_id,
    ):  # fmt: skip
        raise Refused(TAKEN, "name", given=name)
    await db.rows("update saved_views set name = {} where id = {}", name, view_id)
    return True


async def keep_columns(list_name: str, columns: str, query: str, by: Actor) -> str:
    """See a list with these columns from now on, with its own again if none are given. The address that shows it.

    Where the address names columns, it and one's view of that address get the new ones; else they become one's usual.
    """
    query = normal(query)
    if "columns" in dict(parse_qsl(query)):
        now = with_columns(query, columns)
        await db.rows(
            'update saved_views set query = {} where "user" = {} and list = {} and query = {}',
            now, by.user_id or 0, list_name, query,
        )  # fmt: skip
        return now
    if columns:
        await keep_view(list_name, USUAL, with_columns("", columns), False, by)
    else:
        await db.rows(
            'delete from saved_views where "user" = {} and list = {} and name = {}',
            by.user_id or 0, list_name, USUAL,
        )  # fmt: skip
    return query
