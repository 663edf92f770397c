"""Which cases a rule holds: borders, facts that are not known, orders split in two, fields of one's own."""

import asyncio
import json
from datetime import date, timedelta
from typing import Any

import pytest

from app.approvals.commands import Command, Fact, PastCase
from app.approvals.rules import Verdict, verdict
from app.approvals.saying import rule_in_words, unknown_in_words
from app.core import clock, db
from app.core.db import commit
from app.core.words import Word, speak
from app.custom_fields import definitions
from app.custom_fields.definitions import NewField
from app.sales import orders
from tests import make
from tests.approvals.test_requests import priced
from tests.browse import browser_of
from tests.sales import sample
from tests.world import TODAY, World


@pytest.mark.parametrize(
    ("facts", "conditions", "joined", "holds", "unknown"),
    [
        ({"a": "50000.00"}, [["a", ">", "50000"]], "and", False, ()),
        ({"a": "50000.01"}, [["a", ">", "50000"]], "and", True, ()),
        ({"a": 6}, [["a", "<", "7"]], "and", True, ()), ({"a": 7}, [["a", "<", "7"]], "and", False, ()),
        ({}, [], "and", True, ()), ({}, [], "or", True, ()),
        ({"a": None}, [["a", ">", "1"]], "and", True, ("a",)), ({}, [["a", "!=", "1"]], "and", True, ("a",)),
        ({"a": None, "b": "x"}, [["a", ">", "1"], ["b", "=", "y"]], "and", False, ()),
        ({"a": None, "b": "y"}, [["a", ">", "1"], ["b", "=", "y"]], "and", True, ("a",)),
        ({"a": None, "b": "x"}, [["a", ">", "1"], ["b", "=", "y"]], "or", True, ("a",)),
        ({"a": 2, "b": None}, [["a", ">", "1"], ["b", "=", "y"]], "or", True, ()),
        ({"a": 0, "b": "x"}, [["a", ">", "1"], ["b", "=", "y"]], "or", False, ()),
        ({"a": ""}, [["a", "=", "A"]], "and", False, ()), ({"a": "NaN"}, [["a", ">", "1"]], "and", True, ()),
    ],
)  # fmt: skip
def test_a_rule_holds_or_lets_pass_and_never_passes_what_it_does_not_know(
    facts: dict[str, Any], conditions: list[Any], joined: str, holds: bool, unknown: tuple[str, ...]
) -> None:
    assert verdict(facts, conditions, joined) == Verdict(holds, unknown)


async def _none(since: date) -> list[PastCase]:
    return []


def test_a_rule_is_one_sentence_in_both_languages_and_says_what_is_not_known() -> None:
    facts = (Fact("margin", Word("margin"), "number", unit=Word("%")), Fact("level", Word("level")))
    command = Command("x", Word("Selling"), facts, lambda arguments: "/", _none)
    terms = {"conditions": [["margin", "<", "12"], ["level", "=", "C"]], "joined": "or",
             "steps": [{"who": ["role:boss", "person:zm"], "mode": "all", "hours": 4}, {"who": ["head:department"]}]}  # fmt: skip
    names = {"role:boss": "Owner", "person:zm": "Zhou"}
    speak("en")
    said = "Selling: when margin is below 12 % or level is C, Owner & Zhou together (a substitute after 4 working hours), then"
    assert rule_in_words(command, terms, names).startswith(said)
    assert unknown_in_words(command, terms, {"level": "A"}).startswith("Not known: margin")
    assert unknown_in_words(command, terms, {"level": "C"}) == ""
    speak("zh_CN")
    assert "会签" in rule_in_words(command, terms, names) and "然后 提交人的部门主管" in rule_in_words(
        command, terms, names
    )


@pytest.mark.parametrize(("days", "waits"), [(6, True), (7, False)])
async def test_six_days_wait_and_seven_do_not(world: World, days: int, waits: bool) -> None:
    await make.approval_rule((("due_in_days", "<", "7"),))
    made = await priced(world, "100", due_date=TODAY + timedelta(days=days))
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred is waits


async def waits(world: World, price: str, **more: Any) -> bool:
    made = await priced(world, price, **more)
    return (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred


async def test_two_halves_of_one_purchase_count_together(world: World) -> None:
    await make.approval_rule()
    assert not await waits(world, "30000", customer_order_number="PO-7")
    assert not await waits(world, "30000", customer_order_number="PO-8")
    assert await waits(world, "30000", customer_order_number="PO-7")
    facts = json.loads(await db.value("select facts from approval_requests"))
    assert (facts["amount_cny"], facts["order_amount_cny"]) == ("60000.00", "30000.00")


async def test_without_a_number_orders_of_the_same_customer_and_day_count_together(world: World) -> None:
    await make.approval_rule()
    other = await make.customer()
    assert not await waits(world, "30000", customer_order_number="")
    assert not await waits(world, "30000", customer_order_number="", customer=other.code)
    assert not await waits(world, "30000", customer_order_number="PO-9")
    assert await waits(world, "30000", customer_order_number="")
    clock.move_to(clock.now() + timedelta(days=1))
    assert not await waits(world, "30000", customer_order_number="")


@pytest.mark.parametrize(
    ("sign", "kind", "waits"),
    [
        ("=", "sample", True),
        ("=", "free", True),
        ("=", "charge", True),
        ("=", "spare", False),
        ("!=", "normal", True),
        ("!=", "free", False),
    ],
)
async def test_an_order_is_of_each_kind_that_its_lines_are(
    world: World, sign: str, kind: str, waits: bool
) -> None:
    await make.item("MOULD", "模具费", "", kind="service", weight_micro=0)
    mould = sample.line(item="MOULD", quantity="1", unit="件", unit_price="2000", price_unit="件")
    free = {"unit_price": "", "price_unit": ""}
    await make.approval_rule((("kind", sign, kind),))
    lines = (sample.line(), sample.line(kind="sample"), sample.line(kind="free", **free), mould)
    made = await sample.draft(world, *lines)
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred is waits
    if waits:
        async with browser_of(world.chenzong) as page:
            number = await db.value("select number from approval_requests")
            assert "费用，免费补货，样品" in (await page.get(f"/inbox/{number}")).text


async def test_a_cancelled_half_does_not_count(world: World) -> None:
    await make.approval_rule()
    first = await priced(world, "30000")
    await commit(orders.confirm, first.number, by=world.xiaolan)
    await commit(orders.cancel, first.number, "不要了", by=world.xiaolan)
    assert not await waits(world, "30000")


async def project(world: World) -> None:
    """Orders have a field for what they are for."""
    await commit(
        definitions.define, NewField(thing="sales_order", key="project", label="项目"), by=world.admin
    )


async def of_project(world: World, said: str) -> Any:
    made = await priced(world, "100")
    await db.rows(
        "update sales_orders set custom = {} where id = {}",
        json.dumps({"project": said} if said else {}),
        made.id,
    )
    return made


async def test_a_rule_may_look_at_a_custom_field_and_at_one_that_is_empty(world: World) -> None:
    await project(world)
    await make.approval_rule((("custom.project", "=", "军品"),))
    for said, waits in (("军品", True), ("民品", False), ("", False)):
        made = await of_project(world, said)
        assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred is waits, said


@pytest.mark.parametrize(("joined", "waits"), [("and", False), ("or", True)])
async def test_a_field_that_is_switched_off_holds_nothing(world: World, joined: str, waits: bool) -> None:
    await project(world)
    await make.approval_rule((("custom.project", "=", "军品"), ("amount_cny", ">", "50")), joined=joined)
    off = NewField(thing="sales_order", key="project", label="项目", active=False)
    await commit(definitions.change, "sales_order.project", off, by=world.admin)
    made = await of_project(world, "军品")
    assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred is waits
    async with browser_of(world.admin) as page:
        listed = (await page.get("/approval-rules")).text
        assert "字段已停用" in listed and "project（字段已停用）" in listed


async def test_what_became_unknown_after_a_grant_is_asked_again(world: World) -> None:
    from app.approvals import deciding

    await project(world)
    await make.approval_rule((("custom.project", "!=", "民品"),))
    made = await of_project(world, "军品")
    first = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    await commit(deciding.approve, first.number, by=world.chenzong)
    await db.rows("update sales_orders set custom = {} where id = {}", json.dumps({}), made.id)
    second = await commit(orders.confirm, made.number, by=world.xiaolan)
    assert second.deferred and second.value.number != first.number


async def test_two_halves_confirmed_at_the_same_moment_do_not_both_pass(world: World) -> None:
    await make.approval_rule()
    halves = [(await priced(world, "30000", customer_order_number="PO-7")).number for _n in range(2)]
    done = await asyncio.gather(*(commit(orders.confirm, each, by=world.xiaolan) for each in halves))
    assert sorted(each.deferred for each in done) == [False, True]
