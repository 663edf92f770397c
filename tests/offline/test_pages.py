"""The office's pages: devices, badges, and what devices sent."""

import base64
import re

import pytest

from app.core import db
from tests.browse import browser_of, visitor
from tests.offline.tablet import action, code_of, tablet_of
from tests.production import floor
from tests.world import World

LISTS = ("/devices", "/badges", "/device-actions")
PAGES = (*LISTS, "/devices/new", *(f"{path}/export.xlsx" for path in LISTS))


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_opens_for_who_may_and_for_nobody_else(world: World, path: str) -> None:
    async with browser_of(world.admin) as client:
        assert (await client.get(path)).status_code == 200
    async with browser_of(world.nobody) as client:
        assert (await client.get(path)).status_code == 403


async def test_a_device_is_made_its_code_shown_once_and_enrolled_by_it(world: World) -> None:
    async with browser_of(world.admin) as client:
        form = {"name": "冷镦平板", "kind": "tablet", "team": "HEADING", "language": "zh_CN", "_key": "k1"}
        shown = await client.post("/devices", data=form)
        assert shown.status_code == 200 and "<svg" in shown.text and "http://test/enrol" in shown.text
        code = re.search(r'id="code"[^>]*>([0-9A-Z]{5}-[0-9A-Z]{5})<', shown.text)
        assert code
        again = await client.post("/devices", data=form)
        assert again.status_code == 303 and await db.value("select count(*) from devices") == 1
        async with visitor() as tablet:
            answer = await tablet.post("/api/v1/devices/enrol", json={"code": code[1]})
            assert answer.json()["device"]["team"] == "冷镦组"
            cookie = answer.headers["set-cookie"].lower()
            assert "httponly" in cookie and "samesite=lax" in cookie
            wrong = await tablet.post("/api/v1/devices/enrol", json={"code": code[1]})
            assert wrong.status_code == 422 and wrong.json()["detail"]
        page = await client.get("/devices/DEV001")
        assert "已登记" in page.text
        assert (await client.post("/devices/DEV001/revoke", data={})).status_code == 303
        assert "已停用" in (await client.get("/devices/DEV001")).text


async def test_a_device_without_a_name_keeps_what_was_entered(world: World) -> None:
    async with browser_of(world.admin) as client:
        answer = await client.post(
            "/devices", data={"name": "", "kind": "pda", "team": "NOPE", "language": "en"}
        )
        assert answer.status_code == 422 and 'value="pda" checked' in answer.text.replace("  ", " ")


async def test_a_badge_is_a_card_whose_code_signs_the_person_on(world: World) -> None:
    code = await code_of("王建国")
    async with browser_of(world.admin) as client:
        assert "王建国" in (await client.get(f"/badges/{code}")).text
        answer = await client.post(f"/badges/{code}", data={"_key": "k2"})
        assert answer.status_code == 200
        pdf = re.search(r"data:application/pdf;base64,([\w+/=]+)", answer.text)
        assert pdf and base64.b64decode(pdf[1]).startswith(b"%PDF")
        assert (await client.post(f"/badges/{code}", data={"_key": "k2"})).status_code == 303
        bad = await client.post(f"/badges/{code}/pin", data={"pin": "12"})
        assert bad.status_code == 422 and "4 到 8 位" in bad.text
        assert (await client.post(f"/badges/{code}/pin", data={"pin": "2468"})).status_code == 303
    async with tablet_of(world) as tablet:
        right = await tablet.client.post("/api/v1/device/pin", json={"person": code, "pin": "2468"})
        wrong = await tablet.client.post("/api/v1/device/pin", json={"person": code, "pin": "1357"})
        assert (right.status_code, wrong.status_code) == (200, 422)


async def test_the_office_sees_what_was_not_booked_and_decides(world: World) -> None:
    work_order = await floor.released(world)
    first = f"{work_order.number}/10"
    async with tablet_of(world) as tablet:
        good = action("operation.report", "P-NEW", operation=first, good="500", unit="件")
        await tablet.post(good, action("operation.report", "P-GHOST", operation=first, good="1", unit="件"))
        await tablet.act("operation.start", None, operation=first)
    async with browser_of(world.admin) as client:
        page = await client.get("/device-actions?state=parked")
        assert page.text.count("人员不认识") == 2 and "没入账" in page.text
        ids = [r["id"] for r in await db.rows("select id from parked_actions order by id")]
        shown = await client.get(f"/device-actions/{ids[0]}")
        assert "P-NEW" in shown.text and first in shown.text
        await db.rows("update people set code = 'P-NEW' where name = '王建国'")
        assert (await client.post(f"/device-actions/{ids[0]}/retry", data={})).status_code == 303
        assert (await client.post(f"/device-actions/{ids[1]}/discard", data={"note": ""})).status_code == 422
        assert (
            await client.post(f"/device-actions/{ids[1]}/discard", data={"note": "没有这个人"})
        ).status_code == 303
        assert (await client.post(f"/device-actions/{ids[2]}/see", data={})).status_code == 303
    states = [r["state"] for r in await db.rows("select state from parked_actions order by id limit 3")]
    assert states == ["booked", "discarded", "seen"]
    assert await db.value("select sum(good_q) from operation_reports") == 500_000


async def test_the_shell_names_its_version_and_files(world: World) -> None:
    async with visitor() as client:
        script = (await client.get("/pwa/shell.js")).text
        assert script.startswith("export const VERSION") and "/pwa/floor.js" in script
        for path in ("/floor", "/scan", "/enrol", "/service-worker.js", "/manifest.webmanifest"):
            assert (await client.get(path)).status_code == 200
