"""`/api/v1/quotations`, as a program uses it."""

from typing import Any

from app.core import clock, db
from app.core.db import commit
from app.quotations import quotations
from tasks import events
from tests.browse import program_of
from tests.quotations.sample import sent
from tests.world import World

AT = "/api/v1/quotations"
LINE: dict[str, Any] = {"item": "FB-M10X45-88D", "quantity": "5", "unit": "千件", "unit_price": "268.0000", "price_unit": "千件",
                        "breaks": "50 = 255"}  # fmt: skip
QUOTATION: dict[str, Any] = {
    "customer": "HENGLI",
    "valid_until": "2026-12-31",
    "lead_days": "20",
    "lines": [LINE],
}


async def test_a_quotation_is_written_sent_revised_accepted_and_listed(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        made = await program.post(AT, json=QUOTATION)
        number = made.json()["number"]
        assert (made.status_code, made.headers["Location"]) == (201, f"{AT}/{number}")
        body = (await program.get(f"{AT}/{number}")).json()
        assert (body["gross"], body["state"], body["valid_until"], body["lead_days"]) == (
            "1340.00", "draft", "2026-12-31", 20,
        )  # fmt: skip
        assert body["lines"][0]["breaks"] == [{"quantity": "50", "unit_price": "255.00"}]
        assert "id" not in body and "id" not in body["lines"][0]
        assert (await program.post(f"{AT}/{number}/send")).json()["state"] == "sent"
        newer = await program.post(f"{AT}/{number}/revise", headers={"If-Match": '"2"'})
        assert (newer.status_code, newer.json()["number"]) == (201, f"{number}-B")
        assert newer.json()["revisions"] == [number, f"{number}-B"]
        assert (await program.post(f"{AT}/{number}/accept")).json()["code"] == "quotation_superseded"
        assert (await program.post(f"{AT}/{number}-B/send")).status_code == 200
        taken = {
            "customer_order_number": "PO-9",
            "due_date": "2027-01-08",
            "lines": [{"line_no": 1, "quantity": "60"}],
        }
        done = await program.post(f"{AT}/{number}-B/accept", json=taken)
        assert done.json()["state"] == "accepted"
        order = (await program.get(f"/api/v1/sales-orders/{done.json()['sales_order']}")).json()
        assert (order["gross"], order["customer_order_number"], order["due_date"]) == (
            "15300.00",
            "PO-9",
            "2027-01-08",
        )
        listed = (await program.get(f"{AT}?state=accepted&q=hengli")).json()
        assert [each["number"] for each in listed["items"]] == [f"{number}-B"]


async def test_a_stale_change_is_answered_with_what_stands(world: World) -> None:
    made = await sent(world)
    async with program_of(world.xiaolan) as program:
        lost = {"reason": "price"}
        stale = await program.post(f"{AT}/{made.number}/lose", json=lost, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["current"]["state"]) == (409, "sent")
        assert (await program.post(f"{AT}/{made.number}/lose", json={"reason": "x"})).json()[
            "fields"
        ].keys() == {"reason"}
        assert (await program.post(f"{AT}/{made.number}/lose", json=lost)).json()["lost_reason"] == "price"


async def test_one_key_accepts_once(world: World) -> None:
    made = await sent(world)
    async with program_of(world.xiaolan) as program:
        key = {"Idempotency-Key": "once"}
        first = await program.post(f"{AT}/{made.number}/accept", headers=key)
        again = await program.post(f"{AT}/{made.number}/accept", headers=key)
        assert first.json() == again.json() and again.headers["Idempotency-Replayed"] == "true"
    assert await db.value("select count(*) from sales_orders") == 1


async def test_it_is_mailed_once_with_its_pdf_where_its_sender_said(world: World) -> None:
    from app.integrations.tables import IntegrationJob
    from app.notifications import sending

    made = await sent(world)
    await events.settle()
    assert await db.value("select count(*) from integration_jobs") == 0
    assert (
        await db.value("select number from issued_documents where about_kind = 'quotation'")
        == f"{made.number}.A"
    )
    newer = (await commit(quotations.revise, made.number, by=world.xiaolan)).value
    await commit(quotations.send, newer.number, "sun@hengli.cn", by=world.xiaolan)
    await events.settle()
    await events.settle()
    [job] = await IntegrationJob.objects()
    assert (job.target, job.receiver) == ("mail", "sun@hengli.cn")
    message = await sending.prepare(job.to_dict())
    assert message is not None
    mail = await sending.written(
        {**job.to_dict(), "message": message, "made_at": clock.now()}, "us@here.cn", job.receiver
    )
    assert (mail["Subject"], mail["To"], mail["Auto-Submitted"]) == (
        f"报价单 {newer.number}",
        "sun@hengli.cn",
        None,
    )
    [paper] = list(mail.iter_attachments())
    assert paper.get_filename() == f"{made.number}.B.pdf" and paper.get_content().startswith(b"%PDF-")
