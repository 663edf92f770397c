"""Five weeks in the demo factory, day by day, through the verbs that people use: ordered, made, delivered, paid."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from app.alerts import sweep
from app.approvals import deciding
from app.billing import receipts
from app.billing.receipts import NewReceipt
from app.config import settings
from app.core import clock, db
from app.core.db import commit
from app.delivery import notes, picking
from app.demo import door, names, opening
from app.people import logins
from app.people.actors import HOUSE, Actor
from app.planning import schedules
from app.production import operations, reports, work_orders
from app.production import receipts as stores
from app.sales import orders
from app.sales.orders import NewLine, NewOrder

ORDERS, DAYS, FRESH = 40, 34, 8
APPROVED_FROM = 5_000_000  # fen: what the approval rule asks about


@dataclass
class Job:
    """One work order on its way: what is still to be reported, in order of the route."""

    number: str
    quantity_q: int
    steps: list[tuple[int, str]]  # operation id, work center code
    begun: bool = False


@dataclass
class Story:
    """One customer order, from the day it is written (counted back from today)."""

    customer: str
    begins: int
    lead: int
    pace: int  # working days before the next operation is reported
    large: bool = False  # so large that the boss is asked
    number: str = ""
    asked: bool = False
    confirmed: bool = False
    jobs: list[Job] = field(default_factory=list)
    made: bool = False
    stored: bool = True  # nothing of it still stands at the packing table
    note: str = ""
    paid: bool = False


class Factory:
    """The people at work and the stories they are working on."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.people: dict[str, Actor] = {}
        self.machines: dict[str, list[str]] = {}
        self.bins: list[int] = []
        self.workers: list[int] = []
        self.stories: list[Story] = []
        self.busy: set[str] = set()  # machines at work this morning
        self.ago = DAYS

    async def come_in(self) -> None:
        """Everybody to their place, and what will be ordered when."""
        for login, *_ in names.USERS:
            user = await db.value("select id from users where login = {}", login)
            actor = await logins.actor_of_user(user)
            assert actor is not None
            self.people[login] = actor
        for row in await db.rows(
            "select m.code, w.code as center from machines m join work_centers w on w.id = m.work_center order by m.id"
        ):
            self.machines.setdefault(row["center"], []).append(row["code"])
        self.bins = [
            b["id"]
            for b in await db.rows("select id from bins where kind = 'store' and code like 'A-%' order by id")
        ]
        self.workers = [
            p["id"]
            for p in await db.rows("select p.id from people p join teams t on t.id = p.team order by p.id")
        ]
        customers = [c["code"] for c in await db.rows("select code from customers order by id")]
        for n in range(ORDERS):
            begins = working_day(max(2, DAYS - n * DAYS // ORDERS))
            customer = customers[n % 8] if n % 3 else self.chance.choice(customers)
            lead = self.chance.choice((6, 9, 12, 14, 16, 18, 20, 24))
            pace, large = self.chance.choice((1, 1, 2)), n in (ORDERS - 6, ORDERS - 4)
            self.stories.append(Story(customer, begins, lead, pace, large))
        for n in range(FRESH):
            self.stories.append(Story(customers[n], n % 2, 5 + 3 * n, 1))

    async def day(self, ago: int) -> None:
        """One working day: first what people do together, then the orders that need the boss."""
        await commit(self._work, ago, by=HOUSE)
        for story in self.stories:
            if story.number and not story.confirmed and not story.asked and story.begins > max(ago, 1):
                await self._confirm_with_approval(story)

    async def _work(self, ago: int, *, by: Actor) -> None:
        self.ago = ago
        for story in self.stories:
            if story.begins == ago:
                await self._order(story)
            elif story.begins > ago and story.confirmed and not story.paid:
                await self._go_on(story, story.begins - ago)

    async def _order(self, story: Story) -> None:
        known = await db.rows(
            "select ci.code, i.usual_price_micro, i.unit_label from customer_items ci join items i on i.id = ci.item"
            " join customers c on c.id = ci.customer where c.code = {} order by ci.id",
            story.customer,
        )
        currency = await db.value("select currency from customers where code = {}", story.customer)
        rate = {"CNY": 1.0, "USD": 7.12, "EUR": 7.76}[currency]
        lines = [
            NewLine(
                customer_item=k["code"], quantity=str(self.chance.choice((400, 600) if story.large else (10, 20, 30, 50, 80, 120))),
                unit="千件",
                unit_price=f"{max(1.0, k['usual_price_micro'] / 1e6 / rate * self.chance.uniform(0.97, 1.05)):.2f}", price_unit="千件",
            ) for k in self.chance.sample(known, self.chance.choice((1, 1, 2, 3)))
        ]  # fmt: skip
        due = clock.today() + timedelta(days=story.lead)
        number = f"PO-{clock.today():%y%m}{self.chance.randrange(1000):03d}"
        custom = {"rush": "特急" if story.lead <= 6 else "加急" if story.lead <= 9 else "普通"}
        new = NewOrder(
            customer=story.customer, lines=lines, due_date=due, customer_order_number=number, custom=custom
        )
        order = await orders.create(new, by=self.people["xiaolan"])
        story.number = order.number
        if story.begins > 1 and order.gross_cny <= APPROVED_FROM:
            await orders.confirm(order.number, by=self.people["xiaolan"])
            story.confirmed = True
        elif story.begins == 1 and self.chance.random() < 0.6:
            await orders.submit(order.number, by=self.people["xiaolan"])

    async def _confirm_with_approval(self, story: Story) -> None:
        if await db.value("select state from sales_orders where number = {}", story.number) not in (
            "draft",
            "submitted",
        ):
            return
        held = await commit(orders.confirm, story.number, by=self.people["xiaolan"])
        story.asked = True
        if held.deferred and story.begins > 6:
            await commit(deciding.approve, held.value.number, "同意", by=self.people["chenzong"])
        story.confirmed = not held.deferred or story.begins > 6

    async def _go_on(self, story: Story, age: int) -> None:
        """What a day brings: work orders, one operation each, goods into the store, to the customer, the money."""
        if not story.jobs and not story.made:
            await self._make(story)
        elif story.jobs:
            if age % story.pace == 0:
                for job in story.jobs:
                    await self._make_progress(story, job)
                story.jobs = [j for j in story.jobs if j.steps]
                story.made = not story.jobs
        elif not story.note:
            if story.stored and not 0 < self.ago < 4:  # what was ready these days goes out this morning
                await self._deliver(story)
        elif age > 22:
            await self._pay(story)

    async def _make_progress(self, story: Story, job: Job) -> None:
        """A step a day; what is new stays for the last two days, so that this morning finds it at the first machine."""
        if not self.ago:
            await self._begin(job)
        elif self.ago > 2 or job.begun:
            await self._report(story, job)

    async def _make(self, story: Story) -> None:
        for made in await work_orders.make_for_order(story.number, by=self.people["liuyang"]):
            await work_orders.release(made.number, by=self.people["liuyang"])
            steps = await db.rows(
                "select o.id, w.code from work_order_operations o join work_centers w on w.id = o.work_center"
                " where o.work_order = {} order by o.seq",
                made.id,
            )
            story.jobs.append(Job(made.number, made.quantity_q, [(s["id"], s["code"]) for s in steps]))

    async def _report(self, story: Story, job: Job) -> None:
        operation, center = job.steps.pop(0)
        job.begun = True
        who, machine = self.chance.choice(self.workers), self.chance.choice(self.machines[center])
        by = self.people["tiejun"]
        began = clock.now() - timedelta(hours=5)
        await operations.start(operation, machine=machine, person=who, happened_at=began, by=by)
        lost = self.chance.choice((0, 0, 0, 5, 12, 20)) if center in ("HEAD", "ROLL", "CNC") else 0
        scrap = [{"reason": "setup", "quantity": str(lost), "unit": "件"}] if lost else []
        await reports.report(operation, str(job.quantity_q // 1000), "件", scrap=scrap, person=who, by=by)
        if job.steps:
            return
        if self.ago == 1 and story.stored:
            story.stored = False
        else:
            await stores.receive(
                job.number, job.quantity_q, self.chance.choice(self.bins), by=self.people["xiuying"]
            )

    async def _begin(self, job: Job) -> None:
        """What runs this morning: about a third is reported, where one of the first machines is free for it."""
        operation, center = job.steps[0]
        free = [code for code in self.machines[center][:4] if code not in self.busy]
        third = job.quantity_q // 3_000_000 * 1000
        if not free or not third:
            return
        self.busy.add(free[0])
        who, by = self.chance.choice(self.workers), self.people["tiejun"]
        began = clock.now() - timedelta(hours=3)
        await operations.start(operation, machine=free[0], person=who, happened_at=began, by=by)
        await reports.report(operation, str(third), "件", person=who, by=by)

    async def _deliver(self, story: Story) -> None:
        """The goods leave; the notes of today are written and wait to be picked."""
        by = self.people["xiuying"]
        note = await notes.create(story.number, by=by)
        story.note = note.number
        if not self.ago:
            return
        for line_no, proposed in (await self._proposed(note.id)).items():
            for lot, bin_, quantity_q in proposed:
                await picking.pick(note.number, line_no, lot, bin_, quantity_q, by=by)
        await notes.post(note.number, by=by)

    async def _proposed(self, note_id: int) -> dict[int, list[tuple[int, int, int]]]:
        """For each line the goods that were made for it: lot, bin and quantity."""
        found = await db.rows(
            "select n.line_no, b.lot, b.bin, n.quantity_q from delivery_note_lines n join demands d"
            " on d.demand_kind = 'sales_order_line' and d.demand_id = n.order_line and d.supply_kind = 'work_order'"
            " join work_orders w on w.id = d.supply_id join stock_balances b on b.lot = w.lot and b.quantity_q >= n.quantity_q"
            " join bins p on p.id = b.bin and p.kind = 'store' where n.note = {} order by n.line_no",
            note_id,
        )
        return {r["line_no"]: [(r["lot"], r["bin"], r["quantity_q"])] for r in found}

    async def _pay(self, story: Story) -> None:
        open_ = await db.rows(
            'select r.number, r.amount, r.currency, c.code from receivables r join sales_orders o on o.id = r."order"'
            " join customers c on c.id = r.customer where o.number = {} and r.matched = 0",
            story.number,
        )
        for each in open_:
            new = NewReceipt(
                customer=each["code"],
                amount=each["amount"],
                received_on=clock.today(),
                currency=each["currency"],
            )
            receipt = await receipts.make(new, by=self.people["zhoumin"])
            await receipts.allocate(
                receipt.number, {each["number"]: each["amount"]}, by=self.people["zhoumin"]
            )
        story.paid = bool(open_)


def working_day(ago: int, today: date | None = None) -> int:
    """That many days ago, or the day before when it was a Sunday."""
    return ago + 1 if ((today or clock.today()) - timedelta(days=ago)).weekday() == 6 else ago


async def live(chance: Random) -> None:
    """Five weeks up to this morning, then the schedule for what lies ahead."""
    from app.demo import agreed
    from tasks import events

    factory, today = Factory(chance), clock.today()
    await factory.come_in()
    for ago in range(DAYS, -1, -1):
        morning = datetime.combine(today - timedelta(days=ago), time(9, 30), settings.zone).astimezone(UTC)
        if morning.astimezone(settings.zone).weekday() == 6 and 0 < ago < DAYS:
            continue
        with clock.at(min(morning, clock.real_now())):
            if ago == DAYS:
                await commit(opening.stock, chance, by=HOUSE)
            await factory.day(ago)
            await agreed.day(factory, ago, today)
            await events.settle()
    schedule = await schedules.run(by=factory.people["liuyang"], patience=120)
    await commit(schedules.publish, schedule.number, by=factory.people["liuyang"])
    await door.morning(factory.people["xiaolan"])
    await sweep.sweep()
    await events.settle()
