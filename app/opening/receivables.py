"""What customers owe from the time before, paper by paper, with the day it is due."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.billing import taking_over
from app.billing.taking_over import OpenReceivable
from app.core import clock
from app.core.money import in_cny
from app.core.refusals import Refused
from app.core.words import N_
from app.opening.cells import Cells
from app.opening.columns import Column
from app.opening.known import Known
from app.opening.permissions import IMPORT_MONEY
from app.opening.refusals import BEFORE, NO_RATE, NOTHING_OWED
from app.opening.rows import Became, Booking, Kind, Row
from app.parties.terms import Terms
from app.sales import rates

COLUMNS = (
    Column("number", N_("Number in the old system"), "单据编号, 应收单号, 发票号, 发票号码, 单据号, 单号, 凭证号, invoice no, document no",
           required=True,
           hint=N_("Of the invoice or the receivable; each once"), examples=("XSZP000931", "XSZP000945")),
    Column("customer", N_("Customer"), "客户编码, 客户代码, 客户, 往来单位, 核算项目代码, 客户名称, customer code, 购货单位", required=True,
           hint=N_("Our code, the code of the old system, or the name"), examples=("HENGLI", "HENGLI")),
    Column("amount", N_("Still to be paid"),
           "未收金额, 余额, 应收余额, 未核销金额, 金额, 应收金额, 期末余额, 本币余额, open amount, balance, amount", required=True,
           hint=N_("What is open of it, with tax, to the cent; a credit note (红字) below zero"), examples=("134000.00", "-1200.50")),
    Column("currency", N_("Currency"), "币别, 币种", hint=N_("Empty: CNY"), examples=("CNY", "")),
    Column("rate", N_("Exchange rate"), "汇率", hint=N_("CNY for one unit; empty: the newest"), examples=("", "")),
    Column("arose_on", N_("Date"), "单据日期, 日期, 发票日期, 业务日期, 开票日期, 应收日期, invoice date",
           hint=N_("Empty: today"), examples=("2026-10-31", "2026-11-05")),
    Column("due_on", N_("Due"), "到期日, 应收到期日, 收款期限, 到期日期, 付款期限, 应收款日期, due date", hint=N_("Empty: by the customer's terms"),
           examples=("2026-11-30", "")),
    Column("remark", N_("Remark"), "备注, 摘要, 说明", examples=("", "")),
)  # fmt: skip


async def check(cells: Sequence[Cells], known: Known, kept: Mapping[str, Row], whole: bool) -> list[Row]:
    rates_of: dict[str, int] = {"CNY": await rates.newest("CNY")}
    rows = []
    for each in cells:
        row = _row(each, known)
        if row is None:
            continue
        if row.currency not in rates_of:
            rates_of[row.currency] = await rates.newest(row.currency)
        if not (row.told["rate"] or rates_of[row.currency]):
            each.refuse(
                "currency" if "currency" in each.places else "amount", Refused(NO_RATE, currency=row.currency)
            )
        rows.append(row)
    return rows


def _row(cells: Cells, known: Known) -> Row | None:
    number, customer = cells.text("number", 80, required=True), known.find("customer", cells, "customer")
    currency = cells.currency()
    amount = cells.money("amount", currency, required=True, signed=True)
    if amount == 0 and cells.sound:
        cells.refuse("amount", Refused(NOTHING_OWED))
    arose, due, rate = cells.day("arose_on"), cells.day("due_on"), _rate(cells)
    if arose and due and due < arose:
        cells.refuse(
            "due_on", Refused(BEFORE, what=cells.places["arose_on"].column.label, day=arose.isoformat())
        )
    if customer is None or amount is None or not cells.sound:
        return None
    arose = arose or clock.today()
    due = due or Terms.of(customer).due_on(arose)
    told = {
        "number": number, "customer": customer["code"], "amount": str(amount), "currency": currency, "rate": rate,
        "arose_on": arose.isoformat(), "due_on": due.isoformat(), "remark": cells.text("remark", 200),
    }  # fmt: skip
    return Row(
        key=number,
        told=told,
        cells=cells,
        customer=customer["id"],
        amount=amount,
        currency=currency,
        due_on=due,
    )


def _rate(cells: Cells) -> str:
    """At 10⁻⁶, as text; '' when none is written."""
    found = cells.number("rate", positive=True)
    if found is None or found.value is None:
        return ""
    try:
        return str(rates.rate_micro(found.value))
    except Refused as refused:
        cells.refuse("rate", refused)
        return ""


async def book(booking: Booking) -> Became:
    plan, by = booking.plan, booking.by
    await taking_over.give_back_receivables(
        [r.subject_id for r in plan.removed if r.subject_id is not None], by=by
    )
    lying = await taking_over.lying_given_back()
    coming = [*plan.new, *(new for _old, new in plan.changed)]
    newest = {c: await rates.newest(c) for c in sorted({row.currency for row in coming})}
    wanted = [_wanted(row, row.subject_id or lying.get(row.key), newest) for row in coming]
    became: Became = {}
    for start in range(0, len(wanted), 200):
        some = coming[start : start + 200]
        ids = await taking_over.take_over_receivables(booking.import_id, wanted[start : start + 200], by=by)
        became |= {row.key: {"subject_id": id_} for row, id_ in zip(some, ids, strict=True)}
        booking.tell(start + len(some), len(wanted))
    return became


def _wanted(row: Row, id_: int | None, newest: Mapping[str, int]) -> OpenReceivable:
    assert row.customer is not None and row.due_on is not None
    rate = int(row.told["rate"]) if row.told["rate"] else newest[row.currency]
    return OpenReceivable(
        reference=row.key, customer=row.customer, currency=row.currency, amount=row.amount,
        amount_cny=in_cny(row.amount, row.currency, rate), arose_on=date.fromisoformat(row.told["arose_on"]),
        due_on=row.due_on, id=id_,
    )  # fmt: skip


RECEIVABLES = Kind(
    name="receivables", resource="receivables", label=N_("Open receivables"), note=N_("With the day each is due"), icon="receipt",
    permission=IMPORT_MONEY, columns=COLUMNS, party="customer", party_label=N_("Customer"), check=check, book=book,
)  # fmt: skip
