"""Custom fields of customers, suppliers and items: in form, page, list, filter, file, search and for programs."""

import io
import json

import openpyxl
import pytest

from app.core import db
from app.parties.masters import CUSTOMERS
from app.web import imports, masters
from app.web.imports import read_table
from tests.browse import browser_of, program_of
from tests.custom_fields.sample import VALUES, all_kinds, field
from tests.web.test_masters import BOLT, sheet
from tests.world import World

ACME = {"code": "ACME", "name": "艾克米", "level": "A", "payment_days": "30", "active": "1"}
SENT = {f"custom-{key}": value for key, value in VALUES.items()}


async def acme(client: object, **more: str) -> None:
    answer = await client.post("/customers", data=ACME | SENT | more)  # type: ignore[attr-defined]
    assert answer.status_code == 303, answer.text[:2000]


async def test_values_are_kept_shown_and_told(world: World) -> None:
    await all_kinds(world, "customer")
    async with browser_of(world.xiaolan) as client:
        await acme(client)
        page = (await client.get("/customers/ACME/edit")).text
        assert 'value="XM-2026-07"' in page and 'value="12.5"' in page and 'value="2026-12-18"' in page
        page = (await client.get("/customers/ACME")).text
        assert "膜厚" in page and "12.5 μm" in page and "特急" in page
        await client.post(
            "/customers/ACME", data=ACME | SENT | {"custom-coating_um": "13", "custom-sealed": "0"}
        )
        page = (await client.get("/customers/ACME?tab=timeline")).text
        assert "12.5" in page and "13" in page and "封样" in page
    assert await db.value("select custom from customers where code = 'ACME'") == (
        '{"audit_on": "2026-12-18", "coating_um": 13000000, "project": "XM-2026-07", "sealed": 0, "urgency": "特急"}'
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("project", "长" * 201), ("coating_um", "NaN"), ("coating_um", "1e30"), ("coating_um", "12.55"), ("coating_um", "12;"),
     ("audit_on", "2026-02-30"), ("audit_on", "9999-99-99"), ("urgency", "马上"), ("coating_um", "1" * 400)],
)  # fmt: skip
async def test_hostile_values_are_told_at_their_field_and_nothing_is_lost(
    world: World, key: str, value: str
) -> None:
    await all_kinds(world, "customer")
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/customers", data=ACME | SENT | {f"custom-{key}": value})
    assert answer.status_code == 422 and f'id="e-custom-{key}"' in answer.text and "艾克米" in answer.text
    assert await db.value("select count(*) from customers where code = 'ACME'") == 0


async def test_what_no_database_keeps_is_left_out(world: World) -> None:
    await all_kinds(world, "customer")
    async with program_of(world.xiaolan) as client:
        nul = {"project": "a\x00b\ud800", "coating_um": -3, "sealed": True}
        made = await client.post("/api/v1/customers", content=json.dumps(ACME | {"custom": nul}).encode())
        assert made.status_code == 201, made.text
        assert (
            made.json()["custom"]["project"].startswith("a")
            and "\x00" not in made.json()["custom"]["project"]
        )
        found = await client.get("/api/v1/customers?custom.project=a&custom.coating_um.to=0&custom.sealed=1")
        assert [row["code"] for row in found.json()["items"]] == ["ACME"]


async def test_what_is_required_is_asked_of_new_ones_only(world: World) -> None:
    await field(world, "customer", "project", required=True)
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/customers", data=ACME | {"custom-project": ""})
        assert answer.status_code == 422 and 'id="e-custom-project"' in answer.text
        row = await db.one("select * from customers where code = 'HENGLI'")
        assert row is not None
        old = {
            "code": "HENGLI",
            "name": row["name"],
            "payment_days": "45",
            "active": "1",
            "custom-project": "",
        }
        assert (await client.post("/customers/HENGLI", data=old)).status_code == 303
        assert (
            await client.post("/customers/HENGLI", data=old | {"custom-project": "P1"})
        ).status_code == 303
        gone = await client.post("/customers/HENGLI", data=old)
        assert gone.status_code == 422 and 'id="e-custom-project"' in gone.text


async def test_a_program_reads_and_writes_them_by_key(world: World) -> None:
    await all_kinds(world, "item")
    async with program_of(world.liuyang) as client:
        made = await client.post(
            "/api/v1/items", json=BOLT | {"custom": {"coating_um": 8.5, "sealed": True, "urgency": "Rush"}}
        )
        assert made.status_code == 201, made.text
        assert made.json()["custom"] == {
            "project": None, "coating_um": "8.5", "audit_on": None, "urgency": "特急", "sealed": True,
        }  # fmt: skip
        changed = await client.patch(
            "/api/v1/items/FB-M12X60", json={"custom": {"project": "P9", "coating_um": None}}
        )
        assert changed.json()["custom"]["project"] == "P9" and changed.json()["custom"]["coating_um"] is None
        assert changed.json()["custom"]["urgency"] == "特急"
        plain = await client.patch("/api/v1/items/FB-M12X60", json={"spec": "M12"})
        assert plain.json()["custom"]["project"] == "P9"
        for wrong, at in (({"colour": "red"}, "custom-colour"), ({"urgency": "马上"}, "custom-urgency"), ("x", "custom"),
                          ({"project": ["a"]}, "custom-project"), ({"coating_um": True}, "custom-coating_um")):  # fmt: skip
            answer = await client.patch("/api/v1/items/FB-M12X60", json={"custom": wrong})
            assert answer.status_code == 422 and at in answer.json()["fields"], answer.text


async def test_lists_show_filter_search_and_export_them(world: World) -> None:
    await all_kinds(world, "customer")
    async with browser_of(world.xiaolan) as client:
        await acme(client)
        page = (await client.get("/customers")).text
        assert "膜厚 (μm)" in page and "12.5" in page and "XM-2026-07" in page
        for asked, found in (
            ("custom.project=xm-2026", True), ("custom.project=2026", False), ("custom.urgency=特急", True), ("custom.urgency=普通", False),
            ("custom.coating_um.from=12.5&custom.coating_um.to=13", True), ("custom.coating_um.from=100", False),
            ("custom.audit_on.from=2026-12-01&custom.audit_on.to=2026-12-31", True), ("custom.audit_on.to=2026-12-01", False),
            ("custom.sealed=1", True), ("custom.sealed=0", False), ("custom.coating_um.from=nonsense", True), ("q=XM-2026-07", True),
        ):  # fmt: skip
            assert ("ACME" in (await client.get(f"/customers?columns=code&{asked}")).text) is found, asked
        file = await client.get(
            "/customers/export.xlsx?columns=code,custom.coating_um,custom.audit_on,custom.urgency&custom.sealed=1"
        )
        rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.values)  # type: ignore[union-attr]
        assert rows[0] == ("编码", "膜厚 (μm)", "审核日期", "加急程度")
        assert (
            rows[1][:2] == ("ACME", 12.5)
            and str(rows[1][2]).startswith("2026-12-18")
            and rows[1][3] == "特急"
        )


async def test_a_list_without_custom_fields_asks_for_none(world: World) -> None:
    assert await CUSTOMERS.list.whole() is CUSTOMERS.list
    await field(world, "supplier", "region")
    assert await CUSTOMERS.list.whole() is CUSTOMERS.list


async def test_a_file_brings_them_by_label_or_key(world: World) -> None:
    await all_kinds(world, "customer")
    whole = await masters.whole(CUSTOMERS, world.admin)
    good = sheet(
        ["编码", "名称", "项目号", "coating_um", "Urgency", "封样"],
        ["ACME", "艾克米", "P7", 12.5, "Rush", "是"],
    )
    made = await imports.run(whole, read_table(whole, "a.xlsx", good), False, by=world.xiaolan)
    assert made.made == ["ACME"] and not made.errors
    again = await imports.run(whole, read_table(whole, "a.xlsx", good), False, by=world.xiaolan)
    assert again.same == 1
    bad = sheet(["编码", "膜厚", "加急程度"], ["ACME", "12.55", "马上"])
    refused = await imports.run(whole, read_table(whole, "a.xlsx", bad), True, by=world.xiaolan)
    assert {(e["row"], e["field"]) for e in refused.errors} == {
        (2, "custom-coating_um"),
        (2, "custom-urgency"),
    }
    async with browser_of(world.xiaolan) as client:
        head = (await client.get("/customers/import-template.xlsx")).content
        assert "膜厚 (μm)" in next(openpyxl.load_workbook(io.BytesIO(head)).active.values)  # type: ignore[union-attr]
        file = {"file": ("a.xlsx", bad, "application/octet-stream")}
        answer = await client.post("/customers/import", files=file, data={"apply": "1"})
        assert "12.55" in answer.text or "小数" in answer.text


async def test_a_field_that_is_switched_off_keeps_its_values(world: World) -> None:
    await all_kinds(world, "customer")
    async with browser_of(world.xiaolan) as client:
        await acme(client)
        await db.rows("update custom_fields set active = {} where key = 'project'", False)
        async with browser_of(world.admin) as admin:  # a change of the house that everybody sees
            await admin.post(
                "/custom-fields",
                data={"thing": "item", "key": "x", "label": "x", "kind": "text", "active": "1"},
            )
        assert "项目号" not in (await client.get("/customers/ACME/edit")).text
        sent = {n: v for n, v in SENT.items() if n != "custom-project"}
        assert (await client.post("/customers/ACME", data=ACME | sent | {"level": "B"})).status_code == 303
    assert '"project": "XM-2026-07"' in await db.value("select custom from customers where code = 'ACME'")
