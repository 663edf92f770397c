"""The inbox, as a browser gets it, and the same for programs."""

import pytest

from app.approvals import deciding
from app.core import db
from app.core.db import commit
from app.sales import orders
from tasks.events import settle
from tests import make
from tests.approvals.sample import delegate, held, step
from tests.approvals.test_requests import priced, rule  # noqa: F401
from tests.browse import browser_of, program_of
from tests.sales.sample import head_of, line
from tests.sales.sample import order as sample_order
from tests.world import World


async def waiting(world: World, price: str = "60000") -> tuple[str, str]:
    """(order, request) of an order that waits for the boss."""
    made = await priced(world, price)
    return made.number, (await commit(orders.confirm, made.number, by=world.xiaolan)).value.number


@pytest.mark.usefixtures("rule")
async def test_who_decides_sees_what_hangs_on_it(world: World) -> None:
    await db.rows("update customers set credit_limit = 5000000 where code = 'HENGLI'")
    order, _request = await waiting(world)
    async with browser_of(world.chenzong) as browser:
        text = (await browser.get("/inbox")).text
    for word in ("加上本单用额度", "120%", "额度 ¥50,000.00", "六角法兰面螺栓", "含税"):
        assert word in text, word
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get("/inbox?view=asked")).text
        assert order in text and "六角法兰面螺栓" in text


@pytest.mark.usefixtures("rule")
async def test_the_boss_decides_in_the_inbox_and_goes_on_to_the_next(world: World) -> None:
    order, request = await waiting(world)
    other, second = await waiting(world, "70000")
    async with browser_of(world.chenzong) as browser:
        text = (await browser.get("/inbox")).text
        for word in (
            order,
            other,
            "¥60,000.00",
            "¥70,000.00",
            "陈晓岚",
            "大额订单",
            "订单金额",
            "大于 ¥50,000.00",
        ):
            assert word in text, word
        shown = (await browser.get(f"/inbox/{request}")).text
        assert (
            f'action="/inbox/{request}/approve"' in shown and f'formaction="/inbox/{request}/reject"' in shown
        )
        done = await browser.post(f"/inbox/{request}/approve", data={"comment": "可以", "version": "1"})
        assert (done.status_code, done.headers["location"]) == (303, f"/inbox/{second}")
        await settle()
        assert (await head_of(order))["state"] == "confirmed"
        refused = await browser.post(f"/inbox/{second}/reject", data={"comment": ""})
        assert refused.status_code == 422 and "要写原因，方便对方改" in refused.text
        done = await browser.post(f"/inbox/{second}/reject", data={"comment": "太便宜"})
        assert done.headers["location"] == "/inbox"
        assert "没有等你审批的" in (await browser.get("/inbox")).text
        assert "太便宜" in (await browser.get(f"/inbox/{second}?view=decided")).text
    async with browser_of(world.xiaolan) as browser:
        asked = (await browser.get("/inbox?view=asked")).text
        assert order in asked and other in asked and "/approve" not in asked


@pytest.mark.usefixtures("rule")
async def test_a_waiting_order_says_who_decides(world: World) -> None:
    order, request = await waiting(world)
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get(f"/orders/{order}")).text
        assert "待审批" in text and f"/inbox/{request}" in text
        listed = (await browser.get("/orders?state=waiting")).text
        assert order not in (await browser.get("/orders?state=draft&state=submitted")).text
        assert order in listed


@pytest.mark.usefixtures("rule")
async def test_requests_are_hidden_from_those_they_do_not_concern(world: World) -> None:
    order, request = await waiting(world)
    async with browser_of(world.nobody) as browser:
        assert (await browser.get("/inbox")).status_code == 200
        assert order not in (await browser.get("/inbox?view=all")).text
        assert (await browser.get(f"/inbox/{request}")).status_code == 404
        assert (await browser.post(f"/inbox/{request}/approve")).status_code == 404
        assert (await browser.get("/approval-rules")).status_code == 403
        assert (await browser.post("/approval-rules/new", data={})).status_code == 403
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.post(f"/inbox/{request}/approve")).status_code == 403
    assert (await head_of(order))["state"] == "draft"


@pytest.mark.usefixtures("rule")
async def test_a_program_decides_as_a_person_does(world: World) -> None:
    order, request = await waiting(world)
    async with program_of(world.chenzong) as program:
        mine = (await program.get("/api/v1/approvals?mine=true")).json()
        assert [r["number"] for r in mine["items"]] == [request] and mine["next_cursor"] is None
        one = (await program.get(f"/api/v1/approvals/{request}")).json()
        assert (
            one["facts"]["amount_cny"] == "60000.00"
            and one["page"] == f"/orders/{order}"
            and one["state"] == "pending"
        )
        bad = await program.post(f"/api/v1/approvals/{request}/reject", json={})
        assert (bad.status_code, bad.json()["code"], list(bad.json()["fields"])) == (
            422,
            "comment_needed",
            ["comment"],
        )
        stale = await program.post(f"/api/v1/approvals/{request}/approve", headers={"If-Match": '"7"'})
        assert stale.status_code == 409
        good = await program.post(
            f"/api/v1/approvals/{request}/approve", json={"comment": "ok"}, headers={"Idempotency-Key": "a"}
        )
        assert (good.status_code, good.json()["state"]) == (200, "granted")
        again = await program.post(
            f"/api/v1/approvals/{request}/approve", json={"comment": "ok"}, headers={"Idempotency-Key": "a"}
        )
        assert again.headers["Idempotency-Replayed"] == "true" and again.json() == good.json()
        await settle()
        assert (await program.get(f"/api/v1/approvals/{request}")).json()["state"] == "done"
    async with program_of(world.nobody) as program:
        assert (await program.get("/api/v1/approvals")).json()["items"] == []
        assert (await program.get(f"/api/v1/approvals/{request}")).status_code == 404
        assert (await program.post(f"/api/v1/approvals/{request}/approve")).status_code == 404


async def test_a_request_is_returned_given_on_and_reminded_of_in_the_inbox(world: World) -> None:
    _order, request = await held(world, step("role:boss", hours=4))
    async with browser_of(world.chenzong) as browser:
        shown = (await browser.get(f"/inbox/{request}?do=return")).text
        assert (
            f'action="/inbox/{request}/return"' in shown and f'action="/inbox/{request}/approve"' not in shown
        )
        empty = await browser.post(f"/inbox/{request}/return", data={"comment": " "})
        assert empty.status_code == 422 and f'action="/inbox/{request}/return"' in empty.text
        wrong = await browser.post(f"/inbox/{request}/transfer", data={"to": "xiaolan", "comment": "请你批"})
        assert wrong.status_code == 422 and "请你批" in wrong.text and "不能审批自己的申请" in wrong.text
        done = await browser.post(
            f"/inbox/{request}/add-approver", data={"to": "zhoumin", "comment": "看账期"}
        )
        assert done.status_code == 303
        assert "加签" in (await browser.get(f"/inbox/{request}")).text
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get(f"/inbox/{request}?view=asked")).text
        assert f'action="/inbox/{request}/remind"' in text and f'action="/inbox/{request}/withdraw"' in text
        assert (await browser.post(f"/inbox/{request}/remind")).status_code == 409
        assert (await browser.post(f"/inbox/{request}/withdraw")).status_code == 303
        assert "已撤回" in (await browser.get(f"/inbox/{request}?view=asked")).text


async def test_a_returned_order_shows_what_changed_when_it_comes_again(world: World) -> None:
    await make.approval_rule()
    made = await priced(world, "60000")
    first = (await commit(orders.confirm, made.number, by=world.xiaolan)).value.number
    await commit(deciding.send_back, first, "再谈价", by=world.chenzong)
    new = sample_order(line(quantity="1", unit="支", unit_price="65000", price_unit="支"))
    await commit(orders.edit, made.number, new, by=world.xiaolan)
    async with browser_of(world.xiaolan) as browser:
        assert "再谈价" in (await browser.get(f"/orders/{made.number}")).text
    second = (await commit(orders.confirm, made.number, by=world.xiaolan)).value.number
    async with browser_of(world.chenzong) as browser:
        text = (await browser.get(f"/inbox/{second}")).text
        assert "再谈价" in text and "<del>¥60,000.00</del>" in text and "<ins>¥65,000.00</ins>" in text


async def test_a_delegation_is_written_seen_and_ended(world: World) -> None:
    day = {"begins": "2026-12-08", "ends": "2026-12-10"}
    async with browser_of(world.chenzong) as browser:
        wrong = await browser.post("/delegations/new", data={**day, "taker": "chenzong", "note": "出差"})
        assert wrong.status_code == 422 and "代理人不能是本人" in wrong.text and "出差" in wrong.text
        assert (await browser.post("/delegations/new", data={**day, "taker": "zhoumin"})).status_code == 303
        listed = (await browser.get("/delegations")).text
        assert "周敏" in listed and "生效中" in listed
        assert (await browser.get("/delegations/export.xlsx")).status_code == 200
        at = f"/delegations/{await db.value('select id from approval_delegations')}"
        assert "周敏 代 陈总" in (await browser.get(at)).text
        assert (await browser.post(f"{at}/revoke")).status_code == 303
        assert "已结束" in (await browser.get(at)).text
    async with browser_of(world.nobody) as browser:
        assert (await browser.get("/delegations")).status_code == 403
    async with browser_of(world.liuyang) as browser:
        assert (await browser.get(at)).status_code == 404


@pytest.mark.usefixtures("rule")
async def test_whoever_decides_sees_the_amount_and_others_by_their_rights(world: World) -> None:
    order, request = await waiting(world)
    await delegate(world, "liuyang")
    async with browser_of(world.liuyang) as browser:
        for path in ("/inbox", f"/inbox/{request}"):
            assert (await browser.get(path)).text.count("¥60,000.00") >= 2, "in the list and beside it"
        assert "¥60,000.00" not in (await browser.get(f"/orders/{order}")).text
        assert (await browser.post(f"/inbox/{request}/approve")).status_code == 303
        assert "60,000.00" not in (await browser.get("/inbox?view=decided")).text
        assert "60,000.00" not in (await browser.get(f"/inbox/{request}")).text
