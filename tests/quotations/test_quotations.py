"""Writing, sending, revising, accepting and losing quotations, and how they run out."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Invalid, Refused
from app.inquiries.inquiries import Lost
from app.offers import weighed
from app.quotations import accepting, comparing, offering, quotations, similar
from app.quotations.accepting import Acceptance
from app.quotations.kind import QUOTATION
from app.quotations.states import letter
from app.sales.schedules import NewSchedule
from tasks import schedule, watch
from tests.quotations.sample import TODAY, draft, line, price_list, quotation, refused, sent
from tests.sales.sample import confirmed, lines_of
from tests.stories import thread
from tests.world import MORNING, World, changes_told, events_of


async def wrong(world: World, *lines: Any, **more: Any) -> dict[str, str]:
    """Field → code of what is wrong with a quotation; nothing of it is written."""
    found = await refused(quotations.write, quotation(*lines, **more), by=world.xiaolan)
    assert isinstance(found, Invalid)
    assert not await db.value("select count(*) from quotations")
    return {field: refusal.reason.code for field, refusal in found.refusals.items()}


async def test_a_quotation_takes_over_the_customers_terms_and_is_found_by_its_words(world: World) -> None:
    await db.rows("update customers set payment_days = 60, contact = {}, deposit_percent = 3000", "孙经理")
    made = await draft(world)
    assert (made.number, made.root, made.revision, made.state) == (
        "QT20261208-0001",
        "QT20261208-0001",
        1,
        "draft",
    )
    assert (made.gross, made.net, made.tax) == (134_000, 118_584, 15_416)
    assert (made.payment_days, made.contact, made.deposit_percent) == (60, "孙经理", 3000)
    assert (made.valid_until, made.lead_days) == (TODAY + timedelta(days=30), 15)
    words = await db.value(
        "select text from search_texts where kind = 'quotation' and subject_id = {}", made.id
    )
    assert "rfq-7" in words and "fb-m10x45-88d" in words
    assert await events_of("quotation", made.id) == ["quotation.written"]
    assert await events_of("customer", world.hengli.id) == ["quotation.written"]


async def test_the_price_list_fills_the_price_and_the_discount_is_what_is_below_it(world: World) -> None:
    await price_list(world, 300)
    by_list = await draft(world, line(unit_price="", price_unit=""))
    [row] = await offering.lines_of(by_list.id)
    assert (row["price_micro"], row["price_from"]) == (300_000_000, "PL-1")
    assert str(await weighed.discount(QUOTATION, by_list)) == "0"
    given = await draft(world, line(unit_price="270"))
    assert str(await weighed.discount(QUOTATION, given)) == "10"


async def test_what_is_wrong_is_told_at_its_field(world: World) -> None:
    assert await wrong(world, customer="NOBODY") == {"customer": "unknown"}
    assert await wrong(world, valid_until=TODAY - timedelta(days=1)) == {"valid_until": "valid_in_the_past"}
    assert await wrong(world, lead_days="1.5") == {"lead_days": "too_high"}
    assert await wrong(world, lead_days="soon") == {"lead_days": "not_a_number"}
    assert await wrong(world, line(quantity="x"), lead_days="-1") == {
        "lines-0-quantity": "not_a_number", "lead_days": "too_high",
    }  # fmt: skip
    for given in ("50", "50 = ", "a = b", "50 = 255; 50 = 240", "50 = 255, 100 = 248"):
        assert await wrong(world, breaks=[given]) == {"lines-0-breaks": "breaks_unreadable"}, given
    free = line(kind="free", unit_price="", price_unit="")
    assert await wrong(world, free, breaks=["50=1"]) == {"lines-0-breaks": "breaks_without_price"}


async def test_a_draft_is_changed_and_its_lines_keep_their_numbers(world: World) -> None:
    made = await draft(world, line(), line(quantity="10"))
    kept = quotation(line(line_no=2, quantity="12"), line(quantity="7"), lead_days="20")
    changed = (await commit(quotations.edit, made.number, kept, by=world.xiaolan, version=made.version)).value
    rows = await offering.lines_of(made.id)
    assert [(row["line_no"], row["entered"]) for row in rows] == [(2, "12"), (3, "7")]
    assert (changed.lead_days, changed.version) == (20, made.version + 1)
    stale = await refused(quotations.edit, made.number, kept, by=world.xiaolan, version=made.version)
    assert stale.reason.code == "stale"


async def test_a_change_is_told_line_by_line_with_breaks_and_deliveries(world: World) -> None:
    made = await draft(world, line(), line(quantity="10"), breaks=["50 = 255"])
    parts = [
        NewSchedule(quantity="2", due_date=date(2027, 1, 8)),
        NewSchedule(quantity="3", due_date=date(2027, 1, 15)),
    ]
    lines = (
        line(line_no=1, schedules=parts, remark="亮锌"),
        line(quantity="8", kind="sample", unit_price=""),
    )
    await commit(
        quotations.edit, made.number, quotation(*lines, lead_days="20", breaks=["50 = 250"]), by=world.xiaolan
    )
    assert await changes_told("quotation.edited") == {
        "Delivery in days": [15, 20], "Amount": ["¥4,020.00", "¥1,340.00"],
        "#1 · Several deliveries": ["", "2027-01-08: 2; 2027-01-15: 3"], "#1 · Remark": ["", "亮锌"],
        "#1 · Quantity breaks": ["50 = 255.00", "50 = 250.00"],
        "#2 · Line left out": ["FB-M10X45-88D · 10 千支 · ¥268.00 / 千支", None],
        "#3 · New line": ["", "FB-M10X45-88D · 8 千支"],
    }  # fmt: skip


async def test_what_was_sent_is_never_changed_only_revised(world: World) -> None:
    first = await sent(world, line(), line(quantity="10"))
    again = await refused(quotations.edit, first.number, quotation(), by=world.xiaolan)
    assert again.reason.code == "not_now"
    second = (await commit(quotations.revise, first.number, by=world.xiaolan)).value
    assert (second.number, second.revision, second.state) == ("QT20261208-0001-B", 2, "draft")
    assert (await quotations.find(first.number, world.xiaolan)).state == "superseded"
    assert [row["entered"] for row in await offering.lines_of(second.id)] == ["5", "10"]
    cheaper = quotation(line(line_no=1, unit_price="250"), lead_days="10")
    second = (await commit(quotations.edit, second.number, cheaper, by=world.xiaolan)).value
    told = comparing.differences(
        first.to_dict(),
        second.to_dict(),
        await offering.lines_of(first.id),
        await offering.lines_of(second.id),
    )
    assert [(d["label"], d["before"], d["after"]) for d in told] == [
        ("交货天数", "15", "10"),
        ("第 1 行 · FB-M10X45-88D · 单价", "268.00 / 千支", "250.00 / 千支"),
        ("第 2 行 · FB-M10X45-88D", "FB-M10X45-88D · 10 千支 · 268.00 / 千支", ""),
    ]
    for verb, args in ((accepting.accept, (Acceptance(),)), (quotations.revise, ())):
        no = await refused(verb, first.number, *args, by=world.xiaolan)
        assert no.reason.code in ("quotation_superseded", "not_now")
    assert no.status == 409
    named = await refused(accepting.accept, first.number, Acceptance(), by=world.xiaolan)
    assert second.number in named.sentence()


@pytest.mark.parametrize(("revision", "said"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (53, "BA")])
def test_revisions_are_lettered(revision: int, said: str) -> None:
    assert letter(revision) == said


async def test_an_accepted_quotation_is_one_order_draft_with_exactly_its_prices_and_terms(
    world: World,
) -> None:
    await db.rows("update customers set payment_days = 60, contact = {}", "孙经理")
    made = await sent(
        world, line(unit_price="0.2684", price_unit="支"), line(kind="sample", quantity="20", unit="支", unit_price="", price_unit=""),
        trade_term="EXW",
    )  # fmt: skip
    await price_list(world, 999)  # what a list says later changes nothing
    await db.rows("update customers set payment_days = 30, contact = {}, trade_term = {}", "别人", "FOB")
    taken = Acceptance(customer_order_number="PO-9", due_date=date(2027, 1, 8))
    done, number = (await commit(accepting.accept, made.number, taken, by=world.xiaolan)).value
    order = await db.one("select * from sales_orders where number = {}", number)
    assert order is not None and (order["state"], order["gross"], order["net"]) == (
        "draft",
        made.gross,
        made.net,
    )
    assert (order["payment_days"], order["contact"], order["trade_term"]) == (60, "孙经理", "EXW")
    assert (order["customer_order_number"], order["due_date"]) == ("PO-9", date(2027, 1, 8))
    assert [line["price_micro"] for line in await lines_of(order["id"])] == [268_400, 0]
    assert (done.state, done.sales_order) == ("accepted", order["id"])
    assert await events_of("sales_order", order["id"]) == ["sales_order.created", "quotation.accepted"]
    twice = await refused(accepting.accept, made.number, taken, by=world.xiaolan)
    assert twice.reason.code == "not_now" and await db.value("select count(*) from sales_orders") == 1


async def test_more_is_taken_at_the_price_of_its_break_and_a_line_may_be_left_out(world: World) -> None:
    made = await sent(world, line(), line(quantity="8"), breaks=["100 = 248; 50 = 255.5"])
    [first, _second] = await offering.lines_of(made.id)
    assert first["breaks"] == [["50", 50_000_000, 255_500_000], ["100", 100_000_000, 248_000_000]]
    taken = Acceptance(quantities={1: "60", 2: "0"})
    _done, number = (await commit(accepting.accept, made.number, taken, by=world.xiaolan)).value
    order = await db.one("select id, due_date from sales_orders where number = {}", number)
    assert order is not None and order["due_date"] == TODAY + timedelta(days=15)
    assert [(row["entered"], row["price_micro"]) for row in await lines_of(order["id"])] == [
        ("60", 255_500_000)
    ]


async def test_an_acceptance_that_cannot_be_read_makes_no_order(world: World) -> None:
    made = await sent(world)
    for quantities, at in (({9: "1"}, "quantity-9"), ({1: "many"}, "quantity-1"), ({1: "0"}, "lines")):
        no = await refused(accepting.accept, made.number, Acceptance(quantities=quantities), by=world.xiaolan)
        assert isinstance(no, Invalid) and set(no.refusals) == {at}
    assert (await quotations.find(made.number, world.xiaolan)).state == "sent"


async def test_a_quotation_runs_out_by_itself_and_cannot_be_accepted_then(world: World) -> None:
    made = await sent(world, valid_until=TODAY + timedelta(days=2))
    clock.move_to(MORNING + timedelta(days=2))
    await watch.let_run_out(clock.now())
    assert (await quotations.find(made.number, world.xiaolan)).state == "sent"
    clock.move_to(MORNING + timedelta(days=3))
    no = await refused(accepting.accept, made.number, Acceptance(), by=world.xiaolan)
    assert no.reason.code == "quotation_expired" and "2026-12-10" in no.sentence()
    assert "quotations_run_out" in [each.name for each in schedule.SCHEDULE]
    await watch.let_run_out(clock.now())
    await watch.let_run_out(clock.now())
    assert await events_of("quotation", made.id) == [
        "quotation.written",
        "quotation.sent",
        "quotation.expired",
    ]
    no = await refused(accepting.accept, made.number, Acceptance(), by=world.xiaolan)
    assert no.reason.code == "quotation_expired"
    newer = (await commit(quotations.revise, made.number, by=world.xiaolan)).value
    assert newer.valid_until == clock.today() + timedelta(days=2)


async def test_a_lost_quotation_keeps_its_reason(world: World) -> None:
    made = await sent(world)
    no = await refused(quotations.lose, made.number, Lost("because"), by=world.xiaolan)
    assert isinstance(no, Invalid) and set(no.refusals) == {"reason"}
    lost = (
        await commit(quotations.lose, made.number, Lost("price", "对手 250，含运费"), by=world.xiaolan)
    ).value
    assert (lost.state, lost.lost_reason, lost.lost_note) == ("lost", "price", "对手 250，含运费")
    assert (
        await refused(accepting.accept, made.number, Acceptance(), by=world.xiaolan)
    ).reason.code == "not_now"


async def test_who_may_not_write_or_see_is_refused(world: World) -> None:
    made = await sent(world)
    for by in (world.nobody, world.jianguo, world.liuyang):
        assert (await refused(quotations.write, quotation(), by=by)).status == 403
        for verb, args in (
            (quotations.edit, (quotation(),)), (quotations.send, ()), (quotations.revise, ()),
            (quotations.lose, (Lost("price"),)), (accepting.accept, (Acceptance(),)),
        ):  # fmt: skip
            assert (await refused(verb, made.number, *args, by=by)).status == 403
        with pytest.raises(Refused):
            await quotations.find(made.number, by)
    boss = (await commit(quotations.write, quotation(), by=world.chenzong)).value
    assert boss.state == "draft"


async def test_what_somebody_may_not_see_of_others_is_not_found(world: World) -> None:
    made = await draft(world)
    own = type(world.chenzong)(
        **{**vars(world.chenzong), "rights": {**world.chenzong.rights, "quotations:quotation:see": "own"}}
    )
    with pytest.raises(Refused) as caught:
        await quotations.find(made.number, own)
    assert caught.value.status == 404
    assert (await refused(quotations.send, made.number, by=own)).status == 404


async def test_what_an_item_was_sold_and_offered_for_stands_beside_it(world: World) -> None:
    order = await confirmed(world, line(unit_price="260"))
    lost = await sent(world, line(unit_price="280"))
    await commit(quotations.lose, lost.number, Lost("price"), by=world.xiaolan)
    await draft(world)  # nobody was offered this yet
    await thread.ordered(world, price="1")  # nor has anybody confirmed this
    rows = await similar.of_item(world.bolt.id, world.hengli.id, world.xiaolan)
    assert {(row["number"], row["price_micro"]) for row in rows} == {
        (order.number, 260_000_000), (lost.number, 280_000_000),
    }  # fmt: skip
    assert await similar.of_item(world.bolt.id, 0, world.jianguo) == []
