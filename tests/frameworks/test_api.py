"""`/api/v1/framework-orders`, as a program uses it."""

from typing import Any

from app.core import db
from tests.asking import asked
from tests.browse import program_of
from tests.frameworks.sample import FAR, FURTHER, NEAR, active, called
from tests.world import World

AT = "/api/v1/framework-orders"
LINE: dict[str, Any] = {"item": "FB-M10X45-88D", "customer_item": "HL-25-8841", "quantity": "100", "unit": "千件",
                        "unit_price": "268.0000", "price_unit": "千件"}  # fmt: skip
FRAMEWORK: dict[str, Any] = {
    "customer": "HENGLI", "customer_order_number": "HL-FA-2027", "valid_until": "2027-12-31", "firm_days": 10, "beyond_percent": "5",
    "repeats": False, "lines": [LINE],
}  # fmt: skip
PLAN: dict[str, Any] = {
    "reference": "W50",
    "call_offs": [
        {"customer_item": "HL-25-8841", "due_date": "2027-01-15", "quantity": "20"},
        {"line_no": 1, "due_date": "2027-01-22", "quantity": 5500, "unit": "件"},
    ],
}


async def test_a_framework_order_is_written_put_in_force_called_off_and_ordered(world: World) -> None:
    async with program_of(world.xiaolan) as program:
        made = await program.post(AT, json=FRAMEWORK)
        number = made.json()["number"]
        assert (made.status_code, made.headers["Location"]) == (201, f"{AT}/{number}")
        body = (await program.get(f"{AT}/{number}")).json()
        assert (body["gross"], body["state"], body["firm_days"], body["repeats"]) == (
            "26800.00",
            "draft",
            10,
            False,
        )
        assert "id" not in body and "id" not in body["lines"][0]
        assert (await program.post(f"{AT}/{number}/activate", headers={"If-Match": '"1"'})).json()[
            "state"
        ] == "active"
        taken = await program.post(f"{AT}/{number}/call-off-plans", json=PLAN)
        assert (taken.status_code, taken.json()["made"], taken.json()["flagged"]) == (201, 2, 0)
        assert [(c["what"], c["after_day"], c["after_quantity"]) for c in taken.json()["changes"]] == [
            ("added", "2027-01-15", "20"), ("added", "2027-01-22", "5.5"),
        ]  # fmt: skip
        plans = (await program.get(f"{AT}/{number}/call-off-plans")).json()["items"]
        assert [(each["reference"], len(each["changes"])) for each in plans] == [("W50", 2)]
        body = (await program.get(f"{AT}/{number}")).json()
        assert (body["lines"][0]["called"], body["lines"][0]["open"]) == ("25.5", "74.5")
        chosen = {
            "call_offs": [{"line_no": 1, "due_date": "2027-01-15"}, {"line_no": 1, "due_date": "2027-01-22"}]
        }
        said = [
            await program.post(
                f"{AT}/{number}/sales-orders", json=chosen, headers={"Idempotency-Key": "once"}
            )
            for _n in range(2)
        ]
        order = said[0].json()["sales_order"]
        assert (said[0].status_code, said[0].headers["Location"]) == (201, f"/api/v1/sales-orders/{order}")
        assert said[1].json() == said[0].json() and said[1].headers["Idempotency-Replayed"] == "true"
        assert (await program.post(f"{AT}/{number}/sales-orders", json=chosen)).json()[
            "code"
        ] == "not_called_off"
        sold = (await program.get(f"/api/v1/sales-orders/{order}")).json()
        assert (sold["gross"], sold["customer_order_number"], sold["due_date"]) == (
            "6834.00",
            "HL-FA-2027 / W50",
            "2027-01-15",
        )
        body = (await program.get(f"{AT}/{number}")).json()
        assert {each["sales_order"] for each in body["call_offs"]} == {order}
        listed = (await program.get(f"{AT}?state=active&q=hengli")).json()
        assert [(each["number"], each["called_percent"]) for each in listed["items"]] == [(number, 25)]
        assert (await program.post(f"{AT}/{number}/close", json={})).json()["fields"].keys() == {"reason"}
        assert (await program.post(f"{AT}/{number}/close", json={"reason": "x"})).json()[
            "close_reason"
        ] == "x"
        assert (await program.post(f"{AT}/{number}/reopen")).json()["state"] == "draft"


async def test_many_plans_are_read_with_no_more_questions_than_one(world: World) -> None:
    made = await active(world)
    async with program_of(world.xiaolan) as program:
        at, told = f"{AT}/{made.number}/call-off-plans", []
        for week in ("W50", "W51", "W52"):
            await program.post(at, json={**PLAN, "reference": week, "adds": True})
            await program.get(at)
            with asked() as statements:
                plans = (await program.get(at)).json()["items"]
            told.append((len(plans), len(statements)))
    assert [n for n, _asked in told] == [1, 2, 3] and len({times for _n, times in told}) == 1
    assert [(each["reference"], len(each["changes"])) for each in plans] == [
        ("W52", 2),
        ("W51", 2),
        ("W50", 2),
    ]


async def test_custom_fields_are_refused_and_not_lost_without_a_word(world: World) -> None:
    said = FRAMEWORK | {"custom": {"rush": True}, "lines": [each | {"custom": {"coating": "8"}} for each in FRAMEWORK["lines"]]}  # fmt: skip
    async with program_of(world.xiaolan) as program:
        answer = await program.post(AT, json=said)
    assert answer.status_code == 422
    assert answer.json()["fields"].keys() == {"custom", "lines-0-custom"}


async def test_a_flagged_change_is_decided_by_a_program(world: World) -> None:
    made = await active(world)
    await called(world, made, (NEAR, "5"), (FAR, "20"))
    await called(world, made, (NEAR, "8"), (FURTHER, "20"))
    async with program_of(world.xiaolan) as program:
        body = (await program.get(f"{AT}/{made.number}")).json()
        [change] = body["to_decide"]
        assert (change["before_quantity"], change["after_quantity"], change["state"]) == ("5", "8", "open")
        at = f"{AT}/{made.number}/changes/{change['seq']}"
        stale = await program.post(f"{at}/agree", headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["current"]["number"]) == (409, made.number)
        done = await program.post(f"{at}/agree", json={"note": "能做"})
        assert done.json()["to_decide"] == [] and done.json()["call_offs"][0]["quantity"] == "8"
        assert (await program.post(f"{at}/refuse")).json()["code"] == "decided_already"


async def test_what_is_wrong_is_named_at_its_field(world: World) -> None:
    made = await active(world)
    async with program_of(world.xiaolan) as program:
        wrong = {
            "call_offs": [
                {"item": "X", "due_date": "2027-13-01", "quantity": "5"},
                {"item": "X", "due_date": "2027-01-15"},
            ]
        }
        answer = await program.post(f"{AT}/{made.number}/call-off-plans", json=wrong)
        assert (answer.status_code, set(answer.json()["fields"])) == (422, {"call_offs-0-due_date"})
        wrong["call_offs"][0]["due_date"] = "2027-01-15"
        answer = await program.post(f"{AT}/{made.number}/call-off-plans", json=wrong)
        assert set(answer.json()["fields"]) == {"call_offs-0-line", "call_offs-1-line"}
        answer = await program.post(AT, json={**FRAMEWORK, "valid_until": "2026-01-01"})
        assert set(answer.json()["fields"]) == {"valid_until"}
        assert (
            await program.post(f"{AT}/{made.number}/sales-orders", json={"call_offs": [{"line_no": 1}]})
        ).status_code == 422
    assert not await db.value("select count(*) from call_off_plans")


async def test_who_plans_reads_it_without_prices_and_who_may_not_does_not(world: World) -> None:
    made = await active(world)
    async with program_of(world.liuyang) as program:
        body = (await program.get(f"{AT}/{made.number}")).json()
        assert (
            body["gross"] is None
            and body["lines"][0]["unit_price"] is None
            and body["lines"][0]["open"] == "100"
        )
        assert (await program.get(AT)).json()["items"][0]["gross"] is None
        assert (await program.post(f"{AT}/{made.number}/call-off-plans", json=PLAN)).status_code == 403
    async with program_of(world.nobody) as program:
        assert (await program.get(f"{AT}/{made.number}")).status_code == 403
