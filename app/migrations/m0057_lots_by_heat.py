"""Lots are found by their number and by the heat (炉号) of their steel."""

from app.core import db, search

SOME = 500


async def forwards() -> None:
    last = 0
    while rows := await db.rows(
        f"select id, number, heat from lots where id > {{}} and number <> '-' order by id limit {SOME}", last
    ):
        await search.index_many("lot", {row["id"]: (row["number"], row["heat"]) for row in rows})
        last = rows[-1]["id"]
