"""From the engine's minutes to instants and names: what is stored of a plan, so that it can be read for ever."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.planning.engine import Problem, Score
from app.planning.engine.explain import Lateness
from app.planning.engine.planner import Plan
from app.planning.problem import Labels

_MINUTES = ("until", "since", "at")
SlotRow = tuple[int, int, datetime, datetime, datetime, list[dict[str, Any]]]
"""Operation id, machine id, setup start, start, end, reasons."""


class Reader:
    """Reads one plan in the words of one question."""

    def __init__(self, problem: Problem, labels: Labels) -> None:
        self._start, self._labels = problem.start, labels

    def instant(self, minute: int) -> datetime:
        return self._start + timedelta(minutes=minute)

    def slots(self, plan: Plan) -> list[SlotRow]:
        """The slots in order of start, each with its reasons as {code, facts}."""
        return [
            (
                int(s.operation), self._labels.machine_ids[s.machine], self.instant(s.setup_start), self.instant(s.start),
                self.instant(s.end), [{"code": str(r.code), **self._facts(r.facts)} for r in s.why],
            )
            for s in plan.schedule.slots
        ]  # fmt: skip

    def late(self, plan: Plan) -> list[dict[str, Any]]:
        """The late work orders, the latest first."""
        found = sorted(plan.reasons.values(), key=lambda lateness: -lateness.late)
        return [self._lateness(lateness) for lateness in found]

    def _lateness(self, lateness: Lateness) -> dict[str, Any]:
        return {
            "work_order": self._labels.work_orders[int(lateness.job)], "minutes_late": lateness.late,
            "finish": self.instant(lateness.finish).isoformat(), "where": {str(k): v for k, v in lateness.minutes.items()},
            "chain": [
                {"operation": self._labels.operations[int(link.operation)], "machine": self._machine(link.machine),
                 "start": self.instant(link.start).isoformat(), "end": self.instant(link.end).isoformat(), "code": str(link.code)}
                for link in lateness.chain
            ],
        }  # fmt: skip

    def _machine(self, code: str) -> str:
        return self._labels.machines.get(code, code)

    def _facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, value in facts.items():
            if name in _MINUTES:
                told[name] = self.instant(value).isoformat()
            elif name in ("by", "next"):
                told[name] = self._labels.operations.get(value, str(value))
            elif name == "job":
                told[name] = self._labels.work_orders.get(value, str(value))
            elif name == "others":
                told[name] = {
                    self._machine(code): self.instant(end).isoformat() for code, end in value.items()
                }
            else:
                told[name] = value
        return told


def figures(score: Score) -> dict[str, Any]:
    """A score as plain figures; `on_time` in whole percent."""
    return {
        "on_time": round(score.on_time_rate * 100), "late": score.late, "jobs": score.jobs, "setup": score.setup,
        "makespan": score.makespan, "weighted_tardiness": round(score.weighted_tardiness), "cost": round(score.cost),
    }  # fmt: skip
