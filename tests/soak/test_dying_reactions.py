"""The process is killed inside a reaction, before and after it commits: whatever it does is there once."""

import json
import os
import signal
import subprocess
import sys
import tempfile

import pytest

from app.approvals import deciding
from app.config import ROOT
from app.core import db
from app.core.db import DB, commit
from app.delivery import notes
from app.sales import orders
from tasks.reactions import REACTIONS
from tests import make
from tests.houses import HOME
from tests.soak.dying import MOMENTS
from tests.stories import thread
from tests.world import World, events_of


async def undelivered(world: World) -> tuple[list[str], str]:
    """Two orders that the boss has granted, and a delivery note that was posted: none of it has reached anybody yet."""
    order = await thread.confirmed(world)
    work_order = await thread.released(world, order)
    await thread.made(world, work_order)
    await thread.stored(world, work_order)
    note = await thread.picked(world, order)
    await commit(notes.post, note.number, by=world.xiuying)
    await make.approval_rule(())
    granted = []
    for _ in range(2):
        asked = await thread.ordered(world)
        request = (await commit(orders.confirm, asked.number, by=world.xiaolan)).value
        await commit(deciding.approve, request.number, by=world.chenzong)
        granted.append(asked.number)
    await DB.run_ddl("create table effects (event integer not null, reaction varchar(50) not null)")
    return granted, note.number


def lives_of(moment: str) -> list[int]:
    """The exit codes of a relay that dies at this moment, again and again, until nothing is left to deliver."""
    url = DB.config["dsn"] if db.on_postgres() else f"sqlite:///{DB.path}"
    environment = {
        **os.environ, "DATABASE_URL": url, "DATA_DIR": tempfile.mkdtemp(dir=HOME), "ZHUNJIAO_CLOCK": "movable", "ZHUNJIAO_ENV": "test",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.soak.dying", moment]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_reaction_whose_process_is_killed_leaves_its_effect_once(world: World, moment: str) -> None:
    granted, note = await undelivered(world)
    await DB.close()
    *killed, last = lives_of(moment)
    assert len(killed) >= 2 and set(killed) == {-signal.SIGKILL} and last == 0
    await DB.open()
    due = [
        (e["id"], r)
        for e in await db.rows("select id, name from events")
        for r in REACTIONS.get(e["name"], {})
    ]
    assert len(due) >= 7  # two askings, two grants with two reactions each, one delivery
    for table in ("effects", "reactions_done"):
        found = await db.rows(f"select event, reaction from {table}")
        assert sorted((row["event"], row["reaction"]) for row in found) == sorted(due), table
    for number in granted:
        id_ = await db.value("select id from sales_orders where number = {}", number)
        assert (await events_of("sales_order", id_)).count("sales_order.confirmed") == 1
    billed = await db.rows(
        "select r.id from receivables r join delivery_notes n on n.id = r.source_id where n.number = {}", note
    )
    assert len(billed) == 1
