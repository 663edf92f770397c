"""A changed bin is told by its code, as every master is; before, its code was `what` changed."""

import json

from app.core import db


async def forwards() -> None:
    for row in await db.rows("select id, facts from events where name = 'bin.changed'"):
        facts = json.loads(row["facts"])
        told = json.dumps({"code": facts["what"], **facts}, ensure_ascii=False)
        await db.rows("update events set facts = {} where id = {}", told, row["id"])
