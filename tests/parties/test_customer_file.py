"""A customer's file: what is agreed, whom to talk to, where to deliver; by hand, by program and by file."""

from datetime import date
from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.pricing.tables import Price, PriceList
from app.sales import orders
from app.sales.orders import NewLine, NewOrder
from tests.browse import browser_of, program_of
from tests.web.test_masters import sheet
from tests.world import TODAY, World, events_of

AOTU: dict[str, Any] = {
    "code": "AOTU", "name": "杭州奥途", "level": "B", "currency": "CNY", "trade_term": "EXW", "tax_rate": "13",
    "credit_limit": "500000", "payment_days": "60", "terms_from": "month_end", "closing_day": "25",
    "deposit_percent": "30", "deposit_gate": "1", "over_percent": "5", "under_percent": "0", "marks": "AOTU\nC/NO. 1-UP",
    "contact": "钱工", "phone": "138", "address": "杭州一厂", "active": "1",
}  # fmt: skip


async def made(world: World, **more: Any) -> dict[str, Any]:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/customers", data={**AOTU, **more})
        assert answer.status_code == 303, answer.text
    row = await db.one("select * from customers where code = 'AOTU'")
    assert row is not None
    return row


async def test_what_is_agreed_is_kept_and_shown(world: World) -> None:
    row = await made(world)
    assert row["deposit_percent"] == 3000 and row["deposit_gate"] and row["terms_from"] == "month_end"
    assert row["credit_limit"] == 50_000_000 and row["marks"] == "AOTU\nC/NO. 1-UP"
    async with browser_of(world.xiaolan) as client:
        page = (await client.get("/customers/AOTU")).text
    assert (
        "25 日结账，当月月底后 60 天" in page
        and "30 %" in page
        and "定金未到不投产" in page
        and "+5 / −0 %" in page
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("closing_day", "32", "最大 31"), ("credit_limit", "-1", "不能小于 0"), ("currency", "XYZ", "XYZ"),
        ("over_percent", "101", "最大 100"), ("deposit_percent", "0", "定金比例"), ("deposit_percent", "130", "最大 100"),
        ("payment_days", "abc", "abc"), ("terms_from", "someday", "someday"), ("tax_rate", "1e99", "1e99"),
    ],
)  # fmt: skip
async def test_bad_input_is_told_at_its_field(world: World, field: str, value: str, said: str) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/customers", data={**AOTU, field: value})
    assert answer.status_code == 422
    at = answer.text.split(f'id="e-{field}"')[1].split("</p>")[0]
    assert said in at and "hidden" not in at.split(">")[0]
    assert await db.value("select count(*) from customers where code = 'AOTU'") == 0


async def test_another_contact_becomes_the_one_that_counts_and_the_old_one_stays(world: World) -> None:
    row = await made(world, **{"contacts-count": "1", "contacts-0-name": "孙经理", "contacts-0-phone": "139"})
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/customers/AOTU/prefer", data={"kind": "contact", "name": "孙经理"})
        assert answer.status_code == 303
    after = await db.one("select contact, phone, version from customers where code = 'AOTU'")
    assert after == {"contact": "孙经理", "phone": "139", "version": row["version"] + 1}
    others = await db.rows("select name, phone from customer_contacts where customer = {}", row["id"])
    assert others == [{"name": "钱工", "phone": "138"}]
    assert (await events_of("customer", row["id"]))[-1] == "customer.contact_preferred"


async def test_another_address_becomes_the_one_that_counts(world: World) -> None:
    row = await made(
        world, **{"addresses-count": "1", "addresses-0-name": "二厂", "addresses-0-address": "杭州二厂"}
    )
    async with browser_of(world.xiaolan) as client:
        await client.post("/customers/AOTU/prefer", data={"kind": "address", "name": "二厂"})
        again = await client.post("/customers/AOTU/prefer", data={"kind": "address", "name": "三厂"})
        assert again.status_code == 404
    assert await db.value("select address from customers where code = 'AOTU'") == "杭州二厂"
    assert (
        await db.value("select address from customer_addresses where customer = {}", row["id"]) == "杭州一厂"
    )


async def test_the_default_is_refused_to_one_without_the_right(world: World) -> None:
    await made(world, **{"contacts-count": "1", "contacts-0-name": "孙经理"})
    async with browser_of(world.nobody) as client:
        assert (
            await client.post("/customers/AOTU/prefer", data={"kind": "contact", "name": "孙经理"})
        ).status_code == 403


FILES = {
    "part_numbers": ["客户", "客户料号", "我们的料号", "图纸版本"], "contacts": ["客户", "名称", "职务", "电话"],
    "addresses": ["客户", "名称", "地址"],
}  # fmt: skip


async def imported(world: World, of: str, *rows: list[object], dry: bool = False) -> Any:
    async with program_of(world.xiaolan) as client:
        return await client.post(
            f"/api/v1/imports/customers?of={of}", data={"apply": "" if dry else "1"},
            files={"file": ("a.xlsx", sheet(FILES[of], *rows))},
        )  # fmt: skip


async def test_part_numbers_come_by_file_and_the_same_file_twice_changes_nothing(world: World) -> None:
    rows = ["HENGLI", "HL-1", "FB-M10X45-88D", "A"], ["HENGLI", "HL-25-8841", "FB-M10X45-88D", "D"]
    dry = (await imported(world, "part_numbers", *rows, dry=True)).json()
    assert (dry["created"], dry["changed"], dry["dry_run"]) == (1, 1, True)
    assert await db.value("select count(*) from customer_items") == 1
    done = (await imported(world, "part_numbers", *rows)).json()
    assert (done["created"], done["changed"], done["errors"]) == (1, 1, [])
    again = (await imported(world, "part_numbers", *rows)).json()
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)


async def test_a_wrong_row_of_a_file_is_named_and_nothing_is_kept(world: World) -> None:
    answer = await imported(
        world, "part_numbers", ["HENGLI", "HL-1", "FB-M10X45-88D", ""], ["HENGLI", "HL-2", "NOPE", ""],
        ["NOBODY", "X", "FB-M10X45-88D", ""], ["", "X", "FB-M10X45-88D", ""], ["HENGLI", "HL-1", "FB-M10X45-88D", ""],
    )  # fmt: skip
    found = {(e["row"], e["field"]) for e in answer.json()["errors"]}
    assert found == {(3, "item"), (4, "customer"), (5, "customer"), (6, "code")}
    assert await db.value("select count(*) from customer_items where code <> 'HL-25-8841'") == 0


async def test_contacts_and_addresses_come_by_file_too(world: World) -> None:
    assert (await imported(world, "contacts", ["HENGLI", "孙经理", "采购", "139"])).json()["created"] == 1
    assert (await imported(world, "addresses", ["HENGLI", "二厂", "宁波二厂"])).json()["created"] == 1
    async with browser_of(world.xiaolan) as client:
        assert "孙经理" in (await client.get("/customer-contacts?name=139")).text
        assert "宁波二厂" in (await client.get("/customer-addresses?customer=HENGLI")).text
        assert "宁波二厂" in (await client.get("/customers/HENGLI?tab=reach")).text
        page = await client.get("/customers/import?of=contacts")
        assert page.status_code == 200 and "其他联系人" in page.text
        assert (await client.get("/customers/import?of=nonsense")).status_code == 422


async def test_part_numbers_with_another_revision_than_ours_are_found(world: World) -> None:
    await imported(world, "part_numbers", ["HENGLI", "HL-OLD", "FB-M10X45-88D", "A"])
    async with browser_of(world.xiaolan) as client:
        page = (await client.get("/part-numbers?revision=differs")).text
        assert "HL-OLD" in page and "HL-25-8841" not in page
        assert (await client.get("/part-numbers/export.xlsx?revision=differs")).status_code == 200
    async with browser_of(world.nobody) as client:
        assert (await client.get("/part-numbers")).status_code == 403


async def test_the_customers_page_shows_orders_credit_and_prices_to_who_may_see_them(world: World) -> None:
    listed = PriceList(code="PL-1", name="通用 2026", valid_from=date(2026, 1, 1))
    await listed.save()
    await Price(price_list=listed.id, item=world.bolt.id, price_micro=268_000_000, price_unit="千件").save()
    line = NewLine(item="FB-M10X45-88D", quantity="10", unit="千支")
    order = (
        await commit(
            orders.create, NewOrder(customer="HENGLI", lines=[line], due_date=TODAY), by=world.xiaolan
        )
    ).value
    async with browser_of(world.xiaolan) as client:
        page = (await client.get("/customers/HENGLI")).text
        assert order.number in page and "信用额度" in page and "今天" in page
        assert "268.00" in (await client.get("/customers/HENGLI?tab=prices")).text
        assert "通用 2026" in (await client.get("/price-lists/new?customer=HENGLI&name=通用 2026")).text
    async with browser_of(world.liuyang) as client:
        assert (await client.get("/customers/HENGLI")).status_code == 403
