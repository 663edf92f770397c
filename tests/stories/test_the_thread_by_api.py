"""One order all the way through the house by `/api/v1` alone, each person with a key of their own."""

from app.core import recounts
from tests.browse import visitor
from tests.stories.thread_by_api import API, Programs, approved, made, ordered, planned, shipped, through


async def agrees() -> None:
    assert [d for r in await recounts.run() for d in r.differences] == []


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
