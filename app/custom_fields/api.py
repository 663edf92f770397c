"""`/api/v1/custom-fields`: the definitions, for programs."""

from typing import Any

from litestar import Request, Response, get, patch, post

from app.custom_fields import definitions
from app.custom_fields.definitions import code_of, find
from app.custom_fields.entering import entered, shown, values_of
from app.custom_fields.lists import FIELDS
from app.custom_fields.permissions import EDIT
from app.custom_fields.tables import CustomField
from app.people.actors import Actor
from app.web.api import carry_out, if_match, listed, reply
from app.web.input import Input, read_json

BASE = "/api/v1/custom-fields"


async def _shown(row: CustomField) -> dict[str, Any]:
    return shown(row.to_dict())


@get(BASE)
async def every(request: Request, by: Actor, limit: int = 200) -> Response:
    """`?thing=customer` for the fields of customers only."""
    by.must(EDIT)
    page = await FIELDS.page(request, by, limit)
    return listed([shown(row) for row in page.rows], page.next_cursor)


@get(f"{BASE}/{{code:str}}")
async def one(by: Actor, code: str) -> Response:
    by.must(EDIT)
    row = await find(code)
    return reply(shown(row.to_dict()), headers={"ETag": f'"{row.version}"'})


@post(BASE, status_code=201)
async def define(request: Request, by: Actor) -> Response:
    """`options` is a list of choices, each with its word in English behind a bar: "加急 | Rush"."""
    by.must(EDIT)
    form = await read_json(request)
    form.values.setdefault("active", True)
    return await carry_out(
        request,
        definitions.define,
        entered(form),
        shown=_shown,
        address=lambda row: f"{BASE}/{code_of(row)}",
        status=201,
    )


@patch(f"{BASE}/{{code:str}}")
async def change(request: Request, by: Actor, code: str) -> Response:
    """What is not sent stays as it is; thing and key always do."""
    by.must(EDIT)
    form = await read_json(request)
    new = entered(Input(values_of(await find(code)) | form.values))
    return await carry_out(request, definitions.change, code, new, shown=_shown, version=if_match(request))


ROUTES = [every, one, define, change]
