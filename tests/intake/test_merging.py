"""The same order by another way: merged into the one that is there, nothing made and nothing lost."""

from dataclasses import replace

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.intake import inbound
from tasks import events
from tests import make
from tests.browse import browser_of, program_of
from tests.intake.test_inbound import accept, order_file, take_in
from tests.world import World

MERGE = "/api/v1/inbound-orders/{}/merge"


async def test_the_same_order_by_another_way_is_merged_by_its_button(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        order = (
            (await accept(client, await take_in(client, order_file()))).headers["location"].rsplit("/", 1)[1]
        )
        again = await take_in(client, order_file(number="WX-1"), "微信.xlsx")
        page = (await client.get(again)).text
        assert f'value="{order}"' in page and "就是这张订单" in page
        merged = await client.post(f"{again}/merge", data={"into": order, "version": "1"})
        assert merged.status_code == 303, merged.text
        assert f"与 {order} 完全相同" in (await client.get(again)).text
        assert "微信.xlsx" in (await client.get(f"/orders/{order}?tab=files")).text, "its source is kept"
        assert await db.value("select count(*) from sales_orders") == 1
        twice = await client.post(f"{again}/merge", data={"into": order})
        assert twice.status_code == 409


async def test_what_it_says_otherwise_is_kept_as_a_change_request(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        order = (
            (await accept(client, await take_in(client, order_file()))).headers["location"].rsplit("/", 1)[1]
        )
        other = (await take_in(client, order_file(100, "WX-1"))).rsplit("/", 1)[1]
    async with program_of(world.xiaolan) as program:
        merged = await program.post(MERGE.format(other), json={"into": order})
        assert (merged.status_code, merged.json()["state"]) == (200, "changes"), merged.text
    await events.settle()
    point = await db.one("select what, stands, asks from change_points")
    assert point == {"what": "quantity", "stands": "120,000 支", "asks": "100,000 支"}


async def test_two_that_wait_are_merged_once_one_is_an_order(world: World) -> None:
    async with browser_of(world.xiaolan) as client, program_of(world.xiaolan) as program:
        first, second = [await take_in(client, order_file(number=number)) for number in ("PO-1", "WX-1")]
        numbers = [address.rsplit("/", 1)[1] for address in (first, second)]
        page = (await client.get(second)).text
        assert numbers[0] in page and f"{second}/merge" not in page, "there is no order yet"
        early = await program.post(MERGE.format(numbers[1]), json={"into": numbers[0]})
        assert (early.status_code, list(early.json()["fields"])) == (422, ["into"])
        await accept(client, first)
        assert f"{second}/merge" in (await client.get(second)).text
        merged = await program.post(MERGE.format(numbers[1]), json={"into": numbers[0]})
        assert (merged.status_code, merged.json()["state"]) == (200, "same")
    assert await db.value("select count(*) from sales_orders") == 1


@pytest.mark.parametrize("into", ["", "SO-none", "\x00", "x" * 5000])
async def test_nothing_is_merged_into_what_is_no_order(world: World, into: str) -> None:
    async with browser_of(world.xiaolan) as client:
        number = (await take_in(client, order_file())).rsplit("/", 1)[1]
        page = await client.post(f"/intake/{number}/merge", data={"into": into})
        assert page.status_code == 422 and 'value="HL-25-8841"' in page.text, "what was read stays"
        assert ("这一项必填" if not into else "不是有效的订单" if len(into) < 41 else "最多 40") in page.text
    async with program_of(world.xiaolan) as program:
        answer = await program.post(MERGE.format(number), json={"into": into})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["into"])
        assert (await program.get(f"/api/v1/inbound-orders/{number}")).json()["state"] == "new"


async def test_who_sees_only_their_own_orders_merges_into_no_others(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        made = await accept(client, await take_in(client, order_file()))
        number = (await take_in(client, order_file(100, "WX-1"))).rsplit("/", 1)[1]
    order = made.headers["location"].rsplit("/", 1)[1]
    rights = {"intake:inbound:decide": "all", "sales:order:see": "own"}
    with pytest.raises(Refused) as caught:
        await commit(inbound.merge, number, order, by=replace(world.liuyang, rights=rights))
    assert caught.value.reason.code == "no_order_yet"


async def test_it_is_not_merged_into_another_customers_order_or_by_who_may_not(world: World) -> None:
    await make.customer("OTHER", "上海别家", short_name="别家")
    async with browser_of(world.xiaolan) as client, program_of(world.xiaolan) as program:
        address = await take_in(client, order_file(number="PO-1"))
        theirs = (await accept(client, address, customer="OTHER")).headers["location"].rsplit("/", 1)[1]
        number = (await take_in(client, order_file(number="WX-1"))).rsplit("/", 1)[1]
        answer = await program.post(MERGE.format(number), json={"into": theirs})
        assert (answer.status_code, answer.json()["code"]) == (409, "another_customers")
    async with program_of(world.liuyang) as program:
        assert (await program.post(MERGE.format(number), json={"into": theirs})).status_code in (403, 404)
