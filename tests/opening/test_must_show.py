"""A house goes live: 3,000 items, 800 open lines and 500 receivables come in twice, and are in the books once, to the cent."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from app.catalog.masters import ITEMS
from app.core import db, recounts
from app.core.money import Money
from app.web import imports
from tests.opening.files import ORDERS, RECEIVABLES, STOCK, booked, xlsx
from tests.world import World

pytestmark = pytest.mark.slow
ITEM_HEADS = ("编码", "名称", "规格", "类型", "计件单位", "千件重", "旧系统编码")
SIZES = (5, 6, 8, 10, 12, 16)


class OldSystem:
    """What K/3 holds, the same every time; every sum of it in whole cents."""

    def __init__(self) -> None:
        chance = Random(5)
        self.items = [self._item(n, chance) for n in range(3000)]
        self.stock = [self._stock(n, chance) for n in range(3000)]
        self.lines = [self._line(n, chance) for n in range(800)]
        self.owed = [self._owed(n, chance) for n in range(500)]

    def _item(self, n: int, chance: Random) -> tuple[Any, ...]:
        size = SIZES[n % 6]
        return (
            f"B{n:05d}",
            "六角螺栓",
            f"M{size}×{20 + n % 80}",
            "finished",
            "支",
            f"{size * 4}.5",
            f"01.02.{n:05d}",
        )

    def _stock(self, n: int, chance: Random) -> tuple[Any, ...]:
        fen = chance.randrange(1, 10**7)
        return (
            f"01.02.{n:05d}",
            f"A-01-0{1 + n % 2}",
            f"L{n % 40}",
            chance.randrange(1, 500),
            "千支",
            "",
            fen / 100,
        )

    def _line(self, n: int, chance: Random) -> tuple[Any, ...]:
        ordered = chance.randrange(10, 500)
        shipped = chance.randrange(0, ordered)
        price = chance.randrange(10**4, 10**6) / 100
        return (f"SEORD{n // 3:05d}", n % 3 + 1, "HENGLI", f"PO-{n // 3}", f"01.02.{n:05d}", ordered, "千支", shipped or "", price,
                f"2026-12-{10 + n % 20}")  # fmt: skip

    def _owed(self, n: int, chance: Random) -> tuple[Any, ...]:
        return (
            f"XSZP{n:06d}",
            "HENGLI",
            chance.randrange(1, 10**8) / 100,
            "CNY",
            "2026-10-31",
            f"2026-12-{1 + n % 28:02d}",
        )


def cents(rows: Sequence[tuple[Any, ...]], at: int) -> int:
    return sum(round(row[at] * 100) for row in rows)


async def imported(world: World, old: OldSystem) -> imports.Result:
    table = imports.read_table(ITEMS, "items.xlsx", xlsx(ITEM_HEADS, old.items))
    return await imports.run(ITEMS, table, dry=False, by=world.admin)


async def test_opening_data_taken_over_twice_is_in_the_books_once_to_the_cent(world: World) -> None:
    old, began = OldSystem(), time.perf_counter()
    value, owed = cents(old.stock, 6), cents(old.owed, 2)
    typed = {
        "stock": {
            "totals": {
                "rows": "3000",
                "amount:CNY": str(Money(value)),
                "quantity:件": str(sum(r[3] for r in old.stock) * 1000),
            }
        },
        "orders": {"totals": {"rows": "800"}},
        "receivables": {
            "totals": {"rows": "500", "amount:CNY": str(Money(owed))},
            "parties": f"宁波恒立\t{Money(owed)}",
        },
    }
    files = {
        "stock": xlsx(STOCK, old.stock),
        "orders": xlsx(ORDERS, old.lines),
        "receivables": xlsx(RECEIVABLES, old.owed),
    }
    told, spent = [], list[str]()
    for turn in (1, 2):
        start = time.perf_counter()
        items = await imported(world, old)
        assert (
            items.errors == items.passed_over == []
            and len(items.made) == (3000 if turn == 1 else 0)
            and items.same == (0 if turn == 1 else 3000)
        )
        spent.append(f"items {time.perf_counter() - start:.1f}")
        for kind, data in files.items():
            start = time.perf_counter()
            row = await booked(kind, data, world.admin, typed=typed[kind])
            told.append((kind, row.made, row.changed, row.removed, row.same))
            spent.append(f"{kind} {time.perf_counter() - start:.1f}")
    seconds = time.perf_counter() - began
    assert told == [
        ("stock", 3000, 0, 0, 0), ("orders", 800, 0, 0, 0), ("receivables", 500, 0, 0, 0),
        ("stock", 0, 0, 0, 3000), ("orders", 0, 0, 0, 800), ("receivables", 0, 0, 0, 500),
    ]  # fmt: skip
    assert (
        await db.value("select cast(sum(amount) as bigint) from opening_rows where kind = 'stock'") == value
    )
    assert (
        await db.value("select cast(sum(quantity_q) as bigint) from stock_moves")
        == sum(r[3] for r in old.stock) * 10**6
    )
    assert await db.value("select count(*) from stock_postings") == 1
    assert await db.value("select cast(sum(amount) as bigint) from receivables") == owed
    assert await db.value("select count(*) from receivables") == 500
    left = sum(row[5] - (row[7] or 0) for row in old.lines) * 10**6
    assert (
        await db.value("select cast(sum(quantity_q - delivered_q) as bigint) from sales_order_lines") == left
    )
    assert await db.value("select count(*) from sales_orders") == 267
    assert [r for r in await recounts.run() if r.differences] == []
    print(
        f"\n3,000 items, 3,000 stock rows, 800 lines, 500 receivables, twice: {seconds:.1f} s ({', '.join(spent)})"
    )
    assert seconds < 600
