"""Lists that grow with every order: each order of theirs is read from an index, and what few rows have is found by one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date

import pytest

from app.core import db
from app.core.conditions import Condition
from app.core.shortest import Way
from app.delivery.tables import DeliveryNote
from app.web.filters import Filter
from app.web.lists import ListPage
from tests.asking import plans
from tests.web.test_lists import every_list
from tests.world import World

pytestmark = pytest.mark.once  # PostgreSQL decides by how full the table is
LONG = (
    "sales_orders", "receivables", "receipts", "delivery_notes", "inbound_orders", "stock_moves", "stock_postings",
    "events", "work_orders", "quotations", "inquiries",
)  # fmt: skip
PAGES = {page.name: page for page in every_list() if page.listing.source.split()[0] in LONG}
READ_THROUGH = {
    ("stock-postings", "number"), ("stock-postings", "document"), ("inbound-orders", "channel"), ("inquiries", "channel"),
    ("inquiries", "wanted_to"),
}  # fmt: skip
"""Filters for which no index is worth its writing: their lists are read through, row by row, and no further than to a full page."""
OF_MANY = {"matched", "delivered", "invoiced", "paid"}
"""States that most rows have in the end, told from several columns."""
OF_FEW = ("sales_orders_partly", "receivables_open", "receipts_unmatched", "stock_postings_flagged")
"""Indexes of some rows only, which may be read from end to end."""
Plan = Callable[[ListPage, list[Condition], str], Awaitable[list[str]]]


@pytest.fixture
async def plan(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Plan]:
    """How SQLite reads the list's own table for a page that is not full after the first rows that are looked through."""
    if db.on_postgres():
        pytest.skip("PostgreSQL decides by how full the table is")

    async def nothing_near(way: Way, begins: list[Condition]) -> Condition:
        return Condition("1 = 0")

    async def plan(page: ListPage, conditions: list[Condition], sort: str) -> list[str]:
        await page.listing.page(conditions, sort)
        return await steps(but=("1 = 0", "as n0"))

    monkeypatch.setattr(Way, "_near", nothing_near)
    with plans() as steps:
        yield plan


async def values(each: Filter) -> list[str]:
    if each.kind == "date":
        return ["2026-11-28"]
    choices = await each.choices() if callable(each.choices) else each.choices
    return [str(value) for value, _word in choices] or ["HENGLI"]


@pytest.mark.parametrize("name", PAGES)
async def test_a_long_list_is_read_in_each_of_its_orders(plan: Plan, name: str) -> None:
    for sort in PAGES[name].listing.sorts:
        steps = await plan(PAGES[name], [], sort)
        assert not [step for step in steps if "TEMP B-TREE" in step], (sort, steps)


@pytest.mark.parametrize("name", PAGES)
async def test_what_few_rows_have_is_found_without_reading_all(plan: Plan, name: str) -> None:
    page = PAGES[name]
    alias = page.listing.source.split()[1]
    for each in page.filters:
        for value in await values(each) if (name, each.name) not in READ_THROUGH else ():
            condition = each.condition(value)
            if condition is None or value in OF_MANY:
                continue
            for sort in page.listing.sorts:
                read = [
                    step for step in await plan(page, [condition], sort) if step.startswith(f"SCAN {alias}")
                ]
                assert all(step.endswith(OF_FEW) for step in read), (each.name, value, sort, read)


@pytest.mark.parametrize("sort", ["number", "-amount", "due_date"])
@pytest.mark.parametrize(
    ("state", "index"),
    [("late", "next_due"), ("due_soon", "next_due"), ("partly_delivered", "partly"), ("draft", "state_due"),
     ("cancelled", "state_due"), ("made", "state_due")],
)  # fmt: skip
async def test_what_few_orders_are_is_found_by_its_own_index(
    plan: Plan, state: str, index: str, sort: str
) -> None:
    page = PAGES["sales_orders"]
    [condition] = [c for f in page.filters if f.name == "state" and (c := f.condition(state))]
    steps = [
        step for step in await plan(page, [condition], sort) if " o USING " in step or step.endswith(" o")
    ]
    assert [step for step in steps if f"INDEX sales_orders_{index}" in step]
    assert all(f"sales_orders_{index}" in step or "PRIMARY KEY" in step for step in steps), steps


async def test_of_two_filters_the_rarer_finds_the_rows(plan: Plan, world: World) -> None:
    """A state or a day of most rows and a customer of few: the engine would take either."""
    note = DeliveryNote(customer=world.hengli.id, number="DN1", state="posted", planned_on=date(2026, 12, 8))
    await note.save()
    page = PAGES["delivery-notes"]
    conditions = {each.name: each.condition for each in page.filters}
    nobody = conditions["customer"]("nobody")
    for name, value in (("state", "posted"), ("from", "2020-01-01"), ("until", "2030-01-01")):
        common = conditions[name](value)
        assert common is not None and nobody is not None
        steps = [
            step for step in await plan(page, [common, nobody], "number") if step.startswith("SEARCH d ")
        ]
        assert [step for step in steps if "delivery_notes_customer" in step], (name, steps)
        assert not [
            step for step in steps if "delivery_notes_state" in step or "delivery_notes_planned" in step
        ]
