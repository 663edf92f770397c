"""Inquiries as a browser and a program get them."""

from datetime import timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.inquiries import inquiries
from app.inquiries.inquiries import Lost
from tests.browse import browser_of, program_of, visitor
from tests.inquiries.sample import bolts, taken
from tests.world import MORNING, World

FORM = {
    "customer": "HENGLI", "customer_text": "HENGLI 恒立", "channel": "wechat", "received_at": "2026-12-08T08:30",
    "said": "急要", "lines-0-item": "FB-M10X45-88D",
    "lines-0-quantity": "5 / 50", "lines-0-unit": "千件", "lines-0-target_price": "250",
}  # fmt: skip
AT = "/api/v1/inquiries"


async def test_an_inquiry_goes_from_the_form_to_a_quotation_filled_with_it(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        made = await browser.post("/inquiries/new", data=FORM)
        at = made.headers["location"]
        page = (await browser.get(at)).text
        assert "HENGLI 恒立" not in page and "宁波恒立工程机械有限公司" in page
        for word in ("急要", "5 / 50", "250.00", "待回复", "30 分钟"):
            assert word in page, word
        form = (await browser.get(f"/quotations/new?inquiry={at.rpartition('/')[2]}")).text
        for word in (
            'value="FB-M10X45-88D"',
            'name="lines-0-quantity" value="5"',
            'value="HENGLI"',
            f'href="{at}"',
        ):
            assert word in form, word
        wrong = await browser.post(
            "/inquiries/new", data={**FORM, "received_at": "2026-12-09T08:30", "lines-0-unit": "x"}
        )
        assert wrong.status_code == 422
        for word in (
            'href="#f-received_at"',
            'value="2026-12-09T08:30"',
            'value="5 / 50"',
            'id="e-lines-0-quantity"',
        ):
            assert word in wrong.text, word
        lost = await browser.post(f"{at}/lose", data={"note": "没下文"})
        assert lost.status_code == 422 and 'id="lose-inquiry" open' in lost.text and "没下文" in lost.text
        assert (await browser.post(f"{at}/answer", data={"how": "打了电话"})).status_code == 303
        page = (await browser.get(at)).text
        assert "打了电话" in page and "已回复" in page


async def test_a_file_is_attached_to_it(world: World) -> None:
    made = await taken(world)
    async with browser_of(world.xiaolan) as browser:
        sent = {"subject_kind": "inquiry", "subject_id": str(made.id)}
        assert (
            await browser.post("/attachments", data=sent, files={"file": ("图纸.pdf", b"%PDF-1.4")})
        ).status_code == 303
        assert "图纸.pdf" in (await browser.get(f"/inquiries/{made.number}")).text
    async with browser_of(world.jianguo) as browser:
        assert (await browser.get("/attachments/1")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"), ("state=new", "ab"), ("late=1", "a"), ("late=x", "abc"), ("state=lost", "c"), ("state=nonsense", "abc"),
        ("channel=phone", "b"), ("channel=pigeon", "abc"), ("customer=HENGLI", "abc"), ("q=nbhl", "abc"), ("wanted_to=soon", "abc"),
        ("sort=received_at", "abc"),
    ],
)  # fmt: skip
async def test_the_list_is_filtered_by_its_address(world: World, query: str, found: str) -> None:
    made = {"a": await taken(world), "c": await taken(world)}
    await commit(inquiries.lose, made["c"].number, Lost("price"), by=world.xiaolan)
    clock.move_to(MORNING + timedelta(hours=2, minutes=30))
    made["b"] = await taken(world, channel="phone", minutes_ago=5)
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.get(f"/inquiries?{query}")
        assert answer.status_code == 200
        assert "".join(key for key in "abc" if made[key].number in answer.text) == found
        assert ('data-kind="bad">2 小时' in answer.text) == ("a" in found)
        assert (await browser.get(f"/inquiries/export.xlsx?{query}")).status_code == 200


async def test_programs_do_the_same(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        new = {"asker": "Acme Ltd", "contact": "joe@acme.com", "received_at": "2026-12-08T08:00:00+08:00", "currency": "USD",
               "lines": [{"spec": "U-bolt M12", "quantity": "2000", "unit": "件"}]}  # fmt: skip
        made = await program.post(AT, json=new)
        number = made.json()["number"]
        assert (made.status_code, made.headers["Location"]) == (201, f"{AT}/{number}")
        assert (made.json()["customer"], made.json()["first_reply_minutes"], made.json()["currency"]) == (
            None,
            60,
            "USD",
        )
        changed = await program.put(
            f"{AT}/{number}", json={**new, "customer": "HENGLI"}, headers={"If-Match": '"1"'}
        )
        assert changed.json()["customer"] == "HENGLI"
        stale = await program.post(f"{AT}/{number}/answer", json={"how": "x"}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["current"]["version"]) == (409, 2)
        assert (await program.post(f"{AT}/{number}/answer", json={"how": "mail"})).json()[
            "state"
        ] == "answered"
        assert (await program.post(f"{AT}/{number}/lose", json={"reason": "terms"})).json()[
            "lost_reason"
        ] == "terms"
        assert (await program.post(f"{AT}/{number}/reopen")).json()["state"] == "answered"
        listed = (await program.get(f"{AT}?state=answered&q=acme")).json()["items"]
        assert [(each["number"], each["late"]) for each in listed] == [(number, False)]
        kpi = (await program.get("/api/v1/kpis/first-reply-time?from=2026-12-01&to=2026-12-31")).json()
        assert (kpi["value"], kpi["numerator"], kpi["denominator"], kpi["target"]) == (60, 1, 1, 120)
    assert not await db.value("select count(*) from quotations")


async def test_it_is_found_and_stands_in_the_menu(world: World) -> None:
    made = await taken(world, bolts())
    async with browser_of(world.chenzong) as browser:
        assert f"/inquiries/{made.number}" in (await browser.get("/search?q=IQ2026")).text
        assert 'data-menu="inquiries"' in (await browser.get("/")).text
        assert made.number in (await browser.get("/customers/HENGLI?tab=quotations")).text


async def test_who_may_not_gets_nothing(world: World) -> None:
    made = await taken(world)
    async with browser_of(world.jianguo) as browser:
        for place in ("/inquiries", "/inquiries/export.xlsx", "/inquiries/new", f"/inquiries/{made.number}"):
            assert (await browser.get(place)).status_code == 403, place
    async with visitor() as browser:
        assert (await browser.get(f"/inquiries/{made.number}")).status_code == 303
