"""Stand-ins for what the web layer gives every page, so that the look can be tested by itself."""

from datetime import date
from types import SimpleNamespace

import jinja2

from app.config import ROOT
from app.core.quantities import labelled
from app.web.icons import glyph, icon
from app.web.render import address_with
from app.web.templates import drawn_once


def _entry(key: str, label: str, icon: str, count: int = 0, active: bool = False) -> dict:
    return {"key": key, "label": label, "icon": icon, "href": f"/{key}", "count": count, "active": active}


MENU = [
    {
        "label": "",
        "items": [_entry("home", "工作台", "layout-dashboard"), _entry("inbox", "待办", "inbox", 6)],
    },
    {
        "label": "订单",
        "items": [
            _entry("orders", "销售订单", "clipboard-list", 128, True),
            _entry("intake", "接单中心", "file-input", 9),
            _entry("scan", "扫码", "scan-line"),
        ],
    },
]


def environment() -> jinja2.Environment:
    """The house's templates, strict about names, in English."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"), undefined=jinja2.StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.globals.update(_=lambda message, **facts: message % facts if facts else message)
    env.globals.update(
        asset=lambda path: f"/static/{path}",
        module=lambda name: f"/static/js/{name}.js",
        office_sheet=lambda: "/static/office.css",
        draw_icon=icon,
        draw_glyph=glyph,
        address_with=address_with,
        once=drawn_once,
    )
    env.filters["labelled"] = labelled
    return env


def names(**changes: object) -> dict:
    """What every template may use."""
    user = SimpleNamespace(
        name="陈晓岚", initials="陈", theme="light", language="zh_CN", may=lambda permission: True
    )
    return {
        "user": user, "request_path": "/_ui", "query": {}, "menu": MENU, "notices": 3, "flash": [],
        "clock_banner": None, "backup_banner": None, "today": date(2025, 12, 8), "language": "zh_CN",
    } | changes  # fmt: skip
