"""One order all the way through the house by `/api/v1` alone, each person with a key of their own."""

import json
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import httpx
import pytest

from app.core import ids, recounts
from tasks import events
from tests import make
from tests.browse import program_of, visitor
from tests.intake.files.writing import rows_to_xlsx
from tests.world import World

API = "/api/v1"
PEOPLE = ("xiaolan", "liuyang", "jianguo", "xiuying", "zhoumin", "chenzong", "admin", "nobody")


class Programs:
    """A program for each person; `programs.xiaolan.post(…)` speaks with 晓岚's key."""

    def __init__(self, clients: dict[str, httpx.AsyncClient]) -> None:
        self.clients = clients

    def __getattr__(self, name: str) -> httpx.AsyncClient:
        return self.clients[name]

    async def see(self, who: str, path: str, **params: Any) -> dict[str, Any]:
        answer = await self.clients[who].get(API + path, params=params)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    async def do(self, who: str, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
        """POST with a key, and again with the same key: the same answer, said to be replayed."""
        key = {"Idempotency-Key": f"{path} {ids.fingerprint(json.dumps(body))}"}
        answer = await self.clients[who].post(API + path, json=body or {}, headers=key)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        await events.settle()
        again = await self.clients[who].post(API + path, json=body or {}, headers=key)
        assert (again.status_code, again.json()) == (status, answer.json()), (path, again.text)
        assert again.headers.get("Location") == answer.headers.get("Location")
        assert again.headers.get("Idempotency-Replayed") == "true"
        return answer.json()


@pytest.fixture
async def programs(world: World) -> AsyncIterator[Programs]:
    await make.approval_rule()
    async with AsyncExitStack() as stack:
        yield Programs(
            {name: await stack.enter_async_context(program_of(getattr(world, name))) for name in PEOPLE}
        )


def purchase_order(
    price: object = 5000.001, number: str = "PO-8841", due: date = date(2026, 12, 28)
) -> bytes:
    """恒立's Excel file: 10 千支, ¥50,000.01 unless told otherwise, with a header block and a total row."""
    return rows_to_xlsx(("订单", [
        ["宁波恒立工程机械有限公司 采购订单"], [f"订单编号：{number}", None, None, f"交期：{due}"],
        ["序号", "物料编码", "名称规格", "数量（千支）", "单价（元/千支）"],
        [1, "HL-25-8841", "六角法兰面螺栓 M10*45 8.8 达克罗", 10, price], ["合计", None, None, 10, None],
    ]))  # fmt: skip


async def ordered(programs: Programs, **more: Any) -> str:
    """The number of the draft that the customer's file became."""
    sent = await programs.xiaolan.post(
        f"{API}/inbound-orders",
        files={"file": ("恒立.xlsx", purchase_order(**more))},
        data={"channel": "mail"},
    )
    assert sent.status_code == 201 and sent.headers["Location"].startswith(f"{API}/inbound-orders/")
    inbound = sent.json()
    assert inbound["lines"][0]["quantity"] == {"value": "10", "cell": "订单!D4", "doubtful": False}
    return (await programs.do("xiaolan", f"/inbound-orders/{inbound['id']}/accept", status=201))[
        "sales_order"
    ]


async def approved(programs: Programs, order: str) -> None:
    """Confirmed by 晓岚, held back, agreed to by 陈总."""
    waiting = await programs.do("xiaolan", f"/sales-orders/{order}/confirm", status=202)
    mine = (await programs.see("chenzong", "/approvals", mine="true"))["items"]
    assert [a["number"] for a in mine] == [waiting["approval"]] and order in mine[0]["label"]
    assert (await programs.see("xiaolan", f"/sales-orders/{order}"))["state"] == "draft"
    await programs.do("chenzong", f"/approvals/{waiting['approval']}/approve", {"comment": "可以接"})
    assert (await programs.see("xiaolan", f"/sales-orders/{order}"))["state"] == "confirmed"


async def planned(programs: Programs, order: str) -> str:
    """刘洋 makes, releases and plans the work order; its number."""
    made = await programs.do("liuyang", f"/sales-orders/{order}/work-orders", status=201)
    number = made["items"][0]["number"]
    await programs.do("liuyang", f"/work-orders/{number}/release")
    schedule = await programs.do("liuyang", "/schedules", status=202)
    shown = await programs.see("liuyang", f"/schedules/{schedule['number']}")
    assert shown["state"] == "proposed" and {s["operation"] for s in shown["slots"]} == {
        f"{number}/{n}" for n in (10, 20, 30)
    }
    assert len((await programs.see("liuyang", f"/schedules/{schedule['number']}/differences"))["items"]) == 3
    await programs.do("liuyang", f"/schedules/{schedule['number']}/publish")
    steps = (await programs.see("liuyang", f"/work-orders/{number}"))["operations"]
    assert all(step["planned_start"] and step["planned_machine"] for step in steps)
    return number


def fact(name: str, device: str, **payload: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "name": name,
        "payload": payload,
        "happened_at": "2026-12-08T08:55:00+08:00",
        "device": device,
        "person": "",
    }


async def made(programs: Programs, number: str) -> None:
    """建国 makes all of it: the first operation through the verbs, the others as a device says them."""
    await programs.do("jianguo", f"/work-orders/{number}/operations/10/start", {"machine": "HEAD-01"})
    report = {"good": "10", "unit": "千支", "scrap": [{"reason": "size", "quantity": "12", "unit": "支"}]}
    booked = await programs.do("jianguo", f"/work-orders/{number}/operations/10/report", report)
    assert (booked["operation"]["good"], booked["operation"]["scrap"]) == ("10000", "12")
    tablet = (
        await programs.do(
            "admin", "/devices", {"name": "平板", "kind": "tablet", "team": "HEADING"}, status=201
        )
    )["code"]
    batch = []
    for seq in (20, 30):
        operation = f"{number}/{seq}"
        batch.append(fact("operation.start", tablet, operation=operation))
        batch.append(fact("operation.report", tablet, operation=operation, good="10000", unit="件"))
    for status in ("done", "replayed"):
        answers = (await programs.jianguo.post(f"{API}/device-actions", json=batch)).json()
        assert [a["id"] for a in answers] == [b["id"] for b in batch]
        assert {a["status"] for a in answers} <= {status, "flagged"}, answers
    steps = (await programs.see("liuyang", f"/work-orders/{number}"))["operations"]
    assert [(s["good"], s["state"]) for s in steps] == [("10000", "done")] * 3


async def shipped(programs: Programs, order: str, work_order: str) -> tuple[str, str]:
    """秀英 puts the goods away, picks and posts them: (delivery note, its posting)."""
    await programs.do(
        "xiuying", f"/work-orders/{work_order}/receive", {"quantity": "10", "unit": "千支", "bin": "A-01-01"}
    )
    held = (await programs.see("xiuying", "/stock-balances", item="FB-M10X45-88D"))["items"]
    assert [(b["bin"], b["on_hand"]) for b in held if b["bin"] == "A-01-01"] == [("A-01-01", "10000")]
    note = (await programs.do("xiuying", "/delivery-notes", {"sales_order": order}, status=201))["number"]
    await programs.do("xiuying", f"/delivery-notes/{note}/pick", {"scan": held[0]["lot"]})
    posted = await programs.do("xiuying", f"/delivery-notes/{note}/post")
    assert posted["state"] == "posted" and posted["lines"][0]["picked"] == "10000"
    return note, posted["posting"]


async def paid(programs: Programs, order: str) -> tuple[str, str]:
    """周敏 enters the money and matches it: (receivable, receipt)."""
    owed = (await programs.see("zhoumin", "/receivables"))["items"][0]
    assert owed["sales_order"] == order and owed["matched"] == "0.00"
    money = {
        "customer": "HENGLI",
        "amount": owed["amount"],
        "received_on": "2026-12-08",
        "method": "transfer",
    }
    receipt = (await programs.do("zhoumin", "/receipts", money, status=201))["number"]
    wanted = {"allocations": [{"receivable": owed["number"], "amount": owed["amount"]}]}
    matched = await programs.do("zhoumin", f"/receipts/{receipt}/allocate", wanted)
    assert matched["matched"] == owed["amount"]
    return owed["number"], receipt


async def agrees() -> None:
    assert [d for r in await recounts.run() for d in r.differences] == []


async def through(programs: Programs) -> dict[str, str]:
    """The whole thread; the numbers of its documents."""
    order = await ordered(programs)
    await approved(programs, order)
    work_order = await planned(programs, order)
    await made(programs, work_order)
    note, posting = await shipped(programs, order, work_order)
    receivable, receipt = await paid(programs, order)
    return {
        "order": order,
        "work_order": work_order,
        "note": note,
        "posting": posting,
        "receivable": receivable,
        "receipt": receipt,
    }


async def test_a_file_becomes_a_closed_order_by_api_alone(programs: Programs) -> None:
    numbers = await through(programs)
    order = await programs.see("xiaolan", f"/sales-orders/{numbers['order']}")
    assert (order["state"], order["gross"]) == ("closed", "50000.01")
    assert order["lines"][0]["delivered_quantity"] == "10000"
    told = " ".join(
        t["name"]
        for t in (await programs.see("xiaolan", f"/sales-orders/{numbers['order']}/timeline", limit=200))[
            "items"
        ]
    )
    for name in ("sales_order.created", "approval.asked", "approval.granted", "sales_order.confirmed", "work_order.made",
                 "work_order.released", "operation.reported", "work_order.received", "delivery_note.posted", "receivable.arose",
                 "receipt.matched", "sales_order.closed"):  # fmt: skip
        assert name in told, f"{name} is missing in {told}"
    await agrees()


async def test_the_customers_link_tells_without_a_login_how_far_it_is(programs: Programs) -> None:
    order = await ordered(programs)
    await approved(programs, order)
    link = await programs.do(
        "xiaolan", f"/sales-orders/{order}/share-links", {"days": 30, "quantities": True}, status=201
    )
    assert (await programs.see("xiaolan", f"/sales-orders/{order}/progress"))["percent"] == 0
    number = await planned(programs, order)
    await made(programs, number)
    await shipped(programs, order, number)
    assert (await programs.see("xiaolan", f"/sales-orders/{order}/progress"))["percent"] == 100
    async with visitor() as customer:
        address = link["url"][link["url"].index("/t/") :]
        page = await customer.get(address, headers={"Accept-Language": "zh-CN"})
        assert page.status_code == 200 and "已发货" in page.text and "50,000" not in page.text
        gone = await programs.xiaolan.delete(f"{API}/sales-orders/{order}/share-links/{link['id']}")
        assert gone.status_code == 204
        assert (await customer.get(address)).status_code in (404, 410)


async def test_the_feed_gives_each_event_once_to_who_reads_on(programs: Programs) -> None:
    numbers = await through(programs)
    after, seen = 0, []
    while True:
        page = await programs.see("admin", "/events", after=after, limit=7)
        seen += page["items"]
        after = page["last"]
        if not page["more"]:
            break
    assert [e["position"] for e in seen] == sorted({e["position"] for e in seen})
    names = [e["name"] for e in seen]
    assert (
        names.index("sales_order.created")
        < names.index("delivery_note.posted")
        < names.index("sales_order.closed")
    )
    assert names.count("sales_order.confirmed") == names.count("receivable.arose") == 1
    created = next(e for e in seen if e["name"] == "sales_order.created")
    assert created["facts"]["number"] == numbers["order"]
    assert (await programs.nobody.get(f"{API}/events")).status_code == 403


async def test_each_posting_is_taken_back_by_api_and_says_what_stands_on_it(programs: Programs) -> None:
    numbers = await through(programs)
    note, receipt = f"/delivery-notes/{numbers['note']}", f"/receipts/{numbers['receipt']}"
    for who, path, blocks in (
        ("xiuying", f"{note}/reverse", numbers["receivable"]),
        ("zhoumin", f"{receipt}/reverse", ""),
    ):
        blocked = await programs.clients[who].post(API + path, json={"reason": "退货"})
        assert blocked.status_code == 409 and blocks in blocked.json()["detail"], blocked.text
    allocation = (await programs.see("zhoumin", receipt))["allocations"][0]["id"]
    await programs.do("zhoumin", f"/allocations/{allocation}/undo")
    assert (await programs.see("xiaolan", f"/sales-orders/{numbers['order']}"))["state"] == "confirmed"
    await programs.do("zhoumin", f"{receipt}/reverse")
    await programs.do("xiuying", f"{note}/reverse", {"reason": "退货"})
    stored = [
        p
        for p in (await programs.see("xiuying", "/postings"))["items"]
        if p["why"] == "produce" and not p["reverses"]
    ]
    assert len(stored) == 1
    await programs.do("xiuying", f"/postings/{stored[0]['number']}/reverse")
    work_order = await programs.see("liuyang", f"/work-orders/{numbers['work_order']}")
    assert work_order["received"] == "0"
    assert (await programs.see("xiuying", "/stock-balances", item="FB-M10X45-88D", bin="A-01-01"))[
        "items"
    ] == []
    assert (await programs.see("zhoumin", "/receivables", state="open"))["items"] == []
    await agrees()


async def test_fifty_thousand_to_the_fen_needs_nobody_to_agree(programs: Programs) -> None:
    order = await ordered(programs, price=5000)
    assert (await programs.do("xiaolan", f"/sales-orders/{order}/confirm"))["state"] == "confirmed"


async def test_a_refused_approval_leaves_the_order_as_it_was(programs: Programs) -> None:
    order = await ordered(programs)
    waiting = await programs.do("xiaolan", f"/sales-orders/{order}/confirm", status=202)
    own = await programs.xiaolan.post(f"{API}/approvals/{waiting['approval']}/approve", json={})
    assert own.status_code in (403, 404)
    await programs.do("chenzong", f"/approvals/{waiting['approval']}/reject", {"comment": "价格太低"})
    assert (await programs.see("xiaolan", f"/sales-orders/{order}"))["state"] == "draft"


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
