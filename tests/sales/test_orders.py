"""Writing, editing, confirming, cancelling and closing orders."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.custom_fields import definitions
from app.custom_fields.definitions import NewField
from app.sales import orders, rates
from app.sales.schedules import NewSchedule
from app.sales.tables import SalesOrder
from tests.browse import browser_of
from tests.sales.sample import DUE, confirmed, draft, head_of, line, lines_of, order
from tests.world import World, changes_told, events_of


async def refused(verb, *args, by, **more) -> Refused:
    with pytest.raises(Refused) as caught:
        await commit(verb, *args, by=by, **more)
    return caught.value


async def wrong(world: World, *lines, **more) -> dict[str, str]:
    """Field → code of what is wrong with an order; nothing of it is written."""
    found = await refused(orders.create, order(*lines, **more), by=world.xiaolan)
    assert isinstance(found, Invalid)
    assert not await db.value("select count(*) from sales_orders")
    return {field: refusal.reason.code for field, refusal in found.refusals.items()}


async def test_an_order_is_written_with_its_amounts_and_the_words_it_is_found_by(world: World) -> None:
    made = await draft(
        world, line(), line(kind="spare", quantity="50", unit="支", unit_price="", price_unit="")
    )
    head = await head_of(made.number)
    assert made.number == "SO20261208-0001"
    assert (head["gross"], head["net"], head["tax"]) == (134_000, 118_584, 15_416)
    assert (head["line_count"], head["ordered_q"], head["open_lines"]) == (2, 5_050_000, 2)
    assert head["first_item"] == "六角法兰面螺栓 M10×45 8.8 达克罗"
    assert head["salesperson"] == world.xiaolan.person_id
    first, second = await lines_of(made.id)
    assert (first["quantity_q"], first["entered"], first["unit"], first["price_unit"]) == (
        5_000_000,
        "5",
        "千支",
        "千件",
    )
    assert (second["kind"], second["gross"]) == ("spare", 0)
    found = await db.value(
        "select text from search_texts where kind = 'sales_order' and subject_id = {}", made.id
    )
    assert "nbhl" in found and "hl-25-8841" in found and "fb-m10x45-88d" in found
    assert await events_of("sales_order", made.id) == ["sales_order.created"]
    assert await events_of("item", world.bolt.id) == ["sales_order.created"]


async def test_the_customers_part_number_finds_our_item(world: World) -> None:
    made = await draft(world, line(item="", customer_item="HL-25-8841"))
    assert (await lines_of(made.id))[0]["item"] == world.bolt.id


async def test_a_price_per_kilogram_goes_through_the_piece_weight(world: World) -> None:
    made = await draft(world, line(unit_price="6.5", price_unit="kg"))
    assert made.gross == 130_650  # 5,000 支 × 0.0402 kg = 201 kg × 6.5


async def test_everything_wrong_is_told_at_once_at_its_field(world: World) -> None:
    assert await wrong(
        world,
        line(unit=""),
        line(quantity="NaN"),
        line(quantity="-3"),
        line(quantity="1" + "0" * 30),
        line(item="WHO"),
        line(item="", customer_item="XX-1"),
        line(kind="gift"),
        line(price_unit=""),
        line(kind="free"),
        line(unit_price="1e40"),
        line(over_percent="120"),
        line(unit="筐"),
        line(quantity=""),
        line(remark="x" * 1_000_000),
    ) == {
        "lines-0-unit": "unit_missing", "lines-1-quantity": "not_a_number", "lines-2-quantity": "not_positive",
        "lines-3-quantity": "too_large", "lines-4-item": "unknown", "lines-5-customer_item": "not_mapped",
        "lines-6-kind": "not_a_choice", "lines-7-price_unit": "unit_missing", "lines-8-unit_price": "free_costs_nothing",
        "lines-9-unit_price": "too_large", "lines-10-over_percent": "percent_wrong", "lines-11-unit": "unknown_unit",
        "lines-12-quantity": "required", "lines-13-remark": "too_long",
    }  # fmt: skip


async def test_an_order_without_customer_lines_or_day_is_refused(world: World) -> None:
    assert await wrong(world, customer="NOBODY") == {"customer": "unknown"}
    assert await wrong(world, customer=10**17) == {"customer": "unknown"}
    assert await wrong(world, due_date=None) == {"due_date": "required"}
    found = await refused(orders.create, orders.NewOrder(customer="HENGLI", due_date=DUE), by=world.xiaolan)
    assert list(found.fields()) == ["lines"]


async def test_full_width_digits_are_read_and_nul_is_dropped(world: World) -> None:
    made = await draft(
        world, line(quantity="５", unit_price="２６８．００"), customer_order_number="HL\x0025"
    )
    assert (made.gross, made.customer_order_number) == (134_000, "HL25")


async def test_the_earliest_day_of_the_lines_is_the_orders_when_it_has_none(world: World) -> None:
    made = await draft(
        world, line(due_date=date(2026, 12, 30)), line(due_date=date(2026, 12, 20)), due_date=None
    )
    assert made.due_date == date(2026, 12, 20)
    days = await db.rows("select requested_date from delivery_schedules order by id")
    assert [d["requested_date"] for d in days] == [date(2026, 12, 30), date(2026, 12, 20)]


async def test_the_same_key_writes_one_order(world: World) -> None:
    first = await commit(orders.create, order(), by=world.xiaolan, key="k1", body="a")
    again = await commit(orders.create, order(), by=world.xiaolan, key="k1", body="a")
    assert (first.replayed, again.replayed) == (False, True)
    assert await db.value("select count(*) from sales_orders") == 1
    other = await refused(orders.create, order(), by=world.xiaolan, key="k1", body="b")
    assert other.reason.code == "key_reused"


async def test_a_draft_is_edited_and_its_line_numbers_are_never_reused(world: World) -> None:
    made = await draft(world, line(), line(quantity="7"))
    new = order(line(line_no=2, quantity="8"), line(quantity="9"), due_date=date(2026, 12, 24))
    edited = (await commit(orders.edit, made.number, new, by=world.xiaolan, version=1)).value
    assert [(r["line_no"], r["quantity_q"]) for r in await lines_of(made.id)] == [
        (2, 8_000_000),
        (3, 9_000_000),
    ]
    assert (edited.version, edited.gross) == (2, 455_600)
    event = await db.one("select facts from events where name = 'sales_order.edited'")
    assert event is not None and '"Due date": ["2026-12-18", "2026-12-24"]' in event["facts"]
    stale = await refused(orders.edit, made.number, new, by=world.xiaolan, version=1)
    assert stale.reason.code == "stale"


async def test_a_confirmed_order_is_not_edited(world: World) -> None:
    made = await confirmed(world)
    found = await refused(orders.edit, made.number, order(), by=world.xiaolan)
    assert found.reason.code == "not_now"


async def test_handing_in_then_confirming_moves_the_state_once(world: World) -> None:
    made = await draft(world)
    await commit(orders.submit, made.number, by=world.xiaolan)
    assert (await refused(orders.submit, made.number, by=world.xiaolan)).reason.code == "not_now"
    done = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    assert (done.state, done.promised_date) == ("confirmed", DUE)
    assert (await refused(orders.confirm, made.number, by=world.xiaolan)).reason.code == "not_now"
    assert await events_of("sales_order", made.id) == [
        "sales_order.created", "sales_order.submitted", "sales_order.confirmed",
    ]  # fmt: skip


async def test_a_foreign_order_needs_a_rate_and_keeps_the_one_it_was_confirmed_at(world: World) -> None:
    made = await draft(world, line(unit_price="37.5"), currency="USD")
    assert (await refused(orders.confirm, made.number, by=world.xiaolan)).fields().keys() == {"rate"}
    async with db.DB.transaction():
        await rates.keep("USD", date(2026, 12, 1), rates.rate_micro("7.1234"))
        await rates.keep("USD", date(2026, 12, 9), rates.rate_micro("9"))
    done = (await commit(orders.confirm, made.number, by=world.xiaolan)).value
    head = await head_of(made.number)
    assert (head["rate_micro"], head["gross"], head["gross_cny"]) == (7_123_400, 18_750, 133_564)
    assert done.gross_cny == 133_564
    own = await draft(world, line(unit_price="37.5"), currency="USD", rate="7")
    assert (await commit(orders.confirm, own.number, by=world.xiaolan)).value.rate_micro == 7_000_000


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "10000000", "abc"])
async def test_a_rate_that_is_none_is_refused(world: World, rate: str) -> None:
    assert list(await wrong(world, currency="USD", rate=rate)) == ["rate"]


async def test_a_normal_line_without_a_price_is_not_confirmed(world: World) -> None:
    made = await draft(world, line(unit_price="", price_unit=""))
    assert (await refused(orders.confirm, made.number, by=world.xiaolan)).reason.code == "price_missing"
    sample = await draft(world, line(unit_price="", kind="sample"))
    assert (await commit(orders.confirm, sample.number, by=world.xiaolan)).value.state == "confirmed"


async def test_cancelling_a_confirmed_order_needs_a_reason_and_nothing_delivered(world: World) -> None:
    made = await confirmed(world)
    assert (await refused(orders.cancel, made.number, by=world.xiaolan)).fields().keys() == {"reason"}
    [row] = await lines_of(made.id)
    await commit(orders.deliver, {row["id"]: 1000}, DUE, by=world.xiaolan)
    assert (
        await refused(orders.cancel, made.number, "gone", by=world.xiaolan)
    ).reason.code == "delivered_already"
    await commit(orders.deliver, {row["id"]: -1000}, DUE, by=world.xiaolan)
    await commit(orders.cancel, made.number, "客户取消", by=world.xiaolan)
    assert (await head_of(made.number))["state"] == "cancelled"


async def test_everything_is_refused_for_nobody(world: World) -> None:
    made = await draft(world)
    for verb, args in (
        (orders.create, (order(),)), (orders.edit, (made.number, order())), (orders.submit, (made.number,)),
        (orders.confirm, (made.number,)), (orders.cancel, (made.number,)), (orders.close, (made.number,)),
    ):  # fmt: skip
        assert (await refused(verb, *args, by=world.nobody)).reason.code == "forbidden", verb
    with pytest.raises(Refused):
        await orders.find(made.number, world.nobody)


async def test_what_one_may_not_see_is_not_found(world: World) -> None:
    from dataclasses import replace

    made = await draft(world)
    rights = {
        "sales:order:see": "own",
        "sales:order:confirm": "all",
        "sales:order:close": "all",
        "sales:order:cancel": "all",
    }
    own = replace(world.liuyang, rights=rights)
    with pytest.raises(Refused) as caught:
        await orders.find(made.number, own)
    assert caught.value.reason.code == "not_found"
    for verb in (orders.confirm, orders.close, orders.cancel):
        assert (await refused(verb, made.number, by=own)).reason.code == "not_found"
    team = replace(world.jianguo, rights={"sales:order:see": "team"})
    with pytest.raises(Refused):
        await orders.find(made.number, team)
    await SalesOrder.update({SalesOrder.team: world.team.id}).where(SalesOrder.id == made.id)
    assert (await orders.find(made.number, team)).id == made.id


async def test_an_unknown_number_is_kindly_not_found(world: World) -> None:
    for number in ("SO1", "", "x" * 100_000, "\x00", "SO%", "单号"):
        assert (await refused(orders.confirm, number, by=world.xiaolan)).reason.code == "not_found"


async def test_amounts_agree_with_exact_arithmetic(world: World) -> None:
    made = await draft(
        world, *(line(quantity=str(q), unit_price=p) for q, p in ((3, "0.335"), (7, "1.005"), (1, "99.995")))
    )
    rows = await lines_of(made.id)
    assert [r["gross"] for r in rows] == [101, 704, 10000]
    assert sum(r["net"] + r["tax"] for r in rows) == made.gross == 10_805
    assert Decimal(made.gross) / 100 == Decimal("108.05")


async def test_a_change_tells_line_by_line_what_was_and_what_is(world: World) -> None:
    await commit(
        definitions.define,
        NewField(thing="sales_order_line", key="batch", label="炉批", kind="text"),
        by=world.admin,
    )
    parts = [
        NewSchedule(quantity="2", due_date=DUE),
        NewSchedule(quantity="3", due_date=DUE + timedelta(days=7)),
    ]
    made = await draft(world, line(custom={"batch": "H1"}), line(quantity="2"), line(quantity="9"))
    changed = (
        line(line_no=1, custom={"batch": "H2"}, schedules=parts), line(line_no=2, quantity="3", unit_price="260", kind="sample"),
        line(quantity="7"),
    )  # fmt: skip
    await commit(orders.edit, made.number, order(*changed), by=world.xiaolan)
    told = await changes_told("sales_order.edited")
    assert {name: pair for name, pair in told.items() if name.startswith("#")} == {
        "#1 · Due date": ["2026-12-18", ""],
        "#1 · Several deliveries": ["", "2026-12-18: 2; 2026-12-25: 3"],
        "#1 · 炉批": ["H1", "H2"],
        "#2 · Kind": ["Normal", "Sample"],
        "#2 · Quantity": ["2 千支", "3 千支"],
        "#2 · Unit price": ["¥268.00 / 千支", "¥260.00 / 千支"],
        "#3 · Line left out": ["FB-M10X45-88D · 9 千支 · ¥268.00 / 千支", None],
        "#4 · New line": ["", "FB-M10X45-88D · 7 千支 · ¥268.00 / 千支"],
    }
    async with browser_of(world.xiaolan) as page:
        said = (await page.get(f"/orders/{made.number}")).text
        assert "#2 · 数量" in said and "#2 · 类型" in said and "样品" in said and "#4 · 新增的行" in said
    async with browser_of(world.liuyang) as page:  # sees no prices
        said = (await page.get(f"/orders/{made.number}")).text
        assert "#2 · 数量" in said and "¥268" not in said and "¥260" not in said


async def test_of_a_great_change_the_rest_is_counted(world: World) -> None:
    made = await draft(world, *[line()] * 100)
    await commit(
        orders.edit,
        made.number,
        order(*[line(line_no=n + 1, quantity="6") for n in range(100)]),
        by=world.xiaolan,
    )
    told = await changes_told("sales_order.edited")
    assert len([name for name in told if name.startswith("#")]) == 60 and told["More changes of lines"] == [
        "",
        40,
    ]
