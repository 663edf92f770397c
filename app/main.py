"""The composition root: the only file that knows everybody."""

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from app import piccolo_app
from app.config import ROOT
from app.core import house
from app.core.db import BEYOND, DB
from app.core.refusals import Refused
from app.people.actors import Actor
from app.upkeep.door import plain_door
from app.upkeep.stopping import ending_streams, marked_as_serving
from app.web import errors
from app.web.api_docs import openapi
from app.web.gate import Gate
from app.web.packing import AS_FILES
from app.web.render import actor_of

MAX_BODY = 25 * 1024 * 1024


async def by(request: Request) -> Actor:
    """Who acts: every handler that asks for `by` gets the actor the gate found."""
    actor = actor_of(request)
    if actor is None:
        raise HTTPException(status_code=401)
    return actor


def routes(edge: str) -> list[Any]:
    """The `ROUTES` of every capability's `pages` or `api`."""
    return [route for module in house.modules(edge) for route in getattr(module, "ROUTES", ())]


def _files(path: str) -> Router:
    folder = ROOT / path.strip("/")
    return create_static_files_router(path, [folder], include_in_schema=False, middleware=AS_FILES)


def settle_memory() -> None:
    """What is loaded by now stays for good: the collector need not look through it again, nor after every few pages' objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """Open the database, run the relay of events, the ticker and the calls to others with the app, close all at the end."""
    await DB.open()
    settle_memory()
    events, schedule = importlib.import_module("tasks.events"), importlib.import_module("tasks.schedule")
    calls = importlib.import_module("tasks.integrations")
    with ending_streams(), marked_as_serving():
        async with events.relaying(), schedule.ticking(), calls.calling(), plain_door():
            yield
    await DB.close()


def create_litestar() -> Litestar:
    return Litestar(
        route_handlers=[
            Router("/", route_handlers=routes("pages"), include_in_schema=False),
            *routes("api"),
            _files("/static"),
            _files("/pwa"),
        ],
        dependencies={"by": Provide(by)},
        exception_handlers={
            Refused: errors.on_refused,
            HTTPException: errors.on_http,
            Exception: errors.on_crash,
            **dict.fromkeys(BEYOND, errors.on_beyond),
        },
        openapi_config=openapi(),
        request_max_body_size=MAX_BODY,
        lifespan=[running],
    )


def create_app() -> Gate:
    """The ASGI application: the gate around the router."""
    assert piccolo_app.APP_CONFIG.table_classes
    gc.disable()  # all that is made here stays: looking for what does not takes a sixth of the start
    try:
        return Gate(create_litestar())
    finally:
        gc.enable()
