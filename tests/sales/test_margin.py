"""What an order leaves is known when every item has its standard cost; only who may see costs is told."""

import io
import re
from typing import Any

import python_calamine as calamine

from app.catalog.masters import ITEMS
from app.core import db
from app.core.db import commit
from app.sales import margin, orders
from app.sales.facts import recent_orders
from app.web import masters
from app.web.input import Input
from tests import make
from tests.browse import browser_of, program_of
from tests.intake.files.writing import rows_to_xlsx
from tests.sales.sample import confirmed, draft, line
from tests.world import TODAY, World


async def costs(world: World, yuan: str, code: str = "FB-M10X45-88D") -> None:
    await commit(masters.save, ITEMS, code, Input({"standard_cost": yuan}), by=world.admin, partial=True)


async def of(world: World, *lines: Any, **more: Any) -> str:
    return margin.fact(await margin.of_order((await draft(world, *lines, **more)).id))


async def test_the_margin_is_what_is_left_of_the_net_amount(world: World) -> None:
    """5 千支 at ¥268.00 with 13 % tax: ¥1,185.84 net; at ¥0.166 each they cost ¥830.00."""
    assert await of(world) == ""
    await costs(world, "0.166")
    assert await of(world) == "30.01"
    assert await of(world, line(), line(quantity="1", kind="spare", unit_price="", price_unit="")) == "16.01"
    assert await of(world, line(kind="sample", unit_price="", price_unit="")) == ""
    await db.rows("update customers set tax_included = {}, tax_rate = 0, currency = 'USD'", False)
    assert await of(world, line(unit_price="40"), rate="7") == "40.71"


async def test_a_charge_is_passed_on_unless_its_cost_is_known(world: World) -> None:
    await make.item("MOULD", "模具费", "", kind="service", weight_micro=0)
    mould = line(item="MOULD", quantity="1", unit="件", unit_price="1130", price_unit="件")
    await costs(world, "0.166")
    assert await of(world, line(), mould) == "30.01"
    await costs(world, "900", "MOULD")
    assert await of(world, line(), mould) == "20.85"


async def test_a_rule_about_the_margin_holds_what_is_below_it_and_not_what_is_not_known(world: World) -> None:
    await make.approval_rule((("margin_percent", "<", "35"),))
    unknown = await draft(world)
    assert not (await commit(orders.confirm, unknown.number, by=world.xiaolan)).deferred
    await costs(world, "0.166")
    low, high = await draft(world), await draft(world, line(unit_price="300"))
    assert (await commit(orders.confirm, low.number, by=world.xiaolan)).deferred
    assert not (await commit(orders.confirm, high.number, by=world.xiaolan)).deferred
    late = {case.label.split(" ")[0]: case.facts["margin_percent"] for case in await recent_orders(TODAY)}
    assert late == {unknown.number: "30.01", high.number: "37.47"}


async def test_only_who_may_see_costs_sees_the_margin(world: World) -> None:
    await costs(world, "0.166")
    await make.approval_rule((("margin_percent", "<", "35"),))
    made = await draft(world)
    await commit(orders.confirm, made.number, by=world.xiaolan)
    number = await db.value("select number from approval_requests")
    async with browser_of(world.chenzong) as boss, browser_of(world.xiaolan) as seller:
        assert "毛利 30.01 %" in (await boss.get(f"/orders/{made.number}")).text
        card = (await boss.get(f"/inbox/{number}")).text
        assert "30.01%" in card and "30.01 %" in card
        for path in (f"/orders/{made.number}", f"/inbox/{number}"):
            assert "30.01" not in (await seller.get(path)).text
    async with program_of(world.xiaolan) as api:
        assert "margin_percent" not in (await api.get(f"/api/v1/approvals/{number}")).json()["facts"]


async def test_an_unknown_margin_is_called_so(world: World) -> None:
    await make.approval_rule()
    made = await draft(world, line(quantity="500"))
    await commit(orders.confirm, made.number, by=world.xiaolan)
    number = await db.value("select number from approval_requests")
    async with browser_of(world.chenzong) as boss:
        assert "毛利未知" in (await boss.get(f"/orders/{made.number}")).text
        assert "有物料没有标准成本" in (await boss.get(f"/inbox/{number}")).text


async def test_a_cost_is_kept_by_page_file_and_program_and_told_to_nobody_else(world: World) -> None:
    code = world.bolt.code
    async with browser_of(world.zhoumin) as page:
        form = (await page.get(f"/items/{code}/edit")).text
        assert 'name="standard_cost"' in form
        heads = rows_to_xlsx(("物料", [["编码", "标准成本"], [code, "0.166"]]))
        done = await page.post("/items/import", data={"apply": "1"}, files={"file": ("costs.xlsx", heads)})
        assert done.status_code == 200
        sent = await page.get("/items/export.xlsx?columns=code,cost_micro")
        rows = calamine.load_workbook(io.BytesIO(sent.content)).get_sheet_by_index(0).to_python()
        assert rows[1][:2] == [code, 0.166]
        assert "0.166" in (await page.get(f"/items/{code}")).text
    async with browser_of(world.liuyang) as page:  # edits items, sees no costs
        assert 'name="standard_cost"' not in (await page.get(f"/items/{code}/edit")).text
        for at in (f"/items/{code}", "/items?columns=code,cost_micro"):
            assert not re.search(
                r"(?<!\d)0\.166(?!\d)", (await page.get(at)).text
            )  # moments have such digits
    async with program_of(world.liuyang) as api:
        answer = await api.patch(f"/api/v1/items/{code}", json={"standard_cost": "9", "name": "螺栓"})
        assert answer.status_code == 200 and "standard_cost" not in answer.json()
    async with program_of(world.zhoumin) as api:
        assert (await api.get(f"/api/v1/items/{code}")).json()["standard_cost"] == "0.166"
    assert await confirmed(world)
