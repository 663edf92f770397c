"""Opening data comes into the books once, to the cent, and goes out again as a whole until the first real posting."""

import pytest

from app.core import db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.delivery import notes
from app.opening import house, queries
from app.opening.kinds import KINDS
from app.parties.tables import Supplier
from app.people.actors import Actor
from app.sales.tables import SalesOrder
from app.stock import moves
from app.stock.moves import Wanted
from tasks import events
from tests import make
from tests.opening.files import BILLS, ORDERS, PURCHASES, RECEIVABLES, STOCK, booked, dropped, refused, xlsx
from tests.world import World, events_of

STOCK_ROWS = [
    ("FB-M10X45-88D", "A-01-01", "L1", 5, "千支", 202.5, 1340.00),
    ("FB-M10X45-88D", "A-01-02", "", 1200, "支", "", 321.61),
]
ORDER_ROWS = [
    ("SEORD01", 1, "HENGLI", "PO-118", "FB-M10X45-88D", 100, "千支", 40, 268, "2026-12-20"),
    ("SEORD01", 2, "HENGLI", "", "FB-M10X45-88D", 10, "千支", "", 268, "2026-12-24"),
    ("SEORD02", 1, "HENGLI", "PO-119", "FB-M10X45-88D", 5, "千支", "", 270.5, "2026-12-30"),
]
OWED_ROWS = [
    ("XS001", "HENGLI", 134000.00, "", "2026-10-31", "2026-11-30"),
    ("XS002", "HENGLI", 28600.55, "CNY", "2026-11-05", ""),
]
BILL_ROWS = [
    (
        "130833101234520260815123456789",
        "宁波恒立",
        "宁波银行",
        "HENGLI",
        200000,
        "2026-08-15",
        "2027-02-15",
        "在手",
    )
]


async def right() -> bool:
    return [r for r in await recounts.run() if r.differences] == []


async def on_hand() -> dict[tuple[str, str], int]:
    found = await db.rows(
        "select l.number, p.code, b.quantity_q from stock_balances b join lots l on l.id = b.lot join bins p on p.id = b.bin"
        " where p.kind = 'store' and b.quantity_q <> 0"
    )
    return {(r["number"], r["code"]): r["quantity_q"] for r in found}


async def test_opening_stock_lies_in_its_bins_with_lot_kg_and_value(world: World) -> None:
    row = await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    assert (row.made, row.changed, row.same, row.state) == (2, 0, 0, "booked")
    assert await on_hand() == {("L1", "A-01-01"): 5_000_000, ("-", "A-01-02"): 1_200_000}
    assert await db.value("select cast(sum(amount) as bigint) from opening_rows") == 166_161
    move = await db.one("select m.measured_q, m.measured_unit, p.why, p.document from stock_moves m join stock_postings p"
                        " on p.id = m.posting order by m.id limit 1")  # fmt: skip
    assert move == {"measured_q": 202_500, "measured_unit": "kg", "why": "opening", "document": row.number}
    assert await db.value("select weight_micro from lots where number = 'L1'") == 40_500_000
    assert await right()


async def test_the_same_file_again_books_nothing_and_a_corrected_one_only_the_difference(
    world: World,
) -> None:
    await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    again = await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    assert (again.made, again.changed, again.removed, again.same) == (0, 0, 0, 2)
    assert await db.value("select count(*) from stock_postings") == 1
    corrected = [(*STOCK_ROWS[0][:3], 4.5, *STOCK_ROWS[0][4:]), STOCK_ROWS[1]]
    mended = await booked("stock", xlsx(STOCK, corrected), world.xiuying)
    assert (mended.made, mended.changed, mended.same) == (0, 1, 1)
    assert (await on_hand())["L1", "A-01-01"] == 4_500_000
    assert await db.value("select quantity_q from stock_moves order by id desc limit 1") == 500_000
    assert await right()


async def test_what_a_whole_file_lacks_is_taken_out_and_a_row_of_nothing_too(world: World) -> None:
    await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    part = await booked("stock", xlsx(STOCK, STOCK_ROWS[:1]), world.xiuying)
    assert (part.removed, part.same) == (0, 1)
    whole = await booked("stock", xlsx(STOCK, STOCK_ROWS[:1]), world.xiuying, whole=True)
    assert whole.removed == 1 and await on_hand() == {("L1", "A-01-01"): 5_000_000}
    nothing = [(*STOCK_ROWS[0][:3], 0, "千支", "", "")]
    assert (await booked("stock", xlsx(STOCK, nothing), world.xiuying)).removed == 1
    assert await on_hand() == {} and await right()


async def test_an_order_is_taken_over_with_what_was_shipped_of_it(world: World) -> None:
    row = await booked("orders", xlsx(ORDERS, ORDER_ROWS), world.admin)
    assert row.made == 3
    order = await SalesOrder.objects().where(SalesOrder.old_number == "SEORD01").first()
    assert order is not None
    assert (order.state, order.customer_order_number, order.ordered_q, order.delivered_q, order.open_lines) == (
        "confirmed", "PO-118", 110_000_000, 40_000_000, 2)  # fmt: skip
    assert order.gross == 2_948_000 and str(order.due_date) == "2026-12-20"
    assert await events_of("sales_order", order.id) == ["sales_order.taken_over"]
    assert await db.value("select count(*) from delivery_notes") == 0
    assert await right()


async def test_a_corrected_order_is_written_anew_under_its_number(world: World) -> None:
    await booked("orders", xlsx(ORDERS, ORDER_ROWS), world.admin)
    before = await db.rows("select number, old_number from sales_orders order by id")
    again = await booked("orders", xlsx(ORDERS, ORDER_ROWS), world.admin)
    assert again.same == 3 and await db.value("select count(*) from sales_orders") == 2
    only = [(*ORDER_ROWS[1][:7], 4, *ORDER_ROWS[1][8:])]
    mended = await booked("orders", xlsx(ORDERS, only), world.admin)
    assert (mended.changed, mended.made, mended.same) == (1, 0, 0)
    assert await db.rows("select number, old_number from sales_orders order by id") == before
    assert await db.rows(
        'select line_no, l.delivered_q, taken_over_q from sales_order_lines l join sales_orders o on o.id = l."order"'
        " where o.old_number = 'SEORD01' order by line_no"
    ) == [
        {"line_no": 1, "delivered_q": 40_000_000, "taken_over_q": 40_000_000},
        {"line_no": 2, "delivered_q": 4_000_000, "taken_over_q": 4_000_000},
    ]
    assert await right()


async def test_receivables_and_bills_are_owed_to_the_cent(world: World) -> None:
    await booked("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin)
    await booked("bills", xlsx(BILLS, BILL_ROWS), world.zhoumin)
    owed = await db.rows("select reference, amount, amount_cny, due_on from receivables order by reference")
    assert [(r["reference"], r["amount"], str(r["due_on"])) for r in owed] == [
        ("XS001", 13_400_000, "2026-11-30"), ("XS002", 2_860_055, "2026-12-30"),
    ]  # fmt: skip
    bill = await db.one("select number, state, amount, matures_on from bills")
    assert bill and (bill["number"], bill["amount"], bill["state"]) == (BILL_ROWS[0][0], 20_000_000, "held")
    assert (await booked("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin)).same == 2
    mended = [OWED_ROWS[0], (*OWED_ROWS[1][:2], 28600.56, *OWED_ROWS[1][3:])]
    assert (await booked("receivables", xlsx(RECEIVABLES, mended), world.zhoumin)).changed == 1
    assert await db.value("select cast(sum(amount) as bigint) from receivables") == 16_260_056
    assert await right()


async def test_open_purchases_are_kept_with_what_came_in(world: World) -> None:
    await Supplier(code="S1", name="宝钢", short_name="").save()
    await make.item("W-10", base_unit="kg", kind="raw", unit_label="")
    rows = [("PO1", 1, "宝钢", "W-10", 20, "吨", 12.5, 5600, "2026-12-15")]
    assert (await booked("purchases", xlsx(PURCHASES, rows), world.xiuying)).made == 1
    kept = await db.one("select quantity_q, done_q, amount from opening_rows")
    assert kept == {"quantity_q": 20_000_000, "done_q": 12_500_000, "amount": 11_200_000}


async def test_all_of_it_goes_back_until_the_first_real_posting(world: World) -> None:
    await _all(world)
    taken = (await commit(house.take_back, by=world.admin)).value
    assert taken == 8 and await on_hand() == {} and await right()
    assert await db.value("select count(*) from opening_rows") == 0
    assert {r["state"] for r in await db.rows("select state from sales_orders")} == {"cancelled"}
    await _all(world)
    assert await db.value("select count(*) from sales_orders") == 2
    assert await db.value("select cast(sum(amount) as bigint) from receivables") == 16_260_055
    await commit(
        moves.make,
        "move",
        [Wanted("FB-M10X45-88D", "1", "千支", "L1", "A-01-01", "A-01-02")],
        by=world.xiuying,
    )
    with pytest.raises(Refused) as blocked:
        await commit(house.take_back, by=world.admin)
    assert blocked.value.reason.code == "real_postings" and "SM2026" in blocked.value.sentence()
    assert await right()


async def _all(world: World) -> None:
    await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    await booked("orders", xlsx(ORDERS, ORDER_ROWS), world.admin)
    await booked("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin)
    await booked("bills", xlsx(BILLS, BILL_ROWS), world.zhoumin)


async def test_a_complete_opening_takes_nothing_more_until_it_is_opened_again(world: World) -> None:
    await booked("stock", xlsx(STOCK, STOCK_ROWS), world.xiuying)
    await commit(house.complete, by=world.admin)
    assert (
        await refused("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin)
    ).reason.code == "opening_complete"
    with pytest.raises(Refused, match="opening_complete"):
        await commit(house.take_back, by=world.admin)
    await commit(house.reopen, by=world.admin)
    assert (await booked("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin)).made == 2
    assert await events_of("opening", 1) == [
        "opening.booked",
        "opening.completed",
        "opening.reopened",
        "opening.booked",
    ]


async def test_totals_that_differ_by_a_cent_hold_the_file_back(world: World) -> None:
    typed = {"totals": {"amount:CNY": "162600.54", "rows": "2"}, "parties": "HENGLI\t162,600.54"}
    refusal = await refused("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin, typed=typed)
    assert refusal.reason.code == "totals_differ" and "¥0.01" in refusal.sentence()
    assert await db.value("select count(*) from receivables") == 0
    agreeing = {"totals": {"amount:CNY": "162600.55", "rows": "2"}, "parties": "HENGLI\t162,600.55"}
    assert (
        await booked("receivables", xlsx(RECEIVABLES, OWED_ROWS), world.zhoumin, typed=agreeing)
    ).made == 2


@pytest.mark.parametrize("kind, right_one, wrong", [
    ("stock", "xiuying", "zhoumin"), ("receivables", "zhoumin", "xiuying"), ("bills", "zhoumin", "xiuying"),
    ("orders", "admin", "xiuying"), ("purchases", "xiuying", "nobody"),
])  # fmt: skip
async def test_who_may_not_is_refused(world: World, kind: str, right_one: str, wrong: str) -> None:
    heads = {
        "stock": STOCK,
        "orders": ORDERS,
        "purchases": PURCHASES,
        "receivables": RECEIVABLES,
        "bills": BILLS,
    }[kind]
    data = xlsx(heads, [("x",) * len(heads)])
    row = await dropped(kind, data, getattr(world, right_one))
    assert queries.problems_of(KINDS[kind], row)
    other: Actor = getattr(world, wrong)
    with pytest.raises(Refused):
        await dropped(kind, data, other)
    for verb in (house.take_back, house.complete, house.reopen):
        with pytest.raises(Refused, match="forbidden"):
            await commit(verb, by=other)


async def test_what_is_left_of_a_taken_over_order_is_delivered_billed_and_closes_it(world: World) -> None:
    await booked(
        "stock", xlsx(STOCK, [("FB-M10X45-88D", "A-01-01", "L9", 3, "千支", "", 804)]), world.xiuying
    )
    rows = [("SE9", 1, "HENGLI", "PO-9", "FB-M10X45-88D", 5, "千支", 2, 268, "2026-12-20")]
    await booked("orders", xlsx(ORDERS, rows), world.admin)
    number = await db.value("select number from sales_orders")
    note = (await commit(notes.create, number, by=world.xiuying)).value
    assert await db.value("select quantity_q from delivery_note_lines where note = {}", note.id) == 3_000_000
    lot = await db.value("select id from lots where number = 'L9'")
    await commit(notes.pick, note.number, None, lot, world.bins["A-01-01"].id, by=world.xiuying)
    await commit(notes.post, note.number, by=world.xiuying)
    await events.settle()
    assert await db.value("select amount from receivables") == 80_400
    assert (await db.one("select delivered_q, open_lines from sales_orders")) == {
        "delivered_q": 5_000_000,
        "open_lines": 0,
    }
    assert await right()
    again = await refused("orders", xlsx(ORDERS, [(*rows[0][:7], 1, *rows[0][8:])]), world.admin)
    assert again.reason.code == "has_problems"
    with pytest.raises(Refused, match="real_postings"):
        await commit(house.take_back, by=world.admin)
