"""The page of a sales order and what hangs on it, as a browser gets them."""

from datetime import date

from app.sales import projections
from tests.browse import browser_of, visitor
from tests.sales.sample import FORM, confirmed, draft, head_of
from tests.world import World


async def test_the_order_page_shows_its_stages_lines_and_story(world: World) -> None:
    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        text = (await browser.get(f"/orders/{made.number}")).text
        for word in (
            "接单",
            "确认",
            "排产",
            "备料",
            "生产",
            "发货",
            "收款",
            "六角法兰面螺栓",
            "陈晓岚",
            "确认订单",
            "/share",
        ):
            assert word in text, word
        for tab in ("work-orders", "deliveries", "money", "files", "nonsense"):
            assert (await browser.get(f"/orders/{made.number}?tab={tab}")).status_code == 200
        assert (await browser.get(f"/orders/{made.number}/timeline?before=1")).status_code == 200
        assert (await browser.get("/orders/SO20260101-9999")).status_code == 404


async def test_an_order_moves_by_its_buttons(world: World) -> None:
    made = await draft(world)
    async with browser_of(world.xiaolan) as browser:
        at = f"/orders/{made.number}"
        assert f'action="{at}/confirm"' in (await browser.get(at)).text
        for verb, state in (("submit", "submitted"), ("confirm", "confirmed")):
            assert (await browser.post(f"{at}/{verb}")).status_code == 303
            assert (await head_of(made.number))["state"] == state
        again = await browser.post(f"{at}/confirm", headers={"Referer": f"http://test{at}"})
        assert again.status_code == 303 and "flash" in again.headers["set-cookie"]
        assert f'action="{at}/confirm"' not in (await browser.get(at)).text
        assert (await browser.post(f"{at}/close", data={"reason": ""})).status_code == 422
        assert (await browser.post(f"{at}/cancel", data={"reason": "客户取消"})).status_code == 303
        assert "已作废" in (await browser.get(at)).text


async def test_goods_expected_too_late_are_told_on_list_and_page(world: World) -> None:
    made = await confirmed(world, due_date=date(2026, 12, 18))
    assert await projections.project({made.id: date(2026, 12, 21)})
    async with browser_of(world.xiaolan) as browser:
        listed, page = (await browser.get("/orders")).text, (await browser.get(f"/orders/{made.number}")).text
        assert 'data-kind="warn">预计晚 3 天' in listed
        assert page.count("预计晚 3 天") >= 2 and "预计 12-21 周一 · 客户交期 12-18 周五" in page
    assert await projections.project({made.id: date(2026, 12, 18)})
    async with browser_of(world.xiaolan) as browser:
        assert (
            "预计晚"
            not in (await browser.get("/orders")).text + (await browser.get(f"/orders/{made.number}")).text
        )


async def test_only_the_next_step_that_can_be_done_is_offered(world: World) -> None:
    made = await confirmed(world)
    make, send = (
        f'action="/orders/{made.number}/work-orders"',
        f'action="/orders/{made.number}/delivery-notes"',
    )
    async with browser_of(world.liuyang) as planner, browser_of(world.xiaolan) as seller:
        assert make in (await planner.get(f"/orders/{made.number}")).text
        assert send not in (await seller.get(f"/orders/{made.number}")).text
        assert (await planner.post(f"/orders/{made.number}/work-orders")).status_code == 303
        assert make not in (await planner.get(f"/orders/{made.number}")).text


async def test_who_may_not_see_prices_sees_none(world: World) -> None:
    made = await confirmed(world)
    async with browser_of(world.liuyang) as browser:
        for path in ("/orders", f"/orders/{made.number}"):
            text = (await browser.get(path)).text
            assert made.number in text and "1,340" not in text and "268.00" not in text
        assert (await browser.get(f"/orders/{made.number}/confirmation.pdf")).status_code == 403
        assert (await browser.get("/orders/export.xlsx")).status_code == 200


async def test_pages_are_refused_for_nobody_and_closed_to_strangers(world: World) -> None:
    made = await draft(world)
    at = f"/orders/{made.number}"
    async with browser_of(world.nobody) as browser:
        for path in ("/orders", "/orders/new", at, f"{at}/edit", f"{at}/confirmation.pdf", "/orders/echo", "/exchange-rates",
                     "/orders/export.xlsx", "/orders/lookup/items", "/orders/lookup/customers", f"{at}/timeline"):  # fmt: skip
            assert (await browser.get(path)).status_code == 403, path
        for path in (
            "/orders/new",
            f"{at}/edit",
            f"{at}/submit",
            f"{at}/confirm",
            f"{at}/cancel",
            f"{at}/close",
        ):
            assert (await browser.post(path, data=FORM)).status_code == 403, path
    async with visitor() as browser:
        assert (await browser.get("/orders")).status_code in (302, 303)


async def test_the_confirmation_is_a_pdf_and_kept_once(world: World) -> None:
    from app.core import db

    made = await confirmed(world)
    async with browser_of(world.xiaolan) as browser:
        for _ in range(2):
            answer = await browser.get(f"/orders/{made.number}/confirmation.pdf")
            assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        assert (await browser.get(f"/orders/{made.number}/confirmation.pdf?language=en")).content.startswith(
            b"%PDF"
        )
    assert await db.value("select count(*) from issued_documents") == 2


async def test_rates_are_kept_by_day(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert (await browser.get("/exchange-rates")).status_code == 200
        good = {"currency": "USD", "day": "2026-12-08", "rate": "7.1234"}
        assert (await browser.post("/exchange-rates", data=good)).status_code == 303
        assert "7.1234" in (await browser.get("/exchange-rates")).text
        assert (await browser.post("/exchange-rates", data={**good, "rate": "0"})).status_code == 422
