"""Opening stock brings the heats of its lots: checked at the row, put right by a corrected file, found by search."""

import json
from typing import Any

import httpx
import pytest

from app.core import db
from app.core.db import commit
from app.opening.kinds import KINDS
from app.stock import moves
from app.stock.moves import Wanted
from tests.browse import browser_of
from tests.opening.files import STOCK, booked, dropped, xlsx
from tests.world import World

HEADS = (*STOCK, "炉号")
BOLT = "FB-M10X45-88D"


def row(lot: str, heat: Any, bin_: str = "A-01-01", quantity: int = 5) -> tuple[Any, ...]:
    return (BOLT, bin_, lot, quantity, "千支", "", "", heat)


async def heats() -> dict[str, str]:
    return {r["number"]: r["heat"] for r in await db.rows("select number, heat from lots order by number")}


async def told(world: World, *rows: tuple[Any, ...]) -> list[tuple[int, str]]:
    """Row and field of each problem of a dry run."""
    checked = await dropped("stock", xlsx(HEADS, rows), world.xiuying)
    return [(each["row"], each["field"]) for each in json.loads(checked.problems)]


async def test_lots_come_with_their_heats_and_are_found_by_them(world: World) -> None:
    done = await booked(
        "stock", xlsx(HEADS, [row("L1", "2611074"), row("L2", 2611075), row("", "")]), world.xiuying
    )
    assert (done.made, done.state) == (3, "booked")
    assert await heats() == {"-": "", "L1": "2611074", "L2": "2611075"}
    async with browser_of(world.xiuying) as browser:
        assert "L1" in (await browser.get("/stock?heat=2611074")).text
        assert "2611075" in (await browser.get("/opening/stock/rows")).text
        found = await browser.get("/search?q=2611075")
        assert "L2" in found.text
    again = await booked(
        "stock", xlsx(HEADS, [row("L1", "2611074"), row("L2", "2611075"), row("", "")]), world.xiuying
    )
    assert (again.changed, again.same) == (0, 3)


async def test_a_file_without_the_column_is_what_it_was(world: World) -> None:
    plain = xlsx(STOCK, [row("L1", "")[:-1]])
    await booked("stock", plain, world.xiuying)
    again = await booked("stock", plain, world.xiuying)
    assert (again.changed, again.same) == (0, 1)


async def test_a_wrong_heat_is_told_at_its_row(world: World) -> None:
    assert await told(world, row("", "2611074")) == [(2, "lot")]
    assert await told(world, row("L1", "H1"), row("L1", "H2", "A-01-02")) == [(3, "heat")]
    assert await told(world, row("L1", "H1"), row("L1", "", "A-01-02")) == [], (
        "what is not said is not otherwise"
    )
    assert await told(world, row("L1", "H" * 61)) == [(2, "heat")]
    await booked("stock", xlsx(HEADS, [row("L1", "H1")]), world.xiuying)
    assert await told(world, row("L1", "H2", "A-01-02")) == [(2, "heat")], "what stands says otherwise"
    assert await heats() == {"L1": "H1"}


async def test_a_heat_is_added_and_put_right_until_the_lot_is_in_use(world: World) -> None:
    for heat in ("", "H1", "H2"):
        await booked("stock", xlsx(HEADS, [row("L1", heat)]), world.xiuying)
        assert await heats() == {"L1": heat}
    assert await db.value("select count(*) from stock_postings") == 1, "a heat moves nothing"
    wanted = Wanted(item=BOLT, quantity="1", unit="千支", lot="L1", start="A-01-01", end="A-01-02")
    await commit(moves.make, "move", [wanted], by=world.xiuying)
    assert await told(world, row("L1", "H3")) == [(2, "heat")]


async def test_the_empty_file_explains_the_column(world: World) -> None:
    column = KINDS["stock"].column("heat")
    assert column is not None
    async with browser_of(world.xiuying) as browser:
        answer: httpx.Response = await browser.get("/opening/stock")
        assert "炉号" in answer.text


@pytest.mark.slow
async def test_the_demo_factory_finds_lots_by_heat(demo: None) -> None:
    raw = await db.rows(
        "select l.number, l.heat from lots l join items i on i.id = l.item where i.kind = 'raw'"
    )
    assert raw and all(lot["heat"] for lot in raw)
    shared = await db.value("select count(*) from lots where heat = {}", raw[0]["heat"])
    assert shared == 2, "two coils of a heat"
