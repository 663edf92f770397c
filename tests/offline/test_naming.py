"""What lies before a device is told by its name, whether its own books hold it or not."""

import pytest

from app.core import db
from app.core.db import commit
from app.people import badges
from app.scanning.codes import make as code
from app.scanning.codes import make_for_id
from tests.browse import browser_of
from tests.delivery.sample import stocked
from tests.offline.tablet import tablet_of
from tests.world import World

ASKED = "/api/v1/device/scans"


async def test_a_lot_and_a_bin_are_told_by_name(world: World) -> None:
    lot = await stocked(world, 6_000_000)
    async with tablet_of(world, "pda", "") as scanner:
        for text in (make_for_id("L", lot.id), f"HTTPS://ZJ.FACTORY.LAN/Q/{make_for_id('L', lot.id)}"):
            found = (await scanner.client.get(ASKED, params={"code": text})).json()
            assert (found["kind"], found["number"]) == ("lot", lot.number)
            assert "FB-M10X45-88D" in found["title"]
        bin_code = make_for_id("B", world.bins["A-01-01"].id)
        found = (await scanner.client.get(ASKED, params={"code": bin_code})).json()
        assert (found["kind"], found["number"]) == ("bin", "A-01-01")


@pytest.mark.parametrize("text", ["", "nonsense", "L999999999", "x" * 5000, "\x00", "SO20260101-0001"])
async def test_what_is_nobodys_is_refused_in_words(world: World, text: str) -> None:
    async with tablet_of(world, "pda", "") as scanner:
        answer = await scanner.client.get(ASKED, params={"code": text})
    assert answer.status_code in (404, 422) and answer.json()["detail"]


async def test_people_and_orders_are_not_told_to_a_device(world: World) -> None:
    person = await db.value("select code from people where name = '王建国'")
    badge = (await commit(badges.give, [person], by=world.admin)).value[0][1]
    async with tablet_of(world, "pda", "") as scanner:
        assert (await scanner.client.get(ASKED, params={"code": code("P", badge)})).status_code == 404


async def test_only_a_device_may_ask(world: World) -> None:
    async with browser_of(world.admin) as office:
        answer = await office.get(ASKED, params={"code": "A-01-01"})
    assert answer.status_code == 401
