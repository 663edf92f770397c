"""The small named world of the tests: people who may and one who may not, one product, one route, one warehouse."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from app.core import db
from app.demo import factory
from app.people.actors import Actor
from app.people.roles import plant_roles
from tests import make
from tests.houses import EMPTY, Kind

MORNING = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)  # Tuesday 2026-12-08 09:00 in the factory
TODAY = date(2026, 12, 8)


@dataclass
class World:
    """Everybody by name: 晓岚 sells, 刘洋 plans, 建国 works, 秀英 keeps the store, 周敏 counts money, 陈总 decides, 无权 may nothing."""

    xiaolan: Actor
    liuyang: Actor
    jianguo: Actor
    xiuying: Actor
    zhoumin: Actor
    chenzong: Actor
    admin: Actor
    nobody: Actor
    roles: dict[str, int]
    things: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __getattr__(self, name: str) -> Any:
        if name == "things" or name.startswith("__"):  # a copy asks before it has anything
            raise AttributeError(name)
        return getattr(self.things, name)


async def plant() -> World:
    """Fill an empty house with the world."""
    async with db.DB.transaction():
        roles = await plant_roles()
    heading = await make.team("HEADING", "冷镦组")
    made = World(
        xiaolan=await make.user("xiaolan", "陈晓岚", roles["sales"]),
        liuyang=await make.user("liuyang", "刘洋", roles["pmc"]),
        jianguo=await make.user("jianguo", "王建国", roles["worker"], team=heading.id, badge="BADGE-JIANGUO"),
        xiuying=await make.user("xiuying", "李秀英", roles["warehouse"], badge="BADGE-XIUYING"),
        zhoumin=await make.user("zhoumin", "周敏", roles["finance"]),
        chenzong=await make.user("chenzong", "陈总", roles["boss"]),
        admin=await make.user("admin", "管理员", roles["admin"]),
        nobody=await make.user("nobody", "无权"),
        roles=roles,
    )
    made.things.team = heading
    made.things.header, made.things.headers = await make.work_center("HEAD", "冷镦", 2, heading.id)
    made.things.roller, made.things.rollers = await make.work_center("ROLL", "搓牙", 1, heading.id)
    made.things.packing, made.things.packers = await make.work_center("PACK", "包装", 1)
    made.things.bolt = await make.item("FB-M10X45-88D")
    await make.routing(made.things.bolt.id, [
        ("冷镦", made.things.header.id, 150, 750, "weight"),
        ("搓牙", made.things.roller.id, 60, 600, "weight"),
        ("包装", made.things.packing.id, 10, 300, "pieces"),
    ])  # fmt: skip
    made.things.hengli = await make.customer("HENGLI")
    await make.customer_item(made.things.hengli.id, "HL-25-8841", made.things.bolt.id)
    made.things.bins = await make.bins()
    return made


async def _planted(_nothing: None) -> World:
    async with db.DB.transaction():
        return await plant()


async def _demo(_nothing: None) -> None:
    await factory.plant()


DEMO = Kind("demo", _demo, on=EMPTY)
SMALL_WORLD = Kind("world", _planted, on=EMPTY)


async def events_of(kind: str, id_: int) -> list[str]:
    """The names of all events about a thing, oldest first."""
    found = await db.rows(
        "select e.name from event_links l join events e on e.id = l.event where l.kind = {} and l.subject_id = {} order by e.id",
        kind, id_,
    )  # fmt: skip
    return [e["name"] for e in found]


async def changes_told(event: str) -> dict[str, list[Any]]:
    """What the newest event of a name tells of a change: {field: [before, after]}."""
    facts = await db.value("select facts from events where name = {} order by id desc limit 1", event)
    return dict(json.loads(facts)["changes"])
