"""Speed and quality of the engine: `python -m tests.bench.planning [folder of fjsp files]`.

The folder may hold flexible job shops as `*.txt`, machines counted from 0, and beside them `best_known.json`:
`[{"name": …, "optimum": 40 or null, "bounds": {"upper": …}}, …]`.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time
from typing import TypeVar

from app.planning.engine import Job, Operation, Plan, decode, order_of, plan, promise
from tests.planning.engine.factory import factory
from tests.planning.engine.fjsp import read_fjsp

T = TypeVar("T")


def main(folder: Path | None = None) -> None:
    """Print the p50 of each step on 1,000 operations and 20 machines, and the mean gap to best known."""
    problem = factory(orders=200, load=1.0)
    made, seconds = _p50(lambda: plan(problem), 3)
    order = order_of(problem, made.schedule)
    _, decoding = _p50(lambda: decode(problem, order), 5)
    steps = tuple(Operation(f"new/{i}", o.durations) for i, o in enumerate(problem.jobs[50].operations))
    _, promising = _p50(lambda: promise(problem, made.schedule, Job("new", steps)), 5)
    print(f"planning: {len(problem.operation)} operations, {len(problem.machines)} machines")
    print(f"  plan     {seconds}   (limit 2 s)   {_quality(made)}")
    print(f"  decode   {decoding}")
    print(f"  promise  {promising}")
    if folder:
        _gaps(folder)


def _p50(call: Callable[[], T], times: int) -> tuple[T, str]:
    seconds = []
    for _ in range(times):
        start = perf_counter(), process_time()
        answer = call()
        seconds.append((perf_counter() - start[0], process_time() - start[1]))
    wall, cpu = (median(column) for column in zip(*seconds, strict=True))
    return answer, f"p50 {wall:7.3f} s, cpu {cpu:7.3f} s"


def _quality(made: Plan) -> str:
    before, after = made.baseline_score, made.score
    hours = f"{before.weighted_tardiness / 60:,.0f} → {after.weighted_tardiness / 60:,.0f} weighted h late"
    return f"by due date {before.on_time_rate:.1%} on time → {after.on_time_rate:.1%}, {hours}"


def _gaps(folder: Path) -> None:
    entries = json.loads((folder / "best_known.json").read_text())
    known = {entry["name"]: entry["optimum"] or entry["bounds"]["upper"] for entry in entries}
    gaps = []
    for path in sorted(folder.glob("*.txt")):
        span = plan(read_fjsp(path.read_text())).score.makespan
        gaps.append(span / known[path.stem] - 1)
        print(f"  {path.stem}  {span}  {gaps[-1]:+.1%}")
    print(f"  mean gap to best known {mean(gaps):.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
