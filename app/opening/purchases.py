"""Open purchase orders, line by line, with what had come in by then: kept as data of the opening."""

from collections.abc import Mapping, Sequence

from app.core.money import line_amount, price_micro
from app.core.quantities import Quantity, plain, shown
from app.core.refusals import Refused
from app.core.words import N_
from app.opening.cells import Cells
from app.opening.columns import Column
from app.opening.known import Known, weight_of
from app.opening.permissions import IMPORT_GOODS
from app.opening.refusals import MORE_THAN_ORDERED
from app.opening.rows import Became, Booking, Kind, Row

COLUMNS = (
    Column("number", N_("Purchase number in the old system"), "采购订单号, 采购单号, 订单号, 单据编号, 订单编号, po no, po", required=True,
           examples=("POORD002231", "POORD002231")),
    Column("line_no", N_("Line"), "行号, 分录号, 序号, 行", hint=N_("Empty: counted in the order of the rows"), examples=("1", "2")),
    Column("supplier", N_("Supplier"), "供应商编码, 供应商代码, 供应商, 供货单位, 供应商名称, supplier code", required=True,
           hint=N_("Our code, the code of the old system, or the name"), examples=("S001", "S001")),
    Column("item", N_("Item"), "物料编码, 料号, 物料代码, 存货编码, 物料, item code", required=True,
           hint=N_("Our code, or the code of the old system"), examples=("W-SCM435-10", "W-SCM435-8")),
    Column("quantity", N_("Ordered"), "采购数量, 订单数量, 数量, 订货数量, qty", required=True,
           hint=N_("With its unit beside it, in its head or in the cell"), examples=("20", "8")),
    Column("unit", N_("Unit"), "计量单位, 单位, 采购单位, uom", hint=N_("件, 千件, 千支, kg, 吨 …"), examples=("吨", "吨")),
    Column("received", N_("Received by now"), "已收数量, 已入库数量, 入库数量, 到货数量, 累计入库数量, received",
           hint=N_("In the same unit; empty: nothing"),
           examples=("12.5", "")),
    Column("unit_price", N_("Unit price"), "含税单价, 单价, 价格, 采购单价, price", examples=("5600.00", "5600.00")),
    Column("price_unit", N_("Price unit"), "计价单位, 价格单位, 单价单位", hint=N_("Empty: the unit of the quantity"), examples=("吨", "")),
    Column("currency", N_("Currency"), "币别, 币种", hint=N_("Empty: CNY"), examples=("CNY", "")),
    Column("due_date", N_("Due date"), "交货日期, 到货日期, 预计到货日期, 交期, 需求日期", required=True, examples=("2026-12-15", "2026-12-15")),
    Column("order_date", N_("Order date"), "订单日期, 日期, 采购日期, 单据日期", examples=("2026-11-02", "")),
    Column("remark", N_("Remark"), "备注, 摘要, 说明", examples=("", "")),
)  # fmt: skip


async def check(cells: Sequence[Cells], known: Known, kept: Mapping[str, Row], whole: bool) -> list[Row]:
    counted: dict[str, int] = {}
    rows = []
    for each in cells:
        number = each.text("number", 80, required=True)
        counted[number] = counted.get(number, 0) + 1
        rows.append(_row(each, number, counted[number], known))
    return [row for row in rows if row is not None]


def _row(cells: Cells, number: str, nth: int, known: Known) -> Row | None:
    supplier, item = known.find("supplier", cells, "supplier"), known.find("item", cells, "item")
    line, ordered = cells.number("line_no"), cells.number("quantity", required=True, positive=True)
    unit = cells.unit(ordered, "quantity") if ordered else None
    received, due = cells.number("received"), cells.day("due_date", required=True)
    ordered_on, currency = cells.day("order_date"), cells.currency(of="unit_price")
    if supplier is None or item is None or ordered is None or unit is None or due is None or not cells.sound:
        return None
    weight, base = weight_of(item), item["base_unit"]
    milli = cells.quantity("quantity", unit, ordered, base, weight, item["code"])
    came = (
        0
        if received is None
        else cells.quantity("received", received.unit or unit, received, base, weight, item["code"])
    )
    amount, price = _worth(cells, milli, item, unit.code, currency)
    if milli is None or came is None or not cells.sound:
        return None
    if came > milli:
        cells.refuse("received", Refused(MORE_THAN_ORDERED, shipped=shown(came), ordered=shown(milli)))
    nr = str(int(line.value)) if line and line.value and line.value < 10**6 else str(nth)
    told = {
        "number": number, "line_no": nr, "supplier": supplier["code"], "item": item["code"], "quantity": str(milli),
        "received": str(came), "unit": unit.code, "unit_price": price, "price_unit": cells.text("price_unit", 20), "currency": currency,
        "due_date": due.isoformat(), "order_date": ordered_on.isoformat() if ordered_on else "", "remark": cells.text("remark", 300),
    }  # fmt: skip
    return Row(
        key=f"{number}/{nr}", told=told, cells=cells, item=item["id"], supplier=supplier["id"], unit=base, quantity_q=milli,
        done_q=came, amount=amount, currency=currency, due_on=due,
    )  # fmt: skip


def _worth(cells: Cells, milli: int | None, item: Mapping, unit: str, currency: str) -> tuple[int, str]:  # type: ignore[type-arg]
    """What the whole line is worth by its price, as the price says it; nothing without a price."""
    price, per = cells.price("unit_price")
    if price is None or milli is None:
        return 0, ""
    price_unit = cells.text("price_unit", 20) or (per.code if per else unit)
    try:
        amount = line_amount(
            Quantity(milli, item["base_unit"]),
            price_micro(price),
            price_unit,
            currency,
            True,
            0,
            weight_of(item),
            item["code"],
        )
    except Refused as refused:
        cells.refuse("price_unit", refused)
        return 0, ""
    return amount.gross, plain(price)


async def book(booking: Booking) -> Became:
    """There is nothing to book: purchasing begins with these rows."""
    return {}


PURCHASES = Kind(
    name="purchases", resource="open-purchases", label=N_("Open purchases"), note=N_("With what is received of each line"),
    icon="truck", permission=IMPORT_GOODS, columns=COLUMNS, party="supplier", party_label=N_("Supplier"), check=check, book=book,
)  # fmt: skip
