"""What an item is made of: by form, file and program, in units that its components have, and never of itself."""

from typing import Any

import pytest

from app.catalog.masters import BOMS
from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.web import imports, masters
from app.web.input import Input
from tests import make
from tests.browse import browser_of, program_of
from tests.opening.files import xlsx
from tests.world import World, events_of

LINE = {"seq": "10", "item": "W-10", "quantity": "42.5", "unit": "kg", "per": "1000", "scrap_rate": "2.5"}


@pytest.fixture
async def wire(world: World) -> None:
    await make.item(
        "W-10", name="线材", base_unit="kg", kind="raw", unit_label="", weight_micro=0, old_code="03.10"
    )


async def saved(
    world: World, code: str, item: str, *lines: dict[str, Any], before: str | None = None
) -> dict[str, Any]:
    form = Input({"code": code, "item": item, "active": "1", "lines": list(lines)})
    return (await commit(masters.save, BOMS, before, form, by=world.liuyang)).value


async def test_a_component_is_a_ratio_of_two_integers_with_its_scrap(world: World, wire: None) -> None:
    row = await saved(world, "BOM-1", "FB-M10X45-88D", LINE)
    kept = await db.one("select quantity_q, unit, per, scrap_rate from bom_lines")
    assert kept == {"quantity_q": 42_500, "unit": "kg", "per": 1000, "scrap_rate": 250}
    assert await events_of("bom", row["id"]) == ["bom.made"]


@pytest.mark.parametrize("wrong, at", [
    ({"quantity": "0"}, "lines-0-quantity"), ({"unit": "千支"}, "lines-0-unit"), ({"item": "没有"}, "lines-0-item"),
    ({"unit": ""}, "lines-0-unit"), ({"quantity": ""}, "lines-0-quantity"),
])  # fmt: skip
async def test_what_is_wrong_with_a_component_stands_at_its_field(
    world: World, wire: None, wrong: dict[str, str], at: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await saved(world, "BOM-1", "FB-M10X45-88D", {**LINE, **wrong})
    assert at in refused.value.fields()
    assert await db.value("select count(*) from boms") == 0


async def test_nothing_is_part_of_itself_not_even_through_others(world: World, wire: None) -> None:
    await make.item("BLANK", name="光坯")
    await saved(world, "BOM-1", "FB-M10X45-88D", {**LINE, "item": "BLANK", "unit": "千支", "quantity": "1"})
    with pytest.raises(Refused, match="part_of_itself") as refused:
        await saved(
            world, "BOM-2", "BLANK", {**LINE, "item": "FB-M10X45-88D", "unit": "千支", "quantity": "1"}
        )
    assert "BLANK → FB-M10X45-88D → BLANK" in refused.value.sentence()


async def test_one_bill_of_an_item_is_in_use(world: World, wire: None) -> None:
    await saved(world, "BOM-1", "FB-M10X45-88D", LINE)
    with pytest.raises(Refused, match="bom_in_use"):
        await saved(world, "BOM-2", "FB-M10X45-88D", LINE)


async def test_who_may_not_is_refused(world: World, wire: None) -> None:
    with pytest.raises(Refused, match="forbidden"):
        await commit(masters.save, BOMS, None, Input({"code": "B"}), by=world.xiuying)


async def test_components_come_by_file_with_old_codes_and_twice_change_nothing(
    world: World, wire: None
) -> None:
    heads = imports.read_table(BOMS, "b.xlsx", xlsx(("编码", "成品物料"), [("BOM-1", "FB-M10X45-88D")]))
    assert (await imports.run(BOMS, heads, dry=False, by=world.liuyang)).made == ["BOM-1"]
    data = xlsx(
        ("物料清单", "行号", "组成物料", "数量", "单位", "对应成品数量"),
        [("BOM-1", 10, "03.10", 42.5, "kg", 1000)],
    )
    child = BOMS.children[0]
    for turn in range(2):
        table = imports.read_table(BOMS, "b.xlsx", data, child)
        found = await imports.run(BOMS, table, False, child, by=world.liuyang)
        assert found.errors == [] and (len(found.made) + len(found.changed) > 0) == (turn == 0)
    assert await db.value("select i.code from bom_lines l join items i on i.id = l.item") == "W-10"


async def test_pages_and_programs_show_it(world: World, wire: None) -> None:
    await saved(world, "BOM-1", "FB-M10X45-88D", LINE)
    async with browser_of(world.liuyang) as client:
        assert "BOM-1" in (await client.get("/boms?q=BOM-1")).text
        assert "42.5" in (await client.get("/boms/BOM-1")).text
        assert "W-10" in (await client.get("/bom-lines?item=W-10")).text
        assert (await client.get("/bom-lines/export.xlsx")).content[:2] == b"PK"
    async with program_of(world.liuyang) as client:
        told = (await client.get("/api/v1/boms/BOM-1")).json()
        assert told["lines"][0] | {"note": ""} == {
            "seq": 10, "item": "W-10", "quantity": "42.5", "unit": "kg", "per": 1000, "scrap_rate": "2.5", "note": "",
        }  # fmt: skip
