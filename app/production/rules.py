"""What follows from the facts of a work order. Pure functions over plain values; quantities at 10⁻³."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.production.reasons import MORE_THAN_BEFORE, NOT_RELEASED, NOT_STARTED, OTHER_MACHINE
from app.production.states import COMPLETE, DONE, PAUSED, READY, RELEASED, RUNNING, WAITING

TOLERANCE = 102
"""Percent: weighing errs and zinc adds, so up to 2 % more out than in is normal."""


@dataclass(frozen=True)
class Step:
    """What is known of one operation; `closed` when a person called it done although less was made."""

    id: int
    state: str
    good_q: int
    scrap_q: int
    closed: bool = False


def states_of(steps: Sequence[Step], quantity_q: int, released: bool) -> dict[int, str]:
    """The state of each operation, in order of the route.

    Done: the whole quantity is good, or the step before is done and all it gave is reported here as good or scrap.
    Ready: the step before gave something. What runs or pauses goes on doing so.
    """
    states: dict[int, str] = {}
    before: Step | None = None
    for step in steps:
        state = _state(step, before, states, quantity_q, released)
        states[step.id] = state
        before = step
    return states


def _state(step: Step, before: Step | None, states: dict[int, str], quantity_q: int, released: bool) -> str:
    before_done = before is not None and states[before.id] == COMPLETE
    all_used = before_done and before is not None and 0 < before.good_q <= step.good_q + step.scrap_q
    if step.closed or step.good_q >= quantity_q or all_used:
        return COMPLETE
    if step.state == COMPLETE:
        return PAUSED if step.good_q or step.scrap_q else READY
    if step.state in (RUNNING, PAUSED):
        return step.state
    given = before is None or before_done or before.good_q > 0
    return READY if released and given else WAITING


def more_than(out_q: int, in_q: int) -> bool:
    """Whether more came out than went in, beyond what weighing explains."""
    return out_q * 100 > in_q * TOLERANCE


def collisions(
    work_order_state: str,
    started: bool,
    out_q: int,
    in_q: int | None,
    planned_machine: int | None,
    machine: int | None,
) -> tuple[str, ...]:
    """What of a report does not fit the books; `in_q` is what the step before gave (None for the first)."""
    found = []
    if in_q is not None and more_than(out_q, in_q):
        found.append(MORE_THAN_BEFORE)
    if not started:
        found.append(NOT_STARTED)
    if work_order_state not in (RELEASED, DONE):
        found.append(NOT_RELEASED)
    if planned_machine is not None and machine is not None and machine != planned_machine:
        found.append(OTHER_MACHINE)
    return tuple(found)
