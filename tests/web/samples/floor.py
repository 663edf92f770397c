"""The floor: work orders on their way, an exception, devices, and actions that could not be booked."""

from app.catalog.tables import Machine
from app.core import db
from app.core.db import commit
from app.delivery import notes
from app.offline import intake
from app.people import devices, keys
from app.production import exceptions, operations
from tests.stories import thread
from tests.web.hostile import MARK
from tests.world import World


async def made(world: World) -> None:
    order = await thread.confirmed(world, remark=MARK)
    work_order = await thread.released(world, order)
    await thread.made(world, work_order, good="60")
    await thread.stored(world, work_order, 60_000_000)
    await commit(notes.create, order.number, by=world.xiuying)
    begun = await thread.released(world, await thread.confirmed(world))
    await commit(operations.start, f"{begun.number}/10", by=world.jianguo)
    machine = await Machine.objects().first()
    await commit(
        exceptions.raise_, "machine", machine=machine.code if machine else None, note=MARK, by=world.jianguo
    )


async def around(world: World) -> None:
    new = devices.NewDevice(MARK, "tablet", "HEADING")
    device, _code = (await commit(devices.create, new, by=world.admin)).value
    await db.rows("update devices set token_hash = 'x'")
    await commit(keys.create, "xiaolan", MARK, by=world.admin)
    wrong = [
        {
            "id": f"wrong-{i}-000",
            "name": "operation.report",
            "device": device.code,
            "payload": {"operation": MARK},
        }
        for i in (1, 2, 3)
    ]
    await intake.take(wrong, by=world.admin)
