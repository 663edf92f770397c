"""Goods that left lie at their customer's own place, not all at one: what is there is told apart by the delivery notes."""

from app.core import db

COMMON = "@CUSTOMER"
_NOTES = "select p.id from stock_postings p join delivery_notes n on n.id = p.source_id where p.source_kind = 'delivery_note' and n.customer = {}"


async def forwards() -> None:
    common = await db.one("select id, warehouse from bins where code = {}", COMMON)
    if common is None:
        return
    customers = await db.rows(
        "select distinct c.id, c.name from delivery_notes n join customers c on c.id = n.customer join stock_postings p"
        " on p.source_kind = 'delivery_note' and p.source_id = n.id order by c.id"
    )
    own = []
    for customer in customers:
        made = await db.rows(
            "insert into bins (code, name, warehouse, kind, active, version) values ({}, {}, {}, 'virtual', {}, 1) returning id",
            f"{COMMON}-{customer['id']}", customer["name"][:80], common["warehouse"], True,
        )  # fmt: skip
        own.append(made[0]["id"])
        for end in ("to_bin", "from_bin"):
            await db.rows(
                f"update stock_moves set {end} = {{}} where {end} = {{}} and posting in ({_NOTES})",
                made[0]["id"], common["id"], customer["id"],
            )  # fmt: skip
    if own:
        await _balance([common["id"], *own])


async def _balance(bins: list[int]) -> None:
    """The balances of these places anew, from the moves."""
    places = db.any_of("bin", bins)
    await db.rows(f"delete from stock_balances where {places.template}", *bins)
    await db.rows(
        "insert into stock_balances (item, lot, bin, quality, quantity_q) select item, lot, bin, quality, cast(sum(q) as bigint) from ("
        " select item, lot, to_bin as bin, to_quality as quality, quantity_q as q from stock_moves"
        " union all select item, lot, from_bin, from_quality, -quantity_q from stock_moves) both_ways"
        f" where {places.template} group by item, lot, bin, quality having sum(q) <> 0",
        *bins,
    )
