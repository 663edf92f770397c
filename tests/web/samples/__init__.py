"""Something of everything, its words full of marks: one module for each part of the house."""

from datetime import timedelta

from app.alerts import sweep
from app.core import clock
from app.people.actors import Actor
from app.web import saved_views
from tasks import events
from tests import make
from tests.web.hostile import MARK
from tests.web.samples.amendments import asked_otherwise
from tests.web.samples.floor import around, made
from tests.web.samples.keeping import begun, composed, defined_fields, told
from tests.web.samples.orders import sold
from tests.web.samples.parties import agreed, named
from tests.world import MORNING, World

SAMPLES = (named, agreed, sold, asked_otherwise, made, around, composed, begun, told, defined_fields)


async def settle_in(world: World) -> Actor:
    """Fill the world, and answer somebody with every right of every role."""
    for fill in SAMPLES:
        await fill(world)
    clock.move_to(MORNING + timedelta(hours=5))
    await sweep.sweep()
    clock.move_to(MORNING)
    await events.settle()
    everything = await make.user("omni", MARK, *world.roles.values())
    await saved_views.keep_view("sales_orders", MARK[:40], "state=draft", False, everything)
    return everything
