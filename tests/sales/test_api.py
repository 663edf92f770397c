"""`/api/v1/sales-orders`, as a program uses it."""

import json
from typing import Any

import pytest

from app.core import db
from tests import make
from tests.browse import program_of, visitor
from tests.sales.sample import confirmed, draft, line
from tests.world import World

AT = "/api/v1/sales-orders"
LINE: dict[str, Any] = {"item": "FB-M10X45-88D", "quantity": "5", "unit": "千件", "unit_price": "268.0000", "price_unit": "千件",
                        "tax_rate": "13"}  # fmt: skip
ORDER: dict[str, Any] = {
    "customer": "HENGLI",
    "customer_order_number": "PO-1",
    "due_date": "2026-12-18",
    "lines": [LINE],
}


async def test_an_order_is_written_read_confirmed_and_listed(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        made = await program.post(AT, json=ORDER)
        number = made.json()["number"]
        assert (made.status_code, made.headers["Location"]) == (201, f"{AT}/{number}")
        body = (await program.get(f"{AT}/{number}")).json()
        assert (body["gross"], body["net"], body["tax"], body["state"]) == (
            "1340.00",
            "1185.84",
            "154.16",
            "draft",
        )
        line = body["lines"][0]
        assert (line["quantity"], line["unit"], line["base_quantity"], line["base_unit"]) == (
            "5",
            "千件",
            "5000",
            "件",
        )
        assert (line["unit_price"], line["due_date"], line["tax_rate"]) == ("268.00", "2026-12-18", "13")
        assert "id" not in body and "id" not in line
        assert (await program.post(f"{AT}/{number}/submit")).json()["state"] == "submitted"
        done = await program.post(f"{AT}/{number}/confirm", headers={"If-Match": '"2"'})
        assert (done.status_code, done.json()["state"], done.json()["promised_date"]) == (
            200,
            "confirmed",
            "2026-12-18",
        )
        told = (await program.get(f"{AT}/{number}/timeline?limit=2")).json()
        assert [e["name"] for e in told["items"]] == ["sales_order.confirmed", "sales_order.submitted"]
        older = (await program.get(f"{AT}/{number}/timeline?cursor={told['next_cursor']}")).json()
        assert [e["name"] for e in older["items"]] == ["sales_order.created"]
        listed = (await program.get(f"{AT}?state=confirmed&q=PO-1&sort=-due_date")).json()
        assert [o["number"] for o in listed["items"]] == [number] and listed["items"][0][
            "customer"
        ] == "HENGLI"
        assert (await program.get(f"{AT}?state=closed")).json()["items"] == []
        closing = await program.post(f"{AT}/{number}/close", json={})
        assert (closing.status_code, closing.json()["code"]) == (422, "not_done")
        assert (await program.post(f"{AT}/{number}/cancel", json={"reason": "x"})).json()[
            "state"
        ] == "cancelled"
        assert (await program.post(f"{AT}/{number}/confirm")).status_code == 409


async def test_a_draft_is_put_anew_and_a_stale_one_shows_the_current(world: World) -> None:
    made = await draft(world)
    async with program_of(world.xiaolan) as program:
        new = {**ORDER, "lines": [{**LINE, "line_no": 1, "quantity": "6"}]}
        done = await program.put(f"{AT}/{made.number}", json=new, headers={"If-Match": '"1"'})
        assert (done.status_code, done.json()["gross"], done.json()["version"]) == (200, "1608.00", 2)
        stale = await program.put(f"{AT}/{made.number}", json=new, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["code"], stale.json()["current"]["version"]) == (
            409,
            "stale",
            2,
        )


async def test_one_key_writes_one_order(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        key = {"Idempotency-Key": "once"}
        first = await program.post(AT, json=ORDER, headers=key)
        again = await program.post(AT, json=ORDER, headers=key)
        assert again.json() == first.json() and again.headers["Idempotency-Replayed"] == "true"
        other = await program.post(AT, json={**ORDER, "remark": "other"}, headers=key)
        assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert await db.value("select count(*) from sales_orders") == 1


async def test_an_order_above_the_limit_answers_202_with_the_approval(world: World) -> None:
    await make.approval_rule()
    made = await draft(world, line(quantity="500"))
    async with program_of(world.xiaolan) as program:
        done = await program.post(f"{AT}/{made.number}/confirm")
        assert (done.status_code, done.json()["state"]) == (202, "pending")
        assert (await program.get(done.headers["Location"])).json()["command"] == "sales_order.confirm"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"customer": "NOBODY"}, "customer"), ({"customer": None}, "customer"), ({"customer": {"id": 1}}, "customer"),
        ({"due_date": "2026-13-40"}, "due_date"), ({"due_date": 7}, "due_date"), ({"due_date": None}, "due_date"),
        ({"currency": "XXX"}, "currency"), ({"lines": []}, "lines"), ({"lines": "many"}, "lines"), ({"lines": [1, None]}, "lines"),
        ({"lines": [LINE] * 501}, "lines"), ({"customer_order_number": "x" * 1_000_000}, "customer_order_number"),
    ],
)  # fmt: skip
async def test_a_wrong_head_is_told_at_its_field(world: World, change: dict, field: str) -> None:
    async with program_of(world.xiaolan) as program:
        answer = await program.post(AT, json={**ORDER, **change})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not await db.value("select count(*) from sales_orders")


NAMES = ("item", "quantity", "unit", "unit_price", "price_unit", "kind", "tax_rate", "over_percent", "under_percent",
         "due_date", "line_no", "customer_item")  # fmt: skip


@pytest.mark.parametrize(
    "value", ["NaN", "\x00", "-7", "1" + "0" * 30, [], {"a": 1}, True, 1e300, "筐", 10**40]
)
async def test_no_value_of_a_line_breaks_the_api(world: World, value: Any) -> None:
    async with program_of(world.xiaolan) as program:
        for name in NAMES:
            body = json.dumps({**ORDER, "lines": [{**LINE, name: value}]})
            answer = await program.post(AT, content=body)
            assert answer.status_code in (201, 422), (name, answer.text)
            if answer.status_code == 422:
                assert all(field.startswith("lines") for field in answer.json()["fields"]), name


async def test_malformed_bodies_and_numbers_are_kindly_refused(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        for body in (b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'"x"'):
            assert (await program.post(AT, content=body)).status_code == 400
        nan = await program.post(AT, content=b'{"customer": "HENGLI", "due_date": "2026-12-18", "lines": [{"item": "FB-M10X45-88D",'
                                             b' "quantity": NaN, "unit": "\xe4\xbb\xb6"}]}')  # fmt: skip
        assert (nan.status_code, list(nan.json()["fields"])) == (422, ["lines-0-quantity"])
        for number in ("SO1", "%00", "x" * 3000, "..%2f"):
            assert (await program.get(f"{AT}/{number}")).status_code == 404
            assert (await program.post(f"{AT}/{number}/confirm")).status_code == 404
        assert (await program.get(f"{AT}?sort=secret")).status_code == 422
        assert (await program.get(f"{AT}?cursor=abc")).status_code == 400
        assert (await program.get(f"{AT}?limit=99999999999")).status_code == 200


async def test_the_list_turns_pages_by_cursor(world: World) -> None:
    for _ in range(5):
        await draft(world)
    async with program_of(world.xiaolan) as program:
        seen, cursor = [], ""
        while cursor is not None:
            page = (
                await program.get(f"{AT}?limit=2&sort=due_date" + (f"&cursor={cursor}" if cursor else ""))
            ).json()
            seen += [o["number"] for o in page["items"]]
            cursor = page["next_cursor"]
        assert len(seen) == len(set(seen)) == 5


async def test_who_may_not_see_prices_gets_none(world: World) -> None:
    made = await confirmed(world)
    async with program_of(world.liuyang) as program:
        body = (await program.get(f"{AT}/{made.number}")).json()
        assert body["gross"] is None and body["lines"][0]["unit_price"] is None
        assert (await program.get(AT)).json()["items"][0]["gross"] is None
        assert "1,340" not in (await program.get(f"{AT}/{made.number}/timeline")).text


async def test_the_api_is_refused_for_nobody_and_strangers(world: World) -> None:
    made = await draft(world)
    async with program_of(world.nobody) as program:
        for path in (AT, f"{AT}/{made.number}", f"{AT}/{made.number}/timeline"):
            assert (await program.get(path)).status_code == 403
        for verb in ("submit", "confirm", "cancel", "close"):
            assert (await program.post(f"{AT}/{made.number}/{verb}")).status_code == 403
        assert (await program.post(AT, json=ORDER)).status_code == 403
        assert (await program.put(f"{AT}/{made.number}", json=ORDER)).status_code == 403
    async with visitor() as program:
        assert (await program.get(AT)).status_code == 401
