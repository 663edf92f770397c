"""Exchange rates by day: what a foreign order is weighed at when it brings no rate of its own."""

from litestar import Request, Response, get, post

from app.core import clock, db
from app.core.db import commit
from app.core.money import CURRENCIES
from app.core.refusals import Refused
from app.core.words import _
from app.people.actors import Actor
from app.sales import rates
from app.web.input import read_form
from app.web.render import render, see

FOREIGN = tuple(code for code in CURRENCIES if code != "CNY")


@get("/exchange-rates")
async def show(request: Request, by: Actor) -> Response:
    rates.must_keep(by)
    return await _draw(request, {"day": clock.today().isoformat()}, {})


@post("/exchange-rates", status_code=200)
async def write(request: Request, by: Actor) -> Response:
    form = await read_form(request)
    currency, day = form.choice("currency", FOREIGN), form.day("day", required=True)
    given = form.text("rate", 40, required=True)
    try:
        form.check()
        assert day is not None
        await commit(rates.write, currency, day, given, by=by, key=form.key, body=form.body)
    except Refused as refused:
        if refused.status != 422:
            raise
        return await _draw(request, form.values, refused.fields(), 422)
    return see("/exchange-rates", _("The rate of %(currency)s is kept", currency=currency))


async def _draw(request: Request, values: dict, problems: dict[str, str], status: int = 200) -> Response:
    kept = await db.rows(
        "select currency, day, rate_micro from exchange_rates order by day desc, currency limit 100"
    )
    return await render(
        request,
        "sales/rates.html",
        status,
        kept=kept,
        values=values,
        problems=problems,
        currencies=[(c, c) for c in FOREIGN],
    )


ROUTES = [show, write]
