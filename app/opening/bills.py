"""Bank acceptance bills (承兑汇票) in the safe."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.billing import taking_over
from app.billing.bill_states import DISCOUNTED, ENDORSED, HELD
from app.billing.taking_over import OpenBill
from app.core import db
from app.core.refusals import Refused
from app.core.words import N_
from app.opening.cells import Cells
from app.opening.columns import Column
from app.opening.known import Known
from app.opening.permissions import IMPORT_MONEY
from app.opening.refusals import BEFORE
from app.opening.rows import Became, Booking, Kind, Row

STATES = {
    "held": HELD, "在手": HELD, "持有": HELD, "未到期": HELD, "endorsed": ENDORSED, "已背书": ENDORSED, "背书": ENDORSED,
    "discounted": DISCOUNTED, "已贴现": DISCOUNTED, "贴现": DISCOUNTED,
}  # fmt: skip
COLUMNS = (
    Column("number", N_("Bill number"), "票据号, 票号, 汇票号, 票据号码, 票据编号, 汇票号码, bill no", required=True,
           hint=N_("As text, so that Excel keeps all its digits"), examples=("130833101234520260815123456789", "130833101234520260901000000001")),
    Column("drawer", N_("Drawer"), "出票人, 出票人名称, 出票单位, drawer",
           required=True, examples=("宁波恒立工程机械有限公司", "浙江东海汽配有限公司")),
    Column("bank", N_("Accepting bank"), "承兑人, 承兑银行, 承兑行, 付款行, 出票银行, bank", examples=("宁波银行", "")),
    Column("customer", N_("Came from"), "客户, 客户编码, 前手, 交票单位, 背书人, 客户代码, customer",
           hint=N_("The customer who gave it; our code, the old one, or the name"),
           examples=("HENGLI", "")),
    Column("amount", N_("Amount"), "票面金额, 金额, 票据金额, amount", required=True, examples=("200000.00", "50000.00")),
    Column("currency", N_("Currency"), "币别, 币种", hint=N_("Empty: CNY"), examples=("", "")),
    Column("drawn_on", N_("Drawn on"), "出票日期, 出票日, 签发日期, issue date", examples=("2026-08-15", "")),
    Column("matures_on", N_("Matures on"), "到期日, 到期日期, 汇票到期日, maturity date", required=True, examples=("2027-02-15", "2027-03-01")),
    Column("state", N_("State"), "状态, 票据状态", hint=N_("在手, 已背书, 已贴现; empty: 在手"), examples=("在手", "")),
    Column("remark", N_("Remark"), "备注, 摘要, 说明", examples=("", "")),
)  # fmt: skip


async def check(cells: Sequence[Cells], known: Known, kept: Mapping[str, Row], whole: bool) -> list[Row]:
    return [row for each in cells if (row := _row(each, known)) is not None]


def _row(cells: Cells, known: Known) -> Row | None:
    number, drawer = cells.text("number", 60, required=True), cells.text("drawer", 120, required=True)
    customer, currency = known.find("customer", cells, "customer", required=False), cells.currency()
    amount = cells.money("amount", currency, required=True, positive=True)
    drawn, matures = cells.day("drawn_on"), cells.day("matures_on", required=True)
    state = cells.choice("state", STATES, HELD)
    if drawn and matures and matures < drawn:
        cells.refuse(
            "matures_on", Refused(BEFORE, what=cells.places["drawn_on"].column.label, day=drawn.isoformat())
        )
    if amount is None or matures is None or not cells.sound:
        return None
    told = {
        "number": number, "drawer": drawer, "bank": cells.text("bank", 120), "customer": customer["code"] if customer else "",
        "amount": str(amount), "currency": currency, "drawn_on": drawn.isoformat() if drawn else "",
        "matures_on": matures.isoformat(), "state": state, "remark": cells.text("remark", 200),
    }  # fmt: skip
    return Row(
        key=number, told=told, cells=cells, customer=customer["id"] if customer else None, amount=amount, currency=currency,
        due_on=matures,
    )  # fmt: skip


async def book(booking: Booking) -> Became:
    plan, by = booking.plan, booking.by
    await taking_over.give_back_bills([r.subject_id for r in plan.removed if r.subject_id is not None], by=by)
    coming = [*plan.new, *(new for _old, new in plan.changed)]
    known = {
        r["number"]: r["id"] for r in await db.rows("select id, number from bills where state = 'given_back'")
    }
    ids = await taking_over.take_over_bills(
        [_wanted(r, r.subject_id or known.get(r.key)) for r in coming], by=by
    )
    booking.tell(len(coming), len(coming))
    return {row.key: {"subject_id": id_} for row, id_ in zip(coming, ids, strict=True)}


def _wanted(row: Row, id_: int | None) -> OpenBill:
    told = row.told
    assert row.due_on is not None
    return OpenBill(
        number=row.key, state=told["state"], drawer=told["drawer"], bank=told["bank"], customer=row.customer, amount=row.amount,
        currency=row.currency, drawn_on=date.fromisoformat(told["drawn_on"]) if told["drawn_on"] else None, matures_on=row.due_on,
        remark=told["remark"], id=id_,
    )  # fmt: skip


BILLS = Kind(
    name="bills", resource="bills", label=N_("Acceptance bills"), note=N_("With drawer and day of maturity"), icon="banknote",
    permission=IMPORT_MONEY, columns=COLUMNS, party="drawer", party_label=N_("Drawer"), check=check, book=book,
)  # fmt: skip
