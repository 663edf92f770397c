"""Every three characters with a digit are a gram, so the grams are written anew; on PostgreSQL beside their rows, which stay short.

Numbers need no index of their own any more.
"""

from app.core import db
from app.core.migrations import run
from app.core.search import AT_ONCE, regram


async def forwards() -> None:
    await run("insert into search_grams (search_grams) values ('delete-all')", only_on="sqlite")
    await run(
        "truncate search_grams",
        "drop index search_grams_in",
        "alter table search_grams alter column grams set storage external",
        "alter table search_grams set (toast_tuple_target = 128)",
        only_on="postgres",
    )
    await run("drop index search_texts_start")
    last = 0
    while rows := await db.rows(
        f"select id, kind, text from search_texts where id > {{}} order by id limit {AT_ONCE}", last
    ):
        await regram(rows)
        last = rows[-1]["id"]
    await run(
        "create index search_grams_in on search_grams using gin (grams) with (gin_pending_list_limit = 256)",
        only_on="postgres",
    )
