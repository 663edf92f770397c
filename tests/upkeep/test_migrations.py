"""The tables change in steps that keep the rows, and a step that fails leaves nothing behind."""

import pytest
from piccolo.columns import BigInt, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from app.core import db, migrations, schema
from app.core.columns import ref
from app.core.db import DB
from app.piccolo_app import all_tables

pytestmark = pytest.mark.usefixtures("own_house")


class Box(Table, tablename="boxes"):
    code = Varchar(length=20, unique=True)
    pieces = Integer(default=3)


class Label(Table, tablename="labels"):
    box = ref(Box)
    text = Varchar(length=20, index=True)


async def make_boxes() -> None:
    await migrations.create_table(Box)
    await migrations.create_table(Label)


async def fill() -> None:
    for i in range(1, 31):
        await db.rows("insert into boxes (id, code, pieces) values ({}, {}, {})", i, f"B{i}", i)
        await db.rows("insert into labels (box, text) values ({}, {})", i, f"L{i % 5}")


async def add_columns() -> None:
    await migrations.add_column("boxes", "note", Varchar(length=30, unique=True, null=True, default=None))
    await migrations.add_column("boxes", "weight", BigInt(default=7))
    await migrations.add_column("labels", "printed_at", Timestamptz(null=True, default=None))


async def widen() -> None:
    await migrations.change_type("boxes", "pieces", BigInt(default=0))


async def fail_half_way() -> None:
    await migrations.add_column("boxes", "colour", Varchar(length=10))
    await widen()
    await db.rows("update boxes set pieces = 0")
    raise RuntimeError("power cut")


LINE = [("m0001_boxes", make_boxes), ("m0002_rows", fill)]


async def columns(table: str) -> dict[str, str]:
    return {name: text for name, text in (await shape())[table] if not name.startswith("index")}


async def shape() -> dict[str, list[tuple[str, str]]]:
    """Columns (type, nullability, default, key) and indexes of every table, as the engine itself names them."""
    found: dict[str, list[tuple[str, str]]] = {}
    if not db.on_postgres():
        for row in await db.rows(
            "select name, tbl_name, type, sql from sqlite_master where name not like 'search_grams_%'"
        ):
            entry = found.setdefault(row["tbl_name"], [])
            if row["type"] == "table":
                for c in await db.rows(f'pragma table_info("{row["name"]}")'):
                    entry.append((c["name"], f"{c['type']} {c['notnull']} {c['dflt_value']} {c['pk']}"))
                for k in await db.rows(f'pragma foreign_key_list("{row["name"]}")'):
                    entry.append(
                        (
                            f"reference {k['from']}",
                            f"{k['table']} {k['to']} {k['on_delete']} {k['on_update']}",
                        )
                    )
            entry.append(
                (
                    f"{row['type']} {row['name']}",
                    "" if row["type"] == "table" else str(row["sql"]).replace('"', "").lower(),
                )
            )
        return {t: sorted(e) for t, e in found.items() if t != "migrations"}
    for c in await db.rows(
        "select table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
        " from information_schema.columns where table_schema = 'public'"
    ):
        text = f"{c['data_type']} {c['character_maximum_length']} {c['is_nullable']} {c['column_default']}"
        found.setdefault(c["table_name"], []).append((c["column_name"], text))
    for i in await db.rows(
        "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'"
    ):
        found[i["tablename"]].append((f"index {i['indexname']}", i["indexdef"]))
    for k in await db.rows(
        "select conrelid::regclass::text as of_table, conname, pg_get_constraintdef(oid) as text from pg_constraint"
        " where connamespace = 'public'::regnamespace"
    ):
        found[k["of_table"].strip('"')].append((f"constraint {k['conname']}", k["text"]))
    return {t: sorted(e) for t, e in found.items() if t != "migrations"}


async def emptied() -> None:
    if db.on_postgres():
        await DB.run_ddl("drop schema public cascade")
        await DB.run_ddl("create schema public")
        return
    await db.rows("drop table search_grams")
    connection = await DB.acquire_writer()  # type: ignore[union-attr]
    await connection.execute("PRAGMA foreign_keys=OFF")
    DB.release_writer()  # type: ignore[union-attr]
    for table in await db.rows(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    ):
        await DB.run_ddl(f'drop table "{table["name"]}"')


async def test_a_migrated_house_has_exactly_the_tables_of_the_classes(nothing: None) -> None:
    await migrations.migrate()
    migrated = await shape()
    await emptied()
    await schema.create_all()
    made = await shape()
    assert sorted(migrated) == sorted(made), "run `zhunjiao migrations freeze` or write a step"
    for table in made:
        assert migrated[table] == made[table], f"{table}: run `zhunjiao migrations freeze` or write a step"


async def test_a_second_run_has_nothing_to_do(nothing: None) -> None:
    assert await migrations.migrate(LINE) == ["m0001_boxes", "m0002_rows"]
    assert await migrations.migrate(LINE) == []


async def test_a_failure_half_way_rolls_all_back_and_the_next_run_goes_on(nothing: None) -> None:
    await migrations.migrate(LINE)
    before = await shape()
    with pytest.raises(RuntimeError, match="power cut"):
        await migrations.migrate([*LINE, ("m0003_columns", fail_half_way)])
    assert await shape() == before
    assert await db.value("select sum(pieces) from boxes") == 465
    assert await migrations.migrate([*LINE, ("m0003_columns", add_columns)]) == ["m0003_columns"]


async def test_columns_are_added_to_full_tables(nothing: None) -> None:
    await migrations.migrate([*LINE, ("m0003_columns", add_columns)])
    assert await db.value("select sum(weight) from boxes") == 210
    await db.rows("update boxes set note = 'x' where id = 1")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await db.rows("update boxes set note = 'x' where id = 2")


async def test_another_type_keeps_rows_references_and_indexes(nothing: None) -> None:
    await migrations.migrate([*LINE, ("m0003_wide", widen)])
    assert await db.value("select sum(pieces) from boxes") == 465
    await db.rows("insert into boxes (id, code) values (99, {})", "NEW")
    assert await db.value("select pieces from boxes where code = 'NEW'") == 0
    with pytest.raises(Exception, match=r"(?i)foreign key|restrict"):
        await db.rows("delete from boxes where id = 1")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await db.rows("insert into boxes (id, code) values (100, 'B1')")
    assert (await columns("boxes"))["pieces"].lower().startswith(("bigint", "integer"))


async def test_a_unique_index_over_duplicates_fails_and_leaves_nothing(nothing: None) -> None:
    await migrations.migrate(LINE)
    before = await shape()

    async def unique() -> None:
        await migrations.add_unique("labels", "text", name="labels_once")

    with pytest.raises(Exception, match=r"(?i)unique"):
        await migrations.migrate([*LINE, ("m0003_unique", unique)])
    assert await shape() == before


def test_what_may_be_empty_is_empty_by_default() -> None:
    filled = [
        f"{t.__name__}.{c._meta.name}"
        for t in all_tables()
        for c in t._meta.columns
        if c._meta.null and c.get_default_value() is not None
    ]
    assert filled == []


def test_no_reference_cascades() -> None:
    loose = [
        f"{t.__name__}.{c._meta.name}"
        for t in all_tables()
        for c in t._meta.foreign_key_columns
        if c._foreign_key_meta.on_delete is not OnDelete.restrict
        or c._foreign_key_meta.on_update.value != "RESTRICT"
    ]
    assert loose == []


async def test_no_index_is_the_beginning_of_a_longer_one(nothing: None) -> None:
    await schema.create_all()
    if db.on_postgres():
        rows = await db.rows(
            "select i.indrelid::regclass::text as of_table, c.relname as name, i.indisunique as once,"
            " array_to_string(i.indkey, ',') as keys from pg_index i join pg_class c on c.oid = i.indexrelid"
            " where c.relnamespace = 'public'::regnamespace and i.indpred is null and i.indexprs is null"
            " and c.relam = (select oid from pg_am where amname = 'btree')"
        )
    else:
        rows = await db.rows(
            'select m.tbl_name as of_table, m.name, l."unique" as once, (select group_concat(x.cid) from'
            " (select cid from pragma_index_info(m.name) order by seqno) x) as keys"
            " from sqlite_master m join pragma_index_list(m.tbl_name) l on l.name = m.name"
            " where m.type = 'index' and not l.partial"
        )
    assert len(rows) > 100
    twice = [
        (short["name"], longer["name"])
        for short in rows for longer in rows
        if short["of_table"] == longer["of_table"] and not short["once"] and longer["keys"].startswith(f"{short['keys']},")
    ]  # fmt: skip
    assert not twice
