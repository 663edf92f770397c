"""Cleaning rules: data with a page and a field to try them out; a pattern can never hang the house."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import db
from app.core.refusals import Refused
from app.intake.cleaning import applied
from app.intake.patterns import pattern_of
from tests.browse import browser_of
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_inbound import take_in
from tests.world import World, events_of

ALIBABA = {"name": "阿里巴巴", "field": "customer_order_number", "kind": "regex", "pattern": r"阿里巴巴订单号[：:]?\s*(\d+)",
           "replacement": "ALI$1", "channel": "", "position": "10", "active": "1"}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "pattern", "replacement", "text", "answer"),
    [
        ("regex", r"阿里巴巴订单号[：:]?\s*(\d+)", "ALI$1", "阿里巴巴订单号：20251201001", "ALI20251201001"),
        ("regex", r"(\d+)-(\d+)", r"\2-\1", "12-34 x 5-6", "34-12 x 6-5"),
        ("replace", "订单", "PO-", "订单77", "PO-77"),
        ("prefix", "HL-", "", "880145", "HL-880145"),
        ("prefix", "HL-", "", "HL-880145", "HL-880145"),
        ("strip", "PO:|(急)", "", "PO:77(急)", "77"),
    ],
)
def test_each_kind_of_rule_does_what_it_says(
    kind: str, pattern: str, replacement: str, text: str, answer: str
) -> None:
    assert applied(kind, pattern, replacement, text) == answer


@pytest.mark.parametrize(
    ("pattern", "code"),
    [("(", "bad_pattern"), ("[a-", "bad_pattern"), ("a{9999}", "pattern_too_big"), (r"(a)\1", "pattern_too_much"),
     ("(?=a)b", "pattern_too_much"), ("((a{50}){50}){50}", "pattern_too_big"), ("*", "bad_pattern")],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_at_the_pattern(pattern: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        applied("regex", pattern, "", "x")
    assert (refused.value.reason.code, refused.value.field) == (code, "pattern")


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a|a)*b", "(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)x", "(a?){40}a{40}", "(x+x+)+y"]
)
def test_patterns_that_hang_others_end_here(pattern: str) -> None:
    began = time.perf_counter()
    applied("regex", pattern, "-", "a" * 40 + "x" * 400 + "!")
    assert time.perf_counter() - began < 3, "milliseconds; others need years"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([r"\d+", r"a|ab", r"(a|ab)(c|bcd)?", r"^x+|y$", r"[^ab]+", r"a{2,3}", r"\bfoo\b", r"(?i)po-?(\d{2,4})", "a+?b"]),
    st.text("abcdxyfo0123 -PO", max_size=24),
)  # fmt: skip
def test_the_machine_finds_what_the_standard_engine_finds(pattern: str, text: str) -> None:
    assert pattern_of(pattern).replace(text, "<$0>") == re.sub(pattern, lambda m: f"<{m[0]}>", text)


async def test_a_rule_cleans_what_comes_in_and_says_what_was_there(world: World) -> None:
    file = rows_to_xlsx(("a", [["订单号：阿里巴巴订单号20251201001", None, "交期：2026-12-28"],
                               ["物料编码", "名称", "数量(千支)", "单价(元/千支)"], ["HL-25-8841", "螺栓", 5, 268]]))  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        made = await client.post("/intake/rules", data=ALIBABA)
        assert made.status_code == 303, made.text
        page = (await client.get(await take_in(client, file))).text
        assert 'value="ALI20251201001"' in page and "阿里巴巴订单号20251201001" in page
        rule = await db.value("select id from cleaning_rules")
        off = await client.post(f"/intake/rules/{rule}", data={**ALIBABA, "active": ""})
        assert off.status_code == 303
        address = await take_in(client, file, "b.xlsx")
        assert 'value="ALI20251201001"' not in (await client.get(address)).text
        assert "阿里巴巴" in (await client.get("/intake/rules")).text
    assert await events_of("cleaning_rule", rule) == ["cleaning_rule.made", "cleaning_rule.changed"]


async def test_a_rule_holds_for_its_channel_and_its_customer(world: World) -> None:
    file = rows_to_xlsx(("a", [["订单号：A-1", None, "交期：2026-12-28"], ["物料编码", "名称", "数量(千支)", "单价(元/千支)"],
                               ["HL-25-8841", "螺栓", 5, 268]]))  # fmt: skip
    rule = {
        **ALIBABA,
        "kind": "prefix",
        "pattern": "HL/",
        "replacement": "",
        "customer": "HENGLI",
        "channel": "file",
    }
    async with browser_of(world.xiaolan) as client:
        assert (await client.post("/intake/rules", data=rule)).status_code == 303
        assert 'value="HL/A-1"' in (await client.get(await take_in(client, file))).text
        pasted = await client.post(
            "/intake", data={"text": "订单号：A-2\n物料编码\t名称\t数量(千支)\nHL-25-8841\t螺栓\t5\n"}
        )
        assert 'value="A-2"' in (await client.get(pasted.headers["location"])).text


async def test_a_rule_is_tried_out_before_it_is_kept_and_wrong_ones_are_told_at_the_field(
    world: World,
) -> None:
    async with browser_of(world.xiaolan) as client:
        tried = await client.post(
            "/intake/rules/try", data={**ALIBABA, "sample": "阿里巴巴订单号：20251201001"}
        )
        assert tried.status_code == 200 and ">ALI20251201001" in tried.text
        wrong = await client.post("/intake/rules/try", data={**ALIBABA, "pattern": "(\\d+", "sample": "x1"})
        assert "看不懂" in wrong.text and "(\\d+" in wrong.text
        kept = await client.post(
            "/intake/rules", data={**ALIBABA, "pattern": "(\\d+", "name": "", "customer_text": "恒"}
        )
        assert kept.status_code == 422 and "看不懂" in kept.text and 'id="e-name"' in kept.text
        assert 'value="恒"' in kept.text
        group = await client.post("/intake/rules", data={**ALIBABA, "replacement": "ALI$4"})
        assert group.status_code == 422 and "第 4 组" in group.text
    assert await db.value("select count(*) from cleaning_rules") == 0


async def test_who_may_not_makes_no_rule(world: World) -> None:
    async with browser_of(world.chenzong) as client:
        assert (await client.get("/intake/rules")).status_code == 200
        assert (await client.post("/intake/rules", data=ALIBABA)).status_code == 403
        assert (await client.get("/intake/rules/new")).status_code == 403
