"""Masters are kept in one way: page, program and file go through the same verb."""

import io
import re

import pytest
import xlsxwriter

from app.catalog.masters import ITEMS
from app.core import db, house
from app.web.masters import Master
from tests.asking import asked
from tests.browse import browser_of, program_of
from tests.world import World, events_of

BOLT = {
    "code": "FB-M12X60", "name": "六角头螺栓", "spec": "M12×60 10.9 镀锌", "kind": "finished", "base_unit": "件", "unit_label": "支",
    "weight": "62.35", "usual_price": "412.5", "usual_price_unit": "千件", "active": "1",
}  # fmt: skip


def sheet(*rows: list[object]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            page.write(y, x, value)
    book.close()
    return file.getvalue()


def every_master() -> list[Master]:
    return [m for module in house.modules("masters") for m in getattr(module, "MASTERS", ())]


async def test_an_item_is_made_changed_and_told(world: World) -> None:
    async with browser_of(world.liuyang) as client:
        answer = await client.post("/items", data=BOLT)
        assert answer.status_code == 303 and answer.headers["location"] == "/items/FB-M12X60"
        row = await db.one("select * from items where code = 'FB-M12X60'")
        assert (
            row is not None and row["weight_micro"] == 62_350_000 and row["usual_price_micro"] == 412_500_000
        )
        page = await client.get("/items/FB-M12X60/edit")
        assert 'value="62.35"' in page.text
        await client.post(
            "/items/FB-M12X60",
            data={**BOLT, "weight": "62.40", "kind": "raw", "version": str(row["version"])},
        )
        page = await client.get("/items/FB-M12X60")
        assert "62.4" in page.text and "62.35" in page.text
        assert "原材料" in page.text and "成品" in page.text and "finished" not in page.text
    assert await events_of("item", row["id"]) == ["item.made", "item.changed"]


async def test_a_file_of_an_older_system_names_its_columns_its_own_way(world: World) -> None:
    file = sheet(["物料代码", "物料名称", "规格型号", "千件重量"], ["K3-1", "六角螺栓", "M8×30", 15.2])
    async with browser_of(world.liuyang) as client:
        page = await client.post("/items/import", data={"apply": "1"}, files={"file": ("K3.xlsx", file)})
        assert page.status_code == 200 and "没有导入" not in page.text
    row = await db.one("select name, spec, weight_micro from items where code = 'K3-1'")
    assert row == {"name": "六角螺栓", "spec": "M8×30", "weight_micro": 15_200_000}


async def test_a_problem_of_many_rows_is_told_once(world: World) -> None:
    rows = [[f"B-{n}", "二号库" if n else "三号库"] for n in range(40)]
    async with browser_of(world.admin) as client:
        page = await client.post(
            "/bins/import", files={"file": ("库位.xlsx", sheet(["编码", "仓库"], *rows))}
        )
        assert page.text.count("没有“二号库”") == page.text.count("没有“三号库”") == 1
        assert (
            "B3, B4, B5, B6, B7, B8 …" in page.text
            and "共 39 行" in page.text
            and "有 40 处问题" in page.text
        )


async def test_a_list_of_many_asks_no_more_than_a_list_of_one(world: World) -> None:
    async with program_of(world.liuyang) as client:
        for n in range(3):
            await client.post("/api/v1/items", json={**BOLT, "code": f"FB-{n}", "routing": [
                {"seq": 10, "name": "冷镦", "work_center": "HEAD", "run_pieces": 1000, "run_seconds": 600}
            ]}, headers={"Idempotency-Key": f"k{n}"})  # fmt: skip
        with asked() as for_one:
            one = (await client.get("/api/v1/items?q=FB-&limit=1")).json()["items"]
        with asked() as for_many:
            many = (await client.get("/api/v1/items?q=FB-&limit=9")).json()["items"]
    assert (len(one), len(many)) == (1, 4) and 1 < len(for_many) <= len(for_one)
    assert [len(item["routing"]) for item in many if item["code"] in ("FB-0", "FB-2")] == [1, 1]


async def test_a_code_in_chinese_leads_to_its_page(world: World) -> None:
    async with browser_of(world.liuyang) as client:
        answer = await client.post("/items", data={**BOLT, "code": "螺栓12"})
        assert answer.status_code == 303
        assert (await client.get(answer.headers["location"])).status_code == 200


async def test_a_stale_change_is_refused_and_what_was_typed_is_kept(world: World) -> None:
    async with browser_of(world.liuyang) as client:
        await client.post("/items", data=BOLT)
        await client.post("/items/FB-M12X60", data={**BOLT, "name": "first", "version": "1"})
        answer = await client.post("/items/FB-M12X60", data={**BOLT, "name": "second", "version": "1"})
        assert answer.status_code == 409 and 'value="second"' in answer.text
    assert await db.value("select name from items where code = 'FB-M12X60'") == "first"


@pytest.mark.parametrize(
    ("field", "value"),
    [("weight", "NaN"), ("weight", "-1"), ("usual_price", "1e30"), ("name", ""), ("name", "x" * 500), ("code", ""),
     ("per_box", "1.5"), ("usual_price_unit", "箩筐"), ("kind", "nonsense"), ("weight", "９e99")],
)  # fmt: skip
async def test_bad_input_is_told_at_its_field_and_nothing_is_saved(
    world: World, field: str, value: str
) -> None:
    async with browser_of(world.liuyang) as client:
        answer = await client.post("/items", data={**BOLT, field: value})
    assert (
        answer.status_code == 422
        and f'id="e-{field}"' in answer.text
        and 'aria-invalid="true"' in answer.text
    )
    assert await db.value("select count(*) from items where code = 'FB-M12X60'") == 0


async def test_a_routing_is_edited_with_its_item(world: World) -> None:
    async with browser_of(world.liuyang) as client:
        await client.post("/items", data=BOLT)
        steps = {"routing-count": "2", "routing-0-seq": "10", "routing-0-name": "冷镦", "routing-0-work_center": "HEAD",
                 "routing-0-run_seconds": "700", "routing-0-report_by": "weight"}  # fmt: skip
        await client.post("/items/FB-M12X60", data={**BOLT, "version": "1", **steps})
        assert (
            await db.value(
                "select count(*) from routing_operations where name = '冷镦' and run_seconds = 700"
            )
            == 1
        )
        wrong = {**steps, "routing-0-work_center": "NOWHERE"}
        answer = await client.post("/items/FB-M12X60", data={**BOLT, "version": "1", **wrong})
        assert answer.status_code == 422 and "NOWHERE" in answer.text


async def test_a_program_makes_changes_and_reads_by_code(world: World) -> None:
    async with program_of(world.liuyang) as client:
        made = await client.post("/api/v1/items", json=BOLT, headers={"Idempotency-Key": "k"})
        again = await client.post("/api/v1/items", json=BOLT, headers={"Idempotency-Key": "k"})
        assert (
            made.status_code == 201
            and again.json() == made.json()
            and again.headers["Idempotency-Replayed"] == "true"
        )
        changed = await client.patch(
            "/api/v1/items/FB-M12X60", json={"spec": "M12×60 8.8"}, headers={"If-Match": '"1"'}
        )
        assert (
            changed.status_code == 200
            and changed.json()["spec"] == "M12×60 8.8"
            and changed.json()["name"] == BOLT["name"]
        )
        stale = await client.patch("/api/v1/items/FB-M12X60", json={"spec": "x"}, headers={"If-Match": '"1"'})
        assert stale.status_code == 409
        assert (await client.get("/api/v1/items/NOPE")).status_code == 404
        listed = await client.get("/api/v1/items?q=M12")
        assert [i["code"] for i in listed.json()["items"]] == ["FB-M12X60"]
        assert len((await client.get("/api/v1/items?limit=100")).json()["items"]) > 1
        assert (await client.post("/api/v1/items", content=b"[1]")).status_code == 400


async def test_an_import_is_tried_first_told_row_by_row_and_repeatable(world: World) -> None:
    good = sheet(["编码", "名称", "规格", "kg"], ["N1", "螺母", "M10"], ["N2", "螺母", "M12"])
    bad = sheet(["编码", "名称"], ["N1", "螺母"], ["N2", ""], ["", "无码"])
    async with browser_of(world.liuyang) as client:
        tried = await client.post("/items/import", files={"file": ("items.xlsx", good)})
        assert (
            tried.status_code == 200 and await db.value("select count(*) from items where name = '螺母'") == 0
        )
        told = await client.post("/items/import", files={"file": ("items.xlsx", bad)}, data={"apply": "1"})
        assert await db.value("select count(*) from items where name = '螺母'") == 0
        assert ">B3<" in told.text and ">A4<" in told.text
        for _ in range(2):
            await client.post("/items/import", files={"file": ("items.xlsx", good)}, data={"apply": "1"})
    rows = await db.rows("select code, version from items where name = '螺母' order by code")
    assert rows == [{"code": "N1", "version": 1}, {"code": "N2", "version": 1}]


async def test_a_file_that_comes_again_asks_little_and_writes_nothing(world: World) -> None:
    file = {"file": ("items.xlsx", sheet(["编码", "名称"], *([f"N{n}", "螺母"] for n in range(20))))}
    async with browser_of(world.liuyang) as client:
        for turn in range(2):
            with asked() as statements:
                page = await client.post("/items/import", files=file, data={"apply": "1"})
            assert ("新增 20" if turn == 0 else "不变 20") in page.text
    written = [
        s
        for s in statements
        if s.lower().startswith(("insert into items", "update items", "insert into event"))
    ]
    assert written == [] and len(statements) < 20 * 3 + 20, len(statements)


async def test_heads_are_known_in_any_width_and_those_that_are_not_are_named(world: World) -> None:
    file = sheet(["编 码", "名称", "单位（件）", "颜色", ""], ["N1", "螺母", "", "黑", "x"])
    limit = sheet(["编码", "名称", "信用额度(人民币)"], ["YONGKANG", "永康机械", "30000"])
    async with browser_of(world.admin) as client:
        tried = (await client.post("/items/import", files={"file": ("items.xlsx", file)})).text
        assert "新增 1" in tried and "这些列没有导入：颜色<" in tried
        done = await client.post("/customers/import", files={"file": ("c.xlsx", limit)}, data={"apply": "1"})
        assert "没有导入" not in done.text
    assert await db.value("select credit_limit from customers where code = 'YONGKANG'") == 3_000_000


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 100, b"PK\x03\x04broken", b"<html><table><tr><td>x", b"\xd0\xcf\x11\xe0" + b"x" * 99],
)
async def test_a_hostile_import_file_is_refused_in_a_sentence(world: World, data: bytes) -> None:
    async with browser_of(world.liuyang) as client:
        answer = await client.post("/items/import", files={"file": ("items.xlsx", data)})
        assert answer.status_code == 422 and 'role="alert"' in answer.text


async def test_a_lookup_finds_by_pinyin_initials(world: World) -> None:
    async with browser_of(world.admin) as client:
        await client.post("/customers", data={"code": "YONGKANG", "name": "永康机械", "active": "1"})
        assert 'data-value="YONGKANG"' in (await client.get("/lookup/customers?q=ykjx")).text


@pytest.mark.parametrize("master", every_master(), ids=lambda m: m.resource)
async def test_every_master_shows_its_pages_and_refuses_who_may_not(world: World, master: Master) -> None:
    async with browser_of(world.admin) as client:
        for path in (
            master.path,
            f"{master.path}/new",
            f"{master.path}/import",
            f"{master.path}/import-template.xlsx",
            f"{master.path}/export.xlsx",
        ):
            assert (await client.get(path)).status_code == 200, path
    async with browser_of(world.nobody) as client:
        for path in (master.path, f"{master.path}/new", f"{master.path}/export.xlsx"):
            assert (await client.get(path)).status_code == 403, path
        assert (await client.post(master.path, data={"code": "X", "name": "X"})).status_code == 403


def test_every_master_names_its_fields_once() -> None:
    for master in every_master():
        names = [f.name for f in master.fields]
        assert len(names) == len(set(names)) and ITEMS in every_master()


async def test_a_file_in_the_words_of_the_page_is_understood_and_told_of_at_its_cells(world: World) -> None:
    lines = [
        "编码,名称,类型,库存单位,千件重,计价单位,在用",
        "T-1,螺栓,成品,件,6.5,千支,是",
        "T-1,又一个,成品,件,6.5,千件,是",
        "T-3,螺母,半成,件,约八,千件,也许",
    ]
    async with browser_of(world.admin) as client:

        async def sent(*rows: str, apply: str = "1") -> str:
            file = {"file": ("items.csv", "\n".join(rows).encode("gbk"))}
            return (await client.post("/items/import", data={"apply": apply}, files=file)).text

        page = await sent(*lines)
        for told in (
            "A3",
            "“T-1”和第 2 行重复",
            "C4",
            "“半成”不对，只能填 成品",
            "E4",
            "G4",
            "类型",
            "千件重",
        ):
            assert told in page, told
        assert ">kind<" not in page and "新增 1" in await sent(*lines[:2])
        assert "新增 0，修改 0，不变 1" in await sent(*lines[:2])
        machine = "编码,名称,工作中心,班组\nWK-1,走查机,冷镦,冷镦组".encode()
        data = {"apply": "1"}
        page = (await client.post("/machines/import", data=data, files={"file": ("m.csv", machine)})).text
        assert "新增 1" in page, "a work center is known by its name too"
    made = await db.one("select kind, usual_price_unit from items where code = 'T-1'")
    assert made == {"kind": "finished", "usual_price_unit": "千件"}


async def test_a_refused_form_comes_back_with_as_many_rows_as_it_had(world: World) -> None:
    async with browser_of(world.admin) as client:
        form = (await client.get("/items/FB-M10X45-88D/edit")).text
        sent = dict(re.findall(r'name="(routing-[^"]+)"[^>]*?value="([^"]*)"', form)) | {
            "name": "",
            "version": "1",
        }
        again = (await client.post("/items/FB-M10X45-88D", data=sent)).text
    count = re.compile(r'name="routing-count" value="(\d+)"')
    assert count.findall(again) == count.findall(form) and count.findall(form)
