"""Orders by the hundred: the standard file, the grid for fast entry, and making everything that is clear at once."""

from typing import Any, NamedTuple

from litestar import Request, Response, get, post

from app.core import db
from app.core.db import Done, commit
from app.core.refusals import Refused
from app.core.words import _
from app.intake import inbound, own_fields, permissions, standard, states
from app.intake.inbound import Accepted
from app.intake.proposing import propose_all
from app.intake.refusals import NOTHING_TYPED
from app.intake.sources import records_in
from app.intake.tables import InboundOrder
from app.people.actors import Actor
from app.sales import orders
from app.sales.entering import order_of
from app.sales.permissions import CONFIRM
from app.web.export import MEDIA_TYPE
from app.web.input import Input, read_form
from app.web.render import render, see

AT_ONCE = 200
EMPTY_ROWS = 15


async def to_made(made: list[str]) -> Response:
    """On to what was taken in: the one order, or the list of several."""
    if len(made) > 1:
        return see("/intake?state=new", _("%(n)s orders were found", n=len(made)))
    row = await db.one("select state, same_as from inbound_orders where number = {}", made[0])
    told = ""
    if row and row["state"] == states.SAME:
        told = _("The same file: it says what %(order)s says, nothing was made", order=row["same_as"])
    return see(f"/intake/{made[0]}", told)


@get("/intake/template.xlsx")
async def template(by: Actor) -> Response[bytes]:
    """The standard file, to be filled and sent back."""
    by.must(permissions.SEE)
    name = 'attachment; filename="orders.xlsx"'
    return Response(
        standard.template(await own_fields.headings()),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": name},
    )


@get("/intake/grid")
async def grid(request: Request, by: Actor) -> Response:
    by.must(permissions.DECIDE)
    return await _grid(request, [], {})


async def _grid(
    request: Request, rows: list[dict[str, str]], problems: dict[str, str], status: int = 200
) -> Response:
    headings = standard.headings(await own_fields.headings())
    empty = [dict.fromkeys(headings, "") for _n in range(max(1, EMPTY_ROWS - len(rows)))]
    return await render(
        request, "intake/grid.html", status, headings=headings, rows=[*rows, *empty], problems=problems,
        units=standard.UNITS, kinds=standard.kinds(), hint=_(standard.HINT),
    )  # fmt: skip


@post("/intake/grid", status_code=303)
async def take_grid(request: Request, by: Actor) -> Response:
    by.must(permissions.DECIDE)
    form = await read_form(request)
    own = await own_fields.headings()
    rows = [
        {field: row.raw(field) for field in standard.headings(own)}
        for row in form.rows("rows", standard.ROWS)
    ]
    rows = [row for row in rows if any(value.strip() for value in row.values())]

    async def numbers(done: Done) -> dict[str, Any]:
        return {"numbers": [row.number for row in done.value]}

    try:
        if not rows:
            raise Refused(NOTHING_TYPED, "rows")
        data = standard.rows_as_text(rows, own)
        found = await records_in("", data)
        done = await commit(
            inbound.receive,
            found,
            "direct",
            _("Entered by hand"),
            data,
            by=by,
            key=form.key,
            body=form.body,
            answer=numbers,
        )
    except Refused as refused:
        return await _grid(request, rows, refused.on_form("rows"), refused.status)
    return await to_made(done.answer["numbers"])


class Count(NamedTuple):
    """What came of the clear orders so far: made, not made; of those to be confirmed, `waiting` for approval or still `drafts`."""

    made: int = 0
    left_out: int = 0
    waiting: int = 0
    drafts: int = 0


@get("/intake/clear")
async def clear(request: Request, by: Actor) -> Response:
    """What would be made at once."""
    by.must(permissions.DECIDE)
    return await _progress(request, Count(), False, by)


async def _progress(
    request: Request, count: Count, confirm: bool, by: Actor, going: bool = False
) -> Response:
    left = await db.value("select count(*) from inbound_orders where state = 'new' and doubts = 0")
    return await render(
        request, "intake/clear.html", count=count, left=left, confirm=confirm, total=count.made + count.left_out + left,
        going=going and left > 0, may_confirm=by.may(CONFIRM),
    )  # fmt: skip


@post("/intake/clear", status_code=200)
async def make_clear(request: Request, by: Actor) -> Response:
    """Make the next orders in which nothing is doubtful; the page goes on by itself until none is left."""
    by.must(permissions.DECIDE)
    form = await read_form(request)
    confirm, before = form.flag("confirm"), [form.whole(name) for name in Count._fields]
    more = await make_next(AT_ONCE, confirm, by)
    count = Count(*(one + other for one, other in zip(before, more, strict=True)))
    return await _progress(request, count, confirm, by, going=True)


async def make_next(most: int, confirm: bool, by: Actor) -> Count:
    """Make (and confirm) up to so many of the clear orders."""
    rows = await InboundOrder.objects().where(
        (InboundOrder.state == states.NEW) & (InboundOrder.doubts == 0)
    ).order_by(InboundOrder.id).limit(most)  # fmt: skip
    proposals = await propose_all([inbound.reading_of(row) for row in rows], [row.customer for row in rows])
    several = [
        Accepted(row.number, order_of(Input(proposal.values())), row.version, clear=not proposal.doubts)
        for row, proposal in zip(rows, proposals, strict=True)
    ]
    done = await commit(inbound.accept_many, several, by=by)
    waiting = drafts = 0
    for order in done.value if confirm else ():
        try:
            waiting += (await commit(orders.confirm, order.number, by=by)).deferred
        except Refused:
            drafts += 1  # its page says what is missing
    return Count(len(done.value), len(rows) - len(done.value), waiting, drafts)


ROUTES = [template, grid, take_grid, clear, make_clear]
