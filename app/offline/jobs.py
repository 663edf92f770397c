"""Of the snapshot: the machines, people and jobs of a device's team."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app.core import clock, db
from app.core.quantities import KILOGRAM, PIECE, Quantity, Weight, plain
from app.production.reasons import RAISED
from app.scanning.codes import make_for_id

AHEAD = timedelta(hours=36)
JUST_DONE = timedelta(hours=12)
MOST_JOBS, MOST_PEOPLE = 300, 500
_JOBS = """
select o.id, o.seq, o.name, o.state, o.report_by, o.setup_minutes, o.planned_start, o.planned_end,
       o.good_q, o.scrap_q, o.weight_micro, o.weight_pieces, m.code as machine,
       w.id as work_order_id, w.number, w.quantity_q, w.due_date,
       i.code as item, i.name as item_name, i.spec, i.base_unit, i.unit_label, i.per_box,
       i.weight_micro as item_micro, i.weight_pieces as item_pieces,
       l.weight_micro as lot_micro, l.weight_pieces as lot_pieces,
       (select p.good_q from work_order_operations p where p.work_order = o.work_order and p.seq < o.seq
        order by p.seq desc limit 1) as before_q,
       (select max(p.seq) from work_order_operations p where p.work_order = o.work_order and p.seq < o.seq) as before_seq
from work_order_operations o join work_orders w on w.id = o.work_order join items i on i.id = w.item
left join lots l on l.id = w.lot left join machines m on m.id = coalesce(o.runs_on, o.machine)
"""


async def machines(team: int | None) -> list[dict[str, Any]]:
    """The team's machines in use, or all of them where the device has no team."""
    where, args = ("", ()) if team is None else ("and m.team = {} ", (team,))
    return await db.rows(
        "select m.id, m.code, m.name, m.work_center, c.name as center from machines m join work_centers c"
        " on c.id = m.work_center"
        f" where m.active {where}order by c.name, m.code",
        *args,
    )


def machine_shown(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row["code"], "name": row["name"], "group": row["center"]}


async def people(
    team: int | None, machine_codes: list[str], posting: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Who may sign on: by badge (its fingerprint) or by name and PIN, and whether they may post delivery notes. Nothing else."""
    where, args = ("", ()) if team is None else ("and team = {} ", (team,))
    rows = await db.rows(
        f"select id, code, name, badge_hash from people where active {where}order by name, code limit"
        f" {MOST_PEOPLE}",
        *args,
    )
    return [
        {
            "id": row["code"],
            "name": row["name"],
            "initials": row["name"][:1],
            "badge_hash": row["badge_hash"],
            "machines": machine_codes,
            "posts": row["id"] in posting,
        }
        for row in rows
    ]


async def jobs(team_machines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What runs, what is planned within the next 36 hours or has its parts lying here, what was just finished; unplanned ones
    last."""
    ids, centers = [m["id"] for m in team_machines], sorted({m["work_center"] for m in team_machines})
    if not ids:
        return []
    now = clock.now()
    open_ = await db.rows(
        f"{_JOBS} where w.state = 'released' and o.state <> 'done' and"
        f" {db.any_of('o.work_center', centers).template}"
        " and (coalesce(o.runs_on, o.machine) is null or"
        f" {db.any_of('coalesce(o.runs_on, o.machine)', ids).template})"
        " and (o.planned_start is null or o.planned_start < {} or o.state in ('running', 'paused')"
        " or (o.state = 'ready' and exists (select 1 from work_order_operations p where p.work_order = o.work_order"
        " and p.seq < o.seq and p.good_q > 0)))"
        " order by case when o.planned_start is null then 1 else 0 end, o.planned_start, w.due_date,"
        " w.id, o.seq"
        f" limit {MOST_JOBS}",
        *centers,
        *ids,
        now + AHEAD,
    )
    done = await db.rows(
        f"{_JOBS} where o.state = 'done' and {db.any_of('o.runs_on', ids).template} and o.done_at > {{}}"
        " order by o.done_at desc limit 60",
        *ids,
        now - JUST_DONE,
    )
    found = open_ + done
    customers, troubles = await _customers(found), await _troubles(found)
    return [job_shown(row, customers.get(row["work_order_id"], ""), troubles.get(row["id"])) for row in found]


async def _customers(found: list[dict[str, Any]]) -> dict[int, str]:
    """By work order, the name of the customer it is made for."""
    work_orders = sorted({row["work_order_id"] for row in found})
    rows = await db.rows(
        "select distinct d.supply_id, c.name, c.short_name from demands d join sales_order_lines l on"
        " l.id = d.demand_id"
        ' join sales_orders o on o.id = l."order" join customers c on c.id = o.customer'
        " where d.supply_kind = 'work_order' and d.demand_kind = 'sales_order_line' and"
        f" {db.any_of('d.supply_id', work_orders).template}",
        *work_orders,
    )
    return {row["supply_id"]: row["short_name"] or row["name"] for row in rows}


async def _troubles(found: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """By operation, what somebody called for and nobody solved yet."""
    operations = [row["id"] for row in found]
    rows = await db.rows(
        "select operation, kind, raised_at from production_exceptions where state <> 'resolved'"
        f" and {db.any_of('kind', list(RAISED)).template} and"
        f" {db.any_of('operation', operations).template} order by id",
        *RAISED,
        *operations,
    )
    return {row["operation"]: {"kind": row["kind"], "at": instant(row["raised_at"])} for row in rows}


def job_shown(row: dict[str, Any], customer: str, trouble: dict[str, Any] | None) -> dict[str, Any]:
    """One operation as the floor page wants it. Quantities are decimal strings in the item's base unit."""
    weight = (
        Weight(row["lot_micro"] or 0, row["lot_pieces"] or 1000)
        or Weight(row["weight_micro"], row["weight_pieces"])
        or Weight(row["item_micro"], row["item_pieces"])
    )
    size, _, rest = row["spec"].partition(" ")
    return {
        "operation": f"{row['number']}/{row['seq']}",
        "work_order": row["number"],
        "seq": row["seq"],
        "operation_name": row["name"],
        "item": row["item"],
        "item_name": f"{row['item_name']} {size}".strip(),
        "spec": rest,
        "customer": customer,
        "machine": row["machine"],
        "planned_start": instant(row["planned_start"]),
        "planned_end": instant(row["planned_end"]),
        "state": row["state"],
        "quantity": quantity(row["quantity_q"]),
        "good": quantity(row["good_q"]),
        "scrap": quantity(row["scrap_q"]),
        "unit": row["base_unit"],
        "unit_label": label(row),
        "report_by": row["report_by"],
        "weight_per_thousand": per_thousand(weight) if row["base_unit"] != KILOGRAM else None,
        "presets": [row["per_box"]] if row["per_box"] else [],
        "per_basket": None,
        "due_date": row["due_date"].isoformat(),
        "setup_minutes": row["setup_minutes"],
        "previous": f"{row['number']}/{row['before_seq']}" if row["before_seq"] else None,
        "previous_done": row["before_q"] is None or row["before_q"] > 0,
        "exception": trouble,
        "scan": make_for_id("O", row["id"]),
        "work_order_scan": make_for_id("W", row["work_order_id"]),
    }


def label(row: dict[str, Any]) -> str:
    """What one of an item is called."""
    return row["unit_label"] or (PIECE if row["base_unit"] == PIECE else row["base_unit"])


def quantity(milli: int) -> str:
    return str(Quantity(milli))


def per_thousand(weight: Weight) -> str | None:
    """kg of a thousand pieces, at least two decimals."""
    if not weight:
        return None
    kilograms = (Decimal(weight.micro) / 1000 / weight.pieces).quantize(Decimal("0.0001"))
    text = plain(kilograms)
    return text if len(text.partition(".")[2]) >= 2 else f"{kilograms:.2f}"


def instant(value: datetime | None) -> str | None:
    """RFC 3339 on the factory's wall clock."""
    return clock.local(value).isoformat(timespec="seconds") if value else None
