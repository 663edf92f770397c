"""More call-offs, changes, plans and orders than a page shows: said so, with a way to the rest."""

import re
from datetime import timedelta

from app.core import db
from tests.browse import browser_of
from tests.frameworks.sample import FAR, NEAR, active, called, ordered
from tests.world import World

DAYS = [FAR + timedelta(days=n) for n in range(230)]


async def test_more_call_offs_than_a_page_shows_are_gone_on_with_and_ordered_from_there(world: World) -> None:
    made = await active(world)
    await called(world, made, *[(day, "0.1") for day in DAYS])
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(at)).text
        assert "共 230 条，显示 200 条" in page
        assert page.count('name="chosen"') == 200 and f"1@{DAYS[200]}" not in page
        [following] = re.findall(r'href="([^"]*\?call_offs=[^"]*)"', page)
        rest = (await browser.get(following.partition("#")[0])).text
        assert rest.count('name="chosen"') == 30 and f"1@{DAYS[229]}" in rest and "回到开头" in rest
        done = await browser.post(f"{at}/orders", data={"chosen": f"1@{DAYS[229]}"})
        assert done.status_code == 303
        assert (await browser.get(f"{at}?call_offs=nonsense")).text.count('name="chosen"') == 200


async def test_all_changes_of_a_plan_have_a_page(world: World) -> None:
    made = await active(world)
    await called(world, made, *[(day, "0.1") for day in DAYS])
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/framework-orders/{made.number}")).text
        [address] = re.findall(rf'href="(/framework-orders/{made.number}/plans/1\?after=60)"', page)
        assert "还有 170 处变化" in page
        rest = (await browser.get(address)).text
        assert rest.count('class="changed"') == 170 and "共 230 条，显示 170 条" in rest
        whole = (await browser.get(f"/framework-orders/{made.number}/plans/1")).text
        assert whole.count('class="changed"') == 200 and "?after=200" in whole
        assert (await browser.get(f"/framework-orders/{made.number}/plans/9")).status_code == 404
    async with browser_of(world.nobody) as browser:
        assert (await browser.get(address)).status_code == 403


async def test_more_changes_to_decide_than_a_page_shows_are_gone_on_with(world: World) -> None:
    made = await active(world, firm_days="180")
    days = [NEAR + timedelta(days=n) for n in range(140)]
    await called(world, made, *[(day, "0.1") for day in days])
    await called(world, made, *[(day, "0.2") for day in days], adds=True)
    rest = [(day + timedelta(days=n), "0.1") for n, day in enumerate(days[:70])]
    await called(world, made, *rest)
    await db.rows("update call_off_changes set state = 'open' where seq > 140")
    asked = await db.value("select count(*) from call_off_changes where state = 'open'")
    assert asked > 200
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(f"/framework-orders/{made.number}")).text
        assert f"共 {asked} 条，显示 200 条" in page and f"全部 {asked} 处" in page
        [following] = re.findall(r'href="([^"]*\?changes=[^"]*)"', page)
        assert f"显示 {asked - 200} 条" in (await browser.get(following.partition("#")[0])).text


async def test_older_plans_and_orders_are_reached(world: World) -> None:
    made = await active(world)
    for n in range(14):
        await called(world, made, (DAYS[n], "0.1"), adds=True, reference=f"W{n}")
    for day in DAYS[:14]:
        await ordered(world, made, day)
    at = f"/framework-orders/{made.number}"
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get(at)).text
        assert "W13" in page and "<b>W1</b>" not in page and "?plans=3#plans" in page
        older = (await browser.get(f"{at}?plans=3")).text
        assert "<b>W1</b>" in older and "<b>W13</b>" not in older
