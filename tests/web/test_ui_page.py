"""The page of all components in a real browser: no axe violation, nothing sticks out, and it behaves."""

import json
import mimetypes
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from app.config import ROOT
from app.web.assets import office_styles
from tests.e2e import axe
from tests.e2e.browser import ARGUMENTS, CHROMIUM
from tests.web.stand_ins import environment, names

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOUSE = "http://house.test"
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ]
)
FOUND = """{% from "components/palette.html" import found %}{{ found([{"label": "订单", "items": [
  {"label": "SO20251201-017", "href": "/a"}, {"label": "SO20251126-011", "href": "/b"}]}]) }}"""


def answer(route: Route) -> None:
    """The house: its own files, the page of components, two things that the palette finds."""
    address = urlsplit(route.request.url)
    if address.path == "/static/office.css":
        return route.fulfill(body=office_styles(), content_type="text/css")
    if address.path.startswith("/static/"):
        file = ROOT / address.path.lstrip("/")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return (
            route.fulfill(body=file.read_bytes(), content_type=kind)
            if file.exists()
            else route.fulfill(status=404)
        )
    if address.path == "/cmdk":
        return route.fulfill(body=environment().from_string(FOUND).render(), content_type="text/html")
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    page = environment().get_template("ui.html").render(names(query=query))
    return route.fulfill(
        body=page, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
    )


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(f"{HOUSE}/_ui")
    page.evaluate("document.activeElement.blur()")
    yield page
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 820, 360])
def test_everybody_can_read_and_reach_everything(chromium, theme, width):
    page = chromium.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.route("**/*", answer)
    page.goto(f"{HOUSE}/_ui?theme={theme}")
    page.evaluate(axe.SCRIPT)
    found = page.evaluate(axe.VIOLATIONS, axe.RULES)
    said = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert said == []
    assert wide <= 0


def test_dialogs_open_before_the_scripts_are_there(chromium):
    page = chromium.new_page(java_script_enabled=False)
    page.route("**/*", answer)
    page.goto(f"{HOUSE}/_ui")
    page.get_by_role("button", name="打开对话框").click()
    assert page.locator("#note").is_visible()
    page.close()


def test_nothing_is_forbidden_by_the_policy(page):
    assert page.complaints == []


def test_the_palette_finds_and_is_left_by_escape(page):
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-list [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#palette-list [aria-selected=true]") == "SO20251126-011"
    page.keyboard.press("Escape")
    assert not page.is_visible("#palette")


def test_letters_typed_into_a_field_are_no_shortcuts(page):
    page.fill("[data-list-search]", "")
    page.type("[data-list-search]", "jxc?")
    assert page.locator(".cursor").count() == 0 and not page.is_visible("#keys")


def test_an_outward_act_asks_before_it_is_sent(page):
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.click("text=安排发货")
    assert page.inner_text("#confirm [data-yes]") == "安排发货 SO20251201-017" and sent == []
    page.click("#confirm [data-yes]")
    page.wait_for_load_state()
    assert sent == [f"{HOUSE}/_ui"]


def test_two_presses_are_one_request(page):
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.route("**/slow", lambda route: None)
    page.evaluate("document.querySelector('form.foot').action = '/slow'")
    page.evaluate("for (const n of [1, 2]) document.querySelector('form.foot [value=yes]').click()")
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_shift_ticks_the_rows_between(page):
    boxes = page.locator("#orders [name=chosen]")
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert page.locator("[name=chosen]:checked").count() == 4
    assert page.is_visible(".bulk")
    page.click("[data-bulk-clear]")
    assert page.locator("[name=chosen]:checked").count() == 0


def test_a_draft_survives_a_closed_tab(page):
    page.fill("[name=note]", "木托")
    page.wait_for_timeout(600)
    page.goto(f"{HOUSE}/_ui")
    kept = json.loads(page.evaluate("localStorage.getItem('draft:陈晓岚:ui')"))
    assert ["note", "木托", "textarea"] in kept["fields"]


def test_a_bar_moves_to_a_lane_of_its_group_only_and_escape_gives_up(page):
    page.evaluate("import('/static/js/gantt.js')")  # it comes after the page
    page.evaluate("window.moves = []; document.addEventListener('plan:move', e => moves.push(e.detail))")

    def drag(bar: str, right: int, down: int, escape: bool = False) -> None:
        page.locator(f".gb[data-id={bar}]").scroll_into_view_if_needed()
        box = page.locator(f".gb[data-id={bar}]").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 30 + right, box["y"] + 10 + down, steps=6)
        if escape:
            page.keyboard.press("Escape")
        page.mouse.up()

    drag("w3", 61, 38)
    assert page.evaluate("[moves[0].lane, moves[0].start]") == ["h4", 5]
    drag("w3", 0, 38)
    assert page.evaluate("moves.length") == 1
    drag("w2", 122, 0, escape=True)
    assert page.evaluate("moves.length") == 1
    page.locator(".gb[data-id=w2]").press("ArrowRight")
    assert page.evaluate("moves[1].id") == "w2"
