"""What is kept of the house itself: bills of materials, custom fields, a group that listens, opening data."""

import json

from app.catalog.masters import BOMS
from app.core import db
from app.core.db import commit
from app.custom_fields import defined, definitions
from app.custom_fields.definitions import NewField
from app.notifications import robots
from app.web import masters
from app.web.input import Input
from tests import make
from tests.opening import files as opening
from tests.web.hostile import MARK
from tests.world import World


async def composed(world: World) -> None:
    """A bill of materials."""
    wire = await make.item("W-10", name=MARK, base_unit="kg", kind="raw", unit_label="")
    line = {"seq": "10", "item": wire.code, "quantity": "42.5", "unit": "kg", "per": "1000", "note": MARK}
    form = Input({"code": "BOM-1", "item": "FB-M10X45-88D", "name": MARK, "active": "1", "lines": [line]})
    await commit(masters.save, BOMS, None, form, by=world.admin)


async def defined_fields(world: World) -> None:
    """A custom field of each kind of thing, called by marks and holding them."""
    for thing, known in defined.THINGS.items():
        marked = NewField(
            thing=thing, key="mark", label=MARK[:40], searchable=True, in_list=True, printed=True
        )
        await commit(definitions.define, marked, by=world.admin)
        await db.rows(f"update {known.table} set custom = {{}}", json.dumps({"mark": MARK}))


async def told(world: World) -> None:
    """A group that listens, and a call that was made to nobody."""
    await commit(robots.write, MARK[:50], "key", ["alert"], "zh_CN", True, by=world.admin)
    job = await commit(robots.send_test, 1, "/", by=world.admin)
    await db.rows(
        "update integration_jobs set state = 'failed', label = {}, said = {}, request = {}, answer = {} where id = {}",
        MARK,
        MARK,
        *(json.dumps({"said": f"{MARK} {'0123456789abcdef' * 8}"}) for _wire in range(2)),
        job.value.id,
    )


async def begun(world: World) -> None:
    """Opening data of every kind, and a file that is full of problems."""
    bill = ("1234567890", MARK, MARK, "HENGLI", 100, "2026-08-15", "2027-02-15", "在手")
    await opening.booked("bills", opening.xlsx(opening.BILLS, [bill]), world.admin)
    await make.customer("OWES", name=MARK, short_name=MARK)
    owed = ("XS-1", "OWES", 100, "", "2026-10-31", "2026-11-30")
    await opening.booked("receivables", opening.xlsx(opening.RECEIVABLES, [owed]), world.admin)
    bought = (MARK, 1, "S1", "FB-M10X45-88D", 5, "千支", 1, 200, "2026-12-20")
    await opening.booked("purchases", opening.xlsx(opening.PURCHASES, [bought]), world.admin)
    sold = (MARK, 1, "HENGLI", MARK, "FB-M10X45-88D", 5, "千支", 2, 268, "2026-12-20")
    await opening.dropped("orders", opening.xlsx(opening.ORDERS, [sold]), world.admin)
    await opening.dropped(
        "stock", opening.xlsx(opening.STOCK, [(MARK, MARK, MARK, -1, MARK, MARK, MARK)]), world.admin
    )
