"""The places that are no shelf: where goods come from and go to, so that nothing appears from or vanishes to nowhere."""

from app.core import db
from app.core.words import N_, translate

PRODUCTION, CUSTOMER, SUPPLIER, SCRAP, DIFFERENCE, OPENING = (
    "@PRODUCTION",
    "@CUSTOMER",
    "@SUPPLIER",
    "@SCRAP",
    "@COUNT",
    "@OPENING",
)
PLACES = {
    PRODUCTION: N_("Production"),
    CUSTOMER: N_("Customer"),
    SUPPLIER: N_("Supplier"),
    SCRAP: N_("Scrap"),
    DIFFERENCE: N_("Count difference"),
    OPENING: N_("Opening stock"),
}


async def plant_places() -> None:
    """Write the virtual places that are not there yet."""
    warehouse = await db.value("select id from warehouses where code = '@'")
    if warehouse is None:
        made = await db.rows(
            "insert into warehouses (code, name, active, version) values ('@', '@', {}, 1) returning id", True
        )
        warehouse = made[0]["id"]
    for code, label in PLACES.items():
        await db.rows(
            "insert into bins (code, name, warehouse, kind, active, version) values ({}, {}, {}, 'virtual', {}, 1)"
            " on conflict (code) do nothing",
            code, translate(label, "zh_CN"), warehouse, True,
        )  # fmt: skip


async def place(code: str) -> int:
    """The id of a virtual place."""
    return int(await db.value("select id from bins where code = {}", code))


async def of_customer(customer_id: int) -> int:
    """The id of a customer's own place, made when goods go there first: what lies with one is never taken for another's."""
    code = f"{CUSTOMER}-{customer_id}"
    found = await db.value("select id from bins where code = {}", code)
    if found is None:
        await db.rows(
            "insert into bins (code, name, warehouse, kind, active, version) select {}, substr(c.name, 1, 80), b.warehouse, 'virtual',"
            " {}, 1 from customers c join bins b on b.code = {} where c.id = {} on conflict (code) do nothing",
            code, True, CUSTOMER, customer_id,
        )  # fmt: skip
        found = await db.value("select id from bins where code = {}", code)
    return int(found)
