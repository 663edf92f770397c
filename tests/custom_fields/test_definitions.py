"""An administrator defines a field once; what it may be is told at its own field."""

from typing import Any

import pytest

from app.core import db
from app.core.db import commit
from app.core.refusals import FORBIDDEN, NOT_FOUND, STALE, Invalid, Refused
from app.custom_fields import defined, definitions
from app.custom_fields.definitions import MOST, NewField
from app.custom_fields.refusals import KIND_HAS_VALUES, OPTION_HAS_VALUES, TOO_MANY_FIELDS
from tests.browse import browser_of, program_of
from tests.custom_fields.sample import field
from tests.world import World, events_of


def region(**more: Any) -> NewField:
    return NewField(**{"thing": "customer", "key": "region", "label": "区域", **more})  # type: ignore[arg-type]


async def test_a_field_is_defined_changed_and_told(world: World) -> None:
    async with browser_of(world.admin) as client:
        answer = await client.post("/custom-fields", data={
            "thing": "customer", "key": "region", "label": "区域", "label_en": "Region", "kind": "choice", "position": "5",
            "options": "华东 | East\n华南｜South\n", "searchable": "1", "active": "1",
        })  # fmt: skip
        assert answer.status_code == 303 and answer.headers["location"] == "/custom-fields/customer.region"
        page = await client.get("/custom-fields/customer.region")
        assert "华东 | East\n华南 | South" in page.text and 'name="version" value="1"' in page.text
        changed = {
            "label": "销售区域",
            "kind": "choice",
            "options": "华东\n华南\n华北",
            "active": "1",
            "version": "1",
        }
        assert (await client.post("/custom-fields/customer.region", data=changed)).status_code == 303
        page = await client.get("/custom-fields/customer.region")
        assert "销售区域" in page.text and "华东、华南、华北" in page.text
        assert "销售区域" in (await client.get("/custom-fields?thing=customer")).text
    row = await definitions.find("customer.region")
    assert await events_of("custom_field", row.id) == ["custom_field.defined", "custom_field.changed"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("key", "Region"), ("key", "区域"), ("key", "1st"), ("key", "x" * 32), ("key", "a'; drop table items"), ("key", ""),
     ("label", ""), ("label", "长" * 41), ("thing", "machine"), ("kind", "picture"), ("options", "华东\n华东"), ("options", ""),
     ("decimals", "7"), ("position", "NaN"), ("unit", "x" * 11)],
)  # fmt: skip
async def test_what_is_wrong_is_told_at_its_field_and_kept(world: World, name: str, value: str) -> None:
    good = {
        "thing": "customer",
        "key": "region",
        "label": "区域",
        "kind": "choice",
        "options": "华东",
        "active": "1",
    }
    async with browser_of(world.admin) as client:
        answer = await client.post("/custom-fields", data=good | {name: value})
    assert answer.status_code == 422 and f'id="e-{name}"' in answer.text and "aria-invalid" in answer.text
    assert await db.value("select count(*) from custom_fields") == 0


async def test_only_who_may_defines_fields(world: World) -> None:
    with pytest.raises(Refused) as refused:
        await commit(definitions.define, region(), by=world.nobody)
    assert refused.value.reason is FORBIDDEN
    await commit(definitions.define, region(), by=world.admin)
    with pytest.raises(Refused) as refused:
        await commit(definitions.change, "customer.region", region(label="别的"), by=world.xiaolan)
    assert refused.value.reason is FORBIDDEN
    async with browser_of(world.xiaolan) as client:
        assert (await client.get("/custom-fields")).status_code == 403


async def test_a_key_is_taken_once_for_each_kind_of_thing(world: World) -> None:
    await field(world, "customer", "region")
    await field(world, "supplier", "region")
    with pytest.raises(Refused) as refused:
        await field(world, "customer", "region")
    assert "key" in refused.value.fields()


async def test_a_kind_stays_while_there_are_values(world: World) -> None:
    await field(world, "customer", "region")
    await commit(definitions.change, "customer.region", region(kind="number"), by=world.admin)
    await db.rows("update customers set custom = {}", '{"region": 5000000}')
    with pytest.raises(Refused) as refused:
        await commit(definitions.change, "customer.region", region(kind="text"), by=world.admin)
    assert refused.value.reason is KIND_HAS_VALUES and "1" in refused.value.sentence()


async def test_a_choice_that_stands_somewhere_stays(world: World) -> None:
    await field(world, "customer", "region", kind="choice", options=[("华东", ""), ("华南", "")])
    await db.rows("update customers set custom = {}", '{"region": "华南"}')
    one = region(kind="choice", options=[("华南", "South")])
    await commit(definitions.change, "customer.region", one, by=world.admin)
    with pytest.raises(Refused) as refused:
        await commit(
            definitions.change,
            "customer.region",
            region(kind="choice", options=[("华北", "")]),
            by=world.admin,
        )
    assert refused.value.reason is OPTION_HAS_VALUES


async def test_a_thing_has_so_many_fields_and_no_more(world: World) -> None:
    for i in range(MOST):
        await field(world, "customer", f"f{i}")
    with pytest.raises(Refused) as refused:
        await field(world, "customer", "one_more")
    assert refused.value.reason is TOO_MANY_FIELDS
    off = NewField(thing="customer", key="f0", label="f0", active=False)
    await commit(definitions.change, "customer.f0", off, by=world.admin)
    await field(world, "customer", "one_more")
    with pytest.raises(Refused) as refused:
        await commit(
            definitions.change,
            "customer.f0",
            NewField(thing="customer", key="f0", label="f0"),
            by=world.admin,
        )
    assert refused.value.reason is TOO_MANY_FIELDS


async def test_what_is_switched_off_is_known_no_more_and_nothing_stale_is_remembered(world: World) -> None:
    assert await defined.of("customer") == ()
    await field(world, "customer", "region")
    assert [f.key for f in await defined.of("customer")] == ["region"]
    await commit(definitions.change, "customer.region", region(active=False), by=world.admin)
    assert await defined.of("customer") == ()


async def indexes() -> set[str]:
    where = "pg_indexes" if db.on_postgres() else "sqlite_master"
    name = "indexname" if db.on_postgres() else "name"
    return {
        r["name"]
        for r in await db.rows(
            f"select {name} as name from {where} where {name} like 'custom!_customer!_%' escape '!'"
        )
    }


async def test_what_is_filtered_by_has_an_index_as_long_as_it_is(world: World) -> None:
    await field(world, "customer", "region", searchable=True)
    await field(world, "customer", "quiet")
    assert await indexes() == {"custom_customer_region"}
    await commit(
        definitions.change, "customer.region", region(searchable=True, kind="number"), by=world.admin
    )
    assert await indexes() == {"custom_customer_region"}
    await commit(definitions.change, "customer.region", region(searchable=True, active=False), by=world.admin)
    assert await indexes() == set()


async def test_a_program_defines_reads_and_changes_fields(world: World) -> None:
    async with program_of(world.admin) as client:
        new = {
            "thing": "item",
            "key": "plater",
            "label": "电镀厂",
            "kind": "choice",
            "options": ["甲厂 | A", "乙厂"],
        }
        made = await client.post("/api/v1/custom-fields", json=new, headers={"Idempotency-Key": "k"})
        assert made.status_code == 201 and made.headers["Location"].endswith("/item.plater")
        read = await client.get("/api/v1/custom-fields/item.plater")
        assert read.json()["options"] == ["甲厂 | A", "乙厂"] and read.headers["ETag"] == '"1"'
        changed = await client.patch(
            "/api/v1/custom-fields/item.plater", json={"label": "表面处理厂家"}, headers={"If-Match": '"1"'}
        )
        assert changed.json()["label"] == "表面处理厂家" and changed.json()["options"] == ["甲厂 | A", "乙厂"]
        stale = await client.patch(
            "/api/v1/custom-fields/item.plater", json={"label": "x"}, headers={"If-Match": '"1"'}
        )
        assert stale.status_code == 409 and stale.json()["code"] == STALE.code
        assert [f["key"] for f in (await client.get("/api/v1/custom-fields?thing=item")).json()["items"]] == [
            "plater"
        ]
        assert (await client.get("/api/v1/custom-fields/item.nothing")).json()["code"] == NOT_FOUND.code


async def test_several_mistakes_are_told_together(world: World) -> None:
    with pytest.raises(Invalid) as invalid:
        await commit(definitions.define, NewField(thing="", key="A", label="", kind="choice"), by=world.admin)
    assert set(invalid.value.fields()) == {"thing", "key", "label", "options"}
