"""Lines that are wanted in several deliveries."""

from datetime import date
from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid
from app.people.actors import HOUSE
from app.sales import orders
from app.sales.schedules import NewSchedule, filled
from tests.browse import browser_of
from tests.sales.sample import confirmed, draft, head_of, line, lines_of
from tests.world import World

FIRST, SECOND = date(2026, 12, 10), date(2026, 12, 24)
TWO = (NewSchedule(quantity="3", due_date=SECOND), NewSchedule(quantity="2", due_date=FIRST))
FORM = {
    "customer": "HENGLI", "due_date": "2026-12-18", "lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件",
    "lines-0-unit_price": "268", "lines-0-price_unit": "千件", "lines-0-kind": "normal",
    "lines-0-schedules-0-due_date": "2026-12-10", "lines-0-schedules-0-quantity": "2",
    "lines-0-schedules-1-due_date": "2026-12-24", "lines-0-schedules-1-quantity": "3",
}  # fmt: skip


async def kept() -> list[tuple[Any, ...]]:
    rows = await db.rows(
        "select seq, entered, quantity_q, requested_date, delivered_q from delivery_schedules order by line, seq"
    )
    return [tuple(row.values()) for row in rows]


async def deliver(order_id: int, quantity_q: int) -> None:
    [row] = await lines_of(order_id)
    await commit(orders.deliver, {row["id"]: quantity_q}, date(2026, 12, 9), by=HOUSE)


async def test_deliveries_stand_in_the_order_of_their_days(world: World) -> None:
    await draft(world, line(schedules=TWO))
    assert await kept() == [(1, "2", 2_000_000, FIRST, 0), (2, "3", 3_000_000, SECOND, 0)]


async def test_what_weighing_rounds_away_falls_to_the_last_delivery(world: World) -> None:
    parts = [NewSchedule(quantity="33.3", due_date=FIRST), NewSchedule(quantity="66.7", due_date=SECOND)]
    made = await draft(world, line(quantity="100", unit="kg", schedules=parts))
    [row] = await lines_of(made.id)
    assert sum(each[2] for each in await kept()) == row["quantity_q"]


@pytest.mark.parametrize(
    ("parts", "field", "reason"),
    [
        ([("2", FIRST), ("2", SECOND)], "lines-0-schedules", "do_not_add_up"),
        ([("2", FIRST), ("4", SECOND)], "lines-0-schedules", "do_not_add_up"),
        ([("2", None), ("3", SECOND)], "lines-0-schedules-0-due_date", "required"),
        ([("2", FIRST), ("", SECOND)], "lines-0-schedules-1-quantity", "required"),
        ([("-2", FIRST), ("7", SECOND)], "lines-0-schedules-0-quantity", "not_positive"),
        ([("two", FIRST), ("3", SECOND)], "lines-0-schedules-0-quantity", "not_a_number"),
        ([("0.2", FIRST)] * 25, "lines-0-schedules", "too_high"),
    ],
)
async def test_deliveries_that_do_not_make_the_line_are_refused(
    world: World, parts: list[Any], field: str, reason: str
) -> None:
    given = [NewSchedule(quantity=quantity, due_date=day) for quantity, day in parts]
    with pytest.raises(Invalid) as caught:
        await draft(world, line(schedules=given))
    assert caught.value.refusals[field].reason.code == reason
    assert await kept() == []


def test_deliveries_are_filled_one_after_the_other() -> None:
    assert filled([2, 3], 0) == [0, 0]
    assert filled([2, 3], 1) == [1, 0]
    assert filled([2, 3], 4) == [2, 2]
    assert filled([2, 3], 6) == [2, 4]


async def test_what_leaves_fills_the_first_and_is_taken_back_from_the_last(world: World) -> None:
    made = await confirmed(world, line(schedules=TWO))
    assert made.promised_date == SECOND
    await deliver(made.id, 2_500_000)
    assert [each[4] for each in await kept()] == [2_000_000, 500_000]
    await deliver(made.id, -1_000_000)
    assert [each[4] for each in await kept()] == [1_500_000, 0]


async def test_the_next_open_delivery_decides_what_is_due_soon(world: World) -> None:
    made = await confirmed(world, line(schedules=TWO), due_date=FIRST)
    assert (await head_of(made.number))["next_due"] == FIRST
    async with browser_of(world.xiaolan) as browser:
        assert made.number in (await browser.get("/orders?state=due_soon")).text
        await deliver(made.id, 2_000_000)
        assert (await head_of(made.number))["next_due"] == SECOND
        assert made.number not in (await browser.get("/orders?state=due_soon")).text
        assert "下批 12-24" in (await browser.get("/orders")).text
    await deliver(made.id, 3_000_000)
    assert (await head_of(made.number))["next_due"] == SECOND


async def test_an_order_without_them_has_no_next_delivery(world: World) -> None:
    made = await confirmed(world)
    assert made.next_due is None
    await deliver(made.id, 1_000_000)
    assert (await head_of(made.number))["next_due"] is None


async def test_the_form_splits_a_line_and_keeps_it_when_changed(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        wrong = await browser.post("/orders/new", data=FORM | {"lines-0-schedules-1-quantity": "4"})
        assert wrong.status_code == 422
        assert "各批合计 6 千支" in wrong.text
        assert 'value="2026-12-24"' in wrong.text
        answer = await browser.post("/orders/new", data=FORM)
        assert answer.status_code == 303
        page = await browser.get(answer.headers["location"])
        assert "2 千支" in page.text
        assert "3 千支" in page.text
        form = await browser.get(f"{answer.headers['location']}/edit")
        assert (
            'name="lines-0-schedules-1-quantity" aria-describedby="e-lines-0-schedules-1-quantity" value="3"'
            in form.text
        )
        number = answer.headers["location"].rsplit("/", 1)[-1]
        paper = await browser.get(f"/orders/{number}/confirmation.pdf")
        assert paper.status_code == 200


async def test_programs_send_and_read_deliveries(world: World) -> None:
    sent = {
        "customer": "HENGLI", "due_date": "2026-12-18", "lines": [{
            "item": "FB-M10X45-88D", "quantity": "5", "unit": "千件", "unit_price": "268", "price_unit": "千件",
            "schedules": [{"due_date": "2026-12-10", "quantity": "2"}, {"due_date": "2026-12-24", "quantity": "3"}],
        }],
    }  # fmt: skip
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/api/v1/sales-orders", json=sent, headers={"Idempotency-Key": "split-1"})
        assert answer.status_code == 201
        [row] = answer.json()["lines"]
        assert row["due_date"] == "2026-12-10"
        assert [(each["due_date"], each["quantity"]) for each in row["schedules"]] == [
            ("2026-12-10", "2"),
            ("2026-12-24", "3"),
        ]
        sent["lines"][0]["schedules"] = "nonsense"  # type: ignore[index]
        plain = await browser.post("/api/v1/sales-orders", json=sent, headers={"Idempotency-Key": "split-2"})
        assert plain.json()["lines"][0]["schedules"] == []


@pytest.mark.parametrize(
    "each",
    [
        {}, [], None, 7, "x", {"quantity": {"a": 1}, "due_date": []}, {"quantity": "1e400", "due_date": "2026-12-10"},
        {"quantity": "NaN", "due_date": "2026-12-10"}, {"quantity": "\x00", "due_date": "\x00"}, {"quantity": 5, "due_date": "31-31"},
        {"quantity": True, "due_date": 20261210}, {"quantity": "9" * 400, "due_date": "2026-12-10"},
    ],
)  # fmt: skip
async def test_deliveries_that_cannot_be_read_are_refused_or_left_out(world: World, each: Any) -> None:
    sent = {
        "customer": "HENGLI", "due_date": "2026-12-18", "lines": [{
            "item": "FB-M10X45-88D", "quantity": "5", "unit": "千件", "unit_price": "268", "price_unit": "千件", "schedules": [each, each],
        }],
    }  # fmt: skip
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/api/v1/sales-orders", json=sent, headers={"Idempotency-Key": "odd-1"})
        assert answer.status_code in (201, 422)
        if answer.status_code == 201:
            assert answer.json()["lines"][0]["schedules"] == []
