"""What a program can do with work orders and the floor."""

from app.core import db
from tests.browse import program_of
from tests.production import floor
from tests.sales import sample

BASE = "/api/v1/work-orders"


async def test_a_program_takes_an_order_through_the_floor_into_stock(world):
    order = await sample.confirmed(world)
    async with program_of(world.admin) as client:
        made = await client.post(f"/api/v1/sales-orders/{order.number}/work-orders", json={"release": True})
        assert made.status_code == 201
        number = made.json()["items"][0]["number"]
        for seq in (10, 20, 30):
            begun = await client.post(f"{BASE}/{number}/operations/{seq}/start", json={})
            assert begun.json()["operation"]["state"] == "running"
            body = {"good": "5", "unit": "千支", "happened_at": "2026-12-08T08:30:00+08:00"}
            booked = await client.post(f"{BASE}/{number}/operations/{seq}/report", json=body)
            assert (booked.status_code, booked.json()["operation"]["good"], booked.json()["flags"]) == (
                200,
                "5000",
                [],
            )
        received = await client.post(
            f"{BASE}/{number}/receive",
            json={"quantity": "5000", "unit": "件", "bin": "A-01-01", "weight": "200"},
        )
        assert received.json()["work_order"]["received"] == "5000"
        shown = (await client.get(f"{BASE}/{number}")).json()
    assert (shown["state"], shown["done"], shown["orders"][0]["sales_order"]) == (
        "done",
        "5000",
        order.number,
    )
    await floor.agrees()


async def test_the_same_key_books_one_report(world):
    work_order = await floor.released(world)
    async with program_of(world.admin) as client:
        for replayed in (None, "true"):
            answer = await client.post(
                f"{BASE}/{work_order.number}/operations/10/report",
                json={"good": "5", "unit": "件"},
                headers={"Idempotency-Key": "k"},
            )
            assert answer.headers.get("Idempotency-Replayed") == replayed
    assert await db.value("select count(*) from operation_reports") == 1


async def test_make_for_stock_release_hold_resume_cancel_and_list(world):
    async with program_of(world.liuyang) as client:
        body = {"item": "FB-M10X45-88D", "quantity": "2", "unit": "千件", "due_date": "2026-12-18"}
        made = await client.post(BASE, json=body)
        assert made.status_code == 201 and made.headers["location"].startswith(BASE)
        number = made.json()["number"]
        for verb, state in (
            ("release", "released"),
            ("hold", "held"),
            ("resume", "released"),
            ("cancel", "cancelled"),
        ):
            assert (await client.post(f"{BASE}/{number}/{verb}", json={})).json()["state"] == state
        stale = await client.post(f"{BASE}/{number}/release", json={}, headers={"If-Match": '"1"'})
        assert stale.status_code == 409
        assert [w["number"] for w in (await client.get(f"{BASE}?state=cancelled")).json()["items"]] == [
            number
        ]


async def test_bad_input_is_a_problem_with_its_fields_and_never_an_error(world):
    work_order = await floor.released(world)
    at = f"{BASE}/{work_order.number}"
    bad = [
        (BASE, {}, "item"), (BASE, {"item": "NOPE", "quantity": "1", "unit": "件", "due_date": "x"}, "item"),
        (BASE, {"item": "FB-M10X45-88D", "quantity": "1e30", "unit": "件", "due_date": "2026-12-18"}, "quantity"),
        (f"{at}/operations/10/report", {"good": "NaN", "unit": "件"}, "good"), (f"{at}/operations/10/report", {"good": "5"}, "good"),
        (f"{at}/operations/10/report", {"good": "5", "unit": "件", "happened_at": "yesterday"}, "happened_at"),
        (f"{at}/operations/10/report", {"good": {"a": 1}, "unit": "件"}, "good"),
        (f"{at}/operations/10/report", {"good": "5", "unit": "件", "person": "\x00" * 9 + "X"}, "person"),
        (f"{at}/operations/99/start", {}, "operation"), (f"{at}/receive", {"quantity": "5", "unit": "件", "bin": "@SCRAP"}, "bin"),
        ("/api/v1/production-exceptions", {"kind": "fire"}, "kind"),
    ]  # fmt: skip
    async with program_of(world.admin) as client:
        for address, body, field in bad:
            answer = await client.post(address, json=body)
            assert answer.status_code == 422 and field in answer.json()["fields"], (
                address,
                body,
                answer.text,
            )
        for address in (f"{BASE}/WO1", "/api/v1/production-exceptions/PE1"):
            assert (await client.get(address)).status_code == 404


async def test_exceptions_through_the_api(world):
    work_order = await floor.released(world)
    async with program_of(world.admin) as client:
        made = await client.post(
            "/api/v1/production-exceptions", json={"kind": "material", "operation": f"{work_order.number}/10"}
        )
        assert made.status_code == 201
        number = made.json()["number"]
        assert (await client.post(f"/api/v1/production-exceptions/{number}/acknowledge", json={})).json()[
            "state"
        ] == "acknowledged"
        solved = await client.post(
            f"/api/v1/production-exceptions/{number}/resolve", json={"note": "换了一卷"}
        )
        assert (solved.json()["state"], solved.json()["solution"]) == ("resolved", "换了一卷")
        assert (await client.get("/api/v1/production-exceptions?state=unresolved")).json()["items"] == []


async def test_the_api_is_closed_without_the_right(world):
    work_order = await floor.released(world)
    async with program_of(world.nobody) as client:
        for address in (BASE, f"{BASE}/{work_order.number}", "/api/v1/production-exceptions"):
            assert (await client.get(address)).status_code == 403
        for address in (
            f"{BASE}/{work_order.number}/release",
            f"{BASE}/{work_order.number}/operations/10/start",
        ):
            assert (await client.post(address, json={})).status_code == 403
