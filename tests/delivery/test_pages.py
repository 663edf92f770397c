"""Delivery notes as people and programs meet them."""

import re

from app.core import db
from app.scanning import codes
from tests.browse import browser_of, program_of
from tests.delivery.sample import confirmed, picked, posted, stocked, written
from tests.stories import thread


async def test_from_the_order_to_the_customer_by_the_pages_alone(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 6_000_000)
    async with browser_of(world.xiuying) as client:
        made = await client.post(f"/orders/{number}/delivery-notes", data={"_key": "a1"})
        here = made.headers["location"]
        assert made.status_code == 303 and here.startswith("/delivery-notes/DN")
        page = await client.get(here)
        assert page.status_code == 200 and "L1 · A-01-01" in page.text and number in page.text
        label = codes.url("http://factory:8000", codes.make_for_id("L", lot.id))
        scanned = await client.post(
            f"{here}/picks", data={"_key": "a2", "scan": label, "quantity": "2", "quantity_unit": "千件"}
        )
        assert scanned.status_code == 303
        line = {"lot": lot.id, "bin": world.bins["A-01-01"].id, "line_no": 1, "quantity_q": 3_000_000}
        assert (await client.post(f"{here}/picks", data={"_key": "a3", **line})).status_code == 303
        assert (await client.post(f"{here}/post", data={"_key": "a4"})).status_code == 303
        assert "SM20261208-" in (await client.get(here)).text
        slip = await client.get(f"{here}/slip.pdf")
        assert slip.headers["content-type"] == "application/pdf" and slip.content.startswith(b"%PDF")
        assert (await client.get(f"{here}/slip.pdf?prices=1")).status_code == 403
        assert (await client.post(f"{here}/reverse", data={"_key": "a5", "reason": "x"})).status_code == 303
        assert "已红冲" in (await client.get("/delivery-notes")).text
        assert (await client.get("/delivery-notes/export.xlsx")).status_code == 200
    assert await db.value("select delivered_q from sales_orders where number = {}", number) == 0


async def test_the_slip_of_a_posted_note_is_kept_and_is_the_same_for_everybody(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    note = await written(world, number)
    await picked(world, note, lot)
    await posted(world, note)
    slips = []
    for actor in (world.xiuying, world.xiaolan):
        async with browser_of(actor) as client:
            slips.append((await client.get(f"/delivery-notes/{note.number}/slip.pdf")).content)
    assert slips[0] == slips[1]
    assert await db.value("select count(*) from issued_documents") == 1


async def test_a_wrong_scan_keeps_the_form_and_says_what_is_wrong(world):
    from tests import make

    number = await confirmed(world, "5")
    await stocked(world, 5_000_000)
    nut = await make.item("NUT-M10", "六角法兰面螺母", "M10 8 级")
    await stocked(world, 1_000_000, lot="N1", item=nut)
    note = await written(world, number)
    async with browser_of(world.xiuying) as client:
        here = f"/delivery-notes/{note.number}"
        wrong = await client.post(f"{here}/picks", data={"_key": "b1", "scan": "N1"})
        assert wrong.status_code == 422 and "NUT-M10" in wrong.text and "FB-M10X45-88D" in wrong.text
        unknown = await client.post(
            f"{here}/picks", data={"_key": "b2", "scan": "no such lot", "quantity": "7x"}
        )
        assert unknown.status_code == 422 and "no such lot" in unknown.text and "7x" in unknown.text
        empty = await client.post(f"{here}/picks", data={"_key": "b3", "scan": "", "quantity": "7x"})
        for page in (unknown, empty):
            assert re.findall(r'<a href="#f-([^"]+)">', page.text) == ["scan", "quantity"]


async def test_a_lot_number_that_many_items_bear_means_the_one_on_the_note(world):
    from tests import make

    number = await confirmed(world, "5")
    nut = await make.item("NUT-M10", "六角法兰面螺母", "M10 8 级")
    await stocked(world, 1_000_000, lot="OPEN", item=nut)
    await stocked(world, 5_000_000, lot="OPEN")
    note = await written(world, number)
    async with browser_of(world.xiuying) as client:
        here = f"/delivery-notes/{note.number}"
        taken = await client.post(f"{here}/picks", data={"_key": "c1", "scan": "OPEN"})
        assert taken.status_code == 303
        assert "已配 5,000 支" in (await client.get(here)).text


async def test_who_may_not_sees_no_note_and_writes_none(world):
    number = await confirmed(world, "5")
    await stocked(world, 5_000_000)
    note = await written(world, number)
    async with browser_of(world.nobody) as client:
        for path in (
            "/delivery-notes",
            f"/delivery-notes/{note.number}",
            f"/delivery-notes/{note.number}/slip.pdf",
        ):
            assert (await client.get(path)).status_code == 403
        assert (await client.post(f"/orders/{number}/delivery-notes", data={})).status_code in (303, 403)
    assert await db.value("select count(*) from delivery_notes") == 1


async def test_a_program_delivers_an_order(world):
    number = await confirmed(world, "5")
    lot = await stocked(world, 5_000_000)
    async with program_of(world.xiuying) as client:
        body = {"sales_order": number, "lines": [{"line_no": 1, "quantity": "4", "unit": "千支"}]}
        made = await client.post("/api/v1/delivery-notes", json=body, headers={"Idempotency-Key": "k1"})
        assert made.status_code == 201 and made.json()["lines"][0]["quantity"] == "4000"
        again = await client.post("/api/v1/delivery-notes", json=body, headers={"Idempotency-Key": "k1"})
        assert again.json() == made.json() and again.headers["idempotency-replayed"] == "true"
        here = made.headers["location"]
        early = await client.post(f"{here}/post", json={})
        assert (early.status_code, early.json()["code"]) == (409, "nothing_picked")
        pick = await client.post(
            f"{here}/pick", json={"scan": codes.make_for_id("L", lot.id), "bin": "A-01-01"}
        )
        assert (pick.status_code, pick.json()["quantity"]) == (200, "4000")
        stock = (await client.get("/api/v1/stock-balances?item=FB-M10X45-88D")).json()["items"]
        assert [(b["on_hand"], b["reserved"], b["available"]) for b in stock] == [("5000", "4000", "1000")]
        stale = await client.post(f"{here}/post", json={}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale")
        done = await client.post(f"{here}/post", json={})
        assert done.status_code == 200 and done.json()["state"] == "posted"
        listed = (await client.get("/api/v1/delivery-notes?state=posted")).json()
        assert [n["number"] for n in listed["items"]] == [made.json()["number"]]
        back = await client.post(f"{here}/reverse", json={"reason": "客户退回"})
        assert back.json()["state"] == "reversed"


async def test_nonsense_from_a_program_is_told_at_its_field(world):
    number = await confirmed(world, "5")
    async with program_of(world.xiuying) as client:
        for line in ({"line_no": 1, "quantity": "4"}, {"line_no": 1, "quantity": "NaN", "unit": "件"},
                     {"line_no": 1, "quantity": "1e30", "unit": "件"}, {"line_no": 99, "quantity": "4", "unit": "件"},
                     {"line_no": "x"}, {}):  # fmt: skip
            answer = await client.post(
                "/api/v1/delivery-notes", json={"sales_order": number, "lines": [line]}
            )
            assert answer.status_code == 422 and answer.json()["fields"], line
        missing = await client.post("/api/v1/delivery-notes", json={"sales_order": "SO1\x00"})
        assert missing.status_code in (404, 422)
        for path in ("/api/v1/delivery-notes/x%00y", "/api/v1/delivery-notes/" + "9" * 500):
            assert (await client.get(path)).status_code == 404


async def test_a_reason_that_does_not_fit_keeps_the_dialog_open(world):
    _order, note = await thread.delivered(world)
    async with browser_of(world.xiuying) as client:
        answer = await client.post(f"/delivery-notes/{note.number}/reverse", data={"reason": "错" * 201})
    assert answer.status_code == 422 and 'id="reverse" open' in answer.text and "错" * 201 in answer.text
    assert await db.value("select state from delivery_notes") == "posted"
