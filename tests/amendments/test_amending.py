"""Changing an order that stands: by hand, from a call-off plan, from a customer's file; what is not possible, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.amendments import amending, change_requests
from app.approvals import editing
from app.approvals.editing import NewRule, NewStep
from app.core import db
from app.core.db import commit
from app.core.refusals import Refused
from app.frameworks import figures, ordering, plans
from app.frameworks.calling import NewCallOff, NewPlan
from app.production import work_orders
from app.sales import keeping, orders
from tasks import events
from tests.browse import browser_of, program_of
from tests.frameworks.sample import FAR, FURTHER, active, called, ordered, standing
from tests.frameworks.test_frameworks import codes, refused
from tests.sales.sample import DUE, confirmed, draft, head_of, line, lines_of
from tests.world import TODAY, World, events_of

LATER = DUE + timedelta(days=7)


def part(quantity: str, day: date | str = "", line_no: int = 1, seq: int = 1) -> dict[str, Any]:
    return {"line_no": line_no, "seq": seq, "quantity": quantity, "due_date": str(day)}


async def amend(world: World, number: str, *parts: dict[str, Any], **more: Any) -> Any:
    given = {"cause": "customer", "reason": "客户来电", **more}
    return (await commit(amending.amend, number, parts=list(parts), by=world.xiaolan, **given)).value


async def _no(world: World, number: str, *parts: dict[str, Any], **more: Any) -> Refused:
    given = {"cause": "customer", "reason": "客户来电", **more}
    return await refused(amending.amend, number, parts=list(parts), by=world.xiaolan, **given)


async def days_of(number: str) -> list[tuple[date, int, int]]:
    return [
        (row["requested_date"], row["quantity_q"], row["delivered_q"])
        for row in await db.rows(
            "select s.* from delivery_schedules s join sales_order_lines l on l.id = s.line join sales_orders o"
            ' on o.id = l."order" where o.number = {} order by l.line_no, s.seq',
            number,
        )
    ]


async def test_a_confirmed_order_gets_another_quantity_and_day_with_the_reason_kept(world: World) -> None:
    order = await confirmed(world)
    row = await amend(world, order.number, part("8", LATER))
    head, [sold] = await head_of(order.number), await lines_of(order.id)
    assert (head["state"], head["due_date"], head["promised_date"]) == ("confirmed", LATER, LATER)
    assert (head["gross"], head["gross_cny"], head["ordered_q"]) == (8 * 268_00, 8 * 268_00, 8_000_000)
    assert (sold["entered"], sold["quantity_q"], sold["gross"]) == ("8", 8_000_000, 8 * 268_00)
    assert await days_of(order.number) == [(LATER, 8_000_000, 0)]
    kept = await db.one("select * from change_requests where id = {}", row.id)
    assert kept and (kept["state"], kept["cause"], kept["reason"]) == ("made", "customer", "客户来电")
    points = await db.rows("select what, stands, asks from change_points order by seq")
    assert [tuple(p.values()) for p in points] == [
        ("quantity", "5 千支", "8 千支"), ("due_date", DUE.isoformat(), LATER.isoformat())
    ]  # fmt: skip
    assert (await events_of("sales_order", order.id))[-1] == "sales_order.amended"
    assert await events_of("change_request", row.id) == ["sales_order.amended"]


async def test_a_line_is_split_into_deliveries_and_put_together_again(world: World) -> None:
    order = await confirmed(world)
    await amend(world, order.number, part("2"), part("3", LATER, seq=0))
    assert await days_of(order.number) == [(DUE, 2_000_000, 0), (LATER, 3_000_000, 0)]
    head = await head_of(order.number)
    assert (head["next_due"], head["due_date"], head["promised_date"]) == (DUE, DUE, LATER)
    await amend(world, order.number, part("0"), part("5", LATER, seq=2))
    assert await days_of(order.number) == [(LATER, 5_000_000, 0)]
    assert (await head_of(order.number))["next_due"] is None


async def test_no_less_than_is_delivered_and_cut_to_that_it_is_delivered(world: World) -> None:
    order = await confirmed(world)
    [sold] = await lines_of(order.id)
    await commit(keeping.deliver, {sold["id"]: 3_000_000}, TODAY, by=world.xiuying)
    less = await _no(world, order.number, part("2"))
    assert codes(less) == {"changes-0-quantity": "below_delivered"} and "至少 3 千支" in str(less)
    await amend(world, order.number, part("3"))
    head = await head_of(order.number)
    assert (head["open_lines"], head["delivered_on"]) == (0, TODAY)
    assert await days_of(order.number) == [(DUE, 3_000_000, 3_000_000)]


async def test_a_line_is_left_out_only_while_nothing_is_made_of_it(world: World) -> None:
    order = await confirmed(world, line(), line(quantity="2"))
    await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    made = await _no(world, order.number, part("0", line_no=2))
    assert codes(made) == {"changes-0-quantity": "in_work"}
    number = await db.value("select max(number) from work_orders")
    await commit(work_orders.cancel, number, by=world.liuyang)
    await amend(world, order.number, part("0", line_no=2))
    assert [row["line_no"] for row in await lines_of(order.id)] == [1]
    head = await head_of(order.number)
    assert (head["line_count"], head["gross"], head["open_lines"]) == (1, 5 * 268_00, 1)
    nothing = await _no(world, order.number, part("0"))
    assert codes(nothing) == {"": "nothing_left", "changes-0-quantity": "in_work"}


async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_changed(world: World) -> None:
    order = await confirmed(world)
    gone = TODAY - timedelta(days=1)
    wrong = [part("viel", gone), part("3", gone, seq=0), part("1", "morgen", seq=0), part("1", line_no=9)]
    found = await _no(world, order.number, *wrong, cause="", reason=" ")
    assert codes(found) == {
        "cause": "required", "reason": "required", "changes-0-quantity": "not_a_number", "changes-0-due_date": "past_day",
        "changes-1-due_date": "past_day",
        "changes-2-due_date": "not_a_date", "changes-3-line_no": "no_such_line",
    }  # fmt: skip
    same = await _no(world, order.number, part("5.0", DUE))
    assert codes(same) == {"": "nothing_changed"}
    many = [part("1", LATER, seq=0) for _n in range(24)]
    assert codes(await _no(world, order.number, *many)) == {"changes-0-quantity": "too_high"}
    assert not await db.value("select count(*) from change_requests")


async def test_only_who_may_change_orders_does_and_only_orders_that_stand(world: World) -> None:
    order = await confirmed(world)
    with pytest.raises(Refused) as nobody:
        await commit(amending.amend, order.number, "customer", "x", [part("1")], by=world.liuyang)
    assert nobody.value.reason.code == "forbidden"
    await commit(orders.cancel, order.number, "不要了", by=world.xiaolan)
    assert (await _no(world, order.number, part("1"))).reason.code == "not_now"
    async with browser_of(world.xiaolan) as client:
        late = await client.post(
            f"/orders/{order.number}/amend", data={"cause": "customer", "reason": "加急"}
        )
        assert late.status_code == 409 and "加急" in late.text


async def test_a_rule_holds_the_change_back_until_somebody_agrees(world: World) -> None:
    order = await confirmed(world)
    rule = NewRule(
        name="改单", command=amending.AMEND, conditions=[("more_cny", ">", "500")], steps=[NewStep(who=["role:boss"])],
    )  # fmt: skip
    await commit(editing.write, rule, by=world.admin)
    held = await commit(amending.amend, order.number, "customer", "加量", [part("9")], by=world.xiaolan)
    assert held.deferred and (await head_of(order.number))["gross"] == 5 * 268_00
    async with browser_of(world.chenzong) as client:
        number = await db.value("select number from approval_requests")
        page = (await client.get(f"/inbox/{number}")).text
        assert "9 千支" in page and "¥2,412.00" in page
        assert (await client.post(f"/inbox/{number}/approve")).status_code == 303
    await events.settle()
    assert (await head_of(order.number))["gross"] == 9 * 268_00
    await amend(world, order.number, part("9", LATER))


async def test_a_change_of_a_plan_leads_into_the_order_and_the_call_off_follows(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"), (FURTHER, "10"))
    number = await ordered(world, made, FAR)
    await commit(orders.confirm, number, by=world.xiaolan)
    await called(world, made, (FAR, "15"), (FURTHER, "10"), reference="W51")
    asks = await db.one("select seq, sales_order from call_off_changes where state = 'open'")
    assert asks
    early = await refused(plans.decide, made.number, asks["seq"], True, by=world.xiaolan)
    assert early.reason.code == "change_the_order"
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(f"/framework-orders/{made.number}")).text
        address = f"/orders/{number}/amend?framework={made.number}&amp;change={asks['seq']}"
        assert address in page and "/changes/agree" not in page
        form = (await client.get(address.replace("&amp;", "&"))).text
        assert 'name="changes-0-quantity" value="15"' in form and "20 千支" in form and "W51" in form
        sent = {
            "framework": made.number, "change": str(asks["seq"]), "cause": "customer", "reason": "W51", "changes-0-line_no": "1",
            "changes-0-seq": "1", "changes-0-quantity": "15", "changes-0-due_date": FAR.isoformat(),
        }  # fmt: skip
        looked = await client.post(f"/orders/{number}/amend", data={**sent, "look": "1"})
        assert "¥5,360.00" in looked.text and "¥4,020.00" in looked.text
        assert (await head_of(number))["gross"] == 20 * 268_00
        done = await client.post(f"/orders/{number}/amend", data=sent)
        assert (done.status_code, done.headers["location"]) == (303, f"/framework-orders/{made.number}")
    assert (await head_of(number))["gross"] == 15 * 268_00
    assert await standing(made) == [(FAR, "15", True), (FURTHER, "10", False)]
    [stands] = (await figures.of(made.id)).values()
    assert (stands.ordered, stands.planned) == (15_000_000, 10_000_000)
    assert await db.value("select state from call_off_changes where seq = {}", asks["seq"]) == "agreed"
    again = await called(world, made, (FAR, "15"), (FURTHER, "10"))
    assert (again.made, again.flagged) == (0, 0)


async def test_a_moved_or_dropped_call_off_moves_or_leaves_the_order(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"), (FURTHER, "10"))
    number = await ordered(world, made, FAR, FURTHER)
    await called(world, made, (FAR + timedelta(days=2), "20"))
    moved, dropped = await db.rows(
        "select seq, what from call_off_changes where state = 'open' order by before_day"
    )
    assert (moved["what"], dropped["what"]) == ("day", "dropped")
    async with browser_of(world.xiaolan) as client:
        page = (
            await client.get(f"/orders/{number}/amend?framework={made.number}&change={moved['seq']}")
        ).text
        assert f'value="{(FAR + timedelta(days=2)).isoformat()}"' in page
        page = (
            await client.get(f"/orders/{number}/amend?framework={made.number}&change={dropped['seq']}")
        ).text
        assert 'name="changes-1-quantity" value="0"' in page
    more = {"framework": made.number}
    await amend(world, number, part("20", FAR + timedelta(days=2)), change=moved["seq"], **more)
    await amend(world, number, part("0", seq=2), change=dropped["seq"], **more)
    assert await standing(made) == [(FAR + timedelta(days=2), "20", True)]
    assert await days_of(number) == [(FAR + timedelta(days=2), 20_000_000, 0)]
    assert "framework_order.followed" in await events_of("framework_order", made.id)


async def test_a_line_that_the_plan_drops_is_called_off_no_more(world: World) -> None:
    made = await active(world, line(quantity="100"), line(quantity="10"))
    entered = [NewCallOff(line=n, due_date=FAR, quantity="5") for n in (1, 2)]
    await commit(plans.take, made.number, NewPlan(call_offs=entered), by=world.xiaolan)
    number = (await commit(ordering.order, made.number, [(1, FAR), (2, FAR)], by=world.xiaolan)).value[1]
    await commit(plans.take, made.number, NewPlan(call_offs=entered[:1]), by=world.xiaolan)
    seq = await db.value("select seq from call_off_changes where state = 'open'")
    await amend(world, number, part("0", line_no=2), framework=made.number, change=seq)
    assert await standing(made) == [(FAR, "5", True)]


async def test_a_draft_is_changed_without_asking_and_by_hand_only_its_own_page_offers_it(
    world: World,
) -> None:
    order = await draft(world)
    await amend(world, order.number, part("6"))
    assert (await head_of(order.number))["gross"] == 6 * 268_00
    async with browser_of(world.xiaolan) as client:
        assert "/amend" not in (await client.get(f"/orders/{order.number}")).text
        await commit(orders.confirm, order.number, by=world.xiaolan)
        assert f"/orders/{order.number}/amend" in (await client.get(f"/orders/{order.number}")).text


async def test_a_program_asks_for_a_change_and_reads_why(world: World) -> None:
    order = await confirmed(world)
    async with program_of(world.xiaolan) as program:
        sent = {
            "sales_order": order.number, "category": "capacity", "reason": "炉子检修",
            "changes": [{"line_no": 1, "delivery": 1, "quantity": "5", "due_date": LATER.isoformat()}],
        }  # fmt: skip
        wrong = await program.post(
            "/api/v1/change-requests",
            json={**sent, "changes": [{"line_no": 1, "delivery": 1, "quantity": "x"}]},
        )
        assert wrong.status_code == 422 and "changes-0-quantity" in wrong.text
        made = await program.post("/api/v1/change-requests", json=sent)
        assert made.status_code == 201, made.text
        told = made.json()
        assert (told["state"], told["category"], told["reason"]) == ("made", "capacity", "炉子检修")
    assert (await head_of(order.number))["due_date"] == LATER
    assert (await change_requests.find(told["id"], world.xiaolan))["asker"]


async def test_deliveries_that_change_are_kept_one_by_one(world: World) -> None:
    order = await confirmed(world)
    await amend(world, order.number, part("2"), part("3", LATER, seq=0))
    points = await db.rows("select what, stands, asks from change_points order by seq")
    assert [tuple(p.values()) for p in points] == [
        ("deliveries", f"{DUE}: 5 千支", f"{DUE}: 2 千支"), ("deliveries", "", f"{LATER}: 3 千支")
    ]  # fmt: skip


async def test_who_plans_hears_of_it_once_the_order_is_being_made(world: World) -> None:
    order = await confirmed(world)
    await amend(world, order.number, part("6"))
    await events.settle()
    assert not await db.value("select count(*) from notices")
    await commit(work_orders.make_for_order, order.number, by=world.liuyang)
    await amend(world, order.number, part("4"))
    await events.settle()
    told = await db.rows('select u.login, n.href from notices n join users u on u.id = n."user"')
    assert {"login": "liuyang", "href": f"/orders/{order.number}"} in told
    async with browser_of(world.liuyang) as client:
        assert f"变更了订单 {order.number}" in (await client.get("/notices")).text
