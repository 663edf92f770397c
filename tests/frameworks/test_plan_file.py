"""A customer's delivery schedule as a file: it fills the plan's grid and is compared there, or says in a sentence why it cannot."""

from datetime import date
from typing import Any

import httpx

from app.core import db
from tests.browse import browser_of
from tests.frameworks.sample import FAR, FURTHER, NEAR, active, called, line, standing
from tests.intake.files.writing import rows_to_csv, rows_to_xls, rows_to_xlsx
from tests.intake.readers.test_hostile import SHEET, package
from tests.world import World

PART = "HL-25-8841"
ACROSS: list[list[Any]] = [
    ["宁波恒立 要货计划 W50", None, None, None, None],
    ["单位：千支"],
    ["物料编码", "名称", FAR, FURTHER, NEAR],
    [PART, "法兰面螺栓", 20, "2.5", "-"],
    [None, "合计", 20, 2.5, 0],
]
DOWN: list[list[Any]] = [
    ["宁波恒立工程机械有限公司 要货计划"],
    ["物料编码", "名称规格", "数量（支）", "交期"],
    [PART, "法兰面螺栓", 20000, FAR],
    [PART, "法兰面螺栓", 2500, FURTHER],
]


async def sent(world: World, of: Any, data: bytes, name: str = "要货.xlsx") -> httpx.Response:
    async with browser_of(world.xiaolan) as browser:
        return await browser.post(f"/framework-orders/{of.number}/plan/file", files={"file": (name, data)})


def cells_of(page: str) -> dict[str, str]:
    found = {}
    for piece in page.split('<input id="f-rows-')[1:]:
        name, _sep, rest = piece.partition('"')
        found[name] = rest.partition('value="')[2].partition('"')[0]
    return {name: value for name, value in found.items() if value}


GRID = {"0-c1": FAR.isoformat(), "0-c2": FURTHER.isoformat(), "1-c0": PART, "1-c1": "20", "1-c2": "2.5"}


async def test_each_layout_fills_the_grid_and_is_compared_and_nothing_is_taken(world: World) -> None:
    made = await active(world)
    text = [[c.isoformat() if isinstance(c, date) else c for c in row] for row in ACROSS]
    html = "<html><table>" + "".join(
        "<tr>" + "".join(f"<td>{'' if c is None else c}</td>" for c in row) + "</tr>" for row in text
    ) + "</table></html>"  # fmt: skip
    for name, data in {
        "a.xlsx": rows_to_xlsx(("计划", ACROSS)), "a.xls": rows_to_xls("计划", ACROSS), "gbk.csv": rows_to_csv(text, "gb18030"),
        "utf16.csv": rows_to_csv(text, "utf-16", "\t"), "html.xls": html.encode(), "rows.xlsx": rows_to_xlsx(("计划", DOWN)),
    }.items():  # fmt: skip
        answer = await sent(world, made, data, name)
        assert answer.status_code == 200, (name, answer.text[-2000:])
        assert cells_of(answer.text) == GRID, name
        assert "这份计划的变更" in answer.text and "20 千支" in answer.text, name
    assert not await db.value("select count(*) from call_off_plans")


async def test_what_the_file_says_is_laid_beside_what_stands(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"), (FURTHER, "2.5"))
    same = await sent(world, made, rows_to_xlsx(("计划", ACROSS)))
    assert "与现有要货一致" in same.text
    more = [list(row) for row in ACROSS]
    more[3][3] = 4
    page = (await sent(world, made, rows_to_xlsx(("计划", more)))).text
    assert (
        "2.5 千支" in page
        and "4 千支" in page
        and await standing(made) == [(FAR, "20", False), (FURTHER, "2.5", False)]
    )


async def test_several_rows_of_a_part_and_a_day_add_up_in_the_unit_of_the_line(world: World) -> None:
    made = await active(world, line(quantity="100", customer_item=PART))
    rows = [["料号", "数量", "单位", "交货日期"], [PART, 3000, "支", FAR], [PART, 2, "千支", FAR]]
    page = (await sent(world, made, rows_to_xlsx(("1", rows)))).text
    assert cells_of(page) == {"0-c1": FAR.isoformat(), "1-c0": PART, "1-c1": "5"}


async def test_a_part_column_without_a_heading_is_known_by_its_parts(world: World) -> None:
    made = await active(world)
    rows = [
        ["计划", None, FAR.isoformat(), FURTHER.isoformat()],
        ["1", PART, "20", "2.5千支"],
        ["2", PART, "-", "3坨"],
    ]
    answer = await sent(world, made, rows_to_xlsx(("1", rows[:2])))
    assert answer.status_code == 200 and cells_of(answer.text) == GRID
    answer = await sent(world, made, rows_to_xlsx(("1", [rows[0], rows[2]])))
    assert answer.status_code == 422 and cells_of(answer.text)["1-c1"] == "3坨", (
        "a unit nobody knows is not dropped"
    )


async def test_what_cannot_be_taken_stands_at_its_cell(world: World) -> None:
    made = await active(world)
    wrong = [list(row) for row in ACROSS]
    wrong.insert(4, ["X-9", "别人的件", 7, None, None])
    wrong[3][3] = "待核"
    answer = await sent(world, made, rows_to_xlsx(("计划", wrong)))
    assert answer.status_code == 422
    assert 'href="#f-rows-1-c2"' in answer.text and 'href="#f-rows-2-c0"' in answer.text
    assert cells_of(answer.text)["1-c2"] == "待核"


async def test_a_file_that_is_no_plan_says_why_and_what_stands_stays(world: World) -> None:
    made = await active(world)
    await called(world, made, (FAR, "20"))
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SHEET % "&b;"
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 500
    )
    wide = [
        ["料号", *[date(2027, 1, 1).replace(day=d % 28 + 1, month=m) for m in (1, 2, 3) for d in range(28)]],
        [PART, *["1"] * 84],
    ]
    for data, sentence in (
        (b"", "文件是空的"), (b"PK\x03\x04" + b"x" * (20 * 1024 * 1024), "20 MB"), (locked, "密码"),
        (package(xl__worksheets__sheet1=bomb), "没有打开"), (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "图片"),
        (rows_to_csv([["你好", "再见", "谢谢"], ["a", "b", "c"]]), "没有找到要货计划"), (rows_to_xlsx(("w", wide)), "79"),
    ):  # fmt: skip
        answer = await sent(world, made, data)
        assert answer.status_code == 422 and sentence in answer.text, (sentence, answer.text[-3000:])
        assert cells_of(answer.text)["1-c1"] == "20", "the grid is not lost"
    async with browser_of(world.xiaolan) as browser:
        none = await browser.post(f"/framework-orders/{made.number}/plan/file", data={"x": "1"})
        assert none.status_code == 422 and "请选择客户的文件" in none.text


async def test_rows_below_a_total_are_told(world: World) -> None:
    made = await active(world)
    answer = await sent(world, made, rows_to_xlsx(("计划", [*ACROSS, [PART, "法兰面螺栓", 3, 3, "-"]])))
    assert cells_of(answer.text) == GRID, "what stands above it is read"
    assert "文件里有 1 行没有进下面的表" in answer.text and "A" + str(len(ACROSS) + 1) in answer.text
    assert "没有进下面的表" not in (await sent(world, made, rows_to_xlsx(("计划", ACROSS)))).text


async def test_only_who_takes_plans_sends_one_and_only_while_it_is_in_force(world: World) -> None:
    made = await active(world)
    async with browser_of(world.liuyang) as browser:
        answer = await browser.post(
            f"/framework-orders/{made.number}/plan/file", files={"file": ("a.csv", b"a")}
        )
        assert answer.status_code == 403
