"""The two ways into WeCom. Tokens live in memory only; no secret, key or token reaches a log, a job or an exception."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.integrations.wire import NoAnswer, NotReached, json_of

SPARE = 60
STALE = (40014, 42001, 41001)


@dataclass
class Token:
    """An application's access token: one per secret, fetched by one at a time, renewed a minute before it ends."""

    text: str = ""
    ends: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def good(self) -> bool:
        return bool(self.text) and time.monotonic() < self.ends - SPARE


_tokens: dict[tuple[str, ...], Token] = {}


def forget_tokens() -> None:
    """Fetch anew at the next call."""
    _tokens.clear()


class Application:
    """Messages to people. Every call answers WeCom's own object with `errcode`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        key = tuple(values[name] for name in ("url", "corp", "secret"))
        self._token = _tokens.setdefault(key, Token())

    async def send(self, body: dict[str, Any]) -> dict[str, Any]:
        """message/send. A token that WeCom calls stale is fetched anew and the call made once more: nothing was sent by it."""
        answer = await self._with_token(body)
        if answer.get("errcode") in STALE:
            self._token.text = ""
            answer = await self._with_token(body)
        return answer

    async def _with_token(self, body: dict[str, Any]) -> dict[str, Any]:
        refused = await self._fetch()
        if refused is not None:
            return refused
        url = f"{self._values['url']}/cgi-bin/message/send"
        return await json_of("POST", url, {"access_token": self._token.text}, body)

    async def _fetch(self) -> dict[str, Any] | None:
        """A good token is there; else WeCom's refusal."""
        async with self._token.lock:
            if self._token.good:
                return None
            asked = {"corpid": self._values["corp"], "corpsecret": self._values["secret"]}
            try:
                answer = await json_of("GET", f"{self._values['url']}/cgi-bin/gettoken", asked)
            except NoAnswer as error:  # asking for a token sends nothing
                raise NotReached(str(error)) from None
            if answer.get("errcode") != 0 or not answer.get("access_token"):
                return {
                    "errcode": answer.get("errcode", -1),
                    "errmsg": answer.get("errmsg", ""),
                    "at": "gettoken",
                }
            self._token.text = str(answer["access_token"])
            self._token.ends = time.monotonic() + float(answer.get("expires_in", 7200))
            return None


async def post_to_group(url: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
    """A robot's webhook; the key is its only secret."""
    return await json_of("POST", f"{url}/cgi-bin/webhook/send", {"key": key}, body)
