"""Measures one house in this process (server time through the application) and as a server; prints figures as JSON."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from app.config import settings
from app.core import clock, db, ids
from app.core.db import DB, commit
from app.insight import on_time as on_time_rate
from app.intake import inbound
from app.intake.many_pages import AT_ONCE, make_next
from app.intake.sources import records_in
from app.people.actors import HOUSE
from tasks.events import settle
from tests.bench.asking import Browser, keep_asking, sizes
from tests.bench.growing import WARM, p95
from tests.bench.visiting import Ordering, addresses, opened, seller
from tests.soak.server import Server

Work = Callable[[], Awaitable[Any]]


async def milliseconds_of(work: Work) -> float:
    began = perf_counter()
    await work()
    return (perf_counter() - began) * 1000


async def times(work: Work, rounds: int) -> list[float]:
    await work()
    return [await milliseconds_of(work) for _n in range(rounds)]


async def pages(browser: Browser, rounds: int) -> dict[str, float]:
    """p50 and p95 in ms of the order list in its filters, the order page, the customer with most orders, and search."""
    figures: dict[str, float] = {}
    for name, paths in (await addresses()).items():
        took = []
        for path in paths:
            for _n in range(WARM):
                await browser.get(path)
            took += [(await browser.get(path))[0] * 1000 for _n in range(rounds)]
        figures[f"{name}_p50"], figures[f"{name}_p95"] = median(took), p95(took)
    return figures


async def creating(rounds: int) -> dict[str, float]:
    """An order of three lines with all rules, and after each the engine's own durable commit: both meet the machine's same moments."""
    ordering = await Ordering.begun()

    async def bare(*, by: Any) -> None:
        await db.rows("update counters set last = last where id = 1")

    works: dict[str, Work] = {
        "create": ordering.once,
        "bare_commit": lambda: commit(bare, by=HOUSE),
    }
    found = [{name: await milliseconds_of(work) for name, work in works.items()} for _n in range(rounds + 1)]
    return {name: median(each[name] for each in found[1:]) for name in works}


async def importing(orders_in_file: int = 1000) -> dict[str, float]:
    """A file of so many orders of three lines: read, taken in beside its source, and all made as people make them at once."""
    by = await seller()
    items = await db.rows(
        "select code, usual_price_micro from items where kind = 'finished' and usual_price_unit = '千件' order by id"
    )
    customer = await db.value("select name from customers where code = 'HENGLI'")
    due, run = (clock.today() + timedelta(days=30)).isoformat(), ids.key()[:8]
    # An order like an earlier one is doubtful, and so is one of a tenth of what they usually order.
    before = 20_000 + await db.value("select count(*) from inbound_orders")
    rows = [
        f"{customer},BENCH-{run}-{n:04d},{item['code']},{before + n},件,"
        f"{item['usual_price_micro'] / 1e6:.2f},千件,{due}"
        for n in range(orders_in_file) for item in (items[(3 * n + i) % len(items)] for i in range(3))
    ]  # fmt: skip
    sheet = "\n".join(["客户,订单号,物料编码,数量,单位,单价,计价单位,交期", *rows]).encode()
    while (await make_next(AT_ONCE, False, by))[0]:
        pass  # what the house had waiting is not what is measured
    began, made = perf_counter(), 0
    found = await records_in("bench.csv", sheet)
    await commit(inbound.receive, found, "file", "bench.csv", sheet, by=by)
    while some := (await make_next(AT_ONCE, False, by))[0]:
        made += some
    assert made == orders_in_file, made
    return {"import_s": perf_counter() - began}


def processor() -> float:
    """Milliseconds for two million additions: figures of two runs are alike only where this is."""
    began, total = perf_counter(), 0
    while total < 2_000_000:
        total += 1
    return (perf_counter() - began) * 1000


async def on_time() -> dict[str, float]:
    until = clock.today().replace(day=1) - timedelta(days=1)
    since = on_time_rate.year_until(until)
    return {"on_time": median(await times(lambda: on_time_rate.by_month(since, until), 10))}


async def served(cookie: str) -> dict[str, float]:
    """As a server: pages per second for 8 clients, memory, and the time to stop with an open stream."""
    server = Server(settings.data_dir, settings.database_url)
    await server.start()
    assert server.process is not None
    async with httpx.AsyncClient(base_url=server.address, cookies={"session": cookie}, timeout=30) as client:
        await _at_rest(server.process.pid)
        ended = perf_counter() + 6
        clients = [keep_asking("127.0.0.1", server.port, "/orders", cookie, ended) for _n in range(8)]
        served_pages = sum(await asyncio.gather(*clients))
        async with client.stream("GET", "/events/stream?topics=customer:1") as stream:
            await anext(stream.aiter_bytes())
            memory = sum(map(_pss, _family(server.process.pid)))
            began = perf_counter()
            await server.end(signal.SIGTERM)
            stopped = perf_counter() - began
    return {"pages_per_second": served_pages / 6, "memory_mb": memory / 1024, "stop_s": stopped}


async def _at_rest(pid: int, seconds: int = 120) -> None:
    """Wait for the end of what a house does when it opens: what a night missed, alerts, what was left undelivered."""
    before = _worked(pid)
    for _second in range(seconds):
        await asyncio.sleep(1)
        now = _worked(pid)
        if now - before < 5:
            return
        before = now


async def _database_at_rest(seconds: int = 60) -> None:
    """PostgreSQL has written down what it was given before, and does not clean up after it; SQLite does nothing by itself."""
    if not db.on_postgres():
        return
    await db.rows("checkpoint")
    for _second in range(seconds):
        if not await db.value("select 1 from pg_stat_activity where backend_type = 'autovacuum worker'"):
            return
        await asyncio.sleep(1)


def _worked(pid: int) -> int:
    """Hundredths of a second of processor time of a server so far."""
    stats = [Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split() for each in _family(pid)]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for c in children for p in _family(int(c)))]


def _pss(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found.group(1)) if found else 0


async def main(rounds: int) -> dict[str, float]:
    browser, token = await opened()
    await _database_at_rest()
    figures = {
        **await pages(browser, rounds), **await creating(rounds * 3), **await on_time(),
        **await importing(), **await sizes(browser), "processor": median(processor() for _n in range(5)),
        "orders": float(await db.value("select count(*) from sales_orders")),
    }  # fmt: skip
    await settle()
    await _database_at_rest()
    await DB.close()
    return figures | await served(token)


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(asyncio.run(main(int(os.environ.get("BENCH_ROUNDS", "20"))))) + "\n")
