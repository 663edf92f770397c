"""Custom fields of orders and their lines: in form, page, list, file, paper, rule and for programs."""

import io
import json
from typing import Any

import openpyxl
import pytest

from app.approvals.commands import command_of
from app.approvals.tables import ApprovalRequest
from app.catalog.masters import ITEMS
from app.core import db
from app.core.db import commit
from app.delivery import notes
from app.delivery.pages.slip import slip_of
from app.delivery.queries import note_called
from app.production import work_orders
from app.production.pages.traveller import sheet_of as traveller_of
from app.sales import orders
from app.sales.facts import recent_orders
from app.sales.orders import NewLine, NewOrder
from app.sales.pages.confirmation import sheet_of
from app.web import masters
from app.web.input import Input
from tests import make
from tests.browse import browser_of, program_of
from tests.custom_fields.sample import KINDS, VALUES, all_kinds, field
from tests.world import TODAY, World

FORM = {
    "customer": "HENGLI", "due_date": "2026-12-30", "lines-0-item": "FB-M10X45-88D", "lines-0-quantity": "5", "lines-0-unit": "千件",
    "lines-0-unit_price": "268", "lines-0-price_unit": "千件",
}  # fmt: skip
HEAD = {f"custom-{key}": value for key, value in VALUES.items()}
LINE = {f"lines-0-custom-{key}": value for key, value in VALUES.items()}


async def _kept(table: str) -> dict[str, Any]:
    return json.loads(await db.value(f"select custom from {table} order by id desc limit 1"))


async def test_they_are_written_with_an_order_shown_and_changed(world: World) -> None:
    await all_kinds(world, "sales_order")
    await all_kinds(world, "sales_order_line")
    async with browser_of(world.xiaolan) as client:
        assert 'name="lines-0-custom-coating_um"' in (await client.get("/orders/new")).text
        answer = await client.post("/orders/new", data=FORM | HEAD | LINE)
        assert answer.status_code == 303, answer.text[:3000]
        kept = {
            "project": "XM-2026-07",
            "coating_um": 12_500_000,
            "audit_on": "2026-12-18",
            "urgency": "特急",
            "sealed": 1,
        }
        assert await _kept("sales_orders") == kept == await _kept("sales_order_lines")
        order = answer.headers["location"]
        page = (await client.get(order)).text
        assert page.count("12.5 μm") == 2 and page.count("XM-2026-07") == 2
        page = (await client.get(f"{order}/edit")).text
        assert page.count('value="12.5"') == 2 and page.count('<option value="特急" selected>') == 2
        changed = (
            FORM
            | HEAD
            | LINE
            | {"lines-0-line_no": "1", "custom-coating_um": "", "lines-0-custom-urgency": "普通"}
        )
        assert (await client.post(f"{order}/edit", data=changed)).status_code == 303
        told = (await client.get(order)).text
        assert "膜厚" in told and "12.5" in told
    assert (
        "coating_um" not in await _kept("sales_orders")
        and (await _kept("sales_order_lines"))["urgency"] == "普通"
    )


@pytest.mark.parametrize("at", ["custom-", "lines-0-custom-"])
@pytest.mark.parametrize(
    ("key", "value"),
    [("project", "长" * 201), ("coating_um", "NaN"), ("coating_um", "1e30"), ("audit_on", "heute"), ("urgency", "马上"), ("sealed", "2")],
)  # fmt: skip
async def test_hostile_values_are_told_at_their_field_and_nothing_is_lost(
    world: World, at: str, key: str, value: str
) -> None:
    await all_kinds(world, "sales_order")
    await all_kinds(world, "sales_order_line")
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/orders/new", data=FORM | HEAD | LINE | {f"{at}{key}": value})
    assert answer.status_code == 422 and f'id="e-{at}{key}"' in answer.text and "XM-2026-07" in answer.text
    assert await db.value("select count(*) from sales_orders") == 0


async def test_what_is_required_is_asked_in_forms_and_of_programs_but_not_of_files(world: World) -> None:
    await field(world, "sales_order", "project", required=True)
    await field(world, "sales_order_line", "urgency", required=True)
    async with browser_of(world.xiaolan) as client:
        answer = await client.post(
            "/orders/new", data=FORM | {"custom-project": "", "lines-0-custom-urgency": ""}
        )
        assert answer.status_code == 422
        assert 'id="e-custom-project"' in answer.text and 'id="e-lines-0-custom-urgency"' in answer.text
    line = NewLine(item="FB-M10X45-88D", quantity="5", unit="千件", unit_price="268", price_unit="千件")
    order = (
        await commit(
            orders.create, NewOrder(customer="HENGLI", lines=[line], due_date=TODAY), by=world.xiaolan
        )
    ).value
    async with browser_of(world.xiaolan) as client:
        old = FORM | {"lines-0-line_no": "1", "custom-project": "", "lines-0-custom-urgency": ""}
        assert (await client.post(f"/orders/{order.number}/edit", data=old)).status_code == 303


async def test_a_program_writes_reads_and_filters_them(world: World) -> None:
    await all_kinds(world, "sales_order")
    await all_kinds(world, "sales_order_line")
    line = {
        "item": "FB-M10X45-88D",
        "quantity": "5",
        "unit": "千件",
        "unit_price": "268",
        "price_unit": "千件",
    }
    new = {"customer": "HENGLI", "due_date": "2026-12-30", "lines": [line | {"custom": {"coating_um": 8}}]}
    async with program_of(world.xiaolan) as client:
        made = await client.post(
            "/api/v1/sales-orders", json=new | {"custom": {"urgency": "特急", "sealed": False}}
        )
        assert made.status_code == 201, made.text
        assert made.json()["custom"] == dict.fromkeys(KINDS) | {"urgency": "特急", "sealed": False}
        assert made.json()["lines"][0]["custom"]["coating_um"] == "8"
        listed = await client.get("/api/v1/sales-orders?custom.urgency=特急")
        assert [o["custom"]["urgency"] for o in listed.json()["items"]] == ["特急"]
        assert (await client.get("/api/v1/sales-orders?custom.urgency=普通")).json()["items"] == []
        address = f"/api/v1/sales-orders/{made.json()['number']}"
        same = await client.put(address, json=new | {"lines": [line | {"line_no": 1}]})
        assert (
            same.json()["custom"]["urgency"] == "特急"
            and same.json()["lines"][0]["custom"]["coating_um"] == "8"
        )
        for custom, at in (
            ({"colour": "red"}, "custom-colour"),
            ([], "custom"),
            ({"coating_um": "12.55"}, "custom-coating_um"),
        ):
            answer = await client.post("/api/v1/sales-orders", json=new | {"custom": custom})
            assert answer.status_code == 422 and at in answer.json()["fields"], answer.text
        wrong = new | {"lines": [line | {"custom": {"colour": "red"}}]}
        answer = await client.post("/api/v1/sales-orders", json=wrong)
        assert answer.status_code == 422 and "lines-0-custom-colour" in answer.json()["fields"]


async def test_the_list_shows_filters_finds_and_exports_them(world: World) -> None:
    await all_kinds(world, "sales_order", in_list=False)
    await all_kinds(world, "sales_order_line", searchable=True)
    async with browser_of(world.xiaolan) as client:
        await client.post("/orders/new", data=FORM | HEAD | LINE | {"lines-0-custom-project": "ZEILE-9"})
        number = await db.value("select number from sales_orders")
        assert "XM-2026-07" not in (await client.get("/orders")).text
        page = (await client.get("/orders?columns=number,custom.project,custom.coating_um")).text
        assert "XM-2026-07" in page and "12.5" in page
        for asked, found in (
            ("custom.sealed=1", 1),
            ("custom.sealed=0", 0),
            ("q=ZEILE-9", 1),
            ("custom.audit_on.from=2026-12-19", 0),
        ):
            assert (
                number in (await client.get(f"/orders?columns=number&{asked}")).text.split("<table", 1)[-1]
            ) is bool(found), asked
        file = await client.get("/orders/export.xlsx?columns=number,custom.coating_um,custom.sealed")
        rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.values)  # type: ignore[union-attr]
        assert rows[0][-2:] == ("膜厚 (μm)", "封样") and rows[1][-2:] == (12.5, "是")


async def test_a_rule_on_a_custom_field_holds_an_order_back(world: World) -> None:
    await all_kinds(world, "sales_order")
    command = await command_of("sales_order.confirm")
    assert command is not None
    urgency, sealed = command.fact("custom.urgency"), command.fact("custom.sealed")
    assert (
        urgency is not None
        and [value for value, _word in urgency.choices] == ["普通", "特急"]
        and sealed is not None
    )
    await make.approval_rule([("custom.urgency", "=", "特急"), ("custom.coating_um", ">", "10")])
    held, free = [], []
    async with browser_of(world.xiaolan) as client:
        for urgency_, um, into in (
            ("特急", "12.5", held),
            ("特急", "9", free),
            ("普通", "12", free),
            ("", "", free),
        ):
            sent = FORM | {"custom-urgency": urgency_, "custom-coating_um": um}
            into.append((await client.post("/orders/new", data=sent)).headers["location"].rsplit("/", 1)[-1])
    for number in held:
        assert isinstance((await commit(orders.confirm, number, by=world.xiaolan)).value, ApprovalRequest)
    for number in free:
        assert (await commit(orders.confirm, number, by=world.xiaolan)).value.state == "confirmed"
    assert {case.facts["custom.coating_um"] for case in await recent_orders(TODAY)} == {"9", "12", ""}


async def test_papers_carry_what_is_printed(world: World) -> None:
    await all_kinds(world, "sales_order", printed=False)
    await field(world, "sales_order", "note_to_print", label="合同号", printed=True)
    await field(world, "sales_order_line", "note_to_print", label="行备注号", printed=True)
    await field(world, "item", "plater", label="表面处理厂家", printed=True)
    await field(world, "customer", "invoice_note", label="开票抬头备注", printed=True)
    for master, code, key, value in ((ITEMS, "FB-M10X45-88D", "plater", "宏达电镀"),):
        await commit(
            masters.save, master, code, Input({"custom": {key: value}}), by=world.liuyang, partial=True
        )
    await db.rows("update customers set custom = {}", '{"invoice_note": "专票"}')
    async with browser_of(world.xiaolan) as client:
        sent = FORM | HEAD | {"custom-note_to_print": "HT-88", "lines-0-custom-note_to_print": "L-7"}
        number = (await client.post("/orders/new", data=sent)).headers["location"].rsplit("/", 1)[-1]
        sheet = await sheet_of(await orders.find(number, world.xiaolan))
        assert sheet.terms == ("合同号: HT-88", "开票抬头备注: 专票")
        assert sheet.lines[0].description.endswith("· 行备注号 L-7")
        assert (await client.get(f"/orders/{number}/confirmation.pdf")).content.startswith(b"%PDF")
    assert "宏达电镀" not in str(sheet), "who plates it is no business of the customer's"
    await commit(orders.confirm, number, by=world.xiaolan)
    note = (await commit(notes.create, number, {1: 1_000_000}, by=world.xiuying)).value
    slip = await slip_of(await note_called(note.number), "http://test")
    assert slip.terms == ("合同号: HT-88",) and slip.lines[0].description.endswith("· 行备注号 L-7")
    [work_order] = (await commit(work_orders.make_for_order, number, by=world.liuyang)).value
    card = await traveller_of(work_order, "http://test", "刘洋")
    assert card.note.endswith("表面处理厂家 宏达电镀 · 合同号 HT-88 · 行备注号 L-7")
