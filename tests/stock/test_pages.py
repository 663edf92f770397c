"""Stock as people and programs meet it."""

import re

import pytest

from app.core import clock, db
from app.core.db import commit
from app.core.refusals import Refused
from app.migrations import m0057_lots_by_heat
from app.stock import moves
from app.stock.masters import BINS
from app.stock.tables import Lot
from app.web import masters
from app.web.input import Input
from tests.browse import browser_of, program_of

MOVE = {
    "why": "opening",
    "item": "FB-M10X45-88D",
    "lot": "L1",
    "quantity": "5",
    "quantity_unit": "千件",
    "to": "A-01-01",
}


async def opened(client, key: str = "m0", **more) -> str:
    """Opening stock entered by the form; the address of its posting."""
    answer = await client.post("/stock/moves", data={**MOVE, "_key": key, **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_opening_stock_is_entered_seen_moved_and_taken_back(world):
    async with browser_of(world.xiuying) as client:
        posting = await opened(client)
        page = await client.get("/stock")
        assert "5,000" in page.text and "≈ 201 kg" in page.text and "A-01-01" in page.text
        assert "SM20261208-0001" in (await client.get(posting)).text
        ledger = await client.get("/stock/FB-M10X45-88D")
        assert ledger.status_code == 200 and "期初" in ledger.text
        moved = await opened(
            client,
            "m1",
            why="move",
            **{"from": "A-01-01", "to": "A-01-02"},
            quantity="40.2",
            quantity_unit="kg",
        )
        balances = await db.rows(
            "select b.code, s.quantity_q from stock_balances s join bins b on b.id = s.bin where b.kind = 'store' order by b.code"
        )
        assert [tuple(r.values()) for r in balances] == [("A-01-01", 4_000_000), ("A-01-02", 1_000_000)]
        blocked = await client.post(f"{posting}/reverse", data={"_key": "m2"})
        assert blocked.status_code in (303, 409)
        assert await db.value("select count(*) from stock_postings where why = 'reverse'") == 0
        assert (await client.post(f"{moved}/reverse", data={"_key": "m3"})).status_code == 303
        assert (await client.post(f"{posting}/reverse", data={"_key": "m4"})).status_code == 303
        assert (await client.get("/stock/postings")).status_code == 200
        for path in ("/stock", "/stock/postings", "/stock/FB-M10X45-88D", "/bins"):
            assert (await client.get(f"{path}/export.xlsx")).status_code == 200
    assert await db.value("select count(*) from stock_balances where quantity_q <> 0") == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"quantity": "-5"}, "quantity"), ({"quantity": "五"}, "quantity"), ({"quantity_unit": ""}, "unit"), ({"item": "NONE"}, "item"),
     ({"to": "Z-99"}, "to"), ({"to": "@CUSTOMER"}, "to"), ({"why": "deliver"}, "why"), ({"why": "move"}, "from"),
     ({"quantity": "1e30"}, "quantity"), ({"lot": "x" * 100}, "lot")],
)  # fmt: skip
async def test_what_cannot_be_is_told_at_the_field_and_nothing_typed_is_lost(world, wrong, field):
    async with browser_of(world.xiuying) as client:
        answer = await client.post("/stock/moves", data={**MOVE, "_key": "x", **wrong})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        shown = answer.text.split(f'data-field="{field if field != "unit" else "quantity"}"')[1].split(
            "</div>"
        )[0]
        assert "error" in shown
    assert await db.value("select count(*) from stock_postings") == 0


async def test_a_bin_is_made_labelled_changed_and_closed_only_when_empty(world):
    async with browser_of(world.xiuying) as client:
        form = {"code": "B-02-01", "warehouse": "W1", "kind": "store", "active": "1", "_key": "b1"}
        assert (await client.post("/bins", data=form)).status_code == 303
        taken = await client.post("/bins", data={**form, "_key": "b2"})
        assert taken.status_code == 422 and "B-02-01" in taken.text
        label = await client.get("/bins/B-02-01/label.pdf")
        assert label.content.startswith(b"%PDF")
        await opened(client, to="B-02-01")
        lot = await db.value("select id from lots")
        assert (await client.get(f"/lots/{lot}/label.pdf")).content.startswith(b"%PDF")
        page = await client.get("/bins/B-02-01")
        assert "5,000 支" in page.text
        closed = await client.post(
            "/bins/B-02-01", data={"warehouse": "W1", "kind": "store", "version": "1", "_key": "b3"}
        )
        assert closed.status_code == 409 and "B-02-01" in closed.text
        renamed = await client.post(
            "/bins/B-02-01",
            data={
                "name": "二号架",
                "warehouse": "W1",
                "kind": "store",
                "active": "1",
                "version": "1",
                "_key": "b4",
            },
        )
        assert renamed.status_code == 303
        assert "B-02-01" in (await client.get("/lookup/bins?q=二号")).text
        assert (await client.get("/bins/@CUSTOMER")).status_code == 200
        changed = await client.post(
            "/bins/@CUSTOMER",
            data={"name": "x", "warehouse": "W1", "kind": "store", "version": "1", "_key": "b5"},
        )
        assert changed.status_code == 409
    assert await db.value("select name from bins where code = '@CUSTOMER'") == "客户"


async def test_who_may_not_sees_and_moves_nothing(world):
    async with browser_of(world.nobody) as client:
        for path in (
            "/stock",
            "/stock/postings",
            "/bins",
            "/stock/FB-M10X45-88D",
            "/stock/moves/new",
            "/bins/A-01-01",
            "/bins/new",
        ):
            assert (await client.get(path)).status_code == 403, path
        await client.post("/stock/moves", data={**MOVE, "_key": "n1"})
    assert await db.value("select count(*) from stock_postings") == 0


async def test_a_program_moves_stock_in_one_posting_and_reverses_it(world):
    async with program_of(world.xiuying) as client:
        line = {"item": "FB-M10X45-88D", "lot": "L1", "quantity": "2", "unit": "千支", "to": "A-01-01"}
        made = await client.post(
            "/api/v1/stock-moves",
            json={"why": "opening", "moves": [line, {**line, "lot": "L2", "to": "A-01-02"}]},
        )
        assert made.status_code == 201 and len(made.json()["moves"]) == 2
        balances = (await client.get("/api/v1/stock-balances?bin=A-01-02")).json()["items"]
        assert [(b["lot"], b["on_hand"], b["unit"]) for b in balances] == [("L2", "2000", "件")]
        listed = (await client.get("/api/v1/stock-moves?item=FB-M10X45-88D&limit=1")).json()
        assert len(listed["items"]) == 1 and listed["next_cursor"]
        rest = (
            await client.get(f"/api/v1/stock-moves?item=FB-M10X45-88D&limit=1&cursor={listed['next_cursor']}")
        ).json()
        assert {listed["items"][0]["lot"], rest["items"][0]["lot"]} == {"L1", "L2"}
        held = {
            "why": "move",
            "item": "FB-M10X45-88D",
            "lot": "L1",
            "quantity": "500",
            "unit": "件",
            "from": "A-01-01",
            "to": "A-01-01",
            "to_quality": "held",
        }
        assert (await client.post("/api/v1/stock-moves", json=held)).status_code == 201
        lying = (await client.get("/api/v1/stock-balances?lot=L1")).json()["items"]
        assert {(b["quality"], b["on_hand"]) for b in lying} == {("good", "1500"), ("held", "500")}
        blocked = await client.post(f"{made.headers['location']}/reverse")
        assert (blocked.status_code, blocked.json()["code"]) == (409, "goods_gone")
        freed = {**held, "from_quality": "held", "to_quality": "good"}
        assert (await client.post("/api/v1/stock-moves", json=freed)).status_code == 201
        back = await client.post(f"{made.headers['location']}/reverse")
        assert back.json()["reverses"] == made.json()["number"]
        wrong = await client.post(
            "/api/v1/stock-moves", json={"why": "opening", "moves": [line, {**line, "quantity": "x"}]}
        )
        assert wrong.status_code == 422 and list(wrong.json()["fields"]) == ["moves-1-quantity"]


@pytest.mark.parametrize("code", ["@MINE", "A-01-01", "a/b", "new", ""])
async def test_a_code_that_cannot_be_is_told_with_all_else_that_is_wrong(world, code):
    wrong = {"code": code, "warehouse": "W9", "kind": "cellar", "name": "长" * 81, "active": "1"}
    async with browser_of(world.xiuying) as client:
        page = await client.post("/bins", data=wrong)
        assert page.status_code == 422
        told = re.findall(r'<a href="#f-([^"]+)">', page.text)
        assert told == ["code", "name", "warehouse", "kind"], "in the order of the form"
        assert f'value="{code}"' in page.text and 'value="W9"' in page.text, "nothing is lost"
    async with program_of(world.xiuying) as program:
        answer = await program.post("/api/v1/bins", json={**wrong, "active": True})
        assert answer.status_code == 422
        assert set(answer.json()["fields"]) == {"code", "warehouse", "kind", "name"}
    assert await db.value("select count(*) from bins where name like '长%'") == 0


async def test_bins_come_from_a_file_and_the_same_file_again_changes_nothing(world):
    sheet = "编码,名称,仓库,地点类型\nD-01,丁一,W1,仓位\nD-02,,W1,\n@X,,W1,\nD-03,,W9,\n".encode()
    async with program_of(world.xiuying) as client:

        async def sent(content, apply):
            answer = await client.post(
                "/api/v1/imports/bins", data={"apply": apply}, files={"file": ("bins.csv", content)}
            )
            return answer.json()

        dry = await sent(sheet, "0")
        assert (dry["created"], [error["row"] for error in dry["errors"]]) == (2, [4, 5])
        assert await db.value("select count(*) from bins where code like 'D-%'") == 0
        right = sheet.split(b"@")[0]
        assert (await sent(right, "1"))["created"] == 2
        assert (await sent(right, "1"))["unchanged"] == 2
    made = await db.rows("select name, kind, active from bins where code like 'D-%' order by code")
    assert [(row["name"], row["kind"], bool(row["active"])) for row in made] == [
        ("丁一", "store", True),
        ("", "store", True),
    ]


async def test_a_program_keeps_bins(world):
    async with program_of(world.xiuying) as client:
        made = await client.post("/api/v1/bins", json={"code": "C-01", "warehouse": "W1"})
        assert made.status_code == 201
        assert (made.json()["kind"], made.json()["warehouse"], made.json()["active"]) == ("store", "W1", True)
        changed = await client.patch("/api/v1/bins/C-01", json={"name": "三号"}, headers={"If-Match": '"1"'})
        assert (changed.json()["name"], changed.json()["version"]) == ("三号", 2)
        stale = await client.patch("/api/v1/bins/C-01", json={"name": "四号"}, headers={"If-Match": '"1"'})
        assert stale.status_code == 409
        assert "C-01" in [b["code"] for b in (await client.get("/api/v1/bins")).json()["items"]]
        assert (await client.post("/api/v1/bins", json={"code": "C-02", "warehouse": "W9"})).json()[
            "fields"
        ].keys() == {"warehouse"}


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        (moves.make, ("opening", [])),
        (moves.reverse, ("SM1",)),
        (masters.save, (BINS, None, Input({"code": "Z", "warehouse": "W1"}))),
        (masters.save, (BINS, "A-01-01", Input({"name": "x"}))),
    ],
)
async def test_nobody_without_the_right_touches_the_store(world, verb, args):
    with pytest.raises(Refused) as refused:
        await commit(verb, *args, by=world.nobody)
    assert refused.value.reason.code == "forbidden"


async def test_lots_are_found_by_their_heat_in_the_palette_the_search_and_the_stock_list(world):
    async with browser_of(world.xiuying) as client:
        await opened(client, lot="L77", heat="H26-0915")
        await opened(client, "m1", lot="L78")
        for wrong in ({"lot": "L77", "heat": "H26-0916"}, {"lot": "", "heat": "H26-0915"}):
            other = await client.post("/stock/moves", data={**MOVE, "_key": "m2", **wrong})
            assert other.status_code == 422
            assert (
                f'id="e-{"heat" if wrong["lot"] else "lot"}"' in other.text and 'value="H26-091' in other.text
            )
        for path in ("/cmdk?q=h26-0915", "/search?q=0915", "/search?q=L77"):
            page = (await client.get(path)).text
            assert "L77" in page and f"/stock/{world.bolt.code}?lot=L77" in page and "L78" not in page, path
        listed = (await client.get("/stock?heat=0915")).text
        assert "H26-0915" in listed and "L78" not in listed
        assert "L77" in (await client.get(f"/stock/{world.bolt.code}?heat=h26")).text
    async with browser_of(world.nobody) as client:
        assert "L77" not in (await client.get("/cmdk?q=h26-0915")).text


async def test_lots_of_before_are_found_after_the_migration(world):
    async with db.DB.transaction():
        await Lot(item=world.bolt.id, number="OLD-1", heat="C8812", made_at=clock.now()).save()
        await m0057_lots_by_heat.forwards()
    async with browser_of(world.xiuying) as client:
        assert "OLD-1" in (await client.get("/cmdk?q=c8812")).text
