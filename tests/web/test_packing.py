"""Answers are packed for those that take it, and come out as they went in."""

import gzip

import httpx

from app.web.packing import SMALLEST
from tests.browse import browser_of
from tests.sales.sample import draft
from tests.world import World


async def _raw(client: httpx.AsyncClient, path: str, accepted: str) -> tuple[httpx.Headers, bytes]:
    async with client.stream("GET", path, headers={"accept-encoding": accepted}) as answer:
        return answer.headers, b"".join([chunk async for chunk in answer.aiter_raw()])


async def test_a_page_is_packed_for_those_who_take_it(world: World) -> None:
    async with browser_of(world.admin) as client:
        headers, packed = await _raw(client, "/help", "gzip, deflate, br")
        plain_headers, plain = await _raw(client, "/help", "identity")
    assert headers["content-encoding"] == "gzip" and "accept-encoding" in headers["vary"].lower()
    assert int(headers["content-length"]) == len(packed) < len(plain) / 3
    assert "content-encoding" not in plain_headers
    assert gzip.decompress(packed).count(b"<a") == plain.count(b"<a")


async def test_small_answers_papers_and_heads_are_left_alone(world: World) -> None:
    order = await draft(world)
    async with browser_of(world.admin) as client:
        for path in ("/health", f"/orders/{order.number}/confirmation.pdf", "/orders/export.xlsx"):
            headers, body = await _raw(client, path, "gzip")
            assert "content-encoding" not in headers, path
            assert len(body) == int(headers["content-length"]), path
        answer = await client.head("/help", headers={"accept-encoding": "gzip"})
        assert answer.status_code < 500 and not answer.content


async def test_shells_of_the_tablet_are_packed_as_files(world: World) -> None:
    async with browser_of(world.admin) as client:
        for path in ("/floor", "/scan", "/enrol"):
            headers, body = await _raw(client, path, "gzip")
            assert headers["content-encoding"] == "gzip" and len(gzip.decompress(body)) > SMALLEST, path
