"""Approvals and their rules for programs: every decision, and rules listed, written, changed and switched."""

from typing import Any

import pytest

from app.core.db import commit
from app.sales import orders
from tasks.events import settle
from tests.approvals.sample import held, step
from tests.approvals.test_requests import priced
from tests.browse import program_of
from tests.sales.sample import head_of
from tests.world import World

AT, RULES = "/api/v1/approvals", "/api/v1/approval-rules"
RULE: dict[str, Any] = {
    "name": "大额", "command": "sales_order.confirm", "steps": [{"who": ["role:boss"], "hours": 8}],
    "conditions": [{"fact": "amount_cny", "comparison": ">", "value": "５０，０００"}],
}  # fmt: skip


async def test_a_program_returns_gives_on_asks_more_and_withdraws(world: World) -> None:
    order, number = await held(world, step("role:boss"))
    async with (
        program_of(world.chenzong) as boss,
        program_of(world.zhoumin) as money,
        program_of(world.xiaolan) as sales,
    ):
        added = (await boss.post(f"{AT}/{number}/add-approver", json={"to": "zhoumin"})).json()
        assert [(s["who"], s["added"], s["state"]) for s in added["steps"][0]["seats"]] == [
            ("role:boss", False, "open"), ("person:zhoumin", True, "open"),
        ]  # fmt: skip
        assert [r["number"] for r in (await money.get(f"{AT}?mine=true")).json()["items"]] == [number]
        returned = (await money.post(f"{AT}/{number}/return", json={"comment": "补合同"})).json()
        assert (returned["state"], returned["comment"]) == ("returned", "补合同")
        again = await sales.post(f"/api/v1/sales-orders/{order}/confirm")
        assert again.status_code == 202
        second = again.headers["location"].rsplit("/", 1)[1]
        unknown = await boss.post(f"{AT}/{second}/transfer", json={"to": "nosuch"})
        assert (unknown.status_code, list(unknown.json()["fields"])) == (422, ["to"])
        missing = await boss.post(f"{AT}/{second}/transfer", json={})
        assert (missing.status_code, list(missing.json()["fields"])) == (422, ["to"])
        given = (await boss.post(f"{AT}/{second}/transfer", json={"to": "zhoumin"})).json()
        assert given["waits_for"] == "周敏"
        early = await sales.post(f"{AT}/{second}/remind")
        assert (early.status_code, early.json()["code"]) == (409, "reminded_already")
        assert (await boss.post(f"{AT}/{second}/withdraw")).json()["code"] == "not_the_asker"
        assert (await sales.post(f"{AT}/{second}/withdraw")).json()["state"] == "withdrawn"


async def test_a_rule_is_made_changed_and_switched_by_a_program(world: World) -> None:
    async with program_of(world.admin) as program:
        made = await program.post(RULES, json=RULE, headers={"Idempotency-Key": "r"})
        assert (made.status_code, made.headers["location"]) == (201, f"{RULES}/{made.json()['code']}")
        assert (await program.post(RULES, json=RULE, headers={"Idempotency-Key": "r"})).json() == made.json()
        at = made.headers["location"]
        assert made.json()["conditions"] == [{"fact": "amount_cny", "comparison": ">", "value": "50000"}]
        assert "大于 ¥50,000.00" in made.json()["words"]
        changed = await program.request(
            "PATCH", at, json={"joined": "or", "own": True}, headers={"If-Match": '"1"'}
        )
        assert (changed.status_code, changed.json()["own"], changed.json()["version"]) == (200, True, 2)
        stale = await program.request("PATCH", at, json={"own": False}, headers={"If-Match": '"1"'})
        assert stale.status_code == 409
        assert (await program.post(f"{at}/switch", json={"active": False})).json()["active"] is False
        order = await priced(world, "60000")
        assert not (await commit(orders.confirm, order.number, by=world.xiaolan)).deferred
        listed = (await program.get(RULES)).json()["items"]
        assert [(r["code"], r["active"]) for r in listed] == [(made.json()["code"], False)]
        assert (await program.get(f"{RULES}/RU-none")).status_code == 404
        assert (await program.post(f"{RULES}/RU-none/switch", json={})).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": []}, "steps"), ({"steps": [{"who": ["role:none"]}]}, "steps-0-who-0"), ({"steps": [{"who": 7}]}, "steps-0-who-0"),
        ({"steps": "x"}, "steps"), ({"conditions": [{"fact": "amount_cny", "comparison": ">", "value": "五万"}]}, "conditions-0-value"),
        ({"conditions": [{"fact": "moon", "comparison": ">", "value": "1"}]}, "conditions-0-fact"),
        ({"conditions": [{"fact": "currency", "comparison": "<", "value": "CNY"}]}, "conditions-0-comparison"),
        ({"joined": "nor"}, "joined"), ({"command": "x"}, "command"),
    ],
)  # fmt: skip
async def test_a_rule_that_cannot_work_is_refused_to_programs_at_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    async with program_of(world.admin) as program:
        answer = await program.post(RULES, json={**RULE, **change})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


async def test_rules_are_not_for_everybody(world: World) -> None:
    for who in (world.nobody, world.xiaolan, world.zhoumin):
        async with program_of(who) as program:
            assert (await program.get(RULES)).status_code == 403
            assert (await program.post(RULES, json=RULE)).status_code == 403


async def test_a_request_runs_once_its_last_step_agreed(world: World) -> None:
    order, number = await held(world, step("role:finance"), step("role:boss"))
    async with program_of(world.zhoumin) as money, program_of(world.chenzong) as boss:
        first = (await money.post(f"{AT}/{number}/approve", json={"comment": "ok"})).json()
        assert (first["state"], first["step"], first["waits_for"]) == ("pending", 2, "老板/副总")
        assert (await boss.post(f"{AT}/{number}/approve", headers={"If-Match": '"1"'})).status_code == 409
        assert (await boss.post(f"{AT}/{number}/approve")).json()["state"] == "granted"
    await settle()
    assert (await head_of(order))["state"] == "confirmed"
