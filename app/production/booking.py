"""What every fact from the floor shares: finding its operation, locking the work order, naming all it is about, and
bringing states and kept sums of the work order in line afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalog.tables import Item, Machine
from app.core import clock, db
from app.core import states as machine_of_states
from app.core.quantities import shown
from app.core.refusals import UNKNOWN, Refused
from app.core.rows import get, locked
from app.core.text import digits
from app.events.log import Subject, record
from app.people.actors import Actor
from app.people.tables import Person
from app.production import events, rules, states
from app.production.tables import OperationReport, WorkOrder, WorkOrderOperation
from app.stock.demands import ORDER_LINE, WORK_ORDER


@dataclass(frozen=True)
class Booked:
    """A fact in the books. `flags` names what collided with them (`reasons.COLLISIONS`); empty when all fitted."""

    operation: WorkOrderOperation
    work_order: WorkOrder
    flags: tuple[str, ...] = ()
    report: OperationReport | None = None


@dataclass
class Job:
    """A locked work order with its operations in order of the route, and the one that is spoken of."""

    work_order: WorkOrder
    operations: list[WorkOrderOperation]
    operation: WorkOrderOperation
    item: Item

    @property
    def previous(self) -> WorkOrderOperation | None:
        at = self.operations.index(self.operation)
        return self.operations[at - 1] if at else None

    def facts(self) -> dict[str, Any]:
        """What every event of an operation says."""
        return {"number": self.work_order.number, "seq": self.operation.seq, "operation": self.operation.name}


async def job_of(reference: int | str) -> Job:
    """The operation `id` or `"WO20261208-0001/10"` with its work order, locked; Refused(UNKNOWN) if there is none."""
    found = await db.one(*_finding(reference))
    if found is None:
        raise Refused(UNKNOWN, "operation", given=str(reference)[:60])
    work_order = await locked(WorkOrder, WorkOrder.id == found["work_order"])
    operations = await operations_of(work_order.id)
    operation = next(o for o in operations if o.id == found["id"])
    return Job(work_order, operations, operation, await get(Item, Item.id == work_order.item))


def _finding(reference: int | str) -> tuple[Any, ...]:
    if isinstance(reference, int):
        return ("select id, work_order from work_order_operations where id = {}", reference)
    number, _, seq = reference.rpartition("/")
    return (
        "select o.id, o.work_order from work_order_operations o join work_orders w on w.id = o.work_order"
        " where w.number = {} and o.seq = {}",
        number[:40], digits(seq, 5) or 0,
    )  # fmt: skip


async def operations_of(work_order_id: int) -> list[WorkOrderOperation]:
    """In order of the route."""
    return (
        await WorkOrderOperation.objects()
        .where(WorkOrderOperation.work_order == work_order_id)
        .order_by(WorkOrderOperation.seq)
    )


async def machine_called(reference: str | int | None) -> Machine | None:
    """A machine by id or code; Refused(UNKNOWN) when there is none."""
    if reference is None or reference == "":
        return None
    by_id = isinstance(reference, int)
    found = (
        await Machine.objects()
        .where(Machine.id == reference if by_id else Machine.code == str(reference)[:60])
        .first()
    )
    if found is None:
        raise Refused(UNKNOWN, "machine", given=str(reference)[:60])
    return found


async def person_called(reference: str | int | None, by: Actor) -> int | None:
    """The person's id, by id or code; the actor's own without a reference."""
    if reference is None or reference == "":
        return by.person_id
    column = Person.id if isinstance(reference, int) else Person.code
    found = await Person.objects().where(column == reference).first()
    if found is None:
        raise Refused(UNKNOWN, "person", given=str(reference)[:60])
    return int(found.id)


async def about_work_order(work_order: WorkOrder) -> tuple[Subject, ...]:
    """All that an event of a work order is about: its item, the orders it is made for, their customers."""
    orders = await db.rows(
        'select distinct o.id, o.customer from demands d join sales_order_lines l on l.id = d.demand_id'
        ' join sales_orders o on o.id = l."order" where d.supply_kind = {} and d.supply_id = {} and d.demand_kind = {}',
        WORK_ORDER, work_order.id, ORDER_LINE,
    )  # fmt: skip
    return (
        ("item", work_order.item),
        *(("sales_order", o["id"]) for o in orders),
        *dict.fromkeys(("customer", o["customer"]) for o in orders),
    )


async def about_operation(
    job: Job, machine: int | None = None, person: int | None = None
) -> tuple[Subject, ...]:
    """As about_work_order, with the work order itself, the machine and the person."""
    machine = machine or job.operation.runs_on or job.operation.machine
    return (
        (WORK_ORDER, job.work_order.id), *await about_work_order(job.work_order),
        *((("machine", machine),) if machine else ()), *((("person", person),) if person else ()),
    )  # fmt: skip


async def settle(job: Job, at: datetime, *, by: Actor) -> None:
    """After a fact: states of all operations, kept sums and state of the work order, and the events of what is now done."""
    work_order = job.work_order
    steps = [rules.Step(o.id, o.state, o.good_q, o.scrap_q, o.closed) for o in job.operations]
    released = work_order.state in (states.RELEASED, states.HELD, states.DONE)
    after = rules.states_of(steps, work_order.quantity_q, released)
    for operation in job.operations:
        await _take_state(job, operation, after[operation.id], at, by=by)
    await _keep_sums(work_order, job.operations)
    await _take_end(job, at, by=by)


async def _take_state(
    job: Job, operation: WorkOrderOperation, state: str, at: datetime, *, by: Actor
) -> None:
    if operation.state == state:
        return
    done_at = at if state == states.COMPLETE else None
    await db.rows(
        "update work_order_operations set state = {}, done_at = {}, version = version + 1 where id = {}",
        state,
        done_at,
        operation.id,
    )
    operation.state, operation.done_at, operation.version = state, done_at, operation.version + 1
    if state == states.COMPLETE:
        facts = {"number": job.work_order.number, "seq": operation.seq, "operation": operation.name}
        about = await about_operation(job, operation.runs_on)
        await record(
            events.OperationFinished(subject=("operation", operation.id), also=about, **facts),
            by=by,
            happened_at=at,
        )


async def _keep_sums(work_order: WorkOrder, operations: Sequence[WorkOrderOperation]) -> None:
    done_q, scrap_q = operations[-1].good_q, sum(o.scrap_q for o in operations)
    await db.rows(
        "update work_orders set done_q = {}, scrap_q = {} where id = {}", done_q, scrap_q, work_order.id
    )
    work_order.done_q, work_order.scrap_q = done_q, scrap_q


async def _take_end(job: Job, at: datetime, *, by: Actor) -> None:
    """The work order is finished with its last operation, and opened again when that is taken back."""
    work_order, last = job.work_order, job.operations[-1]
    complete = last.state == states.COMPLETE
    if complete == (work_order.state == states.DONE):
        return
    await machine_of_states.move(work_order, states.MOVES, "finish" if complete else "reopen", states.LOOKS)
    work_order.finished_at = at if complete else None
    await db.rows(
        "update work_orders set finished_at = {} where id = {}", work_order.finished_at, work_order.id
    )
    subject, about = (WORK_ORDER, work_order.id), await about_work_order(work_order)
    event: events.WorkOrderEvent
    if complete:
        event = events.WorkOrderFinished(
            subject=subject,
            also=about,
            number=work_order.number,
            done=shown(work_order.done_q),
            unit=job.item.label,
        )
    else:
        event = events.WorkOrderReopened(subject=subject, also=about, number=work_order.number)
    await record(event, by=by, happened_at=at)


def moment_of(happened_at: datetime | None) -> datetime:
    """When a fact happened; never in the future, because a device's clock may run ahead."""
    now = clock.now()
    return min(happened_at, now) if happened_at else now
