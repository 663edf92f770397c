"""JSON over HTTP, told apart by what can be known afterwards: never reached, no answer, an answer."""

import logging
import ssl
from functools import cache
from typing import Any

import httpx

for _name in ("httpx", "httpcore"):  # both write whole addresses, and ours carry keys and tokens
    logging.getLogger(_name).setLevel(logging.WARNING)
TIMEOUT = httpx.Timeout(10, connect=5)


class NotReached(Exception):
    """Nothing was handed over: it may be tried again."""


class NoAnswer(Exception):
    """It was handed over and nothing is known of what became of it."""


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that are believed, read once: reading them holds up the loop for a page's time."""
    return httpx.create_ssl_context()


async def json_of(
    method: str, url: str, params: dict[str, str], body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The answer as an object; an answer that is none counts as no answer when the server broke."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=trusted()) as client:
            answer = await client.request(method, url, params=params, json=body)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        raise NotReached(type(error).__name__) from None
    except httpx.HTTPError as error:
        raise NoAnswer(type(error).__name__) from None
    if answer.status_code >= 500:
        raise NoAnswer(f"HTTP {answer.status_code}")
    try:
        found = answer.json()
    except ValueError:
        if answer.status_code >= 400:  # somebody else answers there
            return {"errcode": answer.status_code, "errmsg": f"HTTP {answer.status_code}"}
        raise NoAnswer(f"HTTP {answer.status_code}, no JSON") from None
    return found if isinstance(found, dict) else {}
