"""Builds the houses that are missing (BENCH_DIR, var/bench by default), measures each, prints figures beside targets.

BENCH_ORDERS (10000,100000) are the sizes; BENCH_POSTGRES_URL adds PostgreSQL (`make bench` starts one). Each house is measured
BENCH_TIMES (3) times and the middle figure counts: a machine that others use too has slow minutes. Growth is measured of two
houses that are open at once and asked in turn.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from app.config import ROOT
from tests.bench.growing import grown

SIZES = tuple(int(n) for n in os.environ.get("BENCH_ORDERS", "10000,100000").split(","))
FOLDER = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench"))
TIMES = int(os.environ.get("BENCH_TIMES", "3"))
POSTGRES = os.environ.get("BENCH_POSTGRES_URL", "")
TARGETS = (
    ("list_p50", "Order list p50, ms", 10), ("list_p95", "Order list p95, ms", 40), ("order_p50", "Order page p50, ms", 10),
    ("order_p95", "Order page p95, ms", 40), ("customer_p50", "Customer page of the most orders p50, ms", 50),
    ("search_p95", "Search in the list p95, ms", 30),
    ("palette_p95", "Search in the palette p95, ms", 30), ("create_more", "Create an order over a bare commit, ms", 5),
    ("import_s", "1,000 orders imported, s", 5), ("on_time", "On-time rate of 12 months, ms", 40),
    ("pages_per_second", "Pages per second, 8 clients", -200),
    ("memory_mb", "Web and worker, MB", 200), ("stop_s", "Stop with an open stream, s", 1),
    ("office_html_kb", "Order list HTML, kB gz", 40), ("office_css_kb", "Office CSS, kB gz", 14), ("office_js_kb", "Office JS, kB gz", 35),
    ("floor_html_kb", "Floor HTML, kB gz", 8), ("floor_css_kb", "Floor CSS, kB gz", 10), ("floor_js_kb", "Floor JS at load, kB gz", 30),
)  # fmt: skip


House = tuple[str, int]
"""Engine and number of orders."""
GROWTH = 1.3


def house(engine: str, orders: int) -> dict[str, str]:
    """The environment of one house, built when it is not there."""
    data = FOLDER / f"{engine}-{orders}"
    environment = {
        **os.environ,
        "DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
        "ZHUNJIAO_ENV": "production",
    }
    environment["DATABASE_URL"] = (
        _database(orders) if engine == "postgres" else f"sqlite:///{data / 'zhunjiao.sqlite'}"
    )
    if not (data / "built").exists():
        print(f"building {engine} with {orders:,} orders …", flush=True)
        subprocess.run(
            [sys.executable, "-m", "app.cli", "demo", "--orders", str(orders)],
            env=environment,
            cwd=ROOT,
            check=True,
        )
        (data / "built").touch()
    else:
        migrating = [sys.executable, "-m", "app.cli", "migrate"]
        subprocess.run(migrating, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return environment


def _database(orders: int) -> str:
    import asyncpg

    base, name = POSTGRES.rsplit("/", 1)[0], f"zhunjiao_bench_{orders}"

    async def make() -> None:
        """The server may be a new one: what stands in the folder was built on another."""
        admin, built = await asyncpg.connect(dsn=f"{base}/postgres"), FOLDER / f"postgres-{orders}" / "built"
        there = await admin.fetchval("select 1 from pg_database where datname = $1", name)
        if not (there and built.exists()):
            built.unlink(missing_ok=True)
            await admin.execute(f"drop database if exists {name}")
            await admin.execute(f"create database {name}")
        await admin.close()

    asyncio.run(make())
    return f"{base}/{name}"


ENTERING = (
    ("read_2000_lines_s", "File of 2,000 lines read, s", 2), ("rules_ms", "50 rules on an order, ms", 5),
    ("inbox_ms", "Inbox with 5,000 requests, ms", 50), ("customer_ms", "Customer with 10,000 orders, ms", 50),
    ("first_sweep_s", "First alerts of 10,000 open orders, s", 6), ("sweep_s", "Alerts of 10,000 open orders, s", 2),
)  # fmt: skip


def entering(engine: str) -> dict[str, float]:
    """How fast orders come in right, in worlds of their own."""
    url = {"DATABASE_URL": POSTGRES} if engine == "postgres" else {}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return _figures("tests.bench.entering", {**kept, "PYTHONPATH": str(ROOT), **url})


def measured(houses: dict[House, dict[str, str]]) -> dict[House, dict[str, float]]:
    """Of each house the middle of each figure."""
    rounds = [{which: _measured(environment) for which, environment in houses.items()} for _n in range(TIMES)]
    return {
        which: {name: median(each[which][name] for each in rounds) for name in rounds[0][which]}
        for which in houses
    }


def _measured(environment: dict[str, str]) -> dict[str, float]:
    os.sync()  # what was built or written before is not written meanwhile
    figures = _figures("tests.bench.measure", environment)
    return {**figures, "create_more": figures["create"] - figures["bare_commit"]}


def _figures(module: str, environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", module]
    out = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(out.stdout.decode().strip().splitlines()[-1])
    return found


def main() -> int:
    engines = ["sqlite", *(["postgres"] if POSTGRES else [])]
    entered = {e: entering(e) for e in engines}
    missed = table({e: entered[e] for e in engines}, ENTERING)
    houses = {(e, n): house(e, n) for e in engines for n in SIZES}
    found = measured(houses)
    missed += table({f"{e} {n // 1000}k": figures for (e, n), figures in found.items()}, TARGETS)
    missed += sum(growth(houses, engine) for engine in engines)
    print(
        "two million additions took, ms: "
        + ", ".join(f"{figures['processor']:.0f}" for figures in found.values())
    )
    return 1 if missed else 0


def table(columns: dict[str, dict[str, float]], targets: Sequence[tuple[str, str, int]]) -> int:
    """Print figures side by side with their targets (a negative one is a least); how many rows miss theirs."""
    print(f"\n{'':<42}" + "".join(f"{head:>15}" for head in columns) + f"{'target':>10}")
    missed = 0
    for key, label, target in targets:
        cells = [figures[key] for figures in columns.values()]
        wrong = [c > target if target > 0 else c < -target for c in cells]
        missed += any(wrong)
        shown = "".join(f"{c:>14.1f}{'!' if w else ' '}" for c, w in zip(cells, wrong, strict=True))
        print(f"{label:<42}{shown}{'≤' if target > 0 else '≥'}{abs(target):>9}")
    return missed


def growth(houses: dict[House, dict[str, str]], engine: str) -> int:
    """Print how much dearer things are in the largest house than in the smallest; how many are above the limit."""
    found = grown(houses[engine, SIZES[0]], houses[engine, SIZES[-1]])
    times = {name: large / small for name, (small, large) in found.items()}
    print(f"\ncost from {SIZES[0]:,} to {SIZES[-1]:,} orders on {engine}, asked in turn (≤ {GROWTH} ×)")
    for name, (small, large) in found.items():
        print(
            f"{name:<42}{small:>14.1f} {large:>14.1f} {times[name]:>14.2f}{'!' if times[name] > GROWTH else ''}"
        )
    return sum(ratio > GROWTH for ratio in times.values())


if __name__ == "__main__":
    sys.exit(main())
