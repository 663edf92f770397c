"""Alerts and their rules as people and programs use them."""

from datetime import timedelta

from app.alerts import queries, rules, saying, sweep
from app.alerts.rules import NewRule
from app.core import db
from app.core.db import commit
from app.core.words import speaking
from app.people.actors import HOUSE
from tests.browse import browser_of, program_of
from tests.sales import sample
from tests.world import TODAY, World


async def raised(world: World) -> int:
    rule = NewRule(kind="due", name="快到期", stage="begun", notice=7, role="sales", escalation_role="boss")
    await commit(rules.write, rule, by=world.admin)
    await sample.confirmed(world, due_date=TODAY + timedelta(days=4))
    return (await sweep.sweep()).raised[0]


async def test_an_alert_is_put_off_on_its_page_and_what_was_typed_stays_when_refused(world: World) -> None:
    id_ = await raised(world)
    async with browser_of(world.xiaolan) as client:
        page = await client.get(f"/alerts/{id_}")
        assert page.status_code == 200 and "剩 4 天" in page.text and "快到期" in page.text
        refused = await client.post(
            f"/alerts/{id_}/snooze", data={"until": "2026-12-08", "why": "等客户回话"}
        )
        assert (
            refused.status_code == 422
            and "等客户回话" in refused.text
            and "请选今天以后的日子" in refused.text
        )
        done = await client.post(f"/alerts/{id_}/snooze", data={"until": "2026-12-10", "why": "等客户回话"})
        assert done.status_code == 303
        assert "等客户回话" in (await client.get(f"/alerts/{id_}")).text
        assert (await client.get("/alerts")).text.count("data-href=") == 0
        assert (await client.get("/alerts?state=snoozed")).text.count("data-href=") == 1
        assert (await client.post(f"/alerts/{id_}/wake", data={})).status_code == 303
        assert (await client.get("/alerts?mine=1")).text.count("data-href=") == 1
        assert (await client.get("/alerts/export.xlsx")).status_code == 200


async def test_the_orders_page_shows_its_open_alerts_and_their_history(world: World) -> None:
    id_ = await raised(world)
    number = await db.value("select label from alerts where id = {}", id_)
    async with browser_of(world.xiaolan) as client:
        page = (await client.get(f"/orders/{number}")).text
        assert f'href="/alerts/{id_}"' in page and "提醒 · 交期临近" in page and "提醒：交期临近" in page
    async with browser_of(world.xiuying) as client:
        assert (await client.get(f"/alerts/{id_}")).status_code == 404


def test_one_day_and_one_hour_are_said_in_the_singular() -> None:
    rule = {
        "customer_level": "", "stage": "begun", "notice": 1, "warning": None, "escalation": None, "owner": "role",
        "role_name": "Sales", "boss_name": None,
    }  # fmt: skip
    with speaking("en"):
        assert "from 1 working hour;" in saying.in_words({**rule, "kind": "silence"})
        assert "below 1 day left;" in saying.in_words({**rule, "kind": "due"})
        assert "from 1 day later;" in saying.in_words({**rule, "kind": "projected"})
        assert queries.figure_said({"kind": "silence", "figure": 1}) == "1 working hour"


async def test_a_rule_is_written_as_a_sentence(world: World) -> None:
    await commit(rules.plant_rules, by=HOUSE)
    async with browser_of(world.admin) as client:
        page = (await client.get("/alert-rules")).text
        assert page.count("data-href=") == len(rules.FIRST_RULES)
        assert (
            "A 级客户的订单（任何阶段）没有动静：工作小时满 6 时提醒，工作小时满 10 时预警，工作小时满 16 时升级"
            in page
        )
        form = {"name": "静默", "kind": "silence", "customer_level": "A", "stage": "to_plan", "notice": "4", "warning": "3",
                "owner": "keeper", "role": "sales", "active": "1"}  # fmt: skip
        drawn = await client.post("/alert-rules/new", data={**form, "preview": "1"})
        assert drawn.status_code == 200 and "已确认，没有工单" in drawn.text
        refused = await client.post("/alert-rules/new", data=form)
        assert (
            refused.status_code == 422
            and "每一级都要比前一级更急" in refused.text
            and 'value="静默"' in refused.text
        )
        assert (await client.post("/alert-rules/new", data={**form, "notice": "四"})).status_code == 422
        assert (await client.post("/alert-rules/new", data={**form, "warning": "8"})).status_code == 303
        rule = await db.one("select id, version from alert_rules where name = '静默'")
        assert rule is not None
        page = await client.get(f"/alert-rules/{rule['id']}")
        assert page.status_code == 200 and 'value="8"' in page.text
        changed = await client.post(
            f"/alert-rules/{rule['id']}", data={**form, "warning": "9", "version": "1"}
        )
        assert changed.status_code == 303
        stale = await client.post(f"/alert-rules/{rule['id']}", data={**form, "warning": "9", "version": "1"})
        assert stale.status_code == 409
        assert (await client.get("/alert-rules/99999")).status_code == 404
    async with browser_of(world.xiaolan) as client:
        assert (await client.get("/alert-rules")).status_code == 403


async def test_programs_read_alerts_put_them_off_and_write_rules(world: World) -> None:
    id_ = await raised(world)
    async with program_of(world.xiaolan) as client:
        (item,) = (await client.get("/api/v1/alerts?mine=1&level=1")).json()["items"]
        assert (item["id"], item["kind"], item["figure"], item["due"]) == (id_, "due", 4, "2026-12-12")
        body = {"until": "2026-12-10", "why": "等模具"}
        for _again in range(2):
            done = await client.post(
                f"/api/v1/alerts/{id_}/snooze", json=body, headers={"Idempotency-Key": "k1"}
            )
            assert done.status_code == 200 and done.json()["state"] == "snoozed"
        stale = await client.post(f"/api/v1/alerts/{id_}/wake", headers={"If-Match": '"1"'})
        assert stale.status_code == 409
        assert (await client.post(f"/api/v1/alerts/{id_}/wake")).json()["state"] == "open"
        assert (await client.get("/api/v1/alert-rules")).status_code == 403
    async with program_of(world.admin) as client:
        made = await client.post(
            "/api/v1/alert-rules", json={"kind": "inbound", "name": "来单", "notice": 2, "role": "sales"}
        )
        assert made.status_code == 201, made.text
        place = made.headers["Location"]
        changed = await client.patch(place, json={"warning": 4})
        assert changed.json()["warning"] == 4 and changed.json()["notice"] == 2
        assert (await client.patch(place, json={"warning": 1})).json()["fields"].keys() == {"warning"}
        assert len((await client.get("/api/v1/alert-rules")).json()["items"]) == 2
