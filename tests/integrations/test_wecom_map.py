"""WeCom's lengths are bytes, and what is markup to it is none in our messages."""

import pytest

from app.integrations.outcomes import DONE, GIVE_UP, LATER
from app.integrations.wecom import map as cards

LINE = {"text": "订单 SO20261208-0001 静默 <b>9</b> & 更久", "url": "https://oms.example.com/notices/1"}


@pytest.mark.parametrize("n", [1, 3, 40])
def test_a_card_keeps_within_its_bytes(n: int) -> None:
    message = {
        "title": "预警" * 80,
        "lines": [LINE] * n,
        "url": LINE["url"],
        "time": "今天 09:00",
        "button": "打开看看吧",
    }
    body = cards.text_card(message, "xiaolan", "1000002", "打开看看吧")
    card = body["textcard"]
    assert (
        len(card["title"].encode()) <= 128
        and len(card["description"].encode()) <= 512
        and card["btntxt"] == "打开看看"
    )
    assert "<b>" not in card["description"] and card["description"].count("<div") == card[
        "description"
    ].count("</div>")
    assert (body["agentid"], body["enable_duplicate_check"]) == (1000002, 1)


def test_one_very_long_line_is_cut_between_characters() -> None:
    long = {"text": "<长>" * 400, "url": "https://x"}
    card = cards.text_card(
        {"title": "t", "lines": [long], "url": "u", "time": "t", "button": "b"}, "a", "1", "b"
    )["textcard"]
    assert 400 < len(card["description"].encode()) <= 512


def test_a_message_that_leads_nowhere_has_no_dead_link() -> None:
    line = {"text": "订单 SO-1 已确认", "url": ""}
    message = {"title": "t", "lines": [line] * 400, "url": "", "time": "t", "button": "b"}
    body = cards.text_card(message, "a", "1", "b")
    assert body["msgtype"] == "text" and "textcard" not in body
    assert (
        body["text"]["content"].startswith("订单 SO-1 已确认\n")
        and len(body["text"]["content"].encode()) <= 2048
    )
    content = cards.markdown({**message, "lines": [line]})["markdown"]["content"]
    assert content == "订单 SO-1 已确认"


def test_a_groups_message_is_a_list_of_links_without_foreign_markup() -> None:
    evil = {"text": "[a](http://evil) <@all> **x** `y`", "url": "https://oms.example.com/orders/1"}
    content = cards.markdown({"title": "两条", "lines": [evil, LINE] * 200})["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert "<@all>" not in content and "(http://evil)" not in content and content.startswith("**两条**\n> [")


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [({"errcode": 0}, DONE, "0"), ({"errcode": 0, "invaliduser": "xiaolan"}, GIVE_UP, "81013"), ({"errcode": 45009}, LATER, "45009"),
     ({"errcode": -1}, LATER, "-1"), ({"errcode": 60020}, GIVE_UP, "60020"), ({"errcode": 12345}, GIVE_UP, "12345"),
     ({"errmsg": "ok"}, LATER, "-1"), ({"errcode": "0"}, LATER, "-1"), ({"errcode": 404}, GIVE_UP, "404")],
)  # fmt: skip
def test_only_the_number_decides(answer: dict[str, object], kind: str, code: str) -> None:
    outcome = cards.outcome_of({"errmsg": "ok", **answer}, {})
    assert (outcome.kind, outcome.code) == (kind, code)
