"""The look: every component renders in every state, in both languages, within its budget, and without a raw colour."""

import gzip
import re
from datetime import date
from types import SimpleNamespace

import jinja2
import pytest

from app.config import ROOT

CSS, JS, TEMPLATES = ROOT / "static/css", ROOT / "static/js", ROOT / "templates"
OFFICE_STYLES = "tokens base layout control surface record table form".split()

MENU = [
    {
        "label": "",
        "items": [
            {"href": "/", "label": "工作台", "icon": "layout-dashboard", "active": False, "count": 0, "key": "home"},
            {"href": "/inbox", "label": "待我处理", "icon": "inbox", "active": False, "count": 6, "key": "inbox"},
        ],
    },
    {
        "label": "订单",
        "items": [
            {"href": "/orders", "label": "销售订单", "icon": "clipboard-list", "active": True, "count": 128, "key": "orders"},
            {"href": "/intake", "label": "接单中心", "icon": "cloud-download", "active": False, "count": 9, "key": "intake"},
            {"href": "/scan", "label": "扫码", "icon": "scan-barcode", "active": False, "count": 0, "key": "scan"},
        ],
    },
]


def environment() -> jinja2.Environment:
    """The house's templates with stand-ins for what the web layer gives every page."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(_=lambda message, **facts: message % facts if facts else message)
    env.globals.update(asset=lambda path: f"/static/{path}")
    return env


def names(**changes) -> dict:
    user = SimpleNamespace(name="陈晓岚", initials="陈", theme="light", language="zh_CN", may=lambda permission: True)
    return {
        "user": user,
        "request_path": "/_ui",
        "query": {},
        "menu": MENU,
        "notices": 3,
        "flash": [],
        "clock_banner": None,
        "backup_banner": None,
        "today": date(2025, 12, 8),
        "language": "zh_CN",
    } | changes


@pytest.fixture(scope="module")
def env() -> jinja2.Environment:
    return environment()


def say(env: jinja2.Environment, source: str, **facts) -> str:
    return env.from_string(source).render(facts)


def test_the_page_of_all_components_renders(env):
    page = env.get_template("ui.html").render(names())
    for word in ("SO20251201-017", "缺料停线", "WO-1207-02", "订单变更 CR-0093"):
        assert word in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


def test_every_template_of_the_look_compiles(env):
    for path in [*TEMPLATES.glob("layouts/*.html"), *TEMPLATES.glob("components/*.html")]:
        env.get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("layout", ["plain", "portal", "print", "floor"])
def test_every_layout_carries_a_page(env, layout):
    page = env.from_string(
        '{% extends "layouts/' + layout + '.html" %}{% block title %}T{% endblock %}{% block content %}<h1>Here</h1>{% endblock %}'
    ).render(names(user=None))
    assert "<h1>Here</h1>" in page and 'lang="zh-CN"' in page


def test_a_page_without_an_aside_has_one_column(env):
    page = env.from_string(
        '{% extends "layouts/office.html" %}{% block title %}订单{% endblock %}{% block content %}Here{% endblock %}'
    ).render(names())
    assert 'class="cols"' not in page and "Here" in page and "<h1>订单</h1>" in page


def test_nobody_logged_in_sees_no_avatar_menu(env):
    page = env.from_string('{% extends "layouts/office.html" %}{% block title %}T{% endblock %}').render(names(user=None))
    assert "/logout" not in page


def test_what_people_type_never_becomes_markup(env):
    nasty = "<script>alert(1)</script>"
    out = say(
        env,
        '{% from "components/field.html" import text_field, errors %}{% from "components/timeline.html" import timeline %}'
        '{{ text_field("n", x, x, hint=x, error=x) }}{{ errors({"n": x}) }}{{ timeline([{"actor": x, "text": x, "time": x}]) }}',
        x=nasty,
    )
    assert "<script>" not in out and "&lt;script&gt;" in out


def test_a_field_keeps_its_value_and_names_its_error(env):
    out = say(
        env,
        '{% from "components/field.html" import quantity_field %}'
        '{{ quantity_field("quantity", "数量", "-5", "k", [("k", "千支"), ("kg", "kg")], error="数量要大于 0") }}',
    )
    assert 'value="-5"' in out and "数量要大于 0" in out and 'aria-invalid="true"' in out
    assert 'aria-describedby="e-quantity"' in out and 'name="quantity_unit"' in out
    assert '<option value="k" selected>' in out


def test_zero_is_shown_as_zero_and_missing_as_a_dash(env):
    cell = '{% from "components/table.html" import cell %}{{ cell(x) }}'
    assert ">0<" in say(env, cell, x=0)
    assert "—" in say(env, cell, x=None) and "—" in say(env, cell, x="")


def test_a_head_sorts_up_then_down_then_not(env):
    head = '{% from "components/table.html" import table %}{% call table([{"label": "交期", "sort": "due"}], "/orders", query) %}{% endcall %}'
    assert 'href="/orders?view=wip&amp;sort=due"' in say(env, head, query={"view": "wip", "after": "x"})
    assert 'href="/orders?sort=-due"' in say(env, head, query={"sort": "due"})
    down = say(env, head, query={"sort": "-due"})
    assert 'href="/orders"' in down and 'aria-sort="descending"' in down


def test_a_link_changes_one_name_of_the_query_and_escapes_the_rest(env):
    link = '{% from "components/link.html" import link %}{{ link("/orders", query, {"state": none, "page": 2}) }}'
    out = say(env, link, query={"q": '永昌 "x"&y', "state": "wip"})
    assert out == "/orders?q=%E6%B0%B8%E6%98%8C+%22x%22%26y&amp;page=2"


def test_a_chart_of_one_flat_point_is_drawn(env):
    chart = '{% from "components/chart.html" import line_chart, bar_chart %}{{ line_chart(p, "x") }}{{ bar_chart(p, "x") }}'
    assert "<svg" in say(env, chart, p=[("1月", 0)])
    assert "<svg" not in say(env, chart, p=[])


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
    blocks = [re.search(re.escape(head) + r" \{(.*?)\}", css, re.S)[1] for head in ('[data-theme="dark"]', '[data-theme="auto"]')]
    assert blocks[0].split() == blocks[1].split()


def test_every_colour_that_is_used_has_a_value():
    known = set(re.findall(r"(--[\w-]+):", "".join(p.read_text() for p in CSS.glob("*.css"))))
    known |= {"--p", "--s", "--w", "--c", "--y", "--v", "--h", "--n", "--days", "--cols", "--rows", "--size"}
    for path in CSS.glob("*.css"):
        assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= known, path.name


def size(paths) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_styles_and_scripts_stay_within_their_budgets():
    assert size(CSS / f"{name}.css" for name in OFFICE_STYLES) <= 14_000
    for screen in ("machines", "scan"):
        assert size(CSS / f"{name}.css" for name in ("tokens", "base", "control", "floor", screen)) <= 10_000
    assert size(CSS / f"{name}.css" for name in ("tokens", "base", "portal")) <= 8_000
    assert size(JS.glob("*.js")) <= 18_000


def test_the_floor_is_styled_for_old_browsers():
    for name in ("floor", "machines", "scan"):
        css = (CSS / f"{name}.css").read_text()
        assert not re.search(r"color-mix|@container|&[ .:]|light-dark|oklch", css), name


def test_chinese_is_punctuated_in_full_width():
    lint = re.compile(r"[\u4e00-\u9fff][,:;()]|[,;()][\u4e00-\u9fff]")
    for path in TEMPLATES.glob("**/*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(), flags=re.S)
        assert not lint.findall(re.sub(r"\{\{.*?\}\}", "", text, flags=re.S)), path.name
