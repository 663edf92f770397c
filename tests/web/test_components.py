"""The look: every component renders in every state, within its budget, and without a raw colour."""

import gzip
import re
from pathlib import Path

import jinja2
import pytest

from app.config import ROOT
from app.web.assets import office_styles
from tests.web.stand_ins import environment, names

CSS, JS, TEMPLATES = ROOT / "static/css", ROOT / "static/js", ROOT / "templates"


@pytest.fixture(scope="module")
def env() -> jinja2.Environment:
    return environment()


@pytest.fixture(scope="module")
def component(env):
    """The macros of one component file, to be called from Python."""
    return lambda name: env.get_template(f"components/{name}.html").module


def page_in(env: jinja2.Environment, layout: str, **changes) -> str:
    source = f'{{% extends "layouts/{layout}.html" %}}' + (
        "{% block title %}Orders{% endblock %}{% block content %}<p>Here</p>{% endblock %}"
    )
    return env.from_string(source).render(names(**changes))


def test_the_page_of_all_components_renders(env):
    page = env.get_template("ui.html").render(names())
    for word in ("SO20251201-017", "缺料停线", "WO-1207-02", "订单变更 CR-0093"):
        assert word in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


def test_every_template_of_the_look_compiles(env):
    for path in [*TEMPLATES.glob("layouts/*.html"), *TEMPLATES.glob("components/*.html")]:
        env.get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("layout", ["plain", "portal", "print", "floor", "office"])
def test_every_layout_carries_a_page(env, layout):
    page = page_in(env, layout, user=None)
    assert "<p>Here</p>" in page and 'lang="zh-CN"' in page


def test_a_page_without_an_aside_has_one_column(env):
    page = page_in(env, "office")
    assert 'class="cols"' not in page and "<h1>Orders</h1>" in page


def test_nobody_logged_in_sees_no_avatar_menu(env):
    assert "/logout" in page_in(env, "office")
    assert "/logout" not in page_in(env, "office", user=None)


def test_what_people_type_never_becomes_markup(component):
    nasty = "<script>alert(1)</script>"
    for out in (
        component("field").text_field("n", nasty, nasty, hint=nasty, error=nasty),
        component("field").errors({"n": nasty}),
        component("timeline").timeline([{"actor": nasty, "text": nasty, "time": nasty}]),
    ):
        assert "<script>" not in out and "&lt;script&gt;" in out


def test_a_field_keeps_its_value_and_names_its_error(component):
    units = [("k", "千支"), ("kg", "kg")]
    out = component("field").quantity_field("quantity", "数量", "-5", "k", units, error="数量要大于 0")
    assert 'value="-5"' in out and "数量要大于 0" in out and 'aria-invalid="true"' in out
    assert 'aria-describedby="e-quantity"' in out and 'name="quantity_unit"' in out
    assert '<option value="k" selected>' in out


def test_zero_is_shown_as_zero_and_missing_as_a_dash(component):
    cell = component("table").cell
    assert ">0<" in cell(0)
    assert "—" in cell(None) and "—" in cell("")


def test_a_head_sorts_up_then_down_then_not(component):
    def head(query: dict) -> str:
        return component("table").table([{"label": "交期", "sort": "due"}], "/orders", query, caller=str)

    assert 'href="/orders?view=wip&amp;sort=due"' in head({"view": "wip", "after": "x"})
    assert 'href="/orders?sort=-due"' in head({"sort": "due"})
    down = head({"sort": "-due"})
    assert 'href="/orders"' in down and 'aria-sort="descending"' in down


def test_a_link_changes_one_name_of_the_query_and_escapes_the_rest(component):
    query = {"q": '永昌 "x"&y', "state": "wip"}
    out = component("link").link("/orders", query, {"state": None, "page": 2})
    assert out == "/orders?q=%E6%B0%B8%E6%98%8C+%22x%22%26y&page=2"
    several = component("link").link("/orders", {"state": ["wip", "late"]}, {"page": None})
    assert several == "/orders?state=wip&state=late"


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((0, 100), "0 25 50 75 100"),
        ((33.3, 95), "20 40 60 80 100"),
        ((90.2, 93.7), "90 91 92 93 94"),
        ((5, 5), "5 5.5"),
    ],
)
def test_the_lines_of_a_chart_stand_at_round_values(component, values, lines):
    drawn = component("chart").line_chart([("1月", v) for v in values], "x")
    assert " ".join(re.findall(r'class="y">([^<]+)<', drawn)) == lines


def test_a_chart_of_one_flat_point_is_drawn(component):
    for chart in (component("chart").line_chart, component("chart").bar_chart):
        assert "<svg" in chart([("1月", 0)], "x")
        assert chart([], "x") == ""


def test_scripts_and_styles_stand_in_files_only(env):
    page = env.get_template("ui.html").render(names())
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\son\w+=|hx-on|javascript:", page)


def test_colours_are_named_in_one_file():
    for path in CSS.glob("*.css"):
        if path.name != "tokens.css":
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", path.read_text()), path.name


def test_auto_is_dark_in_the_same_colours_as_dark():
    css = (CSS / "tokens.css").read_text()
    dark, auto = (
        re.search(rf'\[data-theme="{name}"\] \{{(.*?)\}}', css, re.S)[1].split() for name in ("dark", "auto")
    )
    assert dark == auto


def test_every_colour_that_is_used_has_a_value():
    known = set(re.findall(r"(--[\w-]+):", "".join(p.read_text() for p in CSS.glob("*.css"))))
    known |= {"--p", "--s", "--w", "--c", "--y", "--v", "--h", "--n", "--days", "--cols", "--rows", "--size"}
    for path in CSS.glob("*.css"):
        assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= known, path.name


def size(paths) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def loaded_by(*modules: str) -> set[Path]:
    """The modules with all that they import at once."""
    found, waiting = set(), [JS / f"{name}.js" for name in modules]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [JS / name for name in re.findall(r'^import .*?"\./([^"]+)";', path.read_text(), re.M)]
    return found


def test_styles_and_scripts_stay_within_their_budgets():
    office = len(gzip.compress(office_styles().encode(), 9))
    for page in ("list", "inbox", "intake", "gantt", "help"):
        assert office + size([CSS / f"{page}.css"]) <= 14_000, page
    for screen in ("control", "machines", "scan"):
        assert size(CSS / f"{name}.css" for name in ("tokens", "base", "floor", screen)) <= 10_000
    assert size(CSS / f"{name}.css" for name in ("tokens", "base", "portal")) <= 8_000
    htmx = size([ROOT / "static/vendor/htmx.bundle.js"])
    assert size(loaded_by("app")) <= 18_000
    for page in ("gantt", "grid", "intake", "scanner", "setup"):
        assert htmx + size(loaded_by("app", page)) <= 35_000, page


def test_the_floor_is_styled_for_old_browsers():
    for name in ("floor", "machines", "scan"):
        css = (CSS / f"{name}.css").read_text()
        assert not re.search(r"color-mix|@container|&[ .:]|light-dark|oklch", css), name


def test_chinese_is_punctuated_in_full_width():
    lint = re.compile(r"[\u4e00-\u9fff][,:;()]|[,;()][\u4e00-\u9fff]")
    for path in TEMPLATES.glob("**/*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(), flags=re.S)
        assert not lint.findall(re.sub(r"\{\{.*?\}\}", "", text, flags=re.S)), path.name
