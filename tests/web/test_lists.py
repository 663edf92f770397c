"""What every list does: its columns are chosen and kept, with its views, and its file follows what is shown."""

import io
import re
from datetime import date, datetime

import openpyxl
import pytest

from app.config import settings
from app.core import grams, house, search
from app.core.conditions import Condition
from app.core.words import N_
from app.web.columns import KINDS, Column, chosen
from app.web.filters import from_day, until_day
from app.web.lists import ListPage
from app.web.masters import Master
from app.web.pages import FOUND
from app.web.rows import drawn
from tests.browse import browser_of
from tests.sales.sample import draft
from tests.world import World

CHOSEN = {"list": "sales_orders", "path": "/orders"}


def heads(page: str) -> list[str]:
    """The heads of the list's table."""
    table = page[page.index("<thead>") : page.index("</thead>")]
    return [re.sub("<.*?>", "", head).strip() for head in re.findall(r"<th scope.*?</th>", table, re.S)]


def every_list() -> list[ListPage]:
    found = [each for _module, each in house.instances("lists", ListPage)]
    return [*found, *(master.list for _module, master in house.instances("masters", Master))]


def test_every_column_is_chosen_by_its_own_name() -> None:
    for page in every_list():
        keys = [column.key for column in page.columns]
        assert len(set(keys)) == len(keys), page.name
        assert all(re.fullmatch(r"[a-z0-9_.]+", key) for key in keys), page.name
        assert {column.kind for column in page.columns} <= set(KINDS), page.name
        assert len(",".join(keys)) <= 300, page.name


def test_an_empty_list_says_where_its_rows_come_from() -> None:
    silent = [page.name for page in every_list()
              if not page.nothing and not any(action.get("look") == "pri" for action in page.actions)]  # fmt: skip
    assert set(silent) == {"audit", "badges"}, "a house has people and a history from its first minute"


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("", "ab"), ("b,a", "ba"), ("c", "c"), ("b,b,nonsense", "b"), ("nonsense", "ab"), ("," * 90, "ab")],
)
def test_columns_stand_as_they_are_named(wanted: str, shown: str) -> None:
    columns = (Column("a", N_("Order")), Column("b", N_("Order")), Column("c", N_("Order"), shown=False))
    assert "".join(column.key for column in chosen(columns, wanted)) == shown


def test_a_row_leads_on_whatever_is_shown_of_it() -> None:
    row = {"a": "<b>", "n": None}
    assert '<a class="b6" href="/x?&amp;">&lt;b&gt;</a>' in drawn(
        [Column("a", N_("Order"))], [row], lambda row: "/x?&"
    )
    assert "—" in drawn([Column("n", N_("Order"))], [row], lambda row: "/x")


async def test_the_chosen_columns_stay_until_they_are_given_back(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        usual = heads((await browser.get("/orders")).text)
        answer = await browser.post(
            "/columns", data={**CHOSEN, "query": "state=draft&after=x", "column[]": ["due_date", "number"]}
        )
        assert (answer.status_code, answer.headers["location"]) == (303, "/orders?state=draft")
        assert heads((await browser.get("/orders")).text) == ["交期", "订单"]
        assert heads((await browser.get("/orders?columns=pill")).text) == ["状态"]
        async with browser_of(world.liuyang) as other:
            assert len(heads((await other.get("/orders")).text)) > 2
        await browser.post("/columns", data={**CHOSEN, "reset": "1", "column[]": ["due_date"]})
        assert heads((await browser.get("/orders")).text) == usual


async def test_a_view_keeps_its_own_columns_and_changes_them_in_its_place(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        saved = await browser.post(
            "/views", data={**CHOSEN, "name": "草稿", "query": "state=draft&state=late", "with_columns": "number,pill"}
        )  # fmt: skip
        there = saved.headers["location"]
        page = (await browser.get(there)).text
        assert heads(page) == ["订单", "状态"]
        assert re.search(r'aria-current="true">草稿', page)
        moved = (await browser.post(
            "/columns", data={**CHOSEN, "query": there.partition("?")[2], "column[]": ["pill"]}
        )).headers["location"]  # fmt: skip
        assert moved != there and heads((await browser.get(moved)).text) == ["状态"]
        assert re.search(r'aria-current="true">草稿', (await browser.get(moved)).text)
        assert len(heads((await browser.get("/orders")).text)) > 2, "the list itself stays as it was"
        drop = re.search(r'action="(/views/\d+/drop)"', (await browser.get(moved)).text)
        assert drop is not None
        async with browser_of(world.liuyang) as other:
            assert (await other.post(drop[1], data=CHOSEN)).status_code == 404
        assert (await browser.post(drop[1], data=CHOSEN)).status_code == 303
        assert "草稿</a>" not in (await browser.get("/orders?columns=number")).text


async def test_the_file_has_the_columns_that_are_shown(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        await browser.post("/columns", data={**CHOSEN, "column[]": ["line_count", "number"]})
        file = (await browser.get("/orders/export.xlsx")).content
        sheet = openpyxl.load_workbook(io.BytesIO(file)).active
        assert sheet is not None
        assert [c.value for c in sheet[1]] == ["行数", "订单", "客户单号"]
        other = (await browser.get("/orders/export.xlsx?columns=gross")).content
        assert [c.value for c in openpyxl.load_workbook(io.BytesIO(other)).active[1]] == [
            "金额",
            "币种",
            "人民币金额",
        ]  # type: ignore[index]


async def test_a_quantity_in_a_file_is_a_number_beside_its_unit(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        file = (await browser.get("/orders/export.xlsx?columns=quantity,due_date")).content
    head, row = openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert head == ("数量", "单位", "折合", "交期", "剩余天数")
    assert row[:2] == (5, "千支") and isinstance(row[3], datetime)


async def test_who_may_not_see_prices_cannot_choose_them(world: World) -> None:
    await draft(world)
    async with browser_of(world.liuyang) as browser:
        page = (await browser.get("/orders?columns=gross,number")).text
        assert heads(page) == ["订单"] and "¥1,340.00" not in page
        assert 'value="gross"' not in page, "nor is it offered"


async def test_every_list_can_be_searched(world: World) -> None:
    """Its own names in SQL never meet those of the search."""
    for page in every_list():
        if page.search_kind:
            await page.listing.page(words=search.Words(page.search_kind, page.id_column, ("螺栓", "m10")))


async def test_pages_are_turned_with_every_value_of_a_filter(world: World) -> None:
    for _n in range(52):
        await draft(world)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/orders?state=draft&state=late&q=HL")).text
        there = re.search(r'rel="next" href="([^"]+)"', page)
        assert there is not None and there[1].count("state=") == 2
        second = await browser.get(there[1].replace("&amp;", "&"))
        assert second.status_code == 200 and second.text.count("<tr data-href") == 2


async def test_a_view_of_ones_own_is_called_something_else(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        for name, query in (("草稿", "state=draft"), ("逾期单", "state=late")):
            saved = await browser.post("/views", data={**CHOSEN, "name": name, "query": query})
        there = "/orders?state=draft"
        rename = re.search(r'action="(/views/\d+/rename)"', (await browser.get(there)).text)
        assert rename is not None and "rename" not in (await browser.get("/orders?state=submitted")).text
        sent = {**CHOSEN, "query": "state=draft"}
        for wrong in ("", "逾期单", "长" * 41):
            assert (await browser.post(rename[1], data={**sent, "name": wrong})).status_code == 422, wrong
        async with browser_of(world.liuyang) as other:
            assert (await other.post(rename[1], data={**sent, "name": "我的"})).status_code == 404
        done = await browser.post(rename[1], data={**sent, "name": "还没交的"})
        assert (done.status_code, done.headers["location"]) == (303, there) and saved.status_code == 303
        page = (await browser.get(there)).text
        assert (
            "还没交的</a>" in page
            and "草稿</a>" not in re.search(r'<nav class="views".*?</nav>', page, re.S)[0]
        )  # type: ignore[index]


async def test_what_was_searched_and_sorted_by_stands_there_again(world: World) -> None:
    await draft(world)
    async with browser_of(world.xiaolan) as browser:
        page = (await browser.get("/orders?q=恒立&sort=due_date")).text
        assert 'name="q" value="恒立"' in page and 'name="sort" value="due_date"' in page
        assert 'name="q" value="恒"' in (await browser.get("/orders?q=恒&q=立")).text


def test_no_two_kinds_of_things_share_the_grams_they_are_found_by() -> None:
    lists = [page for _module, page in house.instances("lists", ListPage)]
    kinds = {page.search_kind for page in lists if page.search_kind} | set(FOUND)
    assert len({grams.initials(kind) for kind in kinds}) == len(kinds) > 10


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [("2026-12-08", "2026-12-08", "2026-12-09"), ("2026-12-31T23:59", "2026-12-31", "2027-01-01")],
)
def test_a_day_is_counted_whole_as_the_factory_has_it(value: str, first: str, last: str) -> None:
    begin, end = from_day("d.day")(value), until_day("d.day")(value)
    assert begin == Condition("d.day >= {}", (date.fromisoformat(first),))
    assert end == Condition("d.day < {}", (date.fromisoformat(last),))
    begin, end = from_day("d.at", moments=True)(value), until_day("d.at", moments=True)(value)
    assert begin is not None and end is not None
    instants = [at.astimezone(settings.zone).isoformat()[:19] for at in (*begin.args, *end.args)]
    assert instants == [f"{first}T00:00:00", f"{last}T00:00:00"]


@pytest.mark.parametrize("value", ["", "soon", "2026-13-01", "9999-12-31"])
def test_what_is_no_day_filters_nothing(value: str) -> None:
    assert until_day("d.day")(value) is None and until_day("d.at", moments=True)(value) is None
