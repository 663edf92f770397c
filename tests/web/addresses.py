"""Where every page is, in two served houses: the demo factory, where links lead to it, and a house that has something of everything.

Run as `python -m tests.web.addresses` in the environment of the second to plant it; it prints what is there by the word of
an address that it follows.
"""

import asyncio
import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from app.core import clock, db, migrations  # before the tests, which would name another database
from app.core.db import DB, commit
from app.demo.names import PASSWORD as DEMO_PASSWORD
from app.portal import links
from tests import world
from tests.e2e.house import House
from tests.make import PASSWORD
from tests.web.busy import furnish
from tests.web.hostile import Route
from tests.web.names import names, places

FILES = re.compile(r"^/api/v1/|\.\w+$")
HREF = re.compile(r'(?:href|data-href)="(/[^"]*)"')


async def plant() -> dict[str, list[str]]:
    """The busy house, with a link that a customer was given."""
    await DB.open()
    await migrations.migrate()
    async with DB.transaction():
        here = await world.plant()
    await furnish(here)
    clock.reset()
    order = await db.value("select number from sales_orders where state = 'confirmed' order by id limit 1")
    _link, secret = (await commit(links.make, order, by=here.xiaolan)).value
    found = {**await names(), "t": [secret]}
    await DB.close()
    return found


class DemoHouse(House):
    """The demo factory, served."""

    planting = ("-m", "app.cli", "demo")

    def read(self, planted: str) -> dict[str, Any]:
        return {}


class BusyHouse(House):
    """The busy house, served; its papers are names."""

    planting = ("-m", "tests.web.addresses")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environment["ZHUNJIAO_CLOCK"] = "movable"


@dataclass(frozen=True)
class Place:
    """A page in a house, as somebody sees it who logged in there; without a login, a visitor."""

    base: str
    path: str
    login: str = ""
    password: str = ""


@contextmanager
def browser(base: str, login: str = "", password: str = "") -> Iterator[httpx.Client]:
    """A browser without a screen."""
    with httpx.Client(base_url=base, timeout=60) as client:
        if login:
            client.post("/login", data={"login": login, "password": password})
        yield client


def is_page(answer: httpx.Response) -> bool:
    """A whole page: no file, no fragment, and it leads nowhere else."""
    return answer.status_code == 200 and answer.text.lstrip()[:9].lower() == "<!doctype"


def linked(house: DemoHouse, routes: list[Route]) -> dict[str, Place]:
    """One page of each kind that links lead the administrator to, as a person finds them."""
    kinds = {r.path: re.compile("^" + re.sub(r"{[^}]*}", "[^/]+", r.path) + "$") for r in routes}
    pages: dict[str, Place] = {}
    waiting, met = ["/"], {"", "/"}
    with browser(house.base, "admin", DEMO_PASSWORD) as admin:
        while waiting:
            path = waiting.pop(0)
            answer = admin.get(path)
            kind = next(k for k, pattern in kinds.items() if pattern.match(path))
            if is_page(answer):
                pages[kind] = Place(house.base, path, "admin", DEMO_PASSWORD)
            for link in HREF.findall(answer.text) if is_page(answer) else ():
                path = urlsplit(html.unescape(link)).path
                kind = next((k for k, pattern in kinds.items() if pattern.match(path)), "")
                if kind not in met and not FILES.search(kind):
                    met.add(kind)
                    waiting.append(path)
    return pages


def there(house: BusyHouse, routes: list[Route]) -> tuple[dict[str, Place], list[str]]:
    """One page of each kind that has one there, and the routes for which nothing is there to be asked for."""
    pages: dict[str, Place] = {}
    unknown = []
    with browser(house.base, "omni", PASSWORD) as omni, browser(house.base) as visitor:
        for route in routes:
            paths = places(house.papers, route, 9)
            if not paths:
                unknown.append(route.path)
            for path in paths:
                if is_page(omni.get(path)):
                    pages[route.path] = Place(house.base, path, "omni", PASSWORD)
                elif is_page(visitor.get(path)):
                    pages[route.path] = Place(house.base, path)
                else:
                    continue
                break
    return pages, unknown


if __name__ == "__main__":
    print(json.dumps(asyncio.run(plant())))
