"""Many rows at once: each is its own command, the answer says of each what happened, and asking again does nothing twice."""

import io
import re
from typing import Any

import httpx
import openpyxl
import pypdfium2

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
        sheet = openpyxl.load_workbook(
            io.BytesIO((await browser.get("/orders/export.xlsx", params=chosen)).content)
        ).active
        assert sheet is not None and {row[0] for row in sheet.iter_rows(2, values_only=True)} == {
            o.number for o in orders[:2]
        }
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
