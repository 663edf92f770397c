"""A delivery note posted at a scanner: as the person there, once, and only by who may."""

import pytest

from app.core import db
from app.core.db import commit
from app.delivery import notes
from app.delivery.tables import DeliveryNote
from tests.delivery.sample import confirmed, stocked
from tests.offline.tablet import Tablet, code_of, tablet_of
from tests.world import World


@pytest.fixture
async def note(world: World) -> DeliveryNote:
    """A note of 5,000 bolts, picked."""
    number = await confirmed(world, "5")
    lot = await stocked(world, 6_000_000)
    found = (await commit(notes.create, number, by=world.xiuying)).value
    await commit(notes.pick, found.number, 1, lot.id, world.bins["A-01-01"].id, by=world.xiuying)
    return found


async def post(scanner: Tablet, number: str, person: str, key: str = "k-1"):
    return await scanner.client.post(
        f"/api/v1/device/delivery-notes/{number}/post",
        json={"person": person},
        headers={"Idempotency-Key": key},
    )


async def test_it_is_posted_once_and_told_of_the_person(world: World, note: DeliveryNote) -> None:
    who = await code_of("李秀英")
    async with tablet_of(world, "pda", "") as scanner:
        people = {p["id"]: p["posts"] for p in (await scanner.snapshot())["people"]}
        assert people[who] is True
        first, again = [await post(scanner, note.number, who) for _ in range(2)]
        assert first.status_code == 200 and first.json() == {"delivery_note": note.number, "state": "posted"}
        assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true"
        late = await post(scanner, note.number, who, "k-2")
        assert late.status_code == 409
        assert (await scanner.snapshot())["picks"] == []
    told = await db.rows(
        "select e.name, p.name as person from events e join people p on p.id = e.person where e.name = 'delivery_note.posted'"
    )
    assert told == [{"name": "delivery_note.posted", "person": "李秀英"}]


async def test_who_may_not_and_who_is_unknown_is_refused_in_words(world: World, note: DeliveryNote) -> None:
    async with tablet_of(world, "pda", "") as scanner:
        worker = await post(scanner, note.number, await code_of("王建国"))
        assert worker.status_code == 403 and worker.json()["detail"]
        assert (await post(scanner, note.number, "NOBODY", "k-2")).json()["code"] == "unknown_person"
        assert (await post(scanner, "DN1", await code_of("李秀英"), "k-3")).status_code == 404
        await commit(
            notes.unpick, note.number, await db.value("select id from delivery_picks"), by=world.xiuying
        )
        nothing = await post(scanner, note.number, await code_of("李秀英"), "k-4")
        assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_picked")
    assert await db.value("select state from delivery_notes where id = {}", note.id) == "picking"


async def test_only_a_device_posts_so(world: World, note: DeliveryNote) -> None:
    async with tablet_of(world, "pda", "") as scanner:
        scanner.client.cookies.clear()
        assert (await post(scanner, note.number, await code_of("李秀英"))).status_code in (401, 403, 422)
