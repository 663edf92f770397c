"""The thread as calls of `/api/v1`, each person with a key of their own."""

import json
import uuid
from datetime import date
from typing import Any

import httpx

from app.core import ids
from tasks import events
from tests.intake.files.writing import rows_to_xlsx

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
