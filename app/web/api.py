"""Joints of /api/v1: one way to run a verb for a program and to answer with the stored answer under its key."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from litestar import Request, Response

from app.core.db import Done, commit
from app.core.refusals import STALE, Reason, Refused
from app.core.text import digits
from app.core.words import N_
from app.people.actors import Actor
from app.web.errors import problem
from app.web.render import actor_of

KEY_TOO_LONG = Reason("key_too_long", N_("Idempotency-Key has at most 150 characters"), 400)
Shown = Callable[[Any], Awaitable[dict[str, Any]]]


def by_of(request: Request) -> Actor:
    """The actor; the gate lets nobody in without one."""
    actor = actor_of(request)
    assert actor is not None
    return actor


def if_match(request: Request) -> int | None:
    """The version a change was made for (`If-Match: "7"`)."""
    text = (request.headers.get("If-Match") or "").strip().strip('"')
    if not text:
        return None
    version = digits(text)
    if version is None:
        raise Refused(STALE)
    return version


def key_of(request: Request) -> str | None:
    """The Idempotency-Key of a request."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and len(key) > 150:
        raise Refused(KEY_TOO_LONG)
    return key


async def carry_out(
    request: Request, verb: Callable[..., Awaitable[Any]], *args: Any, shown: Shown, address: Callable[[Any], str] | None = None,
    status: int = 200, body: bytes | None = None, **facts: Any,
) -> Response[Any]:  # fmt: skip
    """commit() a verb for a program: `shown(value)` is the JSON answered and kept under the Idempotency-Key.

    `body` is what the key stands for when it is not the request's JSON (an uploaded file).
    """

    async def answer(done: Done) -> dict[str, Any]:
        if done.deferred:
            return {"status": 202, "location": f"/api/v1/approvals/{done.value.number}",
                    "body": {"approval": done.value.number, "state": "pending"}}  # fmt: skip
        location = address(done.value) if address else None
        return {"status": status, "location": location, "body": await shown(done.value)}

    sent = request.url.path.encode() + b"\n" + (await request.body() if body is None else body)
    done = await commit(
        verb, *args, by=by_of(request), key=key_of(request), body=sent, answer=answer, **facts
    )
    headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
    if done.answer.get("location"):
        headers["Location"] = quote(done.answer["location"], safe="/?&=%")
    return reply(done.answer["body"], done.answer["status"], headers)


async def carry_out_on(
    request: Request, verb: Callable[..., Awaitable[Any]], number: str, *args: Any, shown: Shown,
    current: Callable[[], Awaitable[dict[str, Any]]], address: Callable[[Any], str] | None = None, status: int = 200,
) -> Response[Any]:  # fmt: skip
    """carry_out() on a thing of the version of If-Match; a stale one is answered with the thing as it is now."""
    try:
        version = if_match(request)
        return await carry_out(
            request, verb, number, *args, shown=shown, address=address, status=status, version=version
        )
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        answer = problem(409, refused.reason.code, refused.sentence())
        answer.content["current"] = await current()
        return answer


def limit_of(request: Request) -> int:
    """How many rows a program asks for (`?limit=`); the listing caps it."""
    limit = digits(request.query_params.get("limit", ""), 5)
    return 50 if limit is None else limit


def reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response[Any]:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text, status_code=status, media_type="application/json", headers=headers or {})


def listed(items: list[dict[str, Any]], next_cursor: str | None) -> Response[Any]:
    return reply({"items": items, "next_cursor": next_cursor})
