"""How much dearer things are in a large house than in a small one: both are open, and asked in turn.

A machine that others use too has slow seconds; figures of two houses can be compared where both met the same ones.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from app.config import ROOT

WARM = 6
"""A server runs for weeks: PostgreSQL plans a statement five times before it keeps the plan."""
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "20")) * 3
Figure = Callable[[list[float]], float]


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


GROWING: tuple[tuple[str, str, Figure], ...] = (
    ("list_p50", "list", median), ("list_p95", "list", p95), ("order_p50", "order", median), ("customer_p50", "customer", median),
    ("palette_p95", "palette", p95), ("search_p95", "search", p95), ("create", "create", median),
)  # fmt: skip


class House:
    """An open house in a process of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.answering"], env=environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.offered: dict[str, int] = self._heard()

    def took(self, name: str, nth: int) -> float:
        """Milliseconds that this took."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([name, nth]) + "\n")
        self.process.stdin.flush()
        milliseconds: float = self._heard()
        return milliseconds

    def leave(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0, self.process.returncode

    def _heard(self) -> Any:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("= "):
                return json.loads(line[2:])
        raise EOFError("the house was left before it answered")


def grown(small: dict[str, str], large: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Each figure in the small house and in the large one."""
    houses = [House(small), House(large)]
    took = {name: _in_turn(houses, name, n) for name, n in houses[0].offered.items()}
    for house in houses:
        house.leave()
    return {figure: (of(took[name][0]), of(took[name][1])) for figure, name, of in GROWING}


def _in_turn(houses: list[House], name: str, n: int) -> list[list[float]]:
    found: list[list[float]] = [[] for _house in houses]
    for nth in range(n):
        for turn in range(-WARM, ROUNDS):
            for house, values in zip(houses, found, strict=True):
                milliseconds = house.took(name, nth)
                if turn >= 0:
                    values.append(milliseconds)
    return found
