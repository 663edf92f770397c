"""Warehouses, which a house that begins empty has none of."""

from app.core import db
from tests.browse import browser_of, program_of


async def test_a_warehouse_is_made_with_its_first_bin_and_stays_while_it_has_one(world):
    async with browser_of(world.admin) as client:
        empty = await client.post(
            "/bins", data={"code": "B-01-01", "warehouse": "成品二库", "kind": "store", "active": "1"}
        )
        assert empty.status_code == 422 and "没有“成品二库”" in empty.text
        made = await client.post("/warehouses", data={"code": "WH2", "name": "成品二库", "active": "1"})
        assert made.status_code == 303, made.text
        filled = await client.post(
            "/bins", data={"code": "B-01-01", "warehouse": "WH2", "kind": "store", "active": "1"}
        )
        assert filled.status_code == 303, filled.text
        page = await client.get("/warehouses")
        assert "成品二库" in page.text and ">@<" not in page.text
        shut = await client.post("/warehouses/WH2", data={"name": "成品二库", "version": "1"})
        assert shut.status_code == 409 and "B-01-01" in shut.text
        for code in ("@", "@2"):
            refused = await client.post("/warehouses", data={"code": code, "name": "内部", "active": "1"})
            assert refused.status_code in (409, 422) and "@" in refused.text
        own = await client.post("/warehouses/@", data={"name": "内部", "active": "1", "version": "1"})
        assert own.status_code == 409
    assert await db.value("select name from warehouses where code = '@'") == "@"
    async with browser_of(world.xiaolan) as client:
        assert (await client.post("/warehouses", data={"code": "WH3", "name": "三库"})).status_code == 403
    async with program_of(world.admin) as client:
        assert [w["code"] for w in (await client.get("/api/v1/warehouses")).json()["items"]] == ["W1", "WH2"]
