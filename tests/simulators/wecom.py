"""企业微信 on loopback: tokens with an end, quotas, lengths, unknown people, the duplicate check, and faults on demand."""

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CORP, SECRET, AGENT, ROBOT_KEY = (
    "ww0000000000000001",
    "application-secret-not-to-be-seen",
    1000002,
    "robot-key-not-to-be-seen",
)
PER_MINUTE = 20
Answer = dict[str, Any]


def no(code: int, said: str) -> Answer:
    return {"errcode": code, "errmsg": f"{said}, hint: [1764547200_1_0123456789abcdef], from ip: 127.0.0.1"}


@dataclass
class WeCom:
    """The other side. `faults` are taken one per send: `lost` (nothing arrives, no answer), `late` (it arrives, no answer), `500`, a code."""

    people: set[str] = field(default_factory=lambda: {"xiaolan", "chenzong", "liuyang"})
    trusted: bool = True
    lifetime: int = 7200
    faults: deque[str | int] = field(default_factory=deque)
    cards: list[dict[str, Any]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    tokens: dict[str, float] = field(default_factory=dict)
    skipped: float = 0.0

    def __post_init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._minute: deque[float] = deque()
        self._lock = threading.Lock()

    def now(self) -> float:
        return time.monotonic() + self.skipped

    def token(self, query: dict[str, str]) -> Answer:
        self.calls.append("gettoken")
        if query.get("corpid") != CORP:
            return no(40013, "invalid corpid")
        if query.get("corpsecret") != SECRET:
            return no(40001, "invalid credential")
        good = next((t for t, ends in self.tokens.items() if ends > self.now()), None)
        if good is None:
            good = hashlib.sha256(f"{len(self.tokens)}".encode()).hexdigest()
            self.tokens[good] = self.now() + self.lifetime
        return {"errcode": 0, "errmsg": "ok", "access_token": good, "expires_in": 7200}

    def send(self, query: dict[str, str], body: dict[str, Any]) -> Answer:
        self.calls.append("send")
        token = query.get("access_token", "")
        if not token:
            return no(41001, "access_token missing")
        if token not in self.tokens:
            return no(40014, "invalid access_token")
        if self.tokens[token] <= self.now():
            return no(42001, "access_token expired")
        if not self.trusted:
            return no(60020, "not allow to access from your ip")
        if body.get("agentid") != AGENT:
            return no(40056, "invalid agentid")
        kind = body.get("msgtype")
        card = body.get(str(kind)) or {}
        if kind not in ("text", "textcard") or (kind == "textcard" and not card.get("url")):
            return no(40008, "invalid message type")
        if kind == "text":
            card = {"title": "", "description": card.get("content", "")}
            if not 0 < len(card["description"].encode()) <= 2048:
                return no(40058, "invalid parameter")
        elif (
            len(card["title"].encode()) > 128
            or len(card["description"].encode()) > 512
            or len(card.get("btntxt", "")) > 4
        ):
            return no(40058, "invalid parameter")
        wanted = [each for each in str(body.get("touser", "")).split("|") if each]
        if not set(wanted) & self.people:
            return no(81013, "all user or party or tag ids are invalid")
        for user in set(wanted) & self.people:
            self._deliver(user, body)
        return {
            "errcode": 0,
            "errmsg": "ok",
            "invaliduser": "|".join(set(wanted) - self.people),
            "msgid": f"m{len(self.cards)}",
        }

    def _deliver(self, user: str, body: dict[str, Any]) -> None:
        """Once within the duplicate check's interval."""
        said = body[body["msgtype"]]
        content = hashlib.sha256(json.dumps([user, said], sort_keys=True).encode()).hexdigest()
        seen = self._seen.get(content)
        if (
            body.get("enable_duplicate_check")
            and seen is not None
            and self.now() - seen < body.get("duplicate_check_interval", 1800)
        ):
            return
        self._seen[content] = self.now()
        self.cards.append({"user": user, **said})

    def robot(self, query: dict[str, str], body: dict[str, Any]) -> Answer:
        self.calls.append("robot")
        if query.get("key") != ROBOT_KEY:
            return no(93000, "invalid webhook url")
        while self._minute and self.now() - self._minute[0] > 60:
            self._minute.popleft()
        if len(self._minute) >= PER_MINUTE:
            return no(45009, "api freq out of limit")
        content = (body.get("markdown") or {}).get("content", "")
        if body.get("msgtype") != "markdown" or not content:
            return no(40008, "invalid message type")
        if len(content.encode()) > 4096:
            return no(40058, "markdown.content exceed max length 4096")
        self._minute.append(self.now())
        self.groups.append(content)
        return {"errcode": 0, "errmsg": "ok"}

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> Answer | int | None:
        """An object, an HTTP status, or None for no answer at all."""
        doors: dict[str, Callable[[], Answer]] = {
            "/cgi-bin/gettoken": lambda: self.token(query), "/cgi-bin/message/send": lambda: self.send(query, body),
            "/cgi-bin/webhook/send": lambda: self.robot(query, body),
        }  # fmt: skip
        with self._lock:
            door = doors.get(path)
            if door is None:
                return 404
            fault = self.faults.popleft() if self.faults and path != "/cgi-bin/gettoken" else None
            if fault is None:
                return door()
            if fault == "late":
                door()
                return None
            self.calls.append(f"fault {fault}")
            return None if fault == "lost" else 502 if fault == "500" else no(int(fault), "as ordered")


class Server:
    """The simulator behind a port, for the time of a block."""

    def __init__(self, wecom: WeCom) -> None:
        self.wecom = wecom
        self.closing = threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wecom, closing = self.wecom, self.closing

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                parts = urlsplit(self.path)
                query = {k: v[-1] for k, v in parse_qs(parts.query).items()}
                data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                found = wecom.answer(parts.path, query, json.loads(data) if data else {})
                if found is None:
                    closing.wait(3)
                    return
                said = (
                    json.dumps(found, ensure_ascii=False).encode() if isinstance(found, dict) else b"<html>"
                )
                self.send_response(200 if isinstance(found, dict) else found)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = _do

            def log_message(self, *_args: Any) -> None:
                pass

        return Handler

    def __enter__(self) -> "Server":
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()
