"""A browser without a screen: an HTTP client that is logged in as one of the world."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache

import httpx

from app.core import clock, ids
from app.main import create_app
from app.people.actors import Actor
from app.people.tables import ApiKey, LoginSession
from app.web.gate import Gate


@cache
def whole_app() -> Gate:
    """The application, put together once: it keeps nothing between requests but what is in the database."""
    return create_app()


@asynccontextmanager
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not logged in."""
    transport = httpx.ASGITransport(app=whole_app())  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@asynccontextmanager
async def browser_of(actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """The actor's browser, logged in."""
    token, now = ids.token(), clock.real_now()
    await LoginSession(
        token_hash=ids.fingerprint(token),
        user=actor.user_id,
        began_at=now,
        seen_at=now,
        ends_at=now + timedelta(days=1),
    ).save()
    async with visitor() as client:
        client.cookies.set("session", token)
        yield client


@asynccontextmanager
async def program_of(actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A program with an API key of the actor."""
    secret = ids.token()
    await ApiKey(
        user=actor.user_id, name="test", key_hash=ids.fingerprint(secret), made_at=clock.real_now()
    ).save()
    async with visitor() as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client
