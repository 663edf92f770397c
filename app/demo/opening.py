"""What lay in the stores when the demo factory opened its books."""

from random import Random

from app.core import db
from app.people.actors import Actor
from app.stock import ledger, lots, places
from app.stock.ledger import MoveLine, Why


async def stock(chance: Random, *, by: Actor) -> None:
    """Wire by the coil, two coils of a heat; some finished goods."""
    start = await places.place(places.OPENING)
    stores = await db.rows("select id, code from bins where kind = 'store' order by id")
    wire, shelves = (
        [b["id"] for b in stores if b["code"][0] == "L"],
        [b["id"] for b in stores if b["code"][0] in "BC"],
    )
    lines = []
    for item in await db.rows("select id, kind, base_unit from items where kind <> 'service' order by id"):
        if item["kind"] == "raw":
            for coil in range(1, 4):
                lot = await lots.find_or_make(
                    item["id"],
                    f"2026-{coil:02d}{item['id']:03d}",
                    heat=f"26{item['id']:04d}{(coil + 1) // 2}",
                )
                lines.append(
                    MoveLine(
                        item["id"], lot.id, start, chance.choice(wire), chance.randrange(900, 2100) * 1000
                    )
                )
        elif chance.random() < 0.25:
            lot = await lots.find_or_make(item["id"], "OPEN", heat=f"25{item['id']:04d}1")
            lines.append(
                MoveLine(
                    item["id"], lot.id, start, chance.choice(shelves), chance.randrange(1, 60) * 1_000_000
                )
            )
    await ledger.post(Why.OPENING, ("house", 0), lines, by=by)
