"""How fast orders come in right: a long file, many rules, ten thousand open orders under watch, thousands of requests.

Measured in the small world of the tests, filled for each figure; prints the figures as JSON.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter
from typing import Any

from tests.houses import Houses  # first: it names the database before the application is imported

from app.alerts import rules, sweep  # isort: skip
from app.approvals import requests  # isort: skip
from app.core import clock, db  # isort: skip
from app.core.db import DB, commit  # isort: skip
from app.intake.readers import read  # isort: skip
from app.people.actors import HOUSE  # isort: skip
from tests import make  # isort: skip
from tests.alerts.test_speed import fill  # isort: skip
from tests.approvals.test_speed import FACTS, many  # isort: skip
from tests.browse import browser_of  # isort: skip
from tests.intake.readers.test_speed import long_order  # isort: skip
from tests.world import MORNING, SMALL_WORLD, World  # isort: skip


async def p50(work: Callable[[], Awaitable[Any]], rounds: int = 20) -> float:
    """Milliseconds."""
    await work()
    took = []
    for _n in range(rounds):
        began = perf_counter()
        await work()
        took.append((perf_counter() - began) * 1000)
    return median(took)


def reading() -> float:
    """Seconds for a file of 2,000 lines."""
    data = long_order(2000)
    began = perf_counter()
    assert len(read("o.xlsx", data).orders[0].lines) == 2000
    return perf_counter() - began


async def weighing(world: World) -> float:
    """Fifty rules on one order."""
    for n in range(50):
        conditions = (("amount_cny", ">", str(50_000 + n)), ("due_in_days", "<", "7"))
        await make.approval_rule(conditions, joined="or")

    async def ask() -> None:
        await requests.require("sales_order.confirm", ("sales_order", 1), "x", FACTS, {}, by=world.xiaolan)

    return await p50(ask)


async def page(by: Any, path: str) -> float:
    async with browser_of(by) as browser:

        async def get() -> None:
            assert (await browser.get(path)).status_code == 200

        return await p50(get)


async def sweeping() -> tuple[float, float]:
    """Seconds for 10,000 open orders: the first time, when thousands of alerts are raised, and later."""
    await commit(rules.plant_rules, by=HOUSE)
    took = []
    for _time in range(2):
        began = perf_counter()
        await sweep.sweep()
        took.append(perf_counter() - began)
    return took[0], took[1]


async def main() -> dict[str, float]:
    logging.disable(logging.WARNING)
    houses = Houses()
    clock.move_to(MORNING)
    figures = {"read_2000_lines_s": reading()}
    try:
        world = await houses.enter(SMALL_WORLD)
        figures["rules_ms"] = await weighing(world)
        await many(world, 5000)
        figures["inbox_ms"] = await page(world.chenzong, "/inbox")
        await DB.close()
        world = await houses.enter(SMALL_WORLD)
        await fill(world)
        figures["customer_ms"] = await page(world.xiaolan, f"/customers/{world.hengli.code}")
        figures["first_sweep_s"], figures["sweep_s"] = await sweeping()
        figures["open_orders"] = float(
            await db.value("select count(*) from sales_orders where state = 'confirmed'")
        )
        await DB.close()
    finally:
        houses.clear()
    return figures


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(asyncio.run(main())) + "\n")
