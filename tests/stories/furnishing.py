"""A factory entered into a house that begins empty: all of it by pages and programs, nothing behind their back."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx

from app.upkeep.keys import first_administrator
from tests.browse import visitor
from tests.stories.thread_by_api import API, Programs

OWN_PASSWORD = "kai zhang 2026"
STAFF = (
    ("xiaolan", "陈晓岚", "sales"), ("liuyang", "刘洋", "pmc"), ("jianguo", "王建国", "worker"), ("xiuying", "李秀英", "warehouse"),
    ("zhoumin", "周敏", "finance"), ("chenzong", "陈总", "boss"),
)  # fmt: skip
MASTERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("departments", {"code": "PROD", "name": "生产部"}),
    ("teams", {"code": "HEADING", "name": "冷镦组", "department": "PROD"}),
    *(("people", {"code": login, "name": name, "team": "HEADING" if login == "jianguo" else ""}) for login, name, _role in STAFF),
    *(("work-centers", {"code": code, "name": name}) for code, name in (("HEAD", "冷镦"), ("ROLL", "搓牙"), ("PACK", "包装"))),
    ("machines", {"code": "HEAD-01", "name": "冷镦 1 号", "work_center": "HEAD", "team": "HEADING"}),
    ("machines", {"code": "ROLL-01", "name": "搓牙 1 号", "work_center": "ROLL", "team": "HEADING"}),
    ("machines", {"code": "PACK-01", "name": "包装 1 号", "work_center": "PACK"}),
    ("items", {
        "code": "FB-M10X45-88D", "name": "六角法兰面螺栓", "spec": "M10×45 8.8 达克罗", "unit_label": "支", "weight": "40.2",
        "usual_price": "268", "usual_price_unit": "千件", "routing": [
            {"seq": 10, "name": "冷镦", "work_center": "HEAD", "setup_minutes": 150, "run_seconds": 750},
            {"seq": 20, "name": "搓牙", "work_center": "ROLL", "setup_minutes": 60, "run_seconds": 600},
            {"seq": 30, "name": "包装", "work_center": "PACK", "setup_minutes": 10, "run_seconds": 300, "report_by": "pieces"},
        ],
    }),
    ("customers", {
        "code": "HENGLI", "name": "宁波恒立工程机械有限公司", "short_name": "宁波恒立", "level": "A", "credit_limit": "1000000",
        "part_numbers": [{"code": "HL-25-8841", "item": "FB-M10X45-88D", "drawing_revision": "C"}],
    }),
    ("warehouses", {"code": "W1", "name": "成品仓"}),
    *(("bins", {"code": code, "warehouse": "W1"}) for code in ("A-01-01", "A-01-02")),
)  # fmt: skip
LARGE_ORDERS = {
    "name": "大额订单", "command": "sales_order.confirm", "joined": "and", "active": True,
    "conditions": [{"fact": "amount_cny", "comparison": ">", "value": "50000"}],
    "steps": [{"who": ["role:boss"], "mode": "one", "hours": 0}],
}  # fmt: skip
"""Last: who may approve must be there first."""


def secret_of(page: httpx.Response) -> str:
    """What a page shows this once."""
    assert page.status_code == 200, page.text
    found = re.search(r"<code data-secret>(.*?)</code>", page.text)
    assert found, page.text
    return html.unescape(found[1])


async def let_in(client: httpx.AsyncClient, login: str, one_time: str) -> None:
    """Somebody logs in for the first time and chooses a password."""
    entered = await client.post("/login", data={"login": login, "password": one_time})
    assert entered.status_code == 303, entered.text
    assert (await client.get("/")).headers["location"].startswith("/me/password")
    chosen = {"old": one_time, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    assert (await client.post("/me/password", data=chosen)).status_code == 303


@asynccontextmanager
async def furnished() -> AsyncIterator[Programs]:
    """The house as its administrator furnished it; a program for each of its people."""
    async with AsyncExitStack() as stack:
        admin = await stack.enter_async_context(visitor())
        await let_in(admin, "admin", await first_administrator())

        async def program(login: str) -> httpx.AsyncClient:
            made = await admin.post("/api-keys", data={"login": login, "name": "ERP"})
            client = await stack.enter_async_context(visitor())
            client.headers["Authorization"] = f"Bearer {secret_of(made)}"
            return client

        async def enter(resource: str, given: dict[str, Any]) -> None:
            made = await programs.admin.post(f"{API}/{resource}", json=given)
            assert made.status_code == 201, (resource, given, made.text)

        programs = Programs({"admin": await program("admin")})
        for resource, given in MASTERS:
            await enter(resource, given)
        for login, _name, role in STAFF:
            hired = await admin.post(
                "/users", data={"person": login, "login": login, "roles[]": role, "language": ""}
            )
            async with visitor() as browser:
                await let_in(browser, login, secret_of(hired))
            programs.clients[login] = await program(login)
        await enter("approval-rules", LARGE_ORDERS)
        yield programs
