"""开账 in the browser and for programs: check, compare, book, and the doors that stay shut."""

import asyncio

from app.core import db
from app.core.db import commit
from app.opening import files, house
from tests.browse import browser_of, program_of
from tests.opening.files import BILLS, ORDERS, RECEIVABLES, STOCK, booked, dropped, xlsx
from tests.world import World

OWED = xlsx(RECEIVABLES, [("XS001", "HENGLI", 134000.00, "", "2026-10-31", "2026-11-30")])
STOCKED = xlsx(STOCK, [("FB-M10X45-88D", "A-01-01", "L1", 5, "千支", 202.5, 1340.00)])


def file(data: bytes, name: str = "旧系统.xlsx") -> dict[str, tuple[str, bytes]]:
    return {"file": (name, data)}


async def test_a_file_is_dropped_compared_and_booked_in_the_browser(world: World) -> None:
    async with browser_of(world.zhoumin) as client:
        assert "未收应收" in (await client.get("/opening")).text
        answer = await client.post("/opening/receivables", files=file(OWED))
        address = answer.headers["location"]
        page = await client.get(address)
        assert page.status_code == 200 and "¥134,000.00" in page.text and "入账" in page.text
        await client.post(f"{address}/totals", data={"amount:CNY": "134,000.01", "version": "1"})
        page = await client.get(address)
        assert (
            "合计与旧系统不一致" in page.text and "-¥0.01" in page.text and f"{address}/book" not in page.text
        )
        sheet = await client.get(f"{address}/differences.xlsx")
        assert sheet.status_code == 200 and sheet.content[:2] == b"PK"
        await client.post(
            f"{address}/totals", data={"amount:CNY": "134,000.00", "parties": "HENGLI\t134000.00"}
        )
        assert "不一致" not in (await client.get(address)).text
        await client.post(f"{address}/book")
        page = await client.get(address)
        assert "已入账" in page.text and await db.value("select amount from receivables") == 13_400_000
        number = await db.value("select number from receivables")
        assert "旧系统编号 XS001" in (await client.get(f"/receivables/{number}")).text
        assert "XS001" in (await client.get("/opening/receivables/rows?key=xs001")).text
        assert (await client.get("/opening/receivables/rows/export.xlsx")).content[:2] == b"PK"
        assert number in (await client.get("/receivables?reference=XS001")).text


async def test_what_was_taken_back_is_said_so_though_its_file_came_twice(world: World) -> None:
    await booked("receivables", OWED, world.zhoumin)
    async with browser_of(world.admin) as client:
        await client.post("/opening/receivables", files=file(OWED))
        assert "已入账" in (await client.get("/opening")).text
        await client.post("/opening/take-back")
        page = (await client.get("/opening")).text
    assert ">已撤回<" in page and ">已入账</span>" not in page


async def test_a_wrong_total_stands_at_its_field_and_keeps_what_was_typed(world: World) -> None:
    row = await dropped("receivables", OWED, world.zhoumin)
    async with browser_of(world.zhoumin) as client:
        answer = await client.post(
            f"/opening/imports/{row.number}/totals",
            data={"amount:CNY": "viel", "rows": "1", "parties": "HENGLI"},
        )
        assert answer.status_code == 422 and 'value="viel"' in answer.text and "“viel”不是数字" in answer.text
        answer = await client.post(
            f"/opening/imports/{row.number}/totals", data={"rows": "1", "parties": "HENGLI"}
        )
        assert answer.status_code == 422 and "第 1 行" in answer.text and "HENGLI</textarea>" in answer.text


async def test_without_a_file_and_with_a_picture_the_form_says_so(world: World) -> None:
    async with browser_of(world.zhoumin) as client:
        assert (await client.post("/opening/bills", data={"whole": "1"})).status_code == 422
        answer = await client.post("/opening/bills", files=file(b"\x89PNG\r\n\x1a\n"))
        assert answer.status_code == 422 and "图片" in answer.text


async def test_templates_of_every_kind_are_there_in_both_languages(world: World) -> None:
    async with browser_of(world.admin) as client:
        for language in ("zh_CN", "en"):
            await client.post("/me/preferences", data={"language": language})
            for kind in ("stock", "orders", "purchases", "receivables", "bills"):
                page = await client.get(f"/opening/{kind}")
                blank = await client.get(f"/opening/{kind}/template.xlsx")
                assert page.status_code == 200 and blank.content[:2] == b"PK"


async def test_what_one_may_not_take_over_is_not_found(world: World) -> None:
    row = await dropped("receivables", OWED, world.zhoumin)
    async with browser_of(world.xiuying) as client:
        assert (await client.get(f"/opening/imports/{row.number}")).status_code == 404
        assert (await client.get("/opening/receivables")).status_code == 403
        assert (await client.post("/opening/complete")).status_code in (303, 403)
        assert row.number not in (await client.get("/opening/imports")).text
    assert await house.state() == "open"
    async with browser_of(world.nobody) as client:
        for path in ("/opening", "/opening/imports", "/opening/stock", "/bills", "/api/v1/opening"):
            assert (await client.get(path)).status_code == 403, path


async def test_programs_check_first_then_book_and_again_nothing_changes(world: World) -> None:
    async with program_of(world.admin) as client:
        dry = (await client.post("/api/v1/imports/stock", files=file(STOCKED))).json()
        assert (dry["created"], dry["dry_run"], dry["errors"]) == (1, True, [])
        assert dry["totals"] == {
            "rows": "1",
            "quantity:件": "5000",
            "weight:kg": "202.5",
            "amount:CNY": "1340.00",
        }
        assert await db.value("select count(*) from stock_moves") == 0
        done = (
            await client.post(
                "/api/v1/imports/stock", files=file(STOCKED), data={"apply": "1", "amount:CNY": "1340.00"}
            )
        ).json()
        assert (done["state"], done["created"], done["dry_run"]) == ("booked", 1, False)
        again = (await client.post("/api/v1/imports/stock", files=file(STOCKED), data={"apply": "1"})).json()
        assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 1)
        wrong = xlsx(STOCK, [("没有的", "A-01-01", "", 5, "千支", "", 1)])
        told = (await client.post("/api/v1/imports/stock", files=file(wrong), data={"apply": "1"})).json()
        assert [(e["row"], e["cell"], e["field"], e["code"]) for e in told["errors"]] == [
            (2, "A2", "item", "unknown")
        ]
        differing = await client.post(
            "/api/v1/imports/receivables", files=file(OWED), data={"apply": "1", "amount:CNY": "1.00"}
        )
        assert (differing.status_code, differing.json()["code"]) == (409, "totals_differ")
        state = (await client.get("/api/v1/opening")).json()
        assert state["state"] == "open" and state["in_the_books"]["stock"] == 1 and state["blocks"] == []
        assert (await client.post("/api/v1/opening/take-back")).json() == {"rows": 1}
        assert (await client.post("/api/v1/opening/complete")).json() == {"state": "complete"}
        assert (await client.post("/api/v1/imports/bills", files=file(xlsx(BILLS, [])))).status_code == 422


async def test_an_order_is_found_by_its_number_in_the_old_system(world: World) -> None:
    rows = [("SEORD77", 1, "HENGLI", "", "FB-M10X45-88D", 5, "千支", "", 268, "2026-12-20")]
    await booked("orders", xlsx(ORDERS, rows), world.admin)
    number = await db.value("select number from sales_orders")
    async with browser_of(world.xiaolan) as client:
        assert number in (await client.get("/search?q=seord77")).text
        assert "SEORD77" in (await client.get(f"/orders/{number}")).text


async def test_a_file_half_booked_by_a_server_that_stopped_is_booked_again(world: World) -> None:
    row = await dropped("receivables", OWED, world.zhoumin)
    await commit(files.begin, row.number, by=world.zhoumin)
    async with browser_of(world.zhoumin) as client:
        assert "入账途中服务器停了" in (await client.get(f"/opening/imports/{row.number}")).text
        await client.post(f"/opening/imports/{row.number}/book")
    assert await db.value("select count(*) from receivables") == 1


async def test_two_who_book_the_same_file_at_once_book_it_once(world: World) -> None:
    row = await dropped("receivables", OWED, world.zhoumin)
    answers = await asyncio.gather(
        *(files.run(row.number, by=world.zhoumin, patience=60) for _ in range(2)), return_exceptions=True
    )
    assert sum(not isinstance(a, BaseException) for a in answers) >= 1
    assert await db.value("select count(*) from receivables") == 1
