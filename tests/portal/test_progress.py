"""The customer's window shows where the order is and when it comes, and nothing else."""

from datetime import date, timedelta

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.parties import company
from app.portal import links, progress
from app.sales import keeping, orders
from tests import make
from tests.browse import browser_of, program_of, visitor
from tests.sales import sample
from tests.stories import thread
from tests.world import MORNING, World


async def secret_of(world: World, number: str, **more: object) -> str:
    return (await commit(links.make, number, by=world.xiaolan, **more)).value[1]


async def test_the_steps_follow_the_work(world: World) -> None:
    order = await thread.confirmed(world)
    seen = [(await progress.of_order(order.id, False))]
    work_order = await thread.released(world, order)
    seen.append(await progress.of_order(order.id, False))
    await thread.made(world, work_order, "60")
    seen.append(await progress.of_order(order.id, False))
    await thread.made(world, work_order, "60")
    seen.append(await progress.of_order(order.id, False))
    await thread.stored(world, work_order)
    seen.append(await progress.of_order(order.id, False))
    await thread.posted(world, order)
    seen.append(await progress.of_order(order.id, False))
    assert [sum(s.state == "done" for s in p.steps) for p in seen] == [2, 3, 3, 4, 5, 6]
    assert [p.percent for p in seen] == [0, 0, 50, 100, 100, 100]
    assert seen[-1].delivered_on == clock.today()


async def test_anyone_with_the_link_sees_it_without_script_or_price(world: World) -> None:
    order = await thread.confirmed(world)
    secret = await secret_of(world, order.number)
    async with visitor() as client:
        page = await client.get(f"/t/{secret}")
    assert page.status_code == 200 and "六角法兰面螺栓" in page.text and "PO-8841" in page.text
    assert "<script" not in page.text and "32,232" not in page.text and "120,000" not in page.text
    assert page.headers["x-robots-tag"] == "noindex" and len(page.content) < 12_000


async def test_the_page_names_the_step_under_way_and_a_number_to_call(world: World) -> None:
    order = await thread.confirmed(world)
    secret = await secret_of(world, order.number)
    await db.rows("update people set phone = ''")
    profile = {**await company.profile(), "name": "瓯江紧固件", "phone": "0577-8600 0000"}
    await commit(company.change, {name: profile[name] for name in company.LABELS}, by=world.admin)
    async with visitor() as client:
        page = (await client.get(f"/t/{secret}?lang=en")).text
    assert "On the way" not in page and page.count("Planned") == 2
    assert 'href="tel:0577-86000000"' in page


async def test_a_cancelled_order_promises_no_day(world: World) -> None:
    order = await thread.confirmed(world)
    secret = await secret_of(world, order.number)
    await db.rows("update sales_orders set state = 'cancelled' where id = {}", order.id)
    async with visitor() as client:
        page = (await client.get(f"/t/{secret}?lang=en")).text
    assert "This order was cancelled" in page and "Expected with you" not in page


async def test_quantities_are_shown_only_when_sales_allows(world: World) -> None:
    order = await thread.confirmed(world)
    secret = await secret_of(world, order.number, shows_quantities=True)
    async with visitor() as client:
        assert "120,000 支" in (await client.get(f"/t/{secret}")).text


@pytest.mark.parametrize("secret", ["nothing", "x" * 5000, "%00", "%E4%B8%AD"])
async def test_a_wrong_link_is_a_kind_page(world: World, secret: str) -> None:
    async with visitor() as client:
        answer = await client.get(f"/t/{secret}")
    assert answer.status_code in (303, 404)
    assert answer.status_code == 303 or "联系人" in answer.text or "contact" in answer.text


async def test_an_ended_or_revoked_link_says_so(world: World) -> None:
    order = await thread.confirmed(world)
    old, gone = await secret_of(world, order.number), await secret_of(world, order.number)
    await db.rows(
        "update share_links set ends_at = {} where hint = {}", clock.real_now() - timedelta(1), old[-4:]
    )
    await commit(
        links.revoke, order.number, await db.value("select max(id) from share_links"), by=world.xiaolan
    )
    async with visitor() as client:
        for secret in (old, gone):
            assert (await client.get(f"/t/{secret}")).status_code == 410


async def test_only_who_may_gives_links_and_only_for_confirmed_orders(world: World) -> None:
    order = await thread.ordered(world)
    with pytest.raises(Refused, match="not_confirmed"):
        await commit(links.make, order.number, by=world.xiaolan)
    with pytest.raises(Refused, match="forbidden"):
        await commit(links.make, order.number, by=world.nobody)


async def test_sales_makes_a_link_on_the_page_and_it_opens(world: World) -> None:
    order = await thread.confirmed(world)
    async with browser_of(world.xiaolan) as client:
        page = await client.post(f"/orders/{order.number}/share", data={"days": "30"})
        address = page.text.split('data-copy="')[1].split('"')[0]
        assert (await client.get(address)).status_code == 200
        assert (await client.post(f"/orders/{order.number}/share", data={"days": "-1"})).status_code == 422


async def test_a_program_reads_progress_and_makes_a_link_once_per_key(world: World) -> None:
    order = await thread.confirmed(world)
    async with program_of(world.xiaolan) as client:
        shown = (await client.get(f"/api/v1/sales-orders/{order.number}/progress")).json()
        assert shown["steps"][0]["state"] == "done" and shown["arrives"] == "2026-12-18"
        address, key = f"/api/v1/sales-orders/{order.number}/share-links", {"Idempotency-Key": "k1"}
        first = await client.post(address, json={"days": 10}, headers=key)
        again = await client.post(address, json={"days": 10}, headers=key)
        assert (
            first.status_code == 201
            and again.json() == first.json()
            and again.headers["Idempotency-Replayed"] == "true"
        )
        ended = await client.delete(f"{address}/{first.json()['id']}")
        assert ended.status_code == 204
        assert (await client.get(first.json()["url"])).status_code == 410


async def test_the_rest_of_an_order_comes_on_the_day_of_the_line_that_is_open(world: World) -> None:
    soon, later = date(2026, 12, 18), date(2026, 12, 28)
    order = await sample.confirmed(
        world, sample.line(due_date=soon), sample.line(due_date=later), due_date=soon
    )
    assert (await progress.of_order(order.id, False)).arrives == soon
    first, second = await sample.lines_of(order.id)
    await commit(keeping.deliver, {first["id"]: 5_000_000}, clock.today(), by=world.xiuying)
    part = await progress.of_order(order.id, False)
    assert (part.arrives, part.late) == (
        later,
        False,
    ) and "12\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}28" in part.sentence
    await commit(keeping.deliver, {second["id"]: 4_900_000}, clock.today(), by=world.xiuying)
    assert (await progress.of_order(order.id, False)).arrives == clock.today()


async def test_a_late_order_says_so_honestly(world: World) -> None:
    order = await thread.confirmed(world)
    clock.move_to(clock.now() + timedelta(days=20))
    shown = await progress.of_order(order.id, False)
    assert shown.late and shown.arrives == clock.today()


async def test_an_order_of_charges_alone_is_shipped_on_no_day(world: World) -> None:
    await make.item("MOULD-1", name="模具", spec="M10", kind="service")
    order = await sample.draft(world, sample.line(item="MOULD-1", quantity="1", unit="件", price_unit="件"))
    seen = [await progress.of_order(order.id, False)]
    await commit(orders.confirm, order.number, by=world.xiaolan)
    seen.append(await progress.of_order(order.id, False))
    secret = await secret_of(world, order.number)
    async with visitor() as client:
        page = (await client.get(f"/t/{secret}")).text
    assert "只有费用" in page and "预计送到" not in page and "已发货" not in page
    async with program_of(world.xiaolan) as api:
        told = (await api.get(f"/api/v1/sales-orders/{order.number}/progress")).json()
        assert (told["arrives"], told["late"]) == (None, False)
    clock.move_to(MORNING + timedelta(days=60))
    seen.append(await progress.of_order(order.id, False))
    await commit(orders.close, order.number, "已付清", by=world.xiaolan)
    seen.append(await progress.of_order(order.id, False))
    assert [sum(s.state == "done" for s in p.steps) for p in seen] == [1, 2, 2, 3]
    assert not any(p.late or p.arrives for p in seen) and "完成" in seen[-1].sentence
