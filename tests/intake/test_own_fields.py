"""Custom fields of orders and their lines come in by the standard file, the fast grid and any file under their labels."""

import io
import json
from typing import Any

import python_calamine as calamine

from app.core import db
from app.intake import inbound
from app.intake.proposing import propose
from tests.browse import browser_of, program_of
from tests.custom_fields.sample import field
from tests.intake.files.writing import rows_to_xlsx
from tests.intake.test_inbound import accept
from tests.world import World

HEADS = ["物料编码", "名称规格", "数量", "单位", "单价", "计价单位", "交期", "炉批", "镀层", "项目"]


async def defined(world: World) -> None:
    await field(world, "sales_order", "project", label="项目", label_en="Project")
    await field(world, "sales_order_line", "batch", label="炉批", label_en="Batch")
    await field(
        world,
        "sales_order_line",
        "coating",
        label="镀层",
        kind="choice",
        options=(("镀锌", "zinc"), ("达克罗", "")),
    )


def file(*rows: list[Any]) -> bytes:
    line = ["HL-25-8841", "螺栓 M10×45", 5, "千支", 268, "千支", "2027-01-08"]
    return rows_to_xlsx(
        ("订单", [["订单号：C-1", "需方：宁波恒立工程机械有限公司"], HEADS, *([*line, *row] for row in rows)])
    )


async def taken(client: Any, data: bytes) -> str:
    answer = await client.post("/intake", files={"file": ("c.xlsx", data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rpartition("/")[2]


async def kept() -> tuple[Any, list[Any]]:
    lines = await db.rows("select custom from sales_order_lines order by line_no")
    return json.loads(await db.value("select custom from sales_orders")), [
        json.loads(row["custom"]) for row in lines
    ]


async def test_a_file_brings_them_under_their_labels(world: World) -> None:
    await defined(world)
    async with browser_of(world.xiaolan) as client:
        number = await taken(client, file(["H1", "zinc", "军品"], ["H2", "", ""]))
        row = await inbound.find(number, world.xiaolan)
        assert row.doubts == 0
        page = (await client.get(f"/intake/{number}")).text
        assert (
            'name="custom-project"' in page and 'name="lines-1-custom-batch"' in page and 'value="H2"' in page
        )
        proposal = await propose(inbound.reading_of(row), row.customer)
        form = proposal.values() | {"version": str(row.version)}
        assert (await client.post(f"/intake/{number}/accept", data=form)).status_code == 303
    assert await kept() == ({"project": "军品"}, [{"batch": "H1", "coating": "镀锌"}, {"batch": "H2"}])


async def test_those_of_the_order_stand_in_its_header_under_their_labels(world: World) -> None:
    await defined(world)
    await field(world, "sales_order", "loading", label="装柜日", kind="day")
    await field(world, "sales_order", "tons", label="合同吨位", kind="number", decimals=2)
    top = [
        ["订单号：C-1", "需方：宁波恒立工程机械有限公司  项目：军品  电话：0574-1"],
        ["合同吨位", 1.25, "Loading"],
    ]
    line = ["HL-25-8841", "螺栓 M10×45", 5, "千支", 268, "千支", "2027-01-08", "H1", "zinc"]
    data = rows_to_xlsx(("订单", [*top, HEADS[:-1], line, ["装柜日：2026年12月18日"]]))
    async with browser_of(world.xiaolan) as client:
        row = await inbound.find(await taken(client, data), world.xiaolan)
        proposal = await propose(inbound.reading_of(row), row.customer)
    said = {name: cell.value for name, cell in proposal.head.items() if name.startswith("custom-")}
    assert said == {"custom-project": "军品", "custom-loading": "2026-12-18", "custom-tons": "1.25"}
    assert proposal.doubts == 0


async def test_what_a_field_cannot_hold_is_asked_about_at_it(world: World) -> None:
    await defined(world)
    async with browser_of(world.xiaolan) as client:
        number = await taken(client, file(["H1", "镀铬", ""]))
        page = (await client.get(f"/intake/{number}")).text
        assert "镀铬" in page and "镀锌、达克罗" in page
    assert await db.value("select doubts from inbound_orders") == 1


async def test_what_must_be_filled_in_is_asked_where_the_file_does_not_say_it(world: World) -> None:
    await field(world, "sales_order", "project", label="项目", required=True)
    await field(world, "sales_order_line", "batch", label="炉批", required=True)
    async with browser_of(world.xiaolan) as client:
        number = await taken(client, file(["H1", "", ""], ["", "", ""]))
        assert await db.value("select doubts from inbound_orders") == 2
        address = f"/intake/{number}"
        page = (await client.get(address)).text
        for name in ("custom-project", "lines-1-custom-batch"):
            at = page[page.index(f'id="f-{name}"') :].split("</div>")[0]
            assert "文件里没有写" in at and 'aria-invalid="true"' in at, "Tab stops there"
        half = await accept(client, address, **{"lines-1-custom-batch": "H7", "remark": "急"})
        assert (
            half.status_code == 422 and 'href="#f-custom-project"' in half.text and 'value="H7"' in half.text
        )
        made = await accept(client, address, **{"custom-project": "军品", "lines-1-custom-batch": "H7"})
        assert made.status_code == 303, made.text
        assert "文件里没有写" not in (await client.get(address)).text, "nothing is asked any more"
    assert await kept() == ({"project": "军品"}, [{"batch": "H1"}, {"batch": "H7"}])


async def test_a_program_is_told_what_must_be_filled_in(world: World) -> None:
    await field(world, "sales_order", "project", label="项目", required=True)
    async with program_of(world.xiaolan) as api:
        sent = (
            await api.post("/api/v1/inbound-orders", files={"file": ("c.xlsx", file(["", "", ""]))})
        ).json()
        assert sent["header"]["custom-project"]["doubtful"] and sent["doubts"] == 1
        refused = await api.post(f"/api/v1/inbound-orders/{sent['id']}/accept", json={})
        assert refused.status_code == 422 and set(refused.json()["fields"]) == {"custom-project"}
        done = await api.post(
            f"/api/v1/inbound-orders/{sent['id']}/accept", json={"custom": {"project": "民品"}}
        )
        assert done.status_code == 201, done.text
    assert (await kept())[0] == {"project": "民品"}


async def test_the_template_and_the_grid_have_them(world: World) -> None:
    await defined(world)
    async with browser_of(world.xiaolan) as client:
        book = calamine.load_workbook(io.BytesIO((await client.get("/intake/template.xlsx")).content))
        assert {"项目", "炉批", "镀层"} <= set(book.get_sheet_by_index(0).to_python()[0])
        assert 'name="rows-0-order-custom-project"' in (await client.get("/intake/grid")).text
        row = {
            "customer_name": "宁波恒立", "customer_order_number": "G-1", "customer_item": "HL-25-8841", "quantity": "5", "unit": "千支",
            "unit_price": "268", "price_unit": "千支", "due_date": "2027-01-08", "order-custom-project": "民品", "custom-batch": "H9",
        }  # fmt: skip
        done = await client.post(
            "/intake/grid", data={f"rows-0-{name}": value for name, value in row.items()}
        )
        assert done.status_code == 303
        made = await client.post("/intake/clear", data={})
        assert made.status_code == 200
    assert await kept() == ({"project": "民品"}, [{"batch": "H9"}])


async def test_a_programs_file_brings_them_too(world: World) -> None:
    await defined(world)
    async with program_of(world.xiaolan) as api:
        sent = (
            await api.post("/api/v1/inbound-orders", files={"file": ("c.xlsx", file(["H1", "", "军品"]))})
        ).json()
        assert (
            sent["header"]["custom-project"]["value"] == "军品"
            and sent["lines"][0]["custom-batch"]["value"] == "H1"
        )
        assert (await api.post(f"/api/v1/inbound-orders/{sent['id']}/accept", json={})).status_code == 201
    assert (await kept())[0] == {"project": "军品"}


async def test_a_field_that_is_called_like_a_usual_column_hides_none(world: World) -> None:
    await field(world, "sales_order_line", "amount_said", label="数量")
    async with browser_of(world.xiaolan) as client:
        await taken(client, file(["", "", ""]))
    assert await db.value("select doubts from inbound_orders") == 0


async def test_a_program_sends_them_as_an_object_with_errors_at_the_field(world: World) -> None:
    await defined(world)
    line = {
        "customer_item": "HL-25-8841",
        "quantity": "5",
        "unit": "千支",
        "unit_price": "268",
        "price_unit": "千支",
    }
    body = {"customer": "HENGLI", "customer_order_number": "J-2", "due_date": "2026-12-30"}
    async with program_of(world.xiaolan) as api:
        wrong = await api.post(
            "/api/v1/inbound-orders",
            json={
                **body,
                "custom": {"projekt": "x"},
                "lines": [{**line, "custom": {"coating": "镀铬"}}, {**line, "custom": "H1"}],
            },
        )
        assert wrong.status_code == 422
        assert set(wrong.json()["fields"]) == {"custom-projekt", "lines-0-custom-coating", "lines-1-custom"}
        assert not await db.value("select count(*) from inbound_orders")
        sent = await api.post(
            "/api/v1/inbound-orders",
            json={
                **body,
                "custom": {"project": "军品"},
                "lines": [{**line, "custom": {"batch": "H1", "coating": "zinc"}}],
            },
        )
        assert sent.status_code == 201, sent.text
        told = sent.json()
        assert told["header"]["custom-project"]["value"] == "军品" and not told["doubts"]
        done = await api.post(f"/api/v1/inbound-orders/{told['id']}/accept", json={})
        assert done.status_code == 201, done.text
        assert await kept() == ({"project": "军品"}, [{"batch": "H1", "coating": "镀锌"}])
