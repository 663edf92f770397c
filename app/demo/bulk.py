"""Very many orders, written by columns, for measuring: as if the factory had worked for years before today.

Each has lines, schedules, its delivery note with picks and ledger moves, its receivable and receipt, its events with
links and its search text, so that every recount accepts the house.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from app.billing.tables import Allocation, Receipt, Receivable
from app.core import clock, db
from app.core.db import DB
from app.core.grams import grams_of, spelled
from app.core.money import Money
from app.core.tables import SearchText
from app.core.text import searchable
from app.delivery.tables import DeliveryNote, DeliveryNoteLine, Pick
from app.demo.columns import Sheaf, copy
from app.events.tables import EventLink, EventRow
from app.sales.tables import DeliverySchedule, SalesOrder, SalesOrderLine
from app.stock.places import OPENING, of_customer, place
from app.stock.tables import Lot, Move, Posting

BATCH = 5000
SPREAD = 730  # days before today
EVENTS, MANY_EVENTS, EVERY = 10, 200, 1000
TABLES = (
    SalesOrder, SalesOrderLine, DeliverySchedule, Posting, DeliveryNote, DeliveryNoteLine, Pick, Move, Receivable, Receipt,
    Allocation, EventRow, EventLink, SearchText,
)  # fmt: skip


class Writer:
    """The sheaves of one bulk, the counters and balances it moves, and the masters it points to."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.sheaf: dict[type, Sheaf] = {}
        self.counters: dict[str, int] = {}
        self.gone: dict[tuple[int, int], int] = {}  # (item, lot) → what was delivered
        self.there: dict[tuple[int, int, int], int] = {}  # (item, lot, place of the customer) → the same
        self.grams: list[tuple[Any, ...]] = []
        self.today = clock.today()

    async def begin(self) -> None:
        for table in TABLES:
            self.sheaf[table] = await Sheaf(table).begin()
        self.position = int(await db.value("select coalesce(max(position), 0) from events"))
        self.counters = {r["key"]: r["last"] for r in await db.rows("select key, last from counters")}
        self.customers = await db.rows(
            "select id, code, name, short_name from customers where currency = 'CNY' order by id"
        )
        self.items = await db.rows(
            "select id, code, name, spec, usual_price_micro as price from items where kind = 'finished' order by id"
        )
        (self.seller,) = await db.rows(
            "select p.id, p.name, u.id as user_id from users u join people p on p.id = u.person where u.login = 'xiaolan'"
        )
        self.bin = int(await db.value("select id from bins where kind = 'store' order by id limit 1"))
        self.opening = await place(OPENING)
        async with DB.transaction():
            self.outside = {c["id"]: await of_customer(c["id"]) for c in self.customers}
        lots = await Sheaf(Lot).begin()
        now = clock.now()
        self.lots = {
            i["id"]: lots.add(item=i["id"], number=f"BULK-{now:%Y%m%d%H%M%S}", made_at=now)
            for i in self.items
        }
        async with DB.transaction():
            await lots.write()
            await lots.end()

    def number(self, prefix: str, day: date) -> str:
        key = f"{prefix}:{day:%Y%m%d}"
        self.counters[key] = self.counters.get(key, 0) + 1
        return f"{prefix}{day:%Y%m%d}-{self.counters[key]:04d}"

    def order(self) -> None:
        """One order with everything that happened to it since."""
        chance, ordered = self.chance, self.today - timedelta(days=self.chance.randrange(SPREAD))
        due = ordered + timedelta(days=chance.randrange(10, 40))
        customer = chance.choice(self.customers)
        old = (self.today - ordered).days
        state = self._state(old)
        delivered = min(due + timedelta(days=chance.choice((-3, -1, 0, 0, 0, 2, 5))), self.today)
        full = state == "closed" or (state == "confirmed" and old > 30 and chance.random() < 0.6)
        lines = [
            self._line(item, full) for item in chance.sample(self.items, chance.choice((1, 2, 3, 3, 4, 5)))
        ]
        gross, quantity = sum(x["gross"] for x in lines), sum(x["quantity_q"] for x in lines)
        number, made = self.number("SO", ordered), _moment(ordered, 9)
        theirs = f"PO{chance.randrange(10**7):07d}"
        id_ = self.sheaf[SalesOrder].add(
            number=number, customer=customer["id"], customer_name=customer["name"], customer_order_number=theirs, state=state,
            currency="CNY", tax_included=True, trade_term="含税送到", rate_micro=1_000_000, net=sum(x["net"] for x in lines),
            tax=sum(x["tax"] for x in lines), gross=gross, gross_cny=gross, order_date=ordered, due_date=due,
            promised_date=due if state != "draft" else None, first_item=lines[0]["title"], line_count=len(lines),
            ordered_q=quantity, delivered_q=quantity if full else 0, open_lines=0 if full else len(lines),
            delivered_on=delivered if full else None, invoiced=gross if full else 0,
            received=gross if state == "closed" else 0, salesperson=self.seller["id"], made_at=made,
            confirmed_at=None if state == "draft" else made, closed_at=_moment(delivered, 17) if state == "closed" else None,
        )  # fmt: skip
        written = [(self._write_line(id_, no, line, due), line) for no, line in enumerate(lines, 1)]
        about = (("sales_order", id_), ("customer", customer["id"]))
        shown = Money(gross).shown()
        self._event("sales_order.created", about, made, number=number, lines=len(lines), amount=shown)
        if state != "draft":
            facts = {"amount": shown, "amount_cny": str(gross / 100), "due_date": due.isoformat()}
            self._event("sales_order.confirmed", about, made, number=number, **facts)
        if full:
            self._deliver(id_, number, customer, written, delivered, gross, state == "closed", about)
        self._edits(id_, number, about, made)
        words = [w for _id, x in written for w in (x["code"], x["title"])]
        self._found_by("sales_order", id_, number, theirs, *_names(customer), *words)

    def _state(self, old: int) -> str:
        """Where an order of so many days ago stands: most that are two months old are closed."""
        if old > 60 and self.chance.random() < 0.97:
            return "closed"
        return "draft" if self.chance.random() < 0.04 else "confirmed"

    def _line(self, item: dict[str, Any], full: bool) -> dict[str, Any]:
        quantity = self.chance.choice((5, 10, 20, 30, 50, 80, 120))  # 千件
        gross = (quantity * item["price"] + 5000) // 10_000
        tax = (gross * 1300 * 2 + 11_300) // (11_300 * 2)
        return {
            "item": item["id"], "code": item["code"], "title": f"{item['name']} {item['spec']}"[:200], "entered": str(quantity),
            "quantity_q": quantity * 1_000_000, "price": item["price"], "gross": gross, "tax": tax, "net": gross - tax,
            "delivered_q": quantity * 1_000_000 if full else 0,
        }  # fmt: skip

    def _write_line(self, order: int, no: int, line: dict[str, Any], due: date) -> int:
        id_ = self.sheaf[SalesOrderLine].add(
            order=order, line_no=no, kind="normal", item=line["item"], entered=line["entered"], unit="千件",
            quantity_q=line["quantity_q"], price_micro=line["price"], price_unit="千件", net=line["net"], tax=line["tax"],
            gross=line["gross"], delivered_q=line["delivered_q"],
        )  # fmt: skip
        self.sheaf[DeliverySchedule].add(
            line=id_, quantity_q=line["quantity_q"], requested_date=due, delivered_q=line["delivered_q"]
        )
        return id_

    def _deliver(
        self, order: int, number: str, customer: dict[str, Any], lines: Sequence[tuple[int, dict[str, Any]]], on: date,
        gross: int, paid: bool, about: tuple[tuple[str, int], ...],
    ) -> None:  # fmt: skip
        at, note_number, posting_number = _moment(on, 16), self.number("DN", on), self.number("SM", on)
        note = self.sheaf[DeliveryNote].next_id
        posting = self.sheaf[Posting].add(
            number=posting_number, why="deliver", source_kind="delivery_note", source_id=note, document=note_number,
            happened_at=at, booked_on=on,
        )  # fmt: skip
        self.sheaf[DeliveryNote].add(
            number=note_number, customer=customer["id"], state="posted", planned_on=on, posted_on=on, posted_at=at,
            posting=posting, made_at=at,
        )  # fmt: skip
        for no, (line, what) in enumerate(lines, 1):
            q, item, lot = what["quantity_q"], what["item"], self.lots[what["item"]]
            row = self.sheaf[DeliveryNoteLine].add(
                note=note, line_no=no, order_line=line, item=item, quantity_q=q, picked_q=q
            )
            self.sheaf[Pick].add(line=row, lot=lot, bin=self.bin, quantity_q=q, picked_at=at)
            self.sheaf[Move].add(
                posting=posting, item=item, lot=lot, from_bin=self.bin, to_bin=self.outside[customer["id"]], from_quality="good",
                to_quality="good", quantity_q=q,
            )  # fmt: skip
            self.gone[item, lot] = self.gone.get((item, lot), 0) + q
            there = (item, lot, self.outside[customer["id"]])
            self.there[there] = self.there.get(there, 0) + q
        also = (*about, ("delivery_note", note))
        facts = {"number": note_number, "orders": number, "posting": posting_number}
        self._event("delivery_note.posted", also, at, **facts)
        self._event("sales_order.delivered", about, at, number=number, on=on.isoformat())
        self._found_by("delivery_note", note, note_number, number, customer["name"])
        self._bill(order, number, customer, note, on, gross, paid, about)

    def _bill(
        self, order: int, number: str, customer: dict[str, Any], note: int, on: date, gross: int, paid: bool,
        about: tuple[tuple[str, int], ...],
    ) -> None:  # fmt: skip
        owed, who = self.number("AR", on), customer["id"]
        receivable = self.sheaf[Receivable].add(
            number=owed, customer=who, order=order, source_kind="delivery_note", source_id=note,
            currency="CNY", amount=gross, amount_cny=gross, matched=gross if paid else 0, arose_on=on,
            due_on=on + timedelta(days=60),
        )  # fmt: skip
        self._found_by("receivable", receivable, owed, number, *_names(customer))
        if paid:
            at = _moment(on, 17)
            receipt = self.sheaf[Receipt].add(
                number=self.number("RC", on), customer=who, state="booked", currency="CNY", amount=gross, matched=gross,
                received_on=on, method="transfer", made_at=at,
            )  # fmt: skip
            self.sheaf[Allocation].add(receipt=receipt, receivable=receivable, amount=gross, made_at=at)
            self._event("sales_order.closed", about, at, number=number, reason="")

    def _edits(self, id_: int, number: str, about: tuple[tuple[str, int], ...], made: datetime) -> None:
        """Remarks and small changes up to the usual number of events; every thousandth order has very many."""
        wanted = MANY_EVENTS if id_ % EVERY == 0 else EVENTS - 4
        for n in range(wanted):
            self._event(
                "sales_order.edited",
                about,
                made + timedelta(minutes=n),
                number=number,
                changes={"remark": ["", f"{n}"]},
            )

    def _event(self, name: str, about: tuple[tuple[str, int], ...], at: datetime, **facts: Any) -> None:
        self.position += 1
        id_ = self.sheaf[EventRow].add(
            name=name, subject_kind=about[0][0], subject_id=about[0][1], facts=_json(facts), facts_version=1,
            actor=self.seller["name"], user=self.seller["user_id"], person=self.seller["id"],
            happened_at=at, recorded_at=at, position=self.position, delivered_at=at,
        )  # fmt: skip
        for kind, subject in about:
            self.sheaf[EventLink].put(id_, kind, subject)

    def _found_by(self, kind: str, subject: int, *parts: str) -> None:
        text = searchable(*parts)
        id_ = self.sheaf[SearchText].add(kind=kind, subject_id=subject, text=text)
        grams = grams_of(kind, text)
        self.grams.append((id_, sorted(grams) if db.on_postgres() else spelled(grams)))

    async def write(self) -> None:
        """All sheaves, those that are pointed to first."""
        async with DB.transaction():
            for sheaf in self.sheaf.values():
                await sheaf.write()
            grams, self.grams = self.grams, []
            await copy("search_grams", ("id", "grams") if db.on_postgres() else ("rowid", "grams"), grams)

    async def end(self) -> None:
        """Counters, balances and the opening that the delivered goods came from; then the planner's statistics."""
        now = clock.now()
        postings, moves = self.sheaf[Posting], self.sheaf[Move]
        async with DB.transaction():
            opening = postings.add(
                number=self.number("SM", self.today), why="opening", source_kind="house", source_id=0, happened_at=now,
                booked_on=self.today,
            )  # fmt: skip
            for (item, lot), q in self.gone.items():
                moves.add(
                    posting=opening, item=item, lot=lot, from_bin=self.opening, to_bin=self.bin, from_quality="good",
                    to_quality="good", quantity_q=q,
                )  # fmt: skip
            balances = {(item, lot, self.opening): -q for (item, lot), q in self.gone.items()} | self.there
            await db.write_many(
                "stock_balances", ("item", "lot", "bin", "quality", "quantity_q"),
                [(*key, "good", q) for key, q in balances.items()],
            )  # fmt: skip
            await postings.write()
            await moves.write()
            for key, last in self.counters.items():
                await db.rows(
                    "insert into counters (key, last) values ({}, {}) on conflict (key) do update set last = excluded.last",
                    key,
                    last,
                )
            for sheaf in self.sheaf.values():
                await sheaf.end()
        if not db.on_postgres():
            await db.rows("insert into search_grams (search_grams) values ('optimize')")
        await DB.run_ddl("vacuum analyze" if db.on_postgres() else "analyze")


def _names(customer: dict[str, Any]) -> tuple[str, str, str]:
    return customer["name"], customer["short_name"], customer["code"]


_json = json.JSONEncoder(ensure_ascii=False).encode


@cache
def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour - 8), UTC)


async def write(orders: int, seed: int = 1) -> int:
    """Write so many orders into a planted demo factory that nobody uses meanwhile."""
    writer = Writer(seed)
    await writer.begin()
    for start in range(0, orders, BATCH):
        for _n in range(start, min(start + BATCH, orders)):
            writer.order()
        await writer.write()
    await writer.end()
    return orders
