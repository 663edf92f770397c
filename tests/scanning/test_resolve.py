"""A scanned code leads everybody to the right page, and nobody to what they may not see."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
import segno

from app.scanning import codes
from tests.browse import browser_of, program_of, visitor
from tests.delivery.sample import confirmed, stocked, written


async def printed(world) -> dict[str, str]:
    """The codes of a lot, a bin, a note and a badge, and the pages they lead the storekeeper to."""
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    return {
        codes.make_for_id("L", lot.id): "/stock/FB-M10X45-88D?lot=L1",
        codes.make_for_id("B", world.bins["A-01-01"].id): "/bins/A-01-01",
        codes.make_for_id("D", note.id): f"/delivery-notes/{note.number}",
        "L1": "/stock/FB-M10X45-88D?lot=L1",
        note.number.lower(): f"/delivery-notes/{note.number}",
        "a-01-02": "/bins/A-01-02",
    }


async def test_every_code_leads_to_its_page(world):
    async with browser_of(world.xiuying) as client:
        for code, page in (await printed(world)).items():
            answer = await client.get(f"/q/{code}")
            assert (answer.status_code, answer.headers["location"]) == (303, page), code
            assert (await client.get(page)).status_code == 200


async def test_a_phone_that_opens_the_printed_address_gets_there(world):
    """Upper case all through, as the QR code has it."""
    async with browser_of(world.xiuying) as client:
        for code, page in list((await printed(world)).items())[:3]:
            answer = await client.get(urlsplit(codes.url("http://factory:8000", code)).path)
            assert (answer.status_code, answer.headers["location"]) == (303, page), code


async def test_a_visitor_logs_in_first_and_comes_back_to_the_code(world):
    async with visitor() as client:
        answer = await client.get("/q/BZZZ1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fq%2FBZZZ1")


async def test_what_one_may_not_see_is_not_found(world):
    found = await printed(world)
    async with browser_of(world.nobody) as client:
        for code in found:
            answer = await client.get(f"/q/{code}")
            assert answer.status_code == 404, code
    async with program_of(world.nobody) as client:
        for code in found:
            assert (await client.get("/api/v1/scans", params={"code": code})).status_code in (404, 422), code


@pytest.mark.parametrize("code", ["BZZZ", "B1", "hello", "x" * 300, "L9999999A", "]C1", "你好", "C10"])
async def test_a_strange_code_is_answered_kindly(world, code):
    async with browser_of(world.xiuying) as client:
        answer = await client.get(f"/q/{code}")
        assert answer.status_code == 404 and "<form" in answer.text
    async with program_of(world.xiuying) as client:
        told = await client.get("/api/v1/scans", params={"code": code})
        assert told.status_code in (404, 422) and told.json()["detail"]


async def test_a_photo_of_labels_is_read_on_the_server(world):
    code = next(iter(await printed(world)))
    picture = BytesIO()
    segno.make(codes.url("http://factory:8000", code)).save(picture, kind="png", scale=6, border=4)
    async with program_of(world.xiuying) as client:
        answer = await client.post("/api/v1/scan-photos", files={"picture": ("a.png", picture.getvalue())})
        assert answer.status_code == 200
        [read] = answer.json()["codes"]
        assert read["found"]["kind"] == "lot" and read["found"]["number"] == "L1"
        broken = await client.post("/api/v1/scan-photos", files={"picture": ("a.png", b"no picture")})
        assert (broken.status_code, broken.json()["code"]) == (422, "not_a_picture")
        assert (await client.post("/api/v1/scan-photos", data={})).json()["code"] == "no_photo"
    async with browser_of(world.xiuying) as client:
        assert (await client.get("/codes")).status_code == 200
        led = await client.post("/codes", files={"picture": ("a.png", picture.getvalue())})
        assert (led.status_code, led.headers["location"]) == (303, "/stock/FB-M10X45-88D?lot=L1")
        assert (await client.post("/codes", data={"scan": "nothing"})).status_code == 422
