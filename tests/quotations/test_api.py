"""`/api/v1/quotations`, as a program uses it."""

import json
from datetime import date
from typing import Any

from app.core import clock, db
from app.core.db import commit
from app.quotations import quotations
from app.sales.schedules import NewSchedule
from tasks import events
from tests.browse import browser_of, program_of
from tests.custom_fields.sample import field
from tests.quotations.sample import draft, sent
from tests.quotations.sample import line as sample_line
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


async def test_custom_fields_and_deliveries_are_kept_and_come_into_the_order(world: World) -> None:
    await field(world, "sales_order", "project", label="项目")
    await field(world, "sales_order_line", "batch", label="炉批")
    await field(world, "sales_order", "coating_um", label="镀层", kind="number", required=True)
    parts = [{"due_date": "2027-01-08", "quantity": "2"}, {"due_date": "2027-02-08", "quantity": "3"}]
    line = {
        "item": "FB-M10X45-88D",
        "quantity": "5",
        "unit": "千支",
        "unit_price": "268",
        "price_unit": "千支",
    }
    body = {
        "customer": "HENGLI", "custom": {"project": "军品", "coating_um": "9"},
        "lines": [line | {"custom": {"batch": "H1"}, "schedules": parts}, line],
    }  # fmt: skip
    async with program_of(world.xiaolan) as api:
        made = await api.post("/api/v1/quotations", json=body)
        assert made.status_code == 201, made.text
        told, at = made.json(), made.headers["location"]
        assert told["custom"] == {"project": "军品", "coating_um": "9"}
        assert (told["lines"][0]["custom"], told["lines"][0]["schedules"]) == ({"batch": "H1"}, parts)
        assert (told["lines"][1]["custom"], told["lines"][1]["schedules"]) == ({"batch": None}, [])
        again = {**body, "remark": "改", "lines": [line | {"line_no": 1, "schedules": parts}]}
        del again["custom"]
        told = (await api.put(at, json=again)).json()
        assert told["custom"]["project"] == "军品" and told["lines"][0]["custom"] == {"batch": "H1"}
        assert (await api.post(f"{at}/send", json={})).status_code == 200
        revised = (await api.post(f"{at}/revise", json={})).json()
        assert revised["custom"]["project"] == "军品" and revised["lines"][0]["schedules"] == parts
        newer = f"/api/v1/quotations/{revised['number']}"
        assert (await api.post(f"{newer}/send", json={})).status_code == 200
        accepted = await api.post(f"{newer}/accept", json={})
        assert accepted.status_code == 200, accepted.text
        order = (await api.get(f"/api/v1/sales-orders/{accepted.json()['sales_order']}")).json()
    assert order["custom"] == {"project": "军品", "coating_um": "9"} and order["lines"][0]["custom"] == {
        "batch": "H1"
    }
    assert [(p["due_date"], p["quantity"]) for p in order["lines"][0]["schedules"]] == [
        ("2027-01-08", "2"),
        ("2027-02-08", "3"),
    ]


async def test_the_form_keeps_the_deliveries_and_custom_fields_of_a_draft(world: World) -> None:
    await field(world, "sales_order", "project", label="项目")
    parts = [
        NewSchedule(quantity="2", due_date=date(2027, 1, 8)),
        NewSchedule(quantity="3", due_date=date(2027, 2, 8)),
    ]
    made = await draft(world, sample_line(schedules=parts), custom={"project": "军品"})
    async with browser_of(world.xiaolan) as page:
        form = (await page.get(f"/quotations/{made.number}/edit")).text
        assert 'name="lines-0-schedules-1-quantity"' in form and 'value="2027-02-08"' in form
        data = {
            "version": str(made.version), "customer": "HENGLI", "lines-0-line_no": "1", "lines-0-item": "FB-M10X45-88D",
            "lines-0-quantity": "5", "lines-0-unit": "千支", "lines-0-unit_price": "268", "lines-0-price_unit": "千支",
            "lines-0-schedules-0-due_date": "2027-01-08", "lines-0-schedules-0-quantity": "2",
            "lines-0-schedules-1-due_date": "2027-02-08", "lines-0-schedules-1-quantity": "3",
        }  # fmt: skip
        assert (await page.post(f"/quotations/{made.number}/edit", data=data)).status_code == 303
        assert "2027" in (await page.get(f"/quotations/{made.number}")).text
    kept = await db.one(
        "select q.custom, l.schedules from quotations q join quotation_lines l on l.quotation = q.id"
    )
    assert kept and json.loads(kept["custom"]) == {"project": "军品"}
    assert json.loads(kept["schedules"]) == [["2027-01-08", "2"], ["2027-02-08", "3"]]
