"""A customer's file becomes an order: read, looked at beside its source, accepted; nothing is written before."""

import pytest

from app.core import db
from tests import make
from tests.browse import browser_of
from tests.intake.files.workbooks import hengli
from tests.intake.files.writing import rows_to_xlsx
from tests.world import TODAY, World, events_of


def order_file(quantity: object = 120, number: str = "PO-77", unit: str = "千支") -> bytes:
    return rows_to_xlsx(("订单", [
        ["宁波恒立工程机械有限公司 采购订单"], [f"订单编号：{number}", None, None, "交期：2026-12-28"],
        ["序号", "物料编码", "名称规格", f"数量（{unit}）" if unit else "数量", "单价（元/千支）", "金额"],
        [1, "HL-25-8841", "六角法兰面螺栓 M10*45 8.8 达克罗", quantity, 268.6, 32232],
        ["合计", None, None, quantity, None, 32232],
    ]))  # fmt: skip


async def take_in(client: object, data: bytes, name: str = "po.xlsx") -> str:
    answer = await client.post("/intake", files={"file": (name, data)})  # type: ignore[attr-defined]
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def accept(client: object, address: str, **changed: str) -> object:
    """Send the form as drawn, with some fields changed."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.values: dict[str, str] = {}
            self.inside, self.select = False, ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            got = dict(attrs)
            if tag == "form":
                self.inside = (got.get("action") or "").endswith("/accept")
            if not self.inside:
                return
            if tag == "input" and got.get("name") and got.get("type") not in ("checkbox", "radio"):
                self.values[str(got["name"])] = got.get("value") or ""
            if tag == "select":
                self.select = got.get("name") or ""
            if tag == "option" and "selected" in got and self.select:
                self.values[self.select] = got.get("value") or ""

    fields = Fields()
    fields.feed((await client.get(address)).text)  # type: ignore[attr-defined]
    return await client.post(f"{address}/accept", data={**fields.values, **changed})  # type: ignore[attr-defined]


async def test_a_dropped_file_becomes_an_order_without_a_touch(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file())
        page = await client.get(address)
        assert 'data-at="订单!D4"' in page.text and 'data-cell="订单!D4"' in page.text
        assert await db.value("select count(*) from sales_orders") == 0
        answer = await accept(client, address)
        assert answer.status_code == 303, answer.text
    order = await db.one("select * from sales_orders")
    assert order is not None and order["gross"] == 3_223_200 and order["customer_order_number"] == "PO-77"
    line = await db.one("select quantity_q, entered, unit from sales_order_lines")
    assert line == {"quantity_q": 120_000_000, "entered": "120", "unit": "千件"}
    inbound = await db.one("select state, touches, sales_order from inbound_orders")
    assert inbound == {"state": "accepted", "touches": 0, "sales_order": order["id"]}
    assert await db.value("select count(*) from attachments where subject_kind = 'sales_order'") == 1
    assert "inbound_order.accepted" in await events_of("sales_order", order["id"])


async def test_a_part_number_settled_once_is_known_the_second_time(world: World) -> None:
    await make.item("NUT-M10", name="螺母", spec="M10 8")
    rows = [
        ["客户：宁波恒立工程机械有限公司", None, "订单号：PO-78"],
        ["物料编码", "名称", "数量(千支)", "单价(元/千支)"],
        ["HL-NUT", "防松螺帽", 5, 52],
    ]
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, rows_to_xlsx(("a", rows)))
        refused = await accept(client, address, due_date="2026-12-28")
        assert refused.status_code == 422 and "lines-0-item" in refused.text
        done = await accept(client, address, due_date="2026-12-28", **{"lines-0-item": "NUT-M10"})
        assert done.status_code == 303, done.text
        rows[0][2] = "订单号：PO-79"
        address = await take_in(client, rows_to_xlsx(("a", rows)))
        assert 'value="NUT-M10"' in (await client.get(address)).text
    assert await db.value("select count(*) from customer_items where code = 'HL-NUT'") == 1


async def test_what_is_typed_over_the_item_that_was_found_is_meant(world: World) -> None:
    nut = await make.item("NUT-M10", name="螺母", spec="M10 8")
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file())
        unknown = await accept(client, address, **{"lines-0-item_text": "NO-SUCH"})
        assert unknown.status_code == 422 and 'href="#f-lines-0-item"' in unknown.text
        done = await accept(client, address, **{"lines-0-item_text": nut.code, "lines-0-customer_item": ""})
        assert done.status_code == 303, done.text
    assert await db.value("select item from sales_order_lines") == nut.id
    assert await db.value("select touches from inbound_orders") == 2


async def test_what_is_wrong_in_a_line_is_told_at_its_field_and_kept(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file())
        wrong = {"lines-0-quantity": "abc", "lines-0-unit_price": "-5"}
        page = (await accept(client, address, **wrong)).text
        at_quantity = page[page.index('id="f-lines-0-quantity"') :].split("</label>")[0]
        at_price = page[page.index('id="f-lines-0-unit_price"') :].split("</label>")[0]
        assert 'value="abc"' in at_quantity and "“abc”不是数字" in at_quantity
        assert 'value="-5"' in at_price and "不能小于 0" in at_price
        assert page.count("不能小于 0") == 2  # in the summary and at the field, nowhere else


async def test_a_quantity_without_a_unit_is_asked_never_guessed(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file(unit=""))
        refused = await accept(client, address)
        assert refused.status_code == 422
        done = await accept(client, address, **{"lines-0-unit": "千件"})
        assert done.status_code == 303, done.text


async def test_the_same_customer_number_again_is_stopped_until_said_to_be_another(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        await accept(client, await take_in(client, order_file()))
        address = await take_in(client, order_file(quantity=150), "po2.xlsx")
        assert "PO-77" in (await client.get(address)).text
        refused = await accept(client, address)
        assert refused.status_code == 409
        assert await db.value("select count(*) from sales_orders") == 1
        assert (await accept(client, address, another="1")).status_code == 303


async def test_lines_that_are_sure_are_folded_and_the_search_for_an_unknown_item_has_begun(
    world: World,
) -> None:
    lines = [
        [1, "HL-25-8841", "六角法兰面螺栓 M10*45 8.8", 120, 268.6],
        [2, "HL-99-1", "六角法兰面螺栓 M10*99 8.8", 5, 86.5],
    ]
    data = rows_to_xlsx(("订单", [
        ["宁波恒立工程机械有限公司采购订单（第二次发送）"], ["订单编号：PO-78", None, None, "交期：2026-12-28"],
        ["序号", "物料编码", "名称规格", "数量（千支）", "单价（元/千支）"], *lines,
    ]))  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(await take_in(client, data))).text
    sure, asked = page.split('<details class="lc')[1:]
    assert not sure.startswith(" ask") and " open>" not in sure.partition("<summary>")[0]
    assert '<option value="千件" selected>千支</option>' in sure, "a unit is said in the word of the item"
    assert asked.startswith(" ask") and " open>" in asked.partition("<summary>")[0]
    assert 'data-near="六角法兰面螺栓 8.8"' in asked and "HL-99-1 · 六角法兰面螺栓 M10*99 8.8" in asked
    title = page[page.index('data-at="订单!A1"') :]
    assert title.startswith('data-at="订单!A1" colspan="4"'), (
        "a long text runs over the empty cells beside it"
    )


async def test_it_is_accepted_once(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file())
        await accept(client, address)
        again = await client.post(f"{address}/accept", data={"customer": "HENGLI"})
        assert again.status_code in (409, 422) and await db.value("select count(*) from sales_orders") == 1


async def test_the_mock_ups_order_is_read_with_its_free_line(world: World) -> None:
    file = hengli()
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file.data, file.name)
        page = (await client.get(address)).text
    assert "HL-880145" in page and 'value="spare" selected' in page


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.xlsx", b""), ("cut.xlsx", order_file()[:900]), ("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600), ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 99),
     ("b.html", b"<html><body></body></html>"), ("nul.txt", b"\x00" * 500)],
)  # fmt: skip
async def test_a_hostile_file_is_told_in_a_sentence_and_nothing_is_kept(
    world: World, name: str, data: bytes
) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/intake", files={"file": (name, data)})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert await db.value("select count(*) from inbound_orders") == 0


async def test_a_customer_nobody_knows_is_named_with_the_way_to_add_him(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        assert "没有找到" in (await client.get("/lookup/customers?q=台州海鸥")).text
        text = "客户：台州海鸥卫浴\n订单号 A-1\nHL-0 自攻螺钉 5千支"
        answer = await client.post("/intake", data={"text": text})
        review = str(answer.headers["location"])
        page = (await client.get(review)).text
        assert "“台州海鸥卫浴”还没有建档" in page and "/customers/new?name=%E5%8F%B0%E5%B7%9E" in page
        await make.customer("HAIOU", "台州海鸥卫浴")
        assert "还没有建档" not in (await client.get(review)).text, "nothing has to be chosen after that"


async def test_what_came_in_is_found_by_customer_way_and_day(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        text = "客户：宁波恒立\n订单号 A-1\nHL-25-8841 法兰螺栓 5千支"
        await client.post("/intake", data={"text": text})
        number = await db.value("select number from inbound_orders")
        for found in ("customer=恒立", "channel=paste", f"from={TODAY}&until={TODAY}"):
            assert number in (await client.get(f"/intake?{found}")).text, found
        for none in ("customer=别家", "channel=mail", "from=2099-01-01"):
            assert number not in (await client.get(f"/intake?{none}")).text, none


async def test_pasted_text_is_read_too(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post(
            "/intake", data={"text": "物料编码\t名称\t数量(千支)\t单价(元/千支)\nHL-25-8841\t螺栓\t5\t268\n"}
        )
        assert answer.status_code == 303
        page = (await client.get(answer.headers["location"])).text
    assert 'value="FB-M10X45-88D"' in page and 'value="HENGLI"' in page


async def test_turning_down_needs_a_reason_and_keeps_the_source(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, order_file())
        for note in ("", "错" * 301):
            answer = await client.post(f"{address}/reject", data={"note": note})
            assert answer.status_code == 422 and 'id="turn-down" open' in answer.text
            assert note in answer.text and 'aria-invalid="true"' in answer.text
        assert await db.value("select state from inbound_orders") == "new"
        await client.post(f"{address}/reject", data={"note": "发错了"})
        assert "发错了" in (await client.get(address)).text
    assert await db.value("select state from inbound_orders") == "rejected"


async def test_who_may_not_takes_nothing_in(world: World) -> None:
    async with browser_of(world.nobody) as client:
        assert (await client.post("/intake", files={"file": ("po.xlsx", order_file())})).status_code == 403
        assert (await client.get("/intake")).status_code == 403
