"""The pages of rules: written as a sentence, listed, tried on what was, refused."""

import pytest

from app.approvals import editing
from app.approvals.editing import NewRule, NewStep
from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.sales import orders
from tests import make
from tests.approvals.test_requests import priced, rule  # noqa: F401
from tests.browse import browser_of
from tests.world import World

RULE = {"name": "大额", "command": "sales_order.confirm", "steps-0-who-0": "role:boss", "active": "1", "conditions-0-fact": "amount_cny",
        "conditions-0-comparison": ">", "conditions-0-value": "50,000"}  # fmt: skip


async def test_a_rule_is_written_as_a_sentence_and_holds_orders_back(world: World) -> None:
    async with browser_of(world.admin) as browser:
        assert (
            "当订单金额（人民币含税）大于 ¥50,000.00 时，需要老板/副总（8 个工作小时未批就加问替补）审批"
            in (await browser.get("/approval-rules/new")).text
        )
        assert (await browser.post("/approval-rules/new", data={**RULE, "_key": "r1"})).status_code == 303
        assert (await browser.post("/approval-rules/new", data={**RULE, "_key": "r1"})).status_code == 303
        assert await db.value("select count(*) from approval_rules") == 1
        text = (await browser.get("/approval-rules")).text
        assert "大额" in text and "¥50,000.00" in text
        address = f"/approval-rules/{await db.value('select code from approval_rules')}"
        made = await priced(world, "50000.01", customer_order_number="PO-1")
        assert (await commit(orders.confirm, made.number, by=world.xiaolan)).deferred
        off = {k: v for k, v in RULE.items() if k != "active"} | {"version": "1"}
        assert (await browser.post(address, data=off)).status_code == 303
        free = await priced(world, "50000.01", customer_order_number="PO-2")
        assert not (await commit(orders.confirm, free.number, by=world.xiaolan)).deferred
        again = await browser.post(address, data=off, headers={"Referer": "http://test" + address})
        assert again.status_code in (303, 409)
        assert (await browser.get(address)).status_code == 200
        assert (await browser.get("/approval-rules/RU99")).status_code == 404


async def test_the_boss_writes_the_rules_of_the_house(world: World) -> None:
    async with browser_of(world.chenzong) as browser:
        assert (await browser.post("/approval-rules/new", data=RULE)).status_code == 303
        assert "大额" in (await browser.get("/approval-rules")).text


async def test_a_limit_may_be_written_in_ten_thousands(world: World) -> None:
    async with browser_of(world.chenzong) as browser:
        made = await browser.post("/approval-rules/new", data={**RULE, "conditions-0-value": "5万"})
        assert made.status_code == 303, made.text
        assert "¥50,000.00" in (await browser.get("/approval-rules")).text


@pytest.mark.parametrize(
    "value", ["NaN", "sNaN", "-NaN7", "Infinity", "1e999999999", "1e-999999999", "1e15亿", "9" * 200]
)
async def test_a_limit_that_is_no_sum_is_refused_at_its_field_as_it_was_written(
    world: World, value: str
) -> None:
    async with browser_of(world.chenzong) as browser:
        page = await browser.post("/approval-rules/new", data={**RULE, "conditions-0-value": value})
        assert page.status_code == 422 and f'value="{value}"' in page.text


async def test_what_changed_in_a_rule_is_said_as_people_say_it(world: World) -> None:
    async with browser_of(world.admin) as browser:
        await browser.post("/approval-rules/new", data=RULE)
        audit = (await browser.get("/audit")).text
        assert (
            "当订单金额（人民币含税）大于 ¥50,000.00 时" in audit
            and "amount_cny" not in audit
            and "role:boss" not in audit
        )


async def test_rules_are_searched_exported_and_switched_together(world: World) -> None:
    first, second = await make.approval_rule(), await make.approval_rule(name="急单")
    async with browser_of(world.admin) as browser:
        page = (await browser.get("/approval-rules?name=急单")).text
        assert second.code in page and first.code not in page and "老板/副总" in page
        assert (await browser.get("/approval-rules?command=sales_order.confirm&active=0")).text.count(
            "data-href"
        ) == 0
        assert (await browser.get("/approval-rules/export.xlsx")).content[:2] == b"PK"
        chosen = {"_key": "k", "chosen": [f"{r.version}:{r.code}" for r in (first, second)]}
        assert (await browser.post("/approval-rules/bulk/off", data=chosen)).status_code == 303
        assert not await db.value("select count(*) from approval_rules where active")
        again = await browser.post("/approval-rules/bulk/on", data=chosen)
        assert again.status_code == 200 and "2 行未办" in again.text, "somebody else switched them meanwhile"
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.post("/approval-rules/bulk/on", data=chosen)).status_code == 403


async def test_the_preview_counts_late_cases(world: World) -> None:
    for price in ("49999", "60000", "80000"):
        made = await priced(world, price)
        await commit(orders.confirm, made.number, by=world.xiaolan)
    async with browser_of(world.admin) as browser:
        text = (await browser.post("/approval-rules/new", data={**RULE, "try": "1"})).text
        assert "3 单里有 2 单会等" in text
        more = await browser.post("/approval-rules/new", data={**RULE, "add_condition": "1"})
        assert more.status_code == 200 and 'name="conditions-1-value"' in more.text
    assert not await db.value("select count(*) from approval_rules")


async def test_a_choice_is_offered_by_its_words_and_what_cannot_happen_is_refused(world: World) -> None:
    def asked(fact: str, value: str) -> dict[str, str]:
        said = {"fact": fact, "comparison": "=", "value": value}
        return RULE | {f"conditions-0-{name}": each for name, each in said.items()}

    async with browser_of(world.admin) as browser:
        shown = (await browser.post("/approval-rules/new", data=asked("kind", "sample") | {"show": "1"})).text
        assert (
            '<option value="sample" selected>样品</option>' in shown and '<option value="&gt;"' not in shown
        )
        for fact, wrong in (("customer_level", "A级"), ("customer", "NOBODY"), ("kind", "大单")):
            refused = await browser.post("/approval-rules/new", data=asked(fact, wrong))
            assert refused.status_code == 422 and 'id="e-conditions-0-value"' in refused.text
            assert wrong in refused.text, "nothing typed is lost"
        for fact, right in (("customer_level", "A"), ("customer", world.hengli.code), ("kind", "样品")):
            assert (await browser.post("/approval-rules/new", data=asked(fact, right))).status_code == 303
    kept = [row["conditions"] for row in await db.rows("select conditions from approval_rules order by id")]
    assert '"sample"' in str(kept[-1])


async def test_the_preview_names_a_step_in_which_nobody_could_decide(world: World) -> None:
    made = await priced(world, "60000")
    await commit(orders.confirm, made.number, by=world.xiaolan)
    steps = {"steps-0-who-0": "role:boss", "steps-1-who-0": "head:department", "steps-1-kept": "1"}
    async with browser_of(world.admin) as browser:
        text = (await browser.post("/approval-rules/new", data={**RULE, **steps, "try": "1"})).text
        assert "第 2 步：有 1 单找不到审批人" in text and "第 1 步：有" not in text


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"steps": []}, "steps", "no_steps"), ({"steps": [NewStep(who=())]}, "steps-0-who-0", "no_steps"),
        ({"steps": [NewStep(who=("role:toolkeeper",))]}, "steps-0-who-0", "no_approver"),
        ({"steps": [NewStep(who=("role:boss", "person:nosuch"))]}, "steps-0-who-1", "no_approver"),
        ({"steps": [NewStep(who=("head:moon",))]}, "steps-0-who-0", "no_approver"),
        ({"steps": [NewStep(who=("role:boss", "role:boss"))]}, "steps-0-who-1", "twice"),
        ({"steps": [NewStep(who=("role:boss",), hours="soon")]}, "steps-0-hours", "not_a_number"),
        ({"steps": [NewStep(who=("role:boss",), hours="-1")]}, "steps-0-hours", "not_a_number"),
        ({"steps": [NewStep(who=("role:boss",), mode="some")]}, "steps-0-mode", "not_a_choice"),
        ({"steps": [NewStep(who=("role:boss",))] * 7}, "steps", "too_many"),
        ({"joined": "xor"}, "joined", "not_a_choice"),
        ({"name": ""}, "name", "required"), ({"command": "what"}, "command", "not_a_choice"),
        ({"conditions": [("amount_cny", ">", "NaN")]}, "conditions-0-value", "not_a_number"),
        ({"conditions": [("amount_cny", ">", "1" + "0" * 30)]}, "conditions-0-value", "too_large"),
        ({"conditions": [("amount_cny", "~", "1")]}, "conditions-0-comparison", "bad_condition"),
        ({"conditions": [("currency", ">", "CNY")]}, "conditions-0-comparison", "no_order"),
        ({"conditions": [("currency", "=", "XXX")]}, "conditions-0-value", "not_a_choice"),
        ({"conditions": [("secret", "=", "1")]}, "conditions-0-fact", "unknown_fact"),
        ({"conditions": [("customer", "=", "")]}, "conditions-0-value", "required"),
        ({"conditions": [("amount_cny", ">", "1")] * 9}, "conditions", "too_many"),
        ({"conditions": [("amount_cny", ">", "-1")]}, "conditions-0-value", "negative"),
        ({"conditions": [("amount_cny", "<", "0")]}, "conditions-0-value", "never_true"),
        ({"conditions": [("amount_cny", ">", "5"), ("currency", "=", "USD"), ("amount_cny", "<=", "5")]}, "conditions-2-value", "never_true"),
        ({"conditions": [("customer_level", "=", "A"), ("customer_level", "=", "B")]}, "conditions-1-value", "never_true"),
        ({"conditions": [("kind", "=", "sample"), ("kind", "!=", "sample")]}, "conditions-1-value", "never_true"),
        ({"joined": "or", "conditions": [("due_in_days", "<", "7"), ("overdue", "<", "0")]}, "conditions-1-value", "never_true"),
    ],
)  # fmt: skip
async def test_a_rule_that_cannot_work_is_refused_at_its_field(
    world: World, change: dict, field: str, code: str
) -> None:
    given = {
        "name": "大额",
        "command": "sales_order.confirm",
        "steps": [NewStep(who=("role:boss",))],
        "conditions": [("amount_cny", ">", "1")],
    }
    with pytest.raises(Invalid) as caught:
        await commit(editing.write, NewRule(**{**given, **change}), by=world.admin)
    assert {f: r.reason.code for f, r in caught.value.refusals.items()} == {field: code}


async def test_conditions_that_may_meet_are_taken(world: World) -> None:
    for conditions, joined in (
        ([("amount_cny", ">", "5"), ("amount_cny", "<", "6")], "and"), ([("amount_cny", ">=", "5"), ("amount_cny", "<=", "5")], "and"),
        ([("kind", "=", "sample"), ("kind", "=", "free")], "and"), ([("margin_percent", "<", "-5")], "and"),
        ([("customer_level", "=", "A"), ("customer_level", "=", "B")], "or"),
    ):  # fmt: skip
        new = NewRule(
            name="x",
            command="sales_order.confirm",
            steps=[NewStep(who=("role:boss",))],
            conditions=conditions,
            joined=joined,
        )
        await commit(editing.write, new, by=world.admin)


async def test_what_the_past_does_not_tell_is_not_said_to_have_waited(world: World) -> None:
    made = await priced(world, "60000")
    await commit(orders.confirm, made.number, by=world.xiaolan)
    credit = {**RULE, "conditions-0-fact": "credit_over", "conditions-0-value": "0", "try": "1"}
    async with browser_of(world.admin) as browser:
        text = (await browser.post("/approval-rules/new", data=credit)).text
        assert "1 单里有 0 单会等" in text and "另有 1 单当时的情况没有记录：加上本单超出信用额度" in text
        assert (
            "¥60,000.00</span>" in (await browser.post("/approval-rules/new", data={**RULE, "try": "1"})).text
        )
        long = (await browser.post("/approval-rules/new", data={**RULE, "conditions-0-value": "1e400"})).text
        assert "000,000,000,000" not in long


async def test_rules_are_refused_for_nobody(world: World) -> None:
    new = NewRule(name="x", command="sales_order.confirm", steps=[NewStep(who=("role:boss",))])
    with pytest.raises(Refused) as caught:
        await commit(editing.write, new, by=world.nobody)
    assert caught.value.reason.code == "forbidden"


async def test_a_rule_is_tried_on_last_month_with_names(world: World) -> None:
    for n, price in enumerate(("49999", "60000")):
        made = await priced(world, price, customer_order_number=f"PO-{n}")
        await commit(orders.confirm, made.number, by=world.xiaolan)
    async with browser_of(world.admin) as browser:
        text = (await browser.post("/approval-rules/new", data={**RULE, "try": "1"})).text
        assert "2 单里有 1 单会等" in text and made.number in text and "陈总 1" in text
        strange = {**RULE, "try": "1", "conditions-0-fact": "", "conditions-0-value": "5"}
        refused = await browser.post("/approval-rules/new", data=strange | {"steps-0-hours": "8" * 40})
        assert refused.status_code == 422 and 'id="e-conditions-0-fact"' in refused.text
        assert f'value="{"8" * 40}"' in refused.text
