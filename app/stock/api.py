"""Stock for programs: movements, balances, postings, warehouses, bins."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post

from app.core import clock
from app.core.quantities import Quantity
from app.core.rows import gathered, only
from app.people.actors import Actor
from app.stock import moves, permissions
from app.stock.ledger import Why
from app.stock.lists import ALL_MOVES, BALANCES, POSTINGS, moves_in
from app.stock.masters import BINS, WAREHOUSES
from app.stock.moves import BY_HAND
from app.stock.pages.ledger import wanted_of
from app.stock.queries import postings_called
from app.stock.refusals import NOT_BY_HAND
from app.web.api import carry_out, listed, reply
from app.web.input import read_json
from app.web.master_api import api_of


def decimal(milli: int) -> str:
    return str(Quantity(milli))


def move_shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "item": row["item"], "lot": row["lot"], "quantity": decimal(row["quantity_q"]), "unit": row["base_unit"],
        "weight": decimal(row["measured_q"]) if row["measured_q"] else None, "from": row["from_code"], "to": row["to_code"],
        "from_quality": row["from_quality"], "to_quality": row["to_quality"], "why": row["why"], "source": row["document"] or None,
        "posting": row["number"], "happened_at": clock.local(row["happened_at"]).isoformat(),
    }  # fmt: skip


async def posting_shown(number: str) -> dict[str, Any]:
    return only(await postings_shown([number[:40]]))


async def postings_shown(numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Postings in the order of their numbers."""
    rows = await postings_called(numbers)
    told = gathered(await moves_in([row["id"] for row in rows]), "posting")
    return [_posting(row, told[row["id"]]) for row in rows]


def _posting(row: dict[str, Any], told: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": row["number"], "why": row["why"], "source": row["document"] or None, "flags": row["flags"].split(),
        "booked_on": row["booked_on"].isoformat(), "happened_at": clock.local(row["happened_at"]).isoformat(),
        "person": row["person_name"], "reverses": row["reverses_number"], "reversed_by": row["reversed_by"],
        "moves": [move_shown(m) for m in told],
    }  # fmt: skip


async def _shown(posting: Any) -> dict[str, Any]:
    return await posting_shown(posting.number)


def _address(posting: Any) -> str:
    return f"/api/v1/postings/{posting.number}"


@get("/api/v1/stock-moves")
async def list_moves(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_BALANCES)
    page = await ALL_MOVES.page(request, by, limit)
    return listed([move_shown(row) for row in page.rows], page.next_cursor)


@post("/api/v1/stock-moves")
async def make_moves(request: Request, by: Actor) -> Response:
    """`{"why": "move", "moves": [{item, quantity, unit, weight, from, to, lot, heat}]}` (or one such object), in one posting."""
    form = await read_json(request)
    rows = form.rows("moves") if isinstance(form.values.get("moves"), list) else [form]
    why = form.choice("why", [str(w) for w in Why])
    if why not in {str(w) for w in BY_HAND}:
        form.refuse("why", NOT_BY_HAND)
    wanted = []
    for n, row in enumerate(rows):
        wanted.append(wanted_of(row))
        if row is not form:
            form.adopt("moves", n, row)
    form.check()
    document = form.text("source", 40)
    return await carry_out(
        request, moves.make, why, wanted, document=document, shown=_shown, address=_address, status=201
    )


@get("/api/v1/postings")
async def list_postings(request: Request, by: Actor, limit: int = 50) -> Response:
    by.must(permissions.SEE_BALANCES)
    page = await POSTINGS.page(request, by, limit)
    return listed(await postings_shown([row["number"] for row in page.rows]), page.next_cursor)


@get("/api/v1/postings/{number:str}")
async def get_posting(by: Actor, number: str) -> Response:
    by.must(permissions.SEE_BALANCES)
    return reply(await posting_shown(number))


@post("/api/v1/postings/{number:str}/reverse", status_code=200)
async def reverse_posting(request: Request, by: Actor, number: str) -> Response:
    return await carry_out(request, moves.reverse, number, shown=_shown)


@get("/api/v1/stock-balances")
async def list_balances(request: Request, by: Actor, limit: int = 50) -> Response:
    """`?item=&bin=&lot=`; quantities in the item's base unit."""
    by.must(permissions.SEE_BALANCES)
    page = await BALANCES.page(request, by, limit)
    items = [
        {"item": r["item"], "lot": r["lot"], "bin": r["bin"], "quality": r["quality"], "unit": r["base_unit"],
         "on_hand": decimal(r["quantity_q"]), "reserved": decimal(r["reserved_q"]), "available": decimal(r["free_q"])}
        for r in page.rows
    ]  # fmt: skip
    return listed(items, page.next_cursor)


ROUTES = [
    list_moves,
    make_moves,
    list_postings,
    get_posting,
    reverse_posting,
    list_balances,
    *api_of(WAREHOUSES),
    *api_of(BINS),
]
