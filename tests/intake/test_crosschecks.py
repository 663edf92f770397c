"""What contradicts what the house knows is shown at the field, with the reason; what is proposed says how sure and why."""

from typing import Any

import pytest

from app.core.words import speaking
from app.intake.proposal import Proposal
from app.intake.proposing import propose
from app.intake.readers import read
from app.intake.records import Record, record_of
from app.intake.specs import likeness, spec_of
from app.pricing.tables import Price, PriceList
from tests import make
from tests.intake.files.writing import rows_to_xlsx
from tests.stories import thread
from tests.world import TODAY, World

HEAD = ["物料编码", "名称规格", "数量", "单位", "单价", "计价单位", "金额", "交期"]
LINE = ["HL-25-8841", "六角法兰面螺栓", 120, "千支", 268, "千支", 32160, "2026-12-28"]


def record(*lines: list[Any], top: list[Any] | None = None, bottom: list[list[Any]] | None = None) -> Record:
    rows = [top or ["订单号：PO-1", "客户：宁波恒立"], HEAD, *lines, *(bottom or [])]
    reading = read("o.xlsx", rows_to_xlsx(("订单", rows)))
    return record_of(reading, reading.orders[0])


def line(**changed: Any) -> list[Any]:
    names = ("code", "name", "quantity", "unit", "price", "per", "amount", "due")
    return [changed.get(name, value) for name, value in zip(names, LINE, strict=True)]


async def test_a_unit_that_is_missing_is_asked_once_at_the_unit(world: World) -> None:
    silent, strange = line(unit=None, per=None, amount=None), line(quantity="10 坨", unit=None, amount=None)
    found = doubts(await propose(record(silent, strange)))
    assert "0-quantity" not in found and "1-quantity" not in found
    assert found["0-unit"] == "“120” has no unit: 支 and 千支 are a thousandfold apart"
    assert found["1-unit"] == "The unit “10 坨” is not known"


async def test_a_customer_whom_the_source_calls_otherwise_is_asked_about(world: World) -> None:
    stranger = record(line(), top=["订单号：PO-1", "客户：某某五金有限公司"])
    proposal = await propose(stranger)
    assert proposal.head["customer"].value == "HENGLI"
    assert "某某五金有限公司" in doubts(proposal)["customer"]
    assert "customer" not in doubts(await propose(record(line())))


def doubts(proposal: Proposal) -> dict[str, str]:
    """Field → why, for everything doubtful."""
    with speaking("en"):
        found = {name: "; ".join(map(str, c.why)) for name, c in proposal.head.items() if c.doubtful}
        for i, each in enumerate(proposal.lines):
            found |= {f"{i}-{name}": "; ".join(map(str, c.why)) for name, c in each.items() if c.doubtful}
        return found


async def test_nothing_is_asked_about_an_order_that_fits(world: World) -> None:
    assert doubts(await propose(record(line()))) == {}


async def test_a_price_three_times_off_is_shown_at_the_price(world: World) -> None:
    found = doubts(await propose(record(line(price=2680, amount=321600))))
    assert found == {"0-unit_price": "The usual price is 268.00 per 千支; this one is 10× of it"}
    found = doubts(await propose(record(line(price=268, per="支", amount=None))))
    assert found == {"0-unit_price": "The usual price is 268.00 per 千支; this one is 1,000× of it"}
    assert doubts(await propose(record(line(price=700, amount=84000)))) == {}


async def test_what_the_customer_paid_last_goes_before_the_items_own_price(world: World) -> None:
    await thread.confirmed(world, price="20")
    found = doubts(await propose(record(line())))
    assert found["0-unit_price"].startswith("The usual price is 20.00 per 千支")


async def test_the_price_list_fills_a_price_left_out_and_judges_one_that_is_written(world: World) -> None:
    listed = PriceList(code="PL-1", name="恒立 2026", customer=world.hengli.id, valid_from=TODAY)
    await listed.save()
    await Price(price_list=listed.id, item=world.bolt.id, price_micro=40_000_000, price_unit="千件").save()
    proposal = await propose(record(line(price=None, per=None, amount=None)))
    price = proposal.lines[0]["unit_price"]
    assert (price.value, proposal.lines[0]["price_unit"].value, price.doubtful) == ("40.00", "千件", False)
    with speaking("en"):
        assert str(price.note) == "From the price list 恒立 2026"
    assert "0-unit_price" in doubts(await propose(record(line())))


async def test_a_price_left_out_without_a_list_is_the_usual_one_and_is_asked(world: World) -> None:
    proposal = await propose(record(line(price=None, per=None, amount=None)))
    assert proposal.lines[0]["unit_price"].value == "268.00"
    assert doubts(proposal) == {"0-unit_price": "The file names no price; this is the usual one"}


async def test_a_quantity_far_from_the_usual_is_shown_at_the_quantity(world: World) -> None:
    for _ in range(2):
        await thread.confirmed(world)
    usual = doubts(await propose(record(line(quantity=12000, amount=3216000))))
    assert usual["0-quantity"].startswith("This customer usually orders")
    assert doubts(await propose(record(line(quantity=60, amount=16080)))) == {}


async def test_arithmetic_is_shown_at_the_fields_it_is_about(world: World) -> None:
    found = doubts(await propose(record(line(amount=32610))))
    assert set(found) == {"0-quantity", "0-unit_price"} and "32,160" in found["0-quantity"]
    total = ["合计", None, 120, None, None, None, 32610]
    proposal = await propose(record(line(), bottom=[total, ["大写：叁万贰仟陆佰壹拾元整"]]))
    assert [p["code"] for p in proposal.problems] == ["TOTAL_DIFFERS"] and proposal.doubts == 1
    words = await propose(
        record(line(), bottom=[["合计", None, 120, None, None, None, 32160], ["大写：叁万贰仟陆佰壹拾元整"]])
    )
    assert [p["code"] for p in words.problems] == ["WORDS_DIFFER"]


async def test_past_days_unknown_currencies_and_units_are_shown_at_their_fields(world: World) -> None:
    found = doubts(await propose(record(line(due="2026-11-01"))))
    assert found == {
        "due_date": "This day is past; ask the customer",
        "0-due_date": "This day is past; ask the customer",
    }
    rouble = doubts(await propose(record(line(), top=["订单号：PO-1", "客户：宁波恒立", "币种", "卢布"])))
    assert "卢布" in rouble["currency"]
    taiwan = doubts(await propose(record(line(), top=["订单号：PO-1", "客户：宁波恒立", "币种", "新台币"])))
    assert taiwan == {"currency": "Orders in TWD are not kept here"}
    unit = doubts(await propose(record(line(unit="M", amount=None))))
    assert "“M” is not known" in unit["0-unit"] and "0-item" not in unit


async def test_a_part_number_of_another_customer_names_that_customer(world: World) -> None:
    other = await make.customer("OTHER", "杭州别家有限公司", short_name="别家")
    await make.customer_item(other.id, "BJ-1", world.bolt.id)
    found = doubts(await propose(record(line(code="BJ-1", name="螺栓"))))
    assert found["0-customer_item"] == "BJ-1 is a part number of 杭州别家有限公司" and "0-item" in found


async def test_a_part_number_is_found_among_the_words_of_a_chat(world: World) -> None:
    chat = "客户：宁波恒立\n1. HL-25-8841 法兰螺栓 5千支 268元/千支 12月20日交"
    reading = read("x.txt", chat.encode(), received=TODAY)
    proposal = await propose(record_of(reading, reading.orders[0]))
    item, theirs = (proposal.lines[0][name] for name in ("item", "customer_item"))
    assert (item.value, item.doubtful, theirs.value) == (world.bolt.code, False, "HL-25-8841")


async def test_a_missing_order_number_is_asked_at_the_order_number_alone(world: World) -> None:
    chat = "客户：宁波恒立\n1. HL-25-8841 法兰螺栓 5千支 268元/千支 12月20日交"
    reading = read("x.txt", chat.encode(), received=TODAY)
    found = doubts(await propose(record_of(reading, reading.orders[0])))
    assert found["customer_order_number"] == "The file does not say the customer's order number"
    assert not [name for name, why in found.items() if "number" in why and name != "customer_order_number"]


@pytest.mark.parametrize(
    "said",
    ["六角法兰面螺栓 M10×45 8.8 达克罗", "M10*45 法兰面螺栓 8.8级 达克罗", "8.8 m10x45 Dacromet hex flange bolt",
     "法兰螺栓 M10X45 达克罗 8.8", "法兰螺栓 M10×1.5×45 8.8 达克罗", "法兰螺栓 M10-45 8.8级,达克洛"],
)  # fmt: skip
def test_a_specification_is_read_in_any_order_and_spelling(said: str) -> None:
    ours = spec_of("六角法兰面螺栓 M10×45 8.8 达克罗")
    assert (ours.size, ours.grade, ours.finish, ours.shape) == (("10", "45"), "8.8", "达克罗", "法兰螺栓")
    assert likeness(spec_of(said), ours) == 95


@pytest.mark.parametrize(
    "other",
    ["M10×50 8.8 达克罗", "M10×45 10.9 达克罗", "M10×45 8.8 镀锌", "M10×45 8.8 达克罗 螺母", "M12×45"],
)
def test_a_specification_that_contradicts_is_no_proposal(other: str) -> None:
    assert likeness(spec_of(other), spec_of("六角法兰面螺栓 M10×45 8.8 达克罗")) == 0


@pytest.mark.parametrize(
    ("said", "ours"),
    [("六角螺母 M10 8级 镀锌", "尼龙自锁螺母 M10 8 级 镀锌"), ("六角螺母 M10 8级 镀锌", "法兰面螺母 M10 8 级 镀锌"),
     ("吊环螺母 M10 8级", "六角螺母 M10 8 级"), ("M10×45 8.8 螺栓", "T型螺栓 M10×45 8.8")],
)  # fmt: skip
def test_a_shape_of_its_own_is_proposed_but_never_sure(said: str, ours: str) -> None:
    assert 0 < likeness(spec_of(said), spec_of(ours)) < 90


@pytest.mark.parametrize(
    "said", ["镀锌外六角螺栓 M10×45 8.8", "高强度螺栓 M10×45 8.8级 镀锌", "M10×45 8.8 镀锌 螺栓"]
)
def test_words_that_make_no_other_shape_do_not_count(said: str) -> None:
    assert likeness(spec_of(said), spec_of("六角头螺栓 M10×45 8.8 镀锌")) == 95


async def test_an_item_is_proposed_with_how_sure_and_why(world: World) -> None:
    full = await propose(record(line(code=None, name="法兰面螺栓 m10x45 8.8级 Dacromet")))
    with speaking("en"):
        assert [(c.code, c.sure, str(c.why)) for c in full.lines[0]["item"].choices] == [
            ("FB-M10X45-88D", 95, "The specification says M10×45 8.8 达克罗 法兰螺栓")]  # fmt: skip
    assert not full.lines[0]["item"].doubtful
    await make.item("FB-M10X45-109", spec="M10×45 10.9 达克罗")
    open_ = (await propose(record(line(code=None, name="螺栓 M10*45 达克罗")))).lines[0]["item"]
    assert open_.doubtful and {c.code for c in open_.choices} == {"FB-M10X45-88D", "FB-M10X45-109"}
    order = await thread.confirmed(world)
    before = (await propose(record(line(code=None, name="螺栓 M10*45 达克罗")))).lines[0]["item"]
    assert before.value == "FB-M10X45-88D" and order.number in str(before.choices[0].why)
