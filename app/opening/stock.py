"""Opening stock: what lies in each bin by lot and heat, its kg as weighed, its value in fen."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.core import db
from app.core.quantities import PIECE, Weight, half_up, shown
from app.core.refusals import NOT_POSITIVE, REQUIRED, Refused
from app.core.words import N_
from app.opening.cells import Cells
from app.opening.columns import Column
from app.opening.known import Known, weight_of
from app.opening.permissions import IMPORT_GOODS
from app.opening.refusals import NOT_ENOUGH_LEFT, WEIGHT_FAR_OFF
from app.opening.rows import Became, Booking, Kind, Row
from app.stock import ledger, lots
from app.stock.ledger import GOOD, HELD, MoveLine, Why
from app.stock.places import OPENING, place
from app.stock.refusals import OTHER_HEAT

QUALITIES = {
    "good": GOOD,
    "良品": GOOD,
    "合格": GOOD,
    "正常": GOOD,
    "held": HELD,
    "冻结": HELD,
    "待检": HELD,
    "不良": HELD,
    "隔离": HELD,
}
FAR_OFF = Fraction(1, 2)
"""A weighing this far off the piece weight is a wrong unit or a wrong column."""
COLUMNS = (
    Column("item", N_("Item"), "物料编码, 料号, 物料代码, 存货编码, 商品编码, 物料, item code, part no, 旧编码, 编码", required=True,
           hint=N_("Our code, or the code of the old system"), examples=("FB-M10X45-88D", "01.02.0045")),
    Column("bin", N_("Bin"), "库位, 仓位, 货位, 库位编码, 货位编码, location, 库位代码", required=True,
           hint=N_("A bin that exists here"), examples=("A-01-01", "A-01-02")),
    Column("lot", N_("Lot"), "批次, 批号, 批次号, 生产批号, batch, batch no, lot no",
           hint=N_("Empty: not tracked by lot"), examples=("L20260901", "")),
    Column("heat", N_("Heat"), "炉号, 炉批号, 炉次号, 炉次, 钢厂炉号, heat no, heat number, melt no",
           hint=N_("Of the steel, as the mill's certificate says; a lot is of one heat"), examples=("2611074", "")),
    Column("quantity", N_("Quantity"), "结存数量, 库存数量, 现存量, 期初数量, 数量, 结存, 实存数量, qty, on hand, 即时库存", required=True,
           hint=N_("With its unit beside it, in its head or in the cell"), examples=("5", "12000")),
    Column("unit", N_("Unit"), "计量单位, 单位, 基本单位, 主计量单位, uom", hint=N_("件, 千件, 千支, kg, 吨 …"), examples=("千支", "支")),
    Column("weight", N_("Weighed kg"), "重量, 净重, 实重, 重量kg, 结存重量, 辅助数量, kg, net weight, weight, 千克",
           hint=N_("What the scale says; a lot learns its piece weight from it"), examples=("201.5", "")),
    Column("amount", N_("Stock value"), "金额, 结存金额, 库存金额, 期初金额, 成本金额, 余额, value, amount, cost",
           hint=N_("In CNY, to the cent"), examples=("1340.00", "3216.00")),
    Column("quality", N_("Quality status"), "质量状态, 库存状态, 品质状态, 状态, 库存类型, quality status", hint=N_("Good or held; empty: good")),
)  # fmt: skip


async def check(cells: Sequence[Cells], known: Known, kept: Mapping[str, Row], whole: bool) -> list[Row]:
    rows = [row for each in cells if (row := _row(each, known)) is not None]
    await _still_there(rows, kept)
    await _of_one_heat(rows, kept)
    return rows


def _row(cells: Cells, known: Known) -> Row | None:
    item, bin_ = known.find("item", cells, "item"), known.find("bin", cells, "bin")
    lot, quality = cells.text("lot", 60) or lots.UNTRACKED, cells.choice("quality", QUALITIES, GOOD)
    if (heat := cells.text("heat", 60)) and lot == lots.UNTRACKED:
        cells.refuse("lot", Refused(REQUIRED))
    weight, value = cells.kilograms("weight"), cells.money("amount", "CNY") or 0
    milli = _quantity(cells, item) if item is not None else None
    if milli == 0 and (value or weight):
        cells.refuse("quantity", Refused(NOT_POSITIVE))
    if item is None or bin_ is None or milli is None or not cells.sound:
        return None
    if milli and weight:
        _weigh(cells, item, milli, weight)
    told = {
        "item": item["code"], "bin": bin_["code"], "lot": lot, "quality": quality, "quantity": str(milli), "weight": str(weight),
        "amount": str(value), **({"heat": heat} if heat else {}),
    }  # fmt: skip
    return Row(
        key=f"{item['code']}|{lot}|{bin_['code']}|{quality}", told=told, cells=cells, item=item["id"], bin=bin_["id"],
        quality=quality, unit=item["base_unit"], quantity_q=milli, weight_q=weight, amount=value, currency="CNY",
    )  # fmt: skip


def _quantity(cells: Cells, item: Mapping[str, Any]) -> int | None:
    number = cells.number("quantity", required=True)
    unit = cells.unit(number, "quantity") if number is not None else None
    if number is None or unit is None:
        return None
    return cells.quantity("quantity", unit, number, item["base_unit"], weight_of(item), item["code"])


def _weigh(cells: Cells, item: Mapping[str, Any], milli: int, weight: int) -> None:
    """A thousandfold error shows on the scale."""
    expected = (
        milli * weight_of(item).kg_per_piece
        if item["base_unit"] == PIECE and weight_of(item)
        else Fraction(milli)
    )
    if item["base_unit"] == PIECE and not weight_of(item):
        return
    off = abs(weight - expected) / expected
    if off > FAR_OFF:
        far = Refused(WEIGHT_FAR_OFF, weight=shown(weight), quantity=shown(milli), unit=item["unit_label"] or item["base_unit"],
                      percent=f"{half_up(off * 100):,}")  # fmt: skip
        cells.refuse("weight", far)


async def _still_there(rows: Sequence[Row], kept: Mapping[str, Row]) -> None:
    """A correction to less than what is left of it is refused at its row."""
    for row in rows:
        old = kept.get(row.key)
        if old is None or row.quantity_q >= old.quantity_q or row.cells is None:
            continue
        left = await db.value(
            "select quantity_q from stock_balances where item = {} and lot = {} and bin = {} and quality = {}",
            old.item, old.lot, old.bin, old.quality,
        )  # fmt: skip
        if (left or 0) < old.quantity_q - row.quantity_q:
            row.cells.refuse("quantity", Refused(NOT_ENOUGH_LEFT, left=shown(left or 0), unit=row.unit))


async def _of_one_heat(rows: Sequence[Row], kept: Mapping[str, Row]) -> None:
    """Two heats of one lot are refused at the second's row, and another heat than that of a lot which is in use already."""
    heats, named = (
        await _fixed({_lot(row)[0] for row in rows if row.told.get("heat")}),
        {row.key for row in rows},
    )
    for row in (*(row for key, row in kept.items() if key not in named), *rows):
        if heat := row.told.get("heat", ""):
            known = heats.setdefault(_lot(row), heat)
            if known != heat and row.cells is not None:
                row.cells.refuse("heat", Refused(OTHER_HEAT, lot=row.told["lot"], heat=known))


async def _fixed(items: set[int]) -> dict[tuple[int, str], str]:
    """Heats of lots that something else than the opening moved; those of others may still be put right."""
    found = {}
    for start in range(0, len(items), 5000):
        some = sorted(items)[start : start + 5000]
        for row in await db.rows(
            f"select l.item, l.number, l.heat from lots l where l.heat <> '' and {db.any_of('l.item', some).template}"
            " and exists (select 1 from stock_moves m join stock_postings p on p.id = m.posting where m.lot = l.id"
            " and p.source_kind <> 'opening')",
            *some,
        ):
            found[row["item"], row["number"]] = row["heat"]
    return found


async def book(booking: Booking) -> Became:
    """One posting of all that comes in and goes out; each lot with the piece weight of its weighing."""
    plan = booking.plan
    coming = [*plan.new, *(new for _old, new in plan.changed)]
    heats = {_lot(row): row.told["heat"] for row in coming if row.told.get("heat")}
    lot_ids = await lots.find_or_make_many(_weights(coming), heats)
    opening, lines = await place(OPENING), []
    for row in plan.new:
        lines.append(_move(row, lot_ids[_lot(row)], opening, row.quantity_q, row.weight_q))
    for old, new in plan.changed:
        more, weight = new.quantity_q - old.quantity_q, new.weight_q - old.weight_q
        if more:
            lines.append(_move(new, lot_ids[_lot(new)], opening, more, weight))
    for row in plan.removed:
        assert row.lot is not None
        lines.append(_move(row, row.lot, opening, -row.quantity_q, -row.weight_q))
    booking.tell(len(lines) // 2, len(lines))
    if lines:
        await ledger.post(
            Why.OPENING, ("opening", booking.import_id), lines, by=booking.by, document=booking.number
        )
    return {row.key: {"lot": lot_ids[_lot(row)]} for row in coming}


def _lot(row: Row) -> tuple[int, str]:
    assert row.item is not None
    return row.item, row.told["lot"]


def _weights(rows: Sequence[Row]) -> dict[tuple[int, str], Weight | None]:
    """By lot, the piece weight of what was weighed of it; None for the item's own."""
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for row in rows:
        kg, pieces = sums.get(_lot(row), (0, 0))
        weighed = row.weight_q and row.unit == PIECE and row.told["lot"] != lots.UNTRACKED
        sums[_lot(row)] = (kg + row.weight_q, pieces + row.quantity_q) if weighed else (kg, pieces)
    return {
        lot: Weight(half_up(Fraction(kg * 10**9, pieces))) if pieces else None
        for lot, (kg, pieces) in sums.items()
    }


def _move(row: Row, lot: int, opening: int, milli: int, weight: int) -> MoveLine:
    """Into the bin, or out of it again when `milli` is below zero."""
    assert row.item is not None and row.bin is not None
    measured = abs(weight) if weight and (weight > 0) == (milli > 0) else None
    start, end = (opening, row.bin) if milli > 0 else (row.bin, opening)
    qualities = (GOOD, row.quality) if milli > 0 else (row.quality, GOOD)
    return MoveLine(row.item, lot, start, end, abs(milli), *qualities, measured, "kg" if measured else "")


STOCK = Kind(
    name="stock", resource="stock", label=N_("Opening stock"), note=N_("By bin, lot, kg and value"), icon="warehouse",
    permission=IMPORT_GOODS, columns=COLUMNS, party="item", party_label=N_("Item"), check=check, book=book,
)  # fmt: skip
