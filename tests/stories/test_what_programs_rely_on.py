"""What a program relies on: a problem at its field, one key for one thing, lists by cursor, a description."""

import re
from typing import Any

import pytest

from tests.browse import visitor
from tests.stories.thread_by_api import API, Programs
from tests.world import World

LINE = {"item": "FB-M10X45-88D", "quantity": "5", "unit": "千支", "unit_price": "268", "price_unit": "千支"}
HEAD = {"customer": "HENGLI", "due_date": "2026-12-28"}


@pytest.mark.parametrize(
    ("who", "path", "body", "status", "field"),
    [
        ("xiaolan", "/sales-orders", {**HEAD, "lines": [{**LINE, "unit": ""}]}, 422, "lines-0-unit"),
        (
            "xiaolan",
            "/sales-orders",
            {**HEAD, "lines": [{**LINE, "quantity": "-1"}]},
            422,
            "lines-0-quantity",
        ),
        (
            "xiaolan",
            "/sales-orders",
            {**HEAD, "lines": [{**LINE, "quantity": "1" + "0" * 30}]},
            422,
            "lines-0-quantity",
        ),
        ("xiaolan", "/sales-orders", {**HEAD, "customer": "ZZ", "lines": [LINE]}, 422, "customer"),
        ("xiaolan", "/sales-orders", {**HEAD, "due_date": "31/12", "lines": [LINE]}, 422, "due_date"),
        ("xiaolan", "/sales-orders", {**HEAD, "lines": []}, 422, ""),
        ("xiaolan", "/sales-orders", [1, 2], 400, ""),
        (
            "zhoumin",
            "/receipts",
            {"customer": "HENGLI", "amount": "12.345", "received_on": "2026-12-08"},
            422,
            "amount",
        ),
        (
            "zhoumin",
            "/receipts",
            {"customer": "NOPE", "amount": "1", "received_on": "2026-12-08"},
            422,
            "customer",
        ),
        ("xiuying", "/delivery-notes", {}, 422, "sales_order"),
        ("xiuying", "/delivery-notes", {"sales_order": "SO20990101-0001"}, 404, ""),
        (
            "xiuying",
            "/stock-moves",
            {"why": "move", "moves": [{"item": "x", "quantity": "NaN"}]},
            422,
            "moves-0-item",
        ),
        ("liuyang", "/work-orders/WO20990101-0001/release", {}, 404, ""),
        ("nobody", "/sales-orders", {**HEAD, "lines": [LINE]}, 403, ""),
        ("nobody", "/schedules", {}, 403, ""),
    ],
)
async def test_wrong_input_is_a_problem_at_its_field(
    programs: Programs, who: str, path: str, body: Any, status: int, field: str
) -> None:
    for language, chinese in (("zh-CN", True), ("en", False)):
        answer = await programs.clients[who].post(
            API + path, json=body, headers={"Accept-Language": language}
        )
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")
        problem = answer.json()
        assert {"type", "title", "status", "detail", "code"} <= problem.keys() and problem["status"] == status
        assert any("一" <= c <= "鿿" for c in problem["title"] + problem["detail"]) == chinese, problem
        if field:
            assert field in problem["fields"], problem


async def test_one_key_means_one_thing(programs: Programs) -> None:
    key = {"Idempotency-Key": "eins"}
    first = await programs.xiaolan.post(f"{API}/sales-orders", json={**HEAD, "lines": [LINE]}, headers=key)
    again = await programs.xiaolan.post(f"{API}/sales-orders", json={**HEAD, "lines": [LINE]}, headers=key)
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers and again.headers["Idempotency-Replayed"] == "true"
    other = await programs.xiaolan.post(
        f"{API}/sales-orders", json={**HEAD, "remark": "x", "lines": [LINE]}, headers=key
    )
    assert other.status_code == 422
    assert len((await programs.see("xiaolan", "/sales-orders"))["items"]) == 1


async def test_lists_page_by_cursor_and_refuse_an_unknown_sort(programs: Programs) -> None:
    for n in range(5):
        await programs.do(
            "xiaolan",
            "/sales-orders",
            {**HEAD, "customer_order_number": f"P{n}", "lines": [LINE]},
            status=201,
        )
    numbers: list[str] = []
    cursor = ""
    while cursor is not None:
        page = await programs.see(
            "xiaolan", "/sales-orders", limit=2, sort="number", **({"cursor": cursor} if cursor else {})
        )
        numbers += [o["number"] for o in page["items"]]
        cursor = page["next_cursor"]
    assert numbers == sorted(numbers) and len(numbers) == 5
    assert (await programs.see("xiaolan", "/sales-orders", q=numbers[3]))["items"][0]["number"] == numbers[3]
    for query in ({"sort": "password"}, {"cursor": "nonsense"}):
        assert (await programs.xiaolan.get(f"{API}/sales-orders", params=query)).status_code in (400, 422)


async def test_without_a_key_there_is_nothing(world: World) -> None:
    async with visitor() as client:
        for path in ("/sales-orders", "/events", "/nothing"):
            answer = await client.get(API + path)
            assert answer.status_code == 401 and answer.headers["content-type"].startswith(
                "application/problem+json"
            )


async def test_the_description_names_every_call_and_is_read_without_a_network(programs: Programs) -> None:
    described = (await programs.xiaolan.get("/api/openapi.json")).json()
    assert described["openapi"].startswith("3.1") and all(
        path.startswith("/api/v1/") for path in described["paths"]
    )
    confirm = described["paths"]["/api/v1/sales-orders/{number}/confirm"]["post"]
    assert (
        "202" in confirm["description"]
        and described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    )
    page = await programs.xiaolan.get("/api/docs", headers={"Accept-Language": "zh-CN"})
    assert page.status_code == 200 and "/api/v1/sales-orders/{number}/confirm" in page.text
    assert "//" not in " ".join(re.findall(r'(?:src|href)="([^"]*)"', page.text))
