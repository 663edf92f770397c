"""What programs send in: files, and orders as JSON with their deliveries."""

from tests.browse import program_of
from tests.intake.test_inbound import order_file
from tests.world import World


async def test_a_program_sends_a_file_or_json_and_accepts(world: World) -> None:
    async with program_of(world.xiaolan) as client:
        made = await client.post(
            "/api/v1/inbound-orders", files={"file": ("po.xlsx", order_file())}, data={"channel": "mail"}
        )
        assert made.status_code == 201 and made.json()["lines"][0]["quantity"] == {
            "value": "120",
            "cell": "订单!D4",
            "doubtful": False,
        }
        done = await client.post(
            f"{made.headers['location']}/accept", json={}, headers={"Idempotency-Key": "a"}
        )
        again = await client.post(
            f"{made.headers['location']}/accept", json={}, headers={"Idempotency-Key": "a"}
        )
        assert (
            done.status_code == 201
            and again.json() == done.json()
            and again.headers["Idempotency-Replayed"] == "true"
        )
        body = {"channel": "api", "customer": "HENGLI", "customer_order_number": "J-1", "due_date": "2026-12-30",
                "lines": [{"customer_item": "HL-25-8841", "quantity": "5", "unit": "千支", "unit_price": "268", "price_unit": "千支"}]}  # fmt: skip
        sent = await client.post("/api/v1/inbound-orders", json=body)
        assert sent.status_code == 201, sent.text
        done = await client.post(f"{sent.headers['location']}/accept", json={})
        assert done.status_code == 201, done.text
        assert (await client.get(f"/api/v1/sales-orders/{done.json()['sales_order']}")).json()[
            "customer_order_number"
        ] == "J-1"


async def test_a_program_sends_several_deliveries_of_a_line(world: World) -> None:
    line = {"customer_item": "HL-25-8841", "quantity": "5", "unit": "千支", "unit_price": "268", "price_unit": "千支",
            "schedules": [{"due_date": "2026-12-30", "quantity": "2"}, {"due_date": "2027-01-15", "quantity": "3"}]}  # fmt: skip
    body = {"customer": "HENGLI", "customer_order_number": "J-2", "due_date": "2026-12-30"}
    async with program_of(world.xiaolan) as client:
        sent = await client.post("/api/v1/inbound-orders", json=body | {"lines": [line]})
        assert [part["quantity"]["value"] for part in sent.json()["lines"][0]["schedules"]] == ["2", "3"]
        done = await client.post(f"{sent.headers['location']}/accept", json={})
        assert done.status_code == 201, done.text
        order = (await client.get(f"/api/v1/sales-orders/{done.json()['sales_order']}")).json()
        assert [(p["due_date"], p["quantity"]) for p in order["lines"][0]["schedules"]] == [
            ("2026-12-30", "2"), ("2027-01-15", "3"),
        ]  # fmt: skip
        less = line | {"schedules": [{"due_date": "2026-12-30", "quantity": "3"}]}
        sent = await client.post("/api/v1/inbound-orders", json=body | {"lines": [less]})
        refused = await client.post(
            f"{sent.headers['location']}/accept", json={"customer_order_number": "J-3"}
        )
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["lines-0-schedules"]), (
            "one of them too"
        )
        for wrong in (
            "x",
            [1],
            [{"due_date": 7, "quantity": []}, {"quantity": "9"}],
            [{"quantity": "1" * 500}] * 400,
        ):
            sent = await client.post(
                "/api/v1/inbound-orders", json=body | {"lines": [line | {"schedules": wrong}]}
            )
            assert sent.status_code in (201, 422), sent.text
            if sent.status_code == 201:
                assert (await client.post(f"{sent.headers['location']}/accept", json={})).status_code in (
                    201,
                    409,
                    422,
                )
