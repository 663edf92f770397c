"""Credit notes (红字) of the old system: taken over below zero, matched with what is owed, and gone again."""

import pytest

from app.billing import receipts
from app.billing.receipts import NewReceipt
from app.core import clock, db, recounts
from app.core.db import commit
from app.core.refusals import Refused
from app.opening import house
from app.sales import exposure
from tests.browse import browser_of, program_of
from tests.opening.files import BILLS, RECEIVABLES, booked, xlsx
from tests.world import World

ROWS = [
    ("XS001", "HENGLI", 100.00, "", "2026-10-31", "2026-11-30"),
    ("HZ001", "HENGLI", -10.01, "", "2026-11-02", "2026-11-30"),
]


async def open_ones() -> dict[str, int]:
    """What is left of each, by the number in the old system."""
    rows = await db.rows(
        "select reference, amount - matched as left_over from receivables order by reference"
    )
    return {row["reference"]: row["left_over"] for row in rows}


async def right() -> bool:
    return [r for r in await recounts.run() if r.differences] == []


async def paid(world: World, minor: int) -> str:
    made = await commit(receipts.make, NewReceipt("HENGLI", minor, clock.today()), by=world.zhoumin)
    return made.value.number


async def numbers() -> tuple[str, str]:
    """Our numbers of the invoice and of the credit."""
    rows = await db.rows("select number from receivables order by amount desc")
    return rows[0]["number"], rows[1]["number"]


async def code_of(*verb: object, by: object) -> str:
    with pytest.raises(Refused) as caught:
        await commit(*verb, by=by)  # type: ignore[arg-type]
    return caught.value.reason.code


async def test_a_credit_is_taken_over_once_to_the_cent_and_goes_back(world: World) -> None:
    typed = {"totals": {"rows": "2", "amount:CNY": "89.99"}}
    first = await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin, typed=typed)
    assert (first.made, await open_ones()) == (2, {"HZ001": -1001, "XS001": 10000})
    assert (await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin)).same == 2
    assert (await exposure.of(world.hengli.id)).used == 8999
    mended = [ROWS[0], (*ROWS[1][:2], -10.02, *ROWS[1][3:])]
    assert (await booked("receivables", xlsx(RECEIVABLES, mended), world.zhoumin)).changed == 1
    assert await open_ones() == {"HZ001": -1002, "XS001": 10000} and await right()
    await commit(house.take_back, by=world.admin)
    assert await open_ones() == {"HZ001": 0, "XS001": 0} and await right()
    assert (await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin)).made == 2
    assert await open_ones() == {"HZ001": -1001, "XS001": 10000}


@pytest.mark.parametrize(
    ("cell", "minor"), [("(1,200.50)", -120_050), ("¥-1,200.50", -120_050), ("-1.2万", -1_200_000)]
)
async def test_a_credit_is_read_as_old_systems_write_it(world: World, cell: str, minor: int) -> None:
    row = ("HZ9", "HENGLI", cell, "", "2026-11-02", "")
    assert (await booked("receivables", xlsx(RECEIVABLES, [row]), world.zhoumin)).made == 1
    assert await open_ones() == {"HZ9": minor}


@pytest.mark.parametrize(
    ("cell", "code"), [(0, "nothing_owed"), ("-1.234", "cell_number_ambiguous"), (-10.005, "too_fine")]
)
async def test_what_is_no_credit_is_named_at_its_cell(world: World, cell: object, code: str) -> None:
    data = xlsx(RECEIVABLES, [("HZ9", "HENGLI", cell, "", "2026-11-02", "")])
    async with program_of(world.zhoumin) as program:
        told = (await program.post("/api/v1/imports/receivables", files={"file": ("a.xlsx", data)})).json()
    assert [(e["cell"], e["code"]) for e in told["errors"]] == [("C2", code)]


async def test_a_bill_below_zero_is_still_refused(world: World) -> None:
    row = ("1308", "宁波恒立", "", "HENGLI", -5, "", "2027-02-15", "")
    async with program_of(world.zhoumin) as program:
        sent = {"file": ("a.xlsx", xlsx(BILLS, [row]))}
        assert [
            e["code"] for e in (await program.post("/api/v1/imports/bills", files=sent)).json()["errors"]
        ] == ["negative"]


async def test_a_credit_and_a_receipt_pay_an_invoice_together(world: World) -> None:
    await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin)
    invoice, credit = await numbers()
    receipt = await paid(world, 8999)
    async with browser_of(world.zhoumin) as browser:
        page = (await browser.get(f"/receipts/{receipt}")).text
        assert 'value="-10.01"' in page and 'value="100.00"' in page, "both are proposed"
        assert "红字待抵" in (await browser.get("/receivables")).text
        sent = {f"amount-{invoice}": "100.00", f"amount-{credit}": "-10.01"}
        assert (await browser.post(f"/receipts/{receipt}/allocate", data=sent)).status_code == 303
    assert await open_ones() == {"HZ001": 0, "XS001": 0} and await right()
    assert await db.value("select matched from receipts") == 8999
    with pytest.raises(Refused) as used:
        await commit(receipts.undo_allocation, await _allocation(credit), by=world.zhoumin)
    assert used.value.reason.code == "credit_used" and "¥10.01" in used.value.sentence()
    await commit(receipts.undo_allocation, await _allocation(invoice), by=world.zhoumin)
    assert await open_ones() == {"HZ001": -1001, "XS001": 10000} and await right()
    assert await db.value("select matched from receipts") == 0, "the credit pays nothing alone"


async def _allocation(receivable: str) -> int:
    return await db.value(
        "select a.id from receipt_allocations a join receivables r on r.id = a.receivable where r.number = {}"
        " and a.undone_at is null",
        receivable,
    )


async def test_a_credit_is_not_matched_alone_nor_for_more_than_it_is(world: World) -> None:
    await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin)
    invoice, credit = await numbers()
    receipt = await paid(world, 8999)
    for amounts, code in (
        ({credit: -1001}, "credit_alone"), ({credit: -1002, invoice: 5000}, "not_of_a_credit"), ({credit: 5}, "not_of_a_credit"),
        ({invoice: -5, credit: 5}, "not_positive"), ({invoice: 10000, credit: -1000}, "more_than_left"),
    ):  # fmt: skip
        assert await code_of(receipts.allocate, receipt, amounts, by=world.zhoumin) == code, amounts
    assert await open_ones() == {"HZ001": -1001, "XS001": 10000} and await right()


async def test_a_program_matches_a_part_of_a_credit(world: World) -> None:
    await booked("receivables", xlsx(RECEIVABLES, ROWS), world.zhoumin)
    invoice, credit = await numbers()
    receipt = await paid(world, 5000)
    async with program_of(world.zhoumin) as program:
        pays = [{"receivable": invoice, "amount": "55.00"}, {"receivable": credit, "amount": "-5.00"}]
        answer = await program.post(f"/api/v1/receipts/{receipt}/allocate", json={"allocations": pays})
    assert answer.status_code == 200 and await open_ones() == {"HZ001": -501, "XS001": 4500} and await right()


async def test_a_credit_that_is_due_is_no_debt_that_is_late(world: World) -> None:
    late = ("HZ8", "HENGLI", -10.00, "", "2026-10-02", "2026-10-30")
    await booked("receivables", xlsx(RECEIVABLES, [late]), world.zhoumin)
    stands = await exposure.of(world.hengli.id)
    assert (stands.overdue, stands.used) == (0, 0)
