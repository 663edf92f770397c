"""Nothing is forgotten: the sweep raises, lifts, wakes and closes, each thing once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.alerts import alerts, rules, sweep
from app.alerts.rules import NewRule
from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.events.log import timeline
from app.intake import inbound
from app.intake.pages import records_in
from app.people.actors import HOUSE
from app.planning import calendars
from app.sales import orders
from tasks import events
from tests import make
from tests.sales import sample
from tests.stories import thread
from tests.world import MORNING, TODAY, World

FRIDAY_5PM = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)


async def only(world: World, **rule: Any) -> None:
    """A house with this one rule."""
    given: dict[str, Any] = {"name": "规则", "role": "sales", "escalation_role": "boss"}
    await commit(rules.write, NewRule(**{**given, **rule}), by=world.admin)


async def opened() -> list[dict[str, Any]]:
    return await db.rows("select * from alerts where closed_at is null order by id")


async def notices_of(login: str) -> list[str]:
    found = await db.rows(
        'select n.href from notices n join users u on u.id = n."user" where u.login = {} order by n.id', login
    )
    return [row["href"] for row in found]


async def test_the_forgotten_rush_order_is_found_the_same_afternoon(world: World) -> None:
    """¥80,000 of an A customer lie confirmed and nobody plans them: sales and planning hear of it, then the boss."""
    order = await thread.confirmed(world, quantity="300", price="268.60", due=TODAY + timedelta(days=5))
    assert order.gross_cny > 8_000_000
    await commit(rules.plant_rules, by=HOUSE)
    clock.move_to(MORNING + timedelta(hours=6, minutes=59))  # 15:59, five working hours and 59 minutes later
    await sweep.sweep()
    assert "silence" not in [a["kind"] for a in await opened()]
    clock.move_to(MORNING + timedelta(hours=7, minutes=1))
    await sweep.sweep()
    await events.settle()
    silent = next(a for a in await opened() if a["kind"] == "silence")
    assert (silent["label"], silent["level"], silent["owner_person"]) == (
        order.number,
        1,
        world.xiaolan.person_id,
    )
    assert f"/orders/{order.number}" in await notices_of("xiaolan")
    assert f"/orders/{order.number}" in await notices_of("liuyang")  # due in 5 days and not in production
    clock.move_to(MORNING + timedelta(days=2, hours=3))
    await sweep.sweep()
    await events.settle()
    assert next(a for a in await opened() if a["kind"] == "silence")["level"] == 3
    assert f"/orders/{order.number}" in await notices_of("chenzong")
    await thread.released(world, await orders.find(order.number, world.xiaolan))
    swept = await sweep.sweep()
    assert silent["id"] in swept.closed
    told = [e["name"] for e in await timeline("sales_order", order.id)]
    assert told.count("alert.closed") >= 1 and "alert.raised" in told and "alert.rose" in told


async def test_a_sweep_does_a_thing_once_however_often_it_runs(world: World) -> None:
    await only(world, kind="due", stage="begun", notice=7, warning=3, owner="role", role="pmc")
    await sample.confirmed(world, due_date=TODAY + timedelta(days=6))
    await sample.confirmed(world, due_date=TODAY + timedelta(days=7))  # not in fewer than seven days
    assert len((await sweep.sweep()).raised) == 1
    for _ in range(3):
        again = await sweep.sweep()
        assert (again.raised, again.changed, again.closed) == ([], [], [])
    await events.settle()
    assert len(await notices_of("liuyang")) == 1
    clock.move_to(MORNING + timedelta(days=4))
    later = await sweep.sweep()
    assert (len(later.raised), len(later.changed)) == (1, 1)
    assert sorted(a["level"] for a in await opened()) == [1, 2]
    await events.settle()
    assert len(await notices_of("liuyang")) == 3


@pytest.mark.parametrize(
    ("until", "hours"),
    [(datetime(2026, 12, 11, 9, 30, tzinfo=UTC), 0), (datetime(2026, 12, 12, 1, 0, tzinfo=UTC), 1), (datetime(2026, 12, 14, 0, 2, tzinfo=UTC), 9),
     (datetime(2026, 12, 14, 5, 30, tzinfo=UTC), 13)],
)  # fmt: skip
async def test_silence_counts_working_hours_only(world: World, until: datetime, hours: int) -> None:
    """From Friday five o'clock: half an hour that day, Saturday's shift, no Sunday, no noon."""
    clock.move_to(FRIDAY_5PM)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=40))
    clock.move_to(until)
    for wanted, count in ((hours, 1), (hours + 1, 0)):
        await db.rows("delete from alerts")
        await db.rows("delete from alert_rules")
        await only(world, kind="silence", notice=wanted)
        await sweep.sweep()
        assert len(await opened()) == count, wanted


async def test_a_company_holiday_is_no_silence(world: World) -> None:
    await only(world, kind="silence", notice=9)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=40))
    await commit(calendars.set_day, "day", date(2026, 12, 9), False, "停电", by=world.liuyang)
    clock.move_to(MORNING + timedelta(days=1, hours=2))
    assert (await sweep.sweep()).raised == []
    clock.move_to(MORNING + timedelta(days=2, hours=2))
    assert len((await sweep.sweep()).raised) == 1


async def test_the_customers_level_and_the_stage_decide_which_rule_speaks(world: World) -> None:
    await only(world, kind="silence", customer_level="A", notice=2)
    await only(world, kind="silence", customer_level="B", notice=1)
    await only(world, kind="silence", stage="to_confirm", notice=3)
    a = await sample.confirmed(world, due_date=TODAY + timedelta(days=40))
    clock.move_to(MORNING + timedelta(hours=1, minutes=30))
    assert (await sweep.sweep()).raised == []
    clock.move_to(MORNING + timedelta(hours=2, minutes=30))
    await sweep.sweep()
    assert [x["label"] for x in await opened()] == [a.number]
    await db.rows("update customers set level = 'C'")
    assert len((await sweep.sweep()).closed) == 1


async def test_what_happens_about_an_alert_is_no_sign_of_life_of_its_order(world: World) -> None:
    await only(world, kind="silence", notice=2, warning=4)
    order = await sample.confirmed(world, due_date=TODAY + timedelta(days=40))
    clock.move_to(MORNING + timedelta(hours=3))
    (id_,) = (await sweep.sweep()).raised
    await commit(alerts.snooze, id_, TODAY + timedelta(days=1), "客户放假", by=world.xiaolan)
    clock.move_to(MORNING + timedelta(days=1))
    assert (await sweep.sweep()).changed == [id_]
    assert (await opened())[0]["level"] == 2
    assert [e["name"] for e in await timeline("sales_order", order.id)][:2] == [
        "alert.returned",
        "alert.snoozed",
    ]


async def test_a_snoozed_alert_keeps_quiet_until_its_morning_or_its_last_level(world: World) -> None:
    await only(world, kind="due", stage="delivered", notice=9, warning=6, escalation=2)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=7))
    (id_,) = (await sweep.sweep()).raised
    await commit(alerts.snooze, id_, TODAY + timedelta(days=20), "等模具", by=world.xiaolan)
    clock.move_to(MORNING + timedelta(days=3))
    assert (await sweep.sweep()).changed == []
    clock.move_to(MORNING + timedelta(days=6))
    assert (await sweep.sweep()).changed == [id_]
    assert ((await opened())[0]["level"], (await opened())[0]["snoozed_until"]) == (3, None)


@pytest.mark.parametrize(
    ("until", "why", "field"),
    [(TODAY, "x", "until"), (None, "x", "until"), (TODAY + timedelta(days=61), "x", "until"), (TODAY + timedelta(days=1), " ", "why"),
     (TODAY + timedelta(days=1), "长" * 201, "why")],
)  # fmt: skip
async def test_putting_off_needs_a_later_day_and_a_reason(
    world: World, until: date | None, why: str, field: str
) -> None:
    await only(world, kind="due", stage="delivered", notice=9)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=7))
    (id_,) = (await sweep.sweep()).raised
    with pytest.raises(Invalid) as refused:
        await commit(alerts.snooze, id_, until, why, by=world.xiaolan)
    assert set(refused.value.fields()) == {field}


async def test_only_who_it_is_put_to_or_who_sees_all_may_put_it_off(world: World) -> None:
    await only(world, kind="due", stage="delivered", notice=9)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=7))
    (id_,) = (await sweep.sweep()).raised
    for who, code in ((world.nobody, "forbidden"), (world.xiuying, "not_found")):
        with pytest.raises(Refused) as refused:
            await commit(alerts.snooze, id_, TODAY + timedelta(days=1), "x", by=who)
        assert refused.value.reason.code == code
        with pytest.raises(Refused):
            await commit(alerts.wake, id_, by=who)
    await commit(alerts.snooze, id_, TODAY + timedelta(days=1), "x", by=world.liuyang)
    await commit(alerts.wake, id_, by=world.xiaolan)
    await db.rows("update sales_orders set state = 'cancelled'")
    await sweep.sweep()
    for verb in (alerts.wake, alerts.snooze):
        with pytest.raises(Refused) as refused:
            more = (TODAY + timedelta(days=1), "x") if verb is alerts.snooze else ()
            await commit(verb, id_, *more, by=world.xiaolan)
        assert refused.value.reason.code == "alert_closed"


async def test_an_approval_that_waits_is_put_to_the_role_that_decides(world: World) -> None:
    await only(world, kind="approval", notice=4)
    await make.approval_rule(conditions=())
    order = await sample.draft(world)
    await commit(orders.confirm, order.number, by=world.xiaolan)
    clock.move_to(MORNING + timedelta(hours=6))
    await sweep.sweep()
    (alert,) = await opened()
    assert (alert["owner_role"], alert["href"]) == (world.roles["boss"], f"/inbox/{alert['label']}")
    assert alert["sales_order"] == order.id
    await events.settle()
    assert await notices_of("chenzong") == [alert["href"]] * 2  # asked, then waiting too long


async def test_a_missing_price_a_late_projection_and_an_inbound_order_are_found(world: World) -> None:
    await only(world, kind="price", notice=0)
    await only(world, kind="projected", notice=1, warning=3)
    await only(world, kind="inbound", notice=2)
    free = await sample.draft(world, sample.line(unit_price="0"))
    await sample.draft(world, sample.line(kind="free", unit_price="0"), sample.line())
    late = await sample.confirmed(world)
    await db.rows(
        "update sales_orders set projected_date = {} where id = {}", sample.DUE + timedelta(days=3), late.id
    )
    sheet = "订单号,HL-1\n物料,数量,单位,单价\nHL-25-8841,5,千支,268\n".encode()
    await commit(inbound.receive, await records_in("a.csv", sheet), "file", "a.csv", sheet, by=world.xiaolan)
    await sweep.sweep()
    assert {(a["kind"], a["label"], a["level"]) for a in await opened()} == {
        ("price", free.number, 1),
        ("projected", late.number, 2),
    }
    clock.move_to(MORNING + timedelta(hours=2, minutes=1))
    await sweep.sweep()
    inbound_alert = next(a for a in await opened() if a["kind"] == "inbound")
    assert inbound_alert["owner_person"] == world.xiaolan.person_id and inbound_alert["href"].startswith(
        "/intake/IO"
    )
    await db.rows("update inbound_orders set state = 'rejected'")
    await db.rows("update sales_orders set projected_date = null")
    assert len((await sweep.sweep()).closed) == 2


async def test_a_rule_that_is_switched_off_takes_its_alerts_back(world: World) -> None:
    await only(world, kind="due", stage="delivered", notice=9)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=7))
    await sweep.sweep()
    rule = await db.one("select id, version from alert_rules")
    assert rule is not None
    off = NewRule(kind="due", name="规则", stage="delivered", notice=9, role="sales", active=False)
    await commit(rules.write, off, rule["id"], by=world.admin, version=rule["version"])
    assert len((await sweep.sweep()).closed) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"kind": "nothing"}, "kind"), ({"notice": None}, "notice"), ({"warning": 4}, "warning"),
     ({"stage": "nowhere"}, "stage"), ({"customer_level": "Z"}, "customer_level"), ({"role": ""}, "role"), ({"role": "export"}, "role"),
     ({"owner": "person", "person": "NOBODY"}, "person"), ({"warning": 9, "escalation": 12, "escalation_role": ""}, "escalation_role"),
     ({"owner": "x"}, "owner")],
)  # fmt: skip
async def test_a_wrong_rule_is_refused_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"kind": "silence", "name": "规则", "notice": 8, "role": "sales"}
    with pytest.raises(Invalid) as refused:
        await commit(rules.write, NewRule(**{**given, **wrong}), by=world.admin)
    assert set(refused.value.fields()) == {field}
    with pytest.raises(Refused):
        await commit(rules.write, NewRule(**given), by=world.xiaolan)


async def test_an_alert_goes_to_the_person_or_role_that_the_rule_names(world: World) -> None:
    code = await db.value("select code from people where id = {}", world.liuyang.person_id)
    await only(world, kind="due", stage="delivered", notice=9, owner="person", person=code)
    order = await sample.confirmed(world, due_date=TODAY + timedelta(days=7))
    await sweep.sweep()
    await events.settle()
    assert await notices_of("liuyang") == [f"/orders/{order.number}"] and await notices_of("xiaolan") == []
    await db.rows("update alert_rules set owner = 'keeper', person = null")
    await db.rows("update sales_orders set salesperson = null")
    await sweep.sweep()
    (alert,) = await opened()
    assert (alert["owner_person"], alert["owner_role"]) == (None, world.roles["sales"])
