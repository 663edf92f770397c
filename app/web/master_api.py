"""The API of a master, made from its description."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, patch, post

from app.people.actors import Actor
from app.web import imports, masters
from app.web.api import Shown, carry_out, if_match, listed, reply
from app.web.input import read_form, read_json
from app.web.masters import Master


def api_of(master: Master) -> list[Any]:
    """List, get, create, change and import for programs."""
    base = f"/api/v1/{master.resource}"
    return [*_reading(master, base), *_writing(master, base), _import_api(master)]


def _shown(master: Master, by: Actor) -> Shown:
    async def shown(row: dict[str, Any]) -> dict[str, Any]:
        return masters.shown(await masters.whole(master, by), row)

    return shown


def _reading(master: Master, base: str) -> list[Any]:
    @get(base, name=f"api:{master.resource}:list")
    async def list_api(request: Request, by: Actor, limit: int = 50) -> Response:
        by.must(master.see)
        page = await master.list.page(request, by, limit)
        rows = await masters.rows_of(master, [row["code"] for row in page.rows])
        own = await masters.whole(master, by)
        return listed([masters.shown(own, row) for row in rows], page.next_cursor)

    @get(f"{base}/{{code:str}}", name=f"api:{master.resource}:get")
    async def get_api(by: Actor, code: str) -> Response:
        by.must(master.see)
        row = await masters.row_of(master, code)
        return reply(await _shown(master, by)(row), headers={"ETag": f'"{row["version"]}"'})

    return [list_api, get_api]


def _writing(master: Master, base: str) -> list[Any]:
    @post(base, name=f"api:{master.resource}:create")
    async def create_api(request: Request, by: Actor) -> Response:
        form = await read_json(request)
        form.values = masters.usual(master) | form.values
        return await carry_out(
            request, masters.save, master, None, form, shown=_shown(master, by),
            address=lambda row: f"{base}/{quote(row['code'], safe='')}", status=201,
        )  # fmt: skip

    @patch(f"{base}/{{code:str}}", name=f"api:{master.resource}:change")
    async def change_api(request: Request, by: Actor, code: str) -> Response:
        form = await read_json(request)
        return await carry_out(
            request, masters.save, master, code, form, shown=_shown(master, by), version=if_match(request), partial=True
        )  # fmt: skip

    return [create_api, change_api]


def _import_api(master: Master) -> Any:
    @post(f"/api/v1/imports/{master.resource}", name=f"api:{master.resource}:import", status_code=200)
    async def import_api(request: Request, by: Actor, of: str = "") -> Response:
        """A file of the master's rows, or with `?of=` of one of its children's; a dry run unless `apply=1`."""
        form = await read_form(request)
        dry = form.raw("apply") not in ("1", "true")
        found = await imports.take(master, imports.child_of(master, of), form, dry=dry, by=by)
        return reply(found.told())

    return import_api
