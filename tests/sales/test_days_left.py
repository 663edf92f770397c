"""What is entered says at once how near its day is: seven days are plain, six are red."""

from datetime import timedelta

import pytest

from tests.browse import browser_of
from tests.world import TODAY, World


@pytest.mark.parametrize(
    ("days", "said", "red"),
    [(7, "剩 7 天", False), (6, "剩 6 天", True), (0, "今天", True), (-1, "逾期 1 天", True)],
)
async def test_a_day_in_the_form_is_red_when_it_is_near(
    world: World, days: int, said: str, red: bool
) -> None:
    sent = {"lines-0-due_date": (TODAY + timedelta(days=days)).isoformat()}
    async with browser_of(world.xiaolan) as browser:
        said_of = (await browser.post("/orders/days-left?field=lines-0-due_date", data=sent)).text
    assert said in said_of and ('data-kind="bad"' in said_of) is red


@pytest.mark.parametrize("sent", [{}, {"due_date": ""}, {"due_date": "soon"}])
async def test_what_is_no_day_is_not_said_to_be_near(world: World, sent: dict[str, str]) -> None:
    async with browser_of(world.xiaolan) as browser:
        answer = await browser.post("/orders/days-left?field=due_date", data=sent)
    assert answer.status_code == 200 and answer.text.strip() == ""


async def test_the_form_asks_for_its_day_and_only_those_who_enter_orders_may(world: World) -> None:
    async with browser_of(world.xiaolan) as browser:
        assert 'hx-post="/orders/days-left?field=due_date"' in (await browser.get("/orders/new")).text
    async with browser_of(world.jianguo) as browser:
        assert (await browser.post("/orders/days-left?field=due_date")).status_code == 403
