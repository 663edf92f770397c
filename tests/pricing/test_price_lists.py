"""Price lists: for all or one customer, by quantity and unit, valid from day to day; and the price an order gets."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core import db
from app.core.quantities import Quantity, Weight
from app.pricing.prices import Asked, Found, price_of, prices_of
from tests import make
from tests.browse import browser_of, program_of
from tests.web.test_masters import sheet
from tests.world import TODAY, World, events_of

BOLT = "FB-M10X45-88D"
BASE: dict[str, Any] = {
    "code": "PL-A", "name": "通用 2026", "currency": "CNY", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
    "tax_included": True, "active": True, "prices": [
        {"item": BOLT, "from": "0", "price": "268", "price_unit": "千支"},
        {"item": BOLT, "from": "50", "price": "255.5", "price_unit": "千件"},
    ],
}  # fmt: skip


async def sent(world: World, **more: Any) -> Any:
    async with program_of(world.xiaolan) as client:
        return await client.post("/api/v1/price-lists", json={**BASE, **more})


async def made(world: World, **more: Any) -> None:
    answer = await sent(world, **more)
    assert answer.status_code == 201, answer.text


async def cost(world: World, thousands: str = "10", on: date = TODAY, **more: Any) -> Found | None:
    asked = Asked(world.bolt.id, Quantity(int(Decimal(thousands) * 10**6)), Weight(40_200_000), **more)
    return await price_of(world.hengli.id, asked, on)


async def test_the_break_that_is_reached_counts(world: World) -> None:
    await made(world)
    small, edge, large = await cost(world, "49.999"), await cost(world, "50"), await cost(world, "500")
    assert small and edge and large
    assert (small.price, edge.price, large.price) == (268_000_000, 255_500_000, 255_500_000)
    assert (small.price_unit, small.list, small.own) == ("千件", "PL-A", False)


async def test_a_customers_own_list_comes_before_the_general_one_and_other_customers_do_not_see_it(
    world: World,
) -> None:
    await made(world)
    await made(
        world,
        code="PL-H",
        customer="HENGLI",
        prices=[{"item": BOLT, "from": "20", "price": "240", "price_unit": "千件"}],
    )
    below, own = await cost(world, "10"), await cost(world, "20")
    assert below and own and (below.list, own.list, own.own) == ("PL-A", "PL-H", True)
    other = await make.customer("AOTU", "杭州奥途")
    asked = Asked(world.bolt.id, Quantity(20_000_000), Weight(40_200_000))
    theirs = await price_of(other.id, asked, TODAY)
    assert theirs is not None and theirs.list == "PL-A"


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
async def test_a_list_counts_from_its_first_to_its_last_day(world: World, on: date, found: bool) -> None:
    await made(world)
    assert (await cost(world, on=on) is not None) is found


async def test_a_price_per_kilogram_is_found_by_the_piece_weight(world: World) -> None:
    await made(world, prices=[{"item": BOLT, "from": "100", "price": "6.8", "price_unit": "公斤"}])
    assert await cost(world, "2") is None  # 80.4 kg
    found = await cost(world, "3")
    assert found is not None and found.price_unit == "kg" and found.price == 6_800_000


async def test_a_price_with_tax_is_turned_into_one_without(world: World) -> None:
    await made(world)
    asked = Asked(world.bolt.id, Quantity(10_000_000), Weight(40_200_000), 1300)
    found = await price_of(world.hengli.id, asked, TODAY, tax_included=False)
    assert found is not None and found.price == 237_168_142  # 268 / 1.13


async def test_another_currency_has_its_own_prices(world: World) -> None:
    await made(world)
    await made(
        world, code="PL-USD", currency="USD", prices=[{"item": BOLT, "price": "35", "price_unit": "千件"}]
    )
    asked = [Asked(world.bolt.id, Quantity(10_000_000), Weight(40_200_000))] * 3
    found = await prices_of(world.hengli.id, asked, TODAY, currency="USD")
    assert [f and f.list for f in found] == ["PL-USD"] * 3


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"valid_to": "2025-12-31"}, "valid_to", "截止日早于开始日"),
        ({"currency": "XXX"}, "currency", "XXX"),
        ({"customer": "NOBODY"}, "customer", "NOBODY"),
        ({"valid_from": ""}, "valid_from", "必填"),
        ({"prices": [{"item": BOLT, "price": "268", "price_unit": ""}]}, "prices-0-price_unit", "单位"),
        ({"prices": [{"item": BOLT, "price": "268", "price_unit": "箩筐"}]}, "prices-0-price_unit", "箩筐"),
        ({"prices": [{"item": BOLT, "price": "", "price_unit": "件"}]}, "prices-0-price", ""),
        ({"prices": [{"item": BOLT, "price": "-1", "price_unit": "件"}]}, "prices-0-price", "0"),
        ({"prices": [{"item": "NOPE", "price": "1", "price_unit": "件"}]}, "prices-0-item", "NOPE"),
        ({"prices": [{"item": BOLT, "from": "50", "price": "1", "price_unit": "件"},
                     {"item": BOLT, "from": "50.000", "price": "2", "price_unit": "件"}]}, "prices-1-from", "已有价格"),
        ({"prices": [{"item": BOLT, "from": "1", "price": "1", "price_unit": "件"},
                     {"item": BOLT, "from": "2", "price": "2", "price_unit": "kg"}]}, "prices", "一种价格单位"),
    ],
)  # fmt: skip
async def test_bad_input_is_told_at_its_field(
    world: World, wrong: dict[str, Any], field: str, said: str
) -> None:
    answer = await sent(world, **wrong)
    assert answer.status_code == 422
    assert said in answer.json()["fields"][field]
    assert await db.value("select count(*) from price_lists") == 0


async def test_two_lists_may_not_price_the_same_item_on_the_same_day(world: World) -> None:
    await made(world)
    clash = await sent(world, code="PL-B", valid_from="2026-12-31", valid_to="")
    assert clash.status_code == 422
    said = clash.json()["fields"]["valid_from"]
    assert "PL-A" in said and "2026-12-31" in said
    await made(world, code="PL-B", valid_from="2027-01-01", valid_to="")
    await made(world, code="PL-H", customer="HENGLI")
    await made(world, code="PL-USD", currency="USD")
    nut = await make.item("NUT-M10", "螺母")
    await made(world, code="PL-N", prices=[{"item": nut.code, "price": "1", "price_unit": "件"}])
    await made(world, code="PL-OFF", active=False)


async def test_a_list_grown_into_another_is_refused_too(world: World) -> None:
    await made(world)
    await made(world, code="PL-B", valid_from="2027-01-01", valid_to="")
    async with program_of(world.xiaolan) as client:
        answer = await client.patch("/api/v1/price-lists/PL-A", json={"valid_to": "2027-06-30"})
        assert answer.status_code == 422 and "valid_from" in answer.json()["fields"]
        answer = await client.patch("/api/v1/price-lists/PL-A", json={"valid_to": "2026-11-30"})
        assert answer.status_code == 200 and len(answer.json()["prices"]) == 2


async def test_prices_come_by_file_a_dry_run_first(world: World) -> None:
    await made(world, prices=[])
    heads = ["价目表", "我们的料号", "起订量", "单价", "计价单位"]
    data = sheet(heads, ["PL-A", BOLT, 0, 268, "千支"], ["PL-A", BOLT, 50, "255.5", "千件"])
    async with program_of(world.xiaolan) as client:
        dry = await client.post("/api/v1/imports/price-lists?of=prices", files={"file": ("a.xlsx", data)})
        assert dry.json()["created"] == 2 and await db.value("select count(*) from prices") == 0
        for expected in (2, 0):
            done = await client.post(
                "/api/v1/imports/price-lists?of=prices", data={"apply": "1"}, files={"file": ("a.xlsx", data)}
            )
            assert done.json()["created"] == expected, done.text
    found = await cost(world)
    assert found is not None and found.price == 268_000_000
    row = await db.value("select id from price_lists")
    assert await events_of("price_list", row) == ["price_list.made", "price_list.changed"]


async def test_a_list_is_written_by_hand_and_all_prices_are_listed(world: World) -> None:
    form = {
        "code": "PL-A", "name": "手写", "currency": "CNY", "valid_from": "2026-01-01", "active": "1", "tax_included": "1",
        "prices-count": "4", "prices-0-item": BOLT, "prices-0-from": "0", "prices-0-price": "268", "prices-0-price_unit": "千件",
        "prices-1-price_unit": "",
    }  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/price-lists", data=form)
        assert answer.status_code == 303, answer.text
        assert "268.00" in (await client.get("/price-lists/PL-A")).text
        page = (await client.get("/prices?valid=now&price_list=PL-A")).text
        assert BOLT in page and "所有客户" in page
        assert (await client.get("/prices/export.xlsx")).status_code == 200
    async with browser_of(world.jianguo) as client:
        assert (await client.get("/prices")).status_code == 403
        assert (await client.post("/price-lists", data=form)).status_code == 403


async def test_a_list_is_changed_by_nobody_without_the_right(world: World) -> None:
    async with program_of(world.zhoumin) as client:
        assert (await client.get("/api/v1/price-lists")).status_code == 200
        assert (await client.post("/api/v1/price-lists", json=BASE)).status_code == 403
