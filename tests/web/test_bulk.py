"""Many rows at once: each is its own command, the answer says of each what happened, and asking again does nothing twice."""

import html
import io
import re
from typing import Any

import httpx
import openpyxl
import pypdfium2
import pytest

from app.core import db
from app.web.bulk import MOST
from tests import make
from tests.browse import browser_of
from tests.sales.sample import confirmed, draft, head_of, line
from tests.world import World, events_of


def told(page: str) -> dict[str, str]:
    """Name → what came of it, from the answer."""
    box = page[page.index('class="outcome"') :]
    rows = re.findall(r"<tr data-href.*?</tr>", box[: box.index("</table>")], re.S)
    said = [re.sub(r"\s+", " ", re.sub("<.*?>", " ", row)).strip().partition(" ") for row in rows]
    return {name: what for name, _space, what in said}


def ticked(*orders: Any) -> list[str]:
    return [f"{each.version}:{each.number}" for each in orders]


async def many(browser: httpx.AsyncClient, verb: str, key: str, *chosen: str) -> httpx.Response:
    return await browser.post(f"/orders/bulk/{verb}?state=draft", data={"_key": key, "chosen": list(chosen)})


async def numbers_in_file(browser: httpx.AsyncClient, asked: dict[str, Any]) -> list[str]:
    answer = await browser.get("/orders/export.xlsx", params={**asked, "columns": "number"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [str(row[0]) for row in sheet.iter_rows(2, values_only=True)]


async def test_each_order_is_confirmed_or_says_why_not(world: World) -> None:
    await make.approval_rule()
    good, done = (
        await draft(world, customer_order_number="A"),
        await confirmed(world, customer_order_number="B"),
    )
    dear = await draft(world, line(quantity="900"), customer_order_number="C")
    stale = await draft(world, customer_order_number="D")
    async with browser_of(world.xiaolan) as browser:
        answer = await many(
            browser,
            "confirm",
            "k1",
            *ticked(good, done, dear),
            f"{stale.version + 1}:{stale.number}",
            "1:SO-NOWHERE",
        )
        assert answer.status_code == 200
        outcome = told(answer.text)
        assert list(outcome.values())[-2:] == ["待审批", "已办"], "what needs somebody stands first"
        assert "现在是“已确认”" in outcome[done.number]
        assert outcome[dear.number] == "待审批" and outcome[good.number] == "已办"
        assert "SO-NOWHERE" in outcome and "已确认 1 单 · 1 行待审批 · 3 行未办" in answer.text
        assert re.search(rf'value="{stale.version}:{stale.number}"[^>]*checked', answer.text), "stays ticked"
        assert [(await head_of(o.number))["state"] for o in (good, done, dear, stale)] == [
            "confirmed", "confirmed", "draft", "draft",
        ]  # fmt: skip


async def test_all_done_leads_back_to_the_list_and_happens_once(world: World) -> None:
    first, second = (
        await draft(world, customer_order_number="A"),
        await draft(world, customer_order_number="B"),
    )
    async with browser_of(world.xiaolan) as browser:
        for _again in range(2):
            answer = await many(browser, "confirm", "k1", *ticked(first, second))
            assert (answer.status_code, answer.headers["location"]) == (303, "/orders?state=draft")
        events = await events_of("sales_order", first.id)
        assert events.count("sales_order.confirmed") == 1
        other = await many(
            browser, "confirm", "k2", f"{(await head_of(first.number))['version']}:{first.number}"
        )
        assert other.status_code == 200 and "已确认" in told(other.text)[first.number], (
            "another press is another command"
        )


async def test_a_refused_row_is_tried_again_under_the_same_key(world: World) -> None:
    order = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        assert (
            await many(browser, "confirm", "k1", f"{order.version + 1}:{order.number}")
        ).status_code == 200
        assert (await many(browser, "confirm", "k1", *ticked(order))).status_code == 303
        assert (await head_of(order.number))["state"] == "confirmed"


async def test_nothing_and_too_much_are_refused(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert (await many(browser, "confirm", "k")).status_code == 422
        assert (
            await many(browser, "confirm", "k", *[f"1:SO{n}" for n in range(MOST + 1)])
        ).status_code == 422
        garbled = await many(browser, "confirm", "k", "nonsense", "x:SO1", f"{10**30}:SO2")
        assert set(told(garbled.text)) == {"SO1", "SO2"}


async def test_only_what_one_may_do_is_offered_and_done(world: World) -> None:
    order = await draft(world)
    async with browser_of(world.liuyang) as browser:
        page = (await browser.get("/orders")).text
        assert "/orders/bulk/make" in page and "/orders/bulk/confirm" not in page
        assert "data-adds" not in page, "who sees no prices sees no sum of them"
        assert (await many(browser, "confirm", "k", *ticked(order))).status_code == 403
        assert (
            await browser.get("/orders/bulk/confirmations.pdf", params={"chosen": ticked(order)})
        ).status_code == 403
    assert (await head_of(order.number))["state"] == "draft"
    async with browser_of(world.jianguo) as browser:
        assert (await many(browser, "confirm", "k", *ticked(order))).status_code == 403


async def test_what_is_ticked_is_exported_and_printed(world: World) -> None:
    orders = [await confirmed(world, customer_order_number=name) for name in "ABC"]
    async with browser_of(world.xiaolan) as browser:
        chosen = {"chosen": ticked(*orders[:2]), "columns": "number"}
        assert set(await numbers_in_file(browser, chosen)) == {o.number for o in orders[:2]}
        file = (await browser.get("/orders/bulk/confirmations.pdf", params=chosen)).content
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
        assert orders[0].number in text and orders[1].number in text and orders[2].number not in text
        assert await db.value("select count(*) from issued_documents") == 2, "each is kept by itself"
        refused = await browser.get("/orders/bulk/confirmations.pdf", params={"chosen": ["1:SO-NOWHERE"]})
        assert refused.status_code == 409 and "SO-NOWHERE" in refused.text


async def test_many_orders_go_into_production_and_their_work_orders_are_printed(world: World) -> None:
    orders = [await confirmed(world, customer_order_number=name) for name in "AB"]
    async with browser_of(world.liuyang) as browser:
        assert (await many(browser, "make", "k", *ticked(*orders))).status_code == 303
        made = await db.rows("select number, version, state from work_orders order by id")
        assert [w["state"] for w in made] == ["released", "released"]
        names = [f"{w['version']}:{w['number']}" for w in made]
        held = await browser.post("/work-orders/bulk/hold", data={"_key": "h", "chosen": names})
        assert held.status_code == 303
        again = await browser.post("/work-orders/bulk/release", data={"_key": "h", "chosen": names})
        assert again.status_code == 200 and len(told(again.text)) == 2
        printed = await browser.get("/work-orders/bulk/travellers.pdf", params={"chosen": names})
        assert len(pypdfium2.PdfDocument(printed.content)) >= 2


async def test_all_that_the_filter_finds_is_done_beyond_the_page(world: World) -> None:
    """One page shows 50 of 53; the others are found by the filter, not by what was sent."""
    for n in range(53):
        await draft(world, customer_order_number=f"A{n}")
    other = await confirmed(world, customer_order_number="B")
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/orders?state=draft&q=HL")).text
        assert "本页 50 条已选" in page
        offered = re.findall(r'data-everything="([^"]+)"', page)
        assert "选择全部 53 条" in (await browser.get(html.unescape(offered[0]))).text
        assert '<input type="hidden" name="state" value="draft">' in page, "papers and files filter as well"
        assert "data-everything" not in (await browser.get("/orders?state=confirmed")).text, "one page"
        sent = {"_key": "k1", "everything": "53", "chosen": "1:SO-NOWHERE"}
        for _again in range(2):
            answer = await browser.post("/orders/bulk/confirm?state=draft", data=sent)
            assert (answer.status_code, answer.headers["location"]) == (303, "/orders?state=draft")
    states = await db.rows("select state, count(*) as n from sales_orders group by state")
    assert states == [{"state": "confirmed", "n": 54}]
    assert await db.value("select count(*) from events where name = 'sales_order.confirmed'") == 54
    assert (await events_of("sales_order", other.id)).count("sales_order.confirmed") == 1


async def test_when_the_filter_finds_others_than_were_seen_nothing_is_done(world: World) -> None:
    order = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        for seen in ("2", "0", "all", "500"):
            answer = await browser.post(
                "/orders/bulk/confirm?state=draft", data={"_key": seen, "everything": seen}
            )
            assert answer.status_code == 409 and "现在筛选出 1 条" in answer.text
        paper = await browser.get("/orders/bulk/confirmations.pdf?state=draft&everything=7")
        assert paper.status_code == 409
    assert (await head_of(order.number))["state"] == "draft"


async def test_more_than_can_be_done_at_once_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(53):
        await draft(world, customer_order_number=f"A{n}")
    for module in ("lists", "bulk", "export"):
        monkeypatch.setattr(f"app.web.{module}.MOST", 52)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/orders/bulk/everything?sort=number")).text
        assert "选择最前面的 52 条（一次最多 52 条）" in page
        answer = await browser.post(
            "/orders/bulk/confirm?sort=number", data={"_key": "k", "everything": "52"}
        )
        assert answer.status_code == 303
        assert len(await numbers_in_file(browser, {"everything": "52", "sort": "number"})) == 52
    states = await db.rows("select state from sales_orders order by id")
    assert [row["state"] for row in states] == ["confirmed"] * 52 + ["draft"]


async def test_everything_is_what_the_reader_may_see(world: World) -> None:
    """Papers and files of all that the filter finds, for every list that does something with many rows."""
    orders = [await confirmed(world, customer_order_number=name) for name in "ABC"]
    async with browser_of(world.liuyang) as browser:
        made = await browser.post(
            "/orders/bulk/make?q=HL&state=confirmed", data={"_key": "m", "everything": "3"}
        )
        assert made.status_code in (200, 303), made.text
        held = await browser.post("/work-orders/bulk/hold", data={"_key": "h", "everything": "3"})
        assert held.status_code == 303
        refused = await browser.post("/orders/bulk/confirm", data={"_key": "c", "everything": "3"})
        assert refused.status_code == 403
    async with browser_of(world.xiaolan) as browser:
        page = await browser.get("/orders/bulk/confirmations.pdf", params={"q": "", "everything": "3"})
        text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(page.content))
        assert all(order.number in text for order in orders)
