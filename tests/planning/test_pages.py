"""Schedules and calendars as people and programs see them."""

from app.planning import schedules
from tests.browse import browser_of, program_of
from tests.planning.test_schedules import two_orders
from tests.production import floor

FORM = {"Origin": "http://test"}


async def test_a_schedule_is_made_looked_at_and_published_by_its_buttons(world):
    first, _second = await two_orders(world)
    async with browser_of(world.liuyang) as client:
        made = await client.post("/schedules", headers=FORM)
        assert (made.status_code, made.headers["location"]) == (303, "/schedules/SP20261208-0001")
        page = await client.get(made.headers["location"])
        assert page.status_code == 200
        for word in (first.number, "冷镦 1 号", "100%"):
            assert word in page.text
        slot = (await floor.steps(first))[1].id
        why = await client.get(f"/schedules/SP20261208-0001?slot={slot}&from=2026-12-07")
        assert "上一道工序" in why.text
        assert (await client.get("/schedules/SP20261208-0001?from=never&slot=x")).status_code == 200
        published = await client.post(
            "/schedules/SP20261208-0001/publish", data={"version": "2"}, headers=FORM
        )
        assert published.status_code == 303
        assert "SP20261208-0001" in (await client.get("/schedules?state=published")).text
    assert all(s.planned_start for s in await floor.steps(first))


async def test_a_stale_page_does_not_publish(world):
    await two_orders(world)
    made = await schedules.run(by=world.liuyang)
    async with browser_of(world.liuyang) as client:
        answer = await client.post(f"/schedules/{made.number}/publish", data={"version": "1"}, headers=FORM)
        assert answer.status_code == 409
    async with program_of(world.liuyang) as client:
        answer = await client.post(f"/api/v1/schedules/{made.number}/publish", headers={"If-Match": '"1"'})
        assert answer.status_code == 409


async def test_a_program_makes_compares_and_publishes(world):
    first, _second = await two_orders(world)
    async with program_of(world.liuyang) as client:
        made = await client.post("/api/v1/schedules", json={}, headers={"Idempotency-Key": "k"})
        assert made.status_code == 202
        again = await client.post("/api/v1/schedules", json={}, headers={"Idempotency-Key": "k"})
        assert again.json()["number"] == made.json()["number"]
        address = made.headers["location"]
        shown = (await client.get(address)).json()
        assert shown["state"] == "proposed" and len(shown["slots"]) == 6 and shown["slots"][0]["why"]
        assert len((await client.get(f"{address}/differences")).json()["items"]) == 6
        assert (await client.post(f"{address}/publish")).json()["state"] == "published"
        assert (await client.get(f"{address}/differences")).json()["items"] == []
        assert [s["number"] for s in (await client.get("/api/v1/schedules")).json()["items"]] == [
            shown["number"]
        ]
    assert (await floor.steps(first))[0].machine is not None


async def test_nothing_to_plan_is_a_sentence(world):
    async with program_of(world.liuyang) as client:
        answer = await client.post("/api/v1/schedules", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_plan")


async def test_the_companys_word_on_a_day_is_set_on_the_page(world):
    async with browser_of(world.liuyang) as client:
        assert (await client.get("/calendars?calendar=night")).status_code == 200
        data = {"calendar": "day", "day": "2026-12-13", "works": "yes", "note": "赶货"}
        assert (await client.post("/calendars/days", data=data, headers=FORM)).status_code == 303
        assert "赶货" in (await client.get("/calendars?calendar=day")).text
        assert (
            await client.post("/calendars/days", data={**data, "works": "clear"}, headers=FORM)
        ).status_code == 303
        wrong = await client.post("/calendars/days", data={**data, "day": "13.13."}, headers=FORM)
        assert wrong.status_code == 422


async def test_schedules_and_calendars_are_closed_without_the_right(world):
    await two_orders(world)
    made = await schedules.run(by=world.liuyang)
    async with browser_of(world.nobody) as client:
        for address in ("/schedules", f"/schedules/{made.number}", "/calendars", "/schedules/export.xlsx"):
            assert (await client.get(address)).status_code == 403
        for address in ("/schedules", f"/schedules/{made.number}/publish"):
            assert (await client.post(address, headers=FORM)).status_code == 403
    async with program_of(world.nobody) as client:
        assert (await client.get(f"/api/v1/schedules/{made.number}")).status_code == 403
