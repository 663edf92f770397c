"""In a house that begins empty every page says where its rows come from, and a field that finds nothing leads on."""

import pytest

from app.people.actors import Actor
from app.upkeep import first_things
from app.upkeep.keys import first_administrator
from tests import make
from tests.browse import browser_of
from tests.sales.sample import draft, line
from tests.world import World

NEW = 'href="/{}/new" target="_blank"'


async def hired(role: str) -> Actor:
    """Somebody with one of the roles a house begins with."""
    await first_administrator()
    roles = await first_things.plant_roles()
    return await make.user("somebody", "某人", roles[role])


@pytest.mark.parametrize(("lookup", "makes", "role", "may_not"), [
    ("/lookup/work-centers", "work-centers", "pmc", "leader"), ("/lookup/items", "items", "pmc", "sales"),
    ("/lookup/customers", "customers", "sales", "merchandiser"), ("/orders/lookup/customers", "customers", "sales", "export"),
    ("/orders/lookup/items", "items", "admin", "sales"), ("/lookup/warehouses", "warehouses", "warehouse", ""),
    ("/lookup/bins", "bins", "warehouse", "worker"), ("/lookup/people", "people", "admin", "boss"),
])  # fmt: skip
async def test_a_field_that_finds_nothing_leads_to_where_it_is_made(
    house: None, lookup: str, makes: str, role: str, may_not: str
) -> None:
    for who, leads in ((role, True), *(((may_not, False),) if may_not else ())):
        somebody = (
            await hired(who)
            if leads
            else await make.user("other", "别人", (await first_things.plant_roles())[who])
        )
        async with browser_of(somebody) as browser:
            found = await browser.get(lookup, params={"q": "没有这样的"})
            assert found.status_code == 200 and "没有找到" in found.text
            assert (NEW.format(makes) in found.text) is leads, (lookup, who)
            if leads:
                assert (await browser.get(f"/{makes}/new")).status_code == 200


@pytest.mark.parametrize(("path", "right"), [
    ("/items", "维护物料"), ("/price-lists", "价目表"), ("/boms", "物料清单"),
])  # fmt: skip
async def test_an_empty_list_names_the_right_of_those_who_fill_it(house: None, path: str, right: str) -> None:
    async with browser_of(await hired("merchandiser" if path != "/boms" else "sales")) as browser:
        page = (await browser.get(path)).text
        assert f"{path}/new" not in page
        said = page.partition('<div class="empty">')[2].partition("</p>")[0]
        assert "由有“" in said and right in said


@pytest.mark.parametrize(("path", "leads"), [
    ("/work-orders", "/orders?state=in_progress"), ("/delivery-notes", "/orders?state=made"), ("/receivables", "/delivery-notes"),
    ("/bills", "/opening"), ("/stock", "/stock/moves/new"), ("/schedules", "/work-orders"), ("/bom-lines", "/boms"),
    ("/prices", "/price-lists"), ("/part-numbers", "/customers"), ("/change-requests", "/orders"),
])  # fmt: skip
async def test_an_empty_list_leads_where_its_rows_come_from(house: None, path: str, leads: str) -> None:
    async with browser_of(await hired("admin")) as browser:
        empty = (await browser.get(path)).text.partition('<div class="empty">')[2].partition("</section>")[0]
        assert f'href="{leads}"' in empty and "<p>" in empty
        assert (await browser.get(leads)).status_code == 200


async def test_who_sees_no_orders_is_not_led_there(house: None) -> None:
    async with browser_of(await hired("warehouse")) as browser:
        page = (await browser.get("/delivery-notes")).text
        assert (
            "安排发货" in page
            and 'href="/orders' not in page.partition('<div class="empty">')[2].partition("</section>")[0]
        )


@pytest.mark.parametrize(
    ("who", "page"), [("xiaolan", "/price-lists"), ("xiaolan", "/orders/new"), ("zhoumin", "/company")]
)
async def test_the_exchange_rates_are_found_and_kept_by_sales_and_finance(
    world: World, who: str, page: str
) -> None:
    async with browser_of(getattr(world, who)) as browser:
        assert 'href="/exchange-rates"' in (await browser.get(page)).text
        kept = await browser.post(
            "/exchange-rates", data={"currency": "USD", "day": "2026-11-20", "rate": "7.1"}
        )
        assert kept.status_code == 303


async def test_a_rule_names_the_role_that_nobody_has(house: None) -> None:
    asked = {
        "name": "大额订单", "command": "sales_order.confirm", "joined": "and", "conditions-0-fact": "amount_cny",
        "conditions-0-comparison": ">", "conditions-0-value": "50000", "steps-0-who-0": "role:boss", "steps-0-mode": "one", "active": "1",
    }  # fmt: skip
    async with browser_of(await hired("admin")) as browser:
        refused = await browser.post("/approval-rules/new", data=asked)
        assert refused.status_code == 422 and "“老板/副总”不能审批" in refused.text


async def test_a_foreign_draft_is_worth_nothing_known_before_there_is_a_rate(world: World) -> None:
    made = await draft(world, line(unit_price="40"), currency="EUR")
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/orders/{made.number}")).text
        assert "还没有汇率 · " in page and "¥0.00 · 含税" not in page
        again = await browser.post(
            f"/orders/{made.number}/confirm", data={"version": str(made.version)}, follow_redirects=True
        )
        assert "“汇率”" in again.text


async def test_a_row_that_names_another_thing_says_by_what(house: None) -> None:
    async with browser_of(await hired("admin")) as browser:
        for path, name in (
            ("/items/new", "routing-0-work_center"),
            ("/customers/new", "part_numbers-0-item"),
            ("/boms/new", "lines-0-item"),
        ):
            field = (await browser.get(path)).text.partition(f'name="{name}"')[2].partition(">")[0]
            assert 'placeholder="编码或名称"' in field, path
