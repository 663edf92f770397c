"""The second file of a customer needs no touch: headings, units, names and descriptions are learned, shown and mended."""

import pytest

from app.core import db
from app.core.refusals import Refused
from app.intake import learning
from app.intake.learning import UNIT, vocabulary_of
from tests import make
from tests.browse import browser_of
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_inbound import accept, take_in
from tests.world import World, events_of


async def touches() -> list[int]:
    return [
        r["touches"]
        for r in await db.rows("select touches from inbound_orders where state = 'accepted' order by id")
    ]


async def learned() -> list[tuple[str, ...]]:
    return [
        tuple(r.values())
        for r in await db.rows("select kind, said, means from learned_words order by kind, said")
    ]


async def test_a_unit_that_the_file_never_names_is_asked_once(world: World) -> None:
    def file(number: str) -> bytes:
        return rows_to_xlsx(("订单", [
            ["客户：宁波恒立", None, f"订单号：{number}", "交期：2026-12-28"],
            ["物料编码", "名称", "数量", "单价"], ["HL-25-8841", "螺栓", 120, 268], ["HL-25-8841", "螺栓", 60, 268],
        ]))  # fmt: skip

    settled = {f"lines-{n}-{name}": "千件" for n in (0, 1) for name in ("unit", "price_unit")}
    async with browser_of(world.xiaolan) as client:
        done = await accept(client, await take_in(client, file("PO-1")), **settled)
        assert done.status_code == 303, done.text
        again = await accept(client, await take_in(client, file("PO-2")))
        assert again.status_code == 303, again.text
    assert await touches() == [4, 0]
    assert await learned() == [("price", "单价", "千件"), ("quantity", "数量", "千件")]
    assert (await events_of("customer", world.hengli.id)).count("learned_word.learned") == 2


async def test_a_word_for_a_unit_is_learned_for_its_customer_only(world: World) -> None:
    other = await make.customer("OTHER", "杭州别家有限公司", short_name="别家")
    await make.customer_item(other.id, "BJ-1", world.bolt.id)

    def file(customer: str, code: str, number: str) -> bytes:
        return rows_to_xlsx(("a", [
            [f"客户：{customer}", None, None, f"订单号：{number}", "交期：2026-12-28"],
            ["料号", "名称", "数量", "单位", "单价(元/千支)"], [code, "螺栓", 12, "M", 268],
        ]))  # fmt: skip

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("宁波恒立", "HL-25-8841", "A-1"))
        assert "M" in (await client.get(address)).text
        assert (await accept(client, address, **{"lines-0-unit": "千件"})).status_code == 303
        assert (
            await accept(client, await take_in(client, file("宁波恒立", "HL-25-8841", "A-2")))
        ).status_code == 303
        address = await take_in(client, file("别家", "BJ-1", "B-1"))
        assert (await accept(client, address)).status_code == 422, "the other customer may mean metres"
    assert await touches() == [1, 0]


async def test_a_name_that_is_only_guessed_from_part_numbers_is_asked_once(world: World) -> None:
    def file(number: str, quantity: int) -> bytes:
        return rows_to_xlsx(("a", [
            ["客户：某某五金有限公司", None, None, f"订单号：{number}", "交期：2026-12-28"],
            ["料号", "名称", "数量", "单位", "单价(元/千支)"], ["HL-25-8841", "螺栓", quantity, "千支", 268],
        ]))  # fmt: skip

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("N-1", 12))
        assert await db.value("select doubts from inbound_orders") == 1
        assert "文件上写的是“某某五金有限公司”" in (await client.get(address)).text
        assert (await accept(client, address)).status_code == 303
        await take_in(client, file("N-2", 13))
    assert await db.value("select doubts from inbound_orders order by id desc limit 1") == 0
    assert ("name", "某某五金有限公司", "") in await learned()


async def test_a_name_and_descriptions_without_part_numbers_are_learned(world: World) -> None:
    await make.item("NUT", name="六角螺母", spec="M10 8级 镀锌", usual_price_micro=0)

    def file(number: str) -> bytes:
        return rows_to_xlsx(("a", [
            ["恒立机械厂 采购单"], [f"订单号：{number}", None, None, "交期：2026-12-28"],
            ["品名", "规格", "数量(千支)", "单价(元/千支)"], ["大帽", "M10", 5, 52], ["法兰螺栓", "10.5 特", 5, 268],
        ]))  # fmt: skip

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("A-1"))
        done = await accept(
            client, address, customer="HENGLI", **{"lines-0-item": "NUT", "lines-1-item": "FB-M10X45-88D"}
        )
        assert done.status_code == 303, done.text
        again = await accept(client, await take_in(client, file("A-2")))
        assert again.status_code == 303, again.text
    assert (await touches())[1] == 0
    assert ("name", "恒立机械厂", "") in await learned() and (
        "description",
        "大帽m10",
        "NUT",
    ) in await learned()


STRANGE = [
    ["要的东西", "啥规格", "要几个(千支)", "啥价钱(元/千支)", "啥时候要"],
    ["HL-25-8841", "螺栓", 12, 268, "2026-12-28"],
    ["HL-25-8841", "螺栓", 24, 268, "2026-12-30"],
]  # fmt: skip


async def test_headings_nobody_knows_are_named_once(world: World) -> None:
    def file(number: str) -> bytes:
        return rows_to_xlsx(("表", [[f"单号：{number}"], *STRANGE]))

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("A-1"))
        page = (await client.get(address)).text
        assert "没找到订单表格" in page and "要几个(千支)" in page and 'data-at="表!C3"' in page
        named = dict(
            zip(STRANGE[0], ("customer_item", "name", "quantity", "unit_price", "due_date"), strict=True)
        )
        fields = {
            f"columns-{i}-{k}": v
            for i, (label, field) in enumerate(named.items())
            for k, v in (("label", label), ("field", field))
        }
        nobody = await client.post(f"{address}/columns", data=fields)
        assert nobody.status_code == 422 and "f-customer" in nobody.text
        done = await client.post(f"{address}/columns", data={**fields, "customer": "HENGLI"})
        assert done.status_code == 303, done.text
        assert (await accept(client, address)).status_code == 303
        address = await take_in(client, file("A-2"))
        assert (await accept(client, address)).status_code == 303
    assert await touches() == [0, 0]
    assert await db.value("select count(*) from sales_orders where gross = 964800") == 2


async def test_the_customer_whose_name_stands_in_a_file_that_nobody_can_read_is_proposed(
    world: World,
) -> None:
    await make.customer("OTHER", "杭州别家有限公司", short_name="别家")
    rows = [["甲方：宁波恒立"], ["货色", "几多"], ["HL-25-8841", 5]]
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(await take_in(client, rows_to_xlsx(("a", rows))))).text
        assert 'name="customer" value="HENGLI"' in page
        rows[0].append("别家")
        page = (await client.get(await take_in(client, rows_to_xlsx(("a", rows))))).text
        assert 'name="customer" value=""' in page, "of two nobody is proposed"


async def test_one_customers_words_are_not_taken_for_anothers_file(world: World) -> None:
    other = await make.customer("OTHER", "杭州别家有限公司", short_name="别家")
    async with db.DB.transaction():
        words = {
            (learning.COLUMN, said): means for said, means in (("要几个(千支)", "quantity"), ("叫啥", "name"))
        }
        await learning.teach(other.id, words, by=world.xiaolan)
    rows = [["单号：A-1", "客户：宁波恒立"], ["叫啥", "要几个(千支)"], ["螺栓", 12]]
    async with browser_of(world.xiaolan) as client:
        await take_in(client, rows_to_xlsx(("表", rows)))
        assert await db.value("select state from inbound_orders") == "unread"
        rows[0][1] = "客户：别家"
        await take_in(client, rows_to_xlsx(("表", rows)), "b.xlsx")
    assert await db.value("select state from inbound_orders order by id desc limit 1") == "new"


async def test_of_two_tables_the_one_that_is_no_order_is_named_once(world: World) -> None:
    def file(number: str) -> bytes:
        return rows_to_xlsx(("表", [
            [f"订单号：{number}", "客户：宁波恒立", "交期：2026-12-28"],
            ["料号", "名称", "数量", "单位", "单价"], ["HL-25-8841", "螺栓", 12, "千支", 268], [],
            ["名称", "规格", "数量", "备注"], ["纸箱", "大", 3, ""],
        ]))  # fmt: skip

    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, file("A-1"))
        page = (await client.get(address)).text
        assert "分不清哪张是订单" in page and "名称|规格|数量|备注" in page
        none = await client.post(f"{address}/columns", data={"customer": "HENGLI"})
        assert (
            none.status_code == 422
            and 'href="#f-passed_over"' in none.text
            and 'id="e-passed_over"' in none.text
        )
        done = await client.post(
            f"{address}/columns", data={"customer": "HENGLI", "passed_over": "名称|规格|数量|备注"}
        )
        assert done.status_code == 303, done.text
        assert (await accept(client, address)).status_code == 303
        assert (await accept(client, await take_in(client, file("A-2")))).status_code == 303
    assert await touches() == [0, 0]


async def test_a_column_taken_for_the_wrong_thing_is_named_and_read_again(world: World) -> None:
    rows = [["订单号：A-1", "客户：宁波恒立", "交期：2026-12-28"], ["料号", "名称", "数量", "单位", "本次", "单价"],
            ["HL-25-8841", "螺栓", 500, "千支", 12, 268]]  # fmt: skip
    async with browser_of(world.xiaolan) as client:
        address = await take_in(client, rows_to_xlsx(("a", rows)))
        fields = {
            "columns-0-label": "数量",
            "columns-0-field": "ignored",
            "columns-1-label": "本次",
            "columns-1-field": "quantity",
        }
        done = await client.post(f"{address}/columns", data={**fields, "customer": "HENGLI"})
        assert done.status_code == 303, done.text
        assert (
            'name="lines-0-quantity" id="f-lines-0-quantity" value="12"' in (await client.get(address)).text
        )


async def test_what_was_learned_is_seen_mended_and_forgotten(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        async with db.DB.transaction():
            await learning.teach(world.hengli.id, {(UNIT, "m"): "千件"}, by=world.xiaolan)
        id_ = await db.value("select id from learned_words")
        page = (await client.get("/intake/learned?customer=HENGLI")).text
        assert "HL-25-8841" in page and "千件" in page
        assert "HL-25-8841" in (await client.get("/intake/learned?customer=恒立&said=8841")).text
        assert "HL-25-8841" not in (await client.get("/intake/learned?customer=恒立&said=9999")).text
        wrong = await client.post(f"/intake/learned/w{id_}/change", data={"means": "光年"})
        assert wrong.status_code == 422 and "光年" in wrong.text
        assert (
            await client.post(f"/intake/learned/w{id_}/change", data={"means": "万支"})
        ).status_code == 303
        assert (await vocabulary_of(world.hengli.id)).units == {"m": "万件"}
        assert (await client.post(f"/intake/learned/w{id_}/forget")).status_code == 303
        part = await db.value("select id from customer_items")
        assert (await client.post(f"/intake/learned/p{part}/forget")).status_code == 303
        assert (await client.get(f"/intake/learned/w{id_}")).status_code == 404
        assert (await client.get("/intake/learned/x")).status_code == 404
    assert await db.value("select count(*) from learned_words") == 0
    assert await db.value("select count(*) from customer_items") == 0
    told = await events_of("customer", world.hengli.id)
    assert [t for t in told if "learn" in t or "item" in t] == [
        "learned_word.learned", "learned_word.mended", "learned_word.forgotten", "customer_item.forgotten",
    ]  # fmt: skip


async def test_a_part_number_is_mended_to_another_item(world: World) -> None:
    nut = await make.item("NUT-M10", name="螺母", spec="M10 8")
    part = await db.value("select id from customer_items")
    address, seen = f"/intake/learned/p{part}", str(world.bolt.id)
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(address)).text
        assert 'name="means"' in page and world.bolt.code in page
        for means, said in (("NO-SUCH", "NO-SUCH"), ("", "必填")):
            wrong = await client.post(f"{address}/change", data={"means_text": means, "version": seen})
            assert wrong.status_code == 422 and said in wrong.text and 'href="#f-means"' in wrong.text
            assert f'value="{means}"' in wrong.text and world.bolt.code not in wrong.text, (
                "what was typed is kept"
            )
        done = await client.post(f"{address}/change", data={"means": nut.code, "version": seen})
        assert done.status_code == 303, done.text
        late = await client.post(f"{address}/change", data={"means": world.bolt.code, "version": seen})
        assert late.status_code == 409, "somebody else mended it"
        rows = [
            ["客户：宁波恒立", "订单号：P-1", "交期：2026-12-28"],
            ["物料编码", "数量(千只)"],
            ["HL-25-8841", 3],
        ]
        assert 'value="NUT-M10"' in (await client.get(await take_in(client, rows_to_xlsx(("a", rows))))).text
    assert "customer_item.mended" in await events_of("customer", world.hengli.id)
    assert "customer_item.mended" in await events_of("item", world.bolt.id)
    async with browser_of(world.chenzong) as client:
        assert (await client.post(f"{address}/change", data={"means": world.bolt.code})).status_code == 403
    with pytest.raises(Refused):
        await learning.change_part_number(part, world.bolt.code, by=world.nobody)


async def test_who_may_not_teaches_nothing(world: World) -> None:
    async with db.DB.transaction():
        await learning.teach(world.hengli.id, {(UNIT, "m"): "千件"}, by=world.xiaolan)
    id_ = await db.value("select id from learned_words")
    async with browser_of(world.chenzong) as client:
        assert (await client.get(f"/intake/learned/w{id_}")).status_code == 200
        assert (await client.post(f"/intake/learned/w{id_}/change", data={"means": "件"})).status_code == 403
        assert (await client.post(f"/intake/learned/w{id_}/forget")).status_code == 403
    with pytest.raises(Refused):
        await learning.forget_part_number(1, by=world.nobody)
