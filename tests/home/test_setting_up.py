"""Who runs a house that begins empty is told what is still to be made, until all is there or it is put away."""

import json
import re

from app.core import db
from app.home import setting_up
from app.upkeep.keys import first_administrator
from tests import make
from tests.browse import browser_of, visitor
from tests.sales.sample import draft
from tests.stories.furnishing import MASTERS, furnished, let_in
from tests.world import World

COMPANY = {"name": "绍兴启明紧固件有限公司", "tax_number": "91330602MA2JRK5X3D", "bank_account": "1951"}


async def done() -> dict[str, bool]:
    told = await setting_up.steps()
    return {step.key: each["done"] for step, each in zip(setting_up.STEPS, told["steps"], strict=True)}


async def test_an_empty_house_begins_with_the_company_and_every_step_leads_somewhere(house: None) -> None:
    async with visitor() as admin:
        await let_in(admin, "admin", await first_administrator())
        page = (await admin.get("/")).text
        assert "建厂清单" in page and "已有 0 / 11 项" in page
        assert re.search(r'aria-current="step"><a href="/company"', page)
        for href in re.findall(r'<li[^>]*><a href="(/[^"]+)"><span class="dot">', page):
            assert (await admin.get(href)).status_code == 200, href
        assert (
            'href="/work-centers"><span class="dot">' in page
            and 'href="/warehouses"><span class="dot">' in page
        )


async def test_what_is_made_is_ticked_and_counted(house: None) -> None:
    async with furnished():
        assert [key for key, there in (await done()).items() if not there] == [
            "company",
            "devices",
            "opening",
        ]
        machines = sum(resource == "machines" for resource, _given in MASTERS)
        told = (await setting_up.steps())["steps"][4]
        assert (told["count"], told["href"]) == (machines, "/machines")


async def test_it_goes_when_work_begins_with_all_that_is_needed(world: World) -> None:
    async with browser_of(world.admin) as admin:
        assert "建厂清单" in (await admin.get("/")).text
        assert (await admin.post("/company", data=COMPANY)).status_code == 303
        assert "建厂清单" in (await admin.get("/")).text
        await draft(world)
        assert "建厂清单" not in (await admin.get("/")).text
        assert "建厂清单" in (await admin.get("/setting-up")).text


async def test_it_is_put_away_and_brought_back_by_each_for_oneself(world: World) -> None:
    other = await make.user(
        "second", "另一个管理员", await db.value("select id from roles where code = 'admin'")
    )
    await db.rows("update users set settings = {}", '{"taste": "salty"}')
    async with browser_of(world.admin) as admin, browser_of(other) as second:
        assert (await admin.post("/setting-up", data={"away": "1"})).status_code == 303
        assert "建厂清单" not in (await admin.get("/")).text and "建厂清单" in (await second.get("/")).text
        assert "在工作台显示" in (await admin.get("/setting-up")).text
        assert (await admin.post("/setting-up", data={"away": ""})).status_code == 303
        assert "建厂清单" in (await admin.get("/")).text
    kept = await db.value("select settings from users where id = {}", world.admin.user_id)
    assert json.loads(kept) == {"taste": "salty", "put_away": []}, "what else is kept there stays"


async def test_only_who_runs_the_house_sees_it(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert "建厂清单" not in (await browser.get("/")).text
        assert (await browser.get("/setting-up")).status_code == 403
        assert (await browser.post("/setting-up", data={"away": "1"})).status_code == 403


async def test_the_demo_factory_is_set_up(demo: None) -> None:
    there = await done()
    assert all(there[step.key] for step in setting_up.STEPS if step.needed)
