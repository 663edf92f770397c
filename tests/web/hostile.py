"""What the worst sender in the world sends, and a plain way to send it: raw bytes straight into the application."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlencode

from tests.browse import whole_app

MARK = '<img src=x onerror="alert(1)">{{7*7}}'
TEXTS: dict[str, str] = {
    "empty": "", "blank": " \t ", "negative": "-1", "not a number": "NaN", "infinity": "-Infinity", "huge": "1e30", "tiny": "1e-30",
    "exponent": "9" * 30 + "e999999", "full width": "１２３", "arabic digits": "٣٤", "superscript": "²", "past 63 bits": str(2**63), "last 63 bits": str(2**63 - 1),
    "nul": "a\x00b", "right to left": "\u202eabc\u200f", "emoji": "👩‍🔧🏴󠁧󠁢󠁳󠁣󠁴󠁿", "markup": MARK, "quotes": "'\";--%_\\", "formula": '=cmd|" /C calc"!A0',
    "path": "../../../etc/passwd", "long": "长" * 5000, "lines": "a\r\nb\n" * 20, "date": "2026-02-30", "old date": "0001-01-01", "late date": "9999-12-31T99:99",
    "percent": "%00%zz%", "template": "%(n)s{0}{}%s",
}  # fmt: skip
ODD: dict[str, Any] = {
    "null": None, "true": True, "zero": 0, "minus": -1, "float": 1.5, "big": 10**30, "list": [], "list of lists": [[[]]], "object": {}, "nested": {"a": {"b": [1]}},
    "texts": ["a", None, 3], "surrogate": "a\ud800b", "not a number": float("nan"), "infinity": float("inf"), "many": ["x"] * 600,
    "rows": [{"item": None, "quantity": [], "unit": {}, "line": "x", "line_no": 10**20, "seq": -1, "code": "\ud800"}],
}  # fmt: skip
LINE = {"item": "FB-M10X45-88D", "quantity": "5", "unit": "千支", "unit_price": "268", "price_unit": "千支", "line_no": 1,
        "receivable": "AR20261208-0001", "amount": "1", "from": "A-01-01", "to": "A-01-02", "lot": "", "seq": 10, "name": "a",
        "code": "HL-1", "reason": "crack", "work_center": "HEAD", "run_pieces": 1000, "run_seconds": 1}  # fmt: skip
GOOD: dict[str, Any] = {
    **{name: [LINE] for name in ("lines", "moves", "allocations", "scrap", "routing", "part_numbers")},
    **LINE, "customer": "HENGLI", "due_date": "2026-12-30", "received_on": "2026-12-08", "sales_order": "SO20261208-0001",
    "bin": "A-01-01", "why": "move", "kind": "store", "warehouse": "W1", "planned_on": "2026-12-10", "days": 30, "good": "1",
    "happened_at": "2026-12-08T09:00:00+08:00", "person": "P001", "team": "HEADING", "comment": "a", "note": "a", "remark": "a",
}  # fmt: skip
QUICK = ("negative", "not a number", "full width", "past 63 bits", "nul", "emoji", "quotes", "huge", "long")
BROKEN_BODIES: dict[str, tuple[str, bytes]] = {
    "no JSON": ("application/json", b"{"), "an array": ("application/json", b"[1,2]"), "a text": ("application/json", b'"a"'), "null": ("application/json", b"null"),
    "deep": ("application/json", b"[" * 100_000), "deep objects": ("application/json", b'{"a":' * 50_000), "latin": ("application/json", b'{"a": "\xff\xfe"}'), "utf-16": ("application/json", '{"a":1}'.encode("utf-16")),
    "many digits": ("application/json", b'{"quantity": ' + b"9" * 5000 + b"}"), "big exponent": ("application/json", b'{"quantity": 1e999999999, "limit": -1e-99999}'),
    "form as JSON": ("application/json", b"a=1"), "JSON as form": ("application/x-www-form-urlencoded", b'{"a": 1}'),
    "bad percent": ("application/x-www-form-urlencoded", b"a=%ff%fe%zz&%=1&&=&a[]=%00"), "no boundary": ("multipart/form-data", b"--x\r\n"),
    "other boundary": ("multipart/form-data; boundary=a", b"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--"),
    "cut multipart": ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\nPK'),
    "no name": ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n"),
    "unknown type": ("application/x-unheard-of; charset=none", b"\x00\x01"), "bad type": ("\xff;;=;charset", b"x"), "gzip": ("application/gzip", b"\x1f\x8b\x08\x00"),
    "ten thousand fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % i for i in range(10_000))),
    "ten thousand lines": ("application/json", b'{"lines": [' + b",".join([b'{"item":"x","quantity":"1","unit":"kg"}'] * 10_000) + b"]}"),
}  # fmt: skip


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Sender:
    """Sends to the application whatever it is given, without the care that a client library takes."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        self.app: Any = whole_app()
        self.headers = dict(headers or {})

    async def send(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        kind: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        path, _mark, query = target.partition("?")
        given = {"host": "test", **self.headers, **(headers or {}), "content-length": str(len(body))}
        if kind:
            given["content-type"] = kind
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote_to_bytes(path).decode("utf-8", "replace"), "raw_path": path.encode(), "query_string": query.encode(),
            "root_path": "", "headers": [(k.lower().encode("latin-1"), v.encode("latin-1", "replace")) for k, v in given.items()],
            "client": ("203.0.113.9", 1), "server": ("test", 80),
        }  # fmt: skip
        sent: list[Any] = []
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def keep(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, keep)
        pairs = [(k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in sent[0]["headers"]]
        cookies = [v for k, v in pairs if k == "set-cookie"]
        return Answer(sent[0]["status"], dict(pairs), b"".join(m.get("body", b"") for m in sent[1:]), cookies)

    async def form(self, target: str, fields: Mapping[str, str], **headers: str) -> Answer:
        body = urlencode(fields, errors="surrogatepass").encode()
        return await self.send("POST", target, body, "application/x-www-form-urlencoded", headers)

    async def upload(
        self, target: str, fields: Mapping[str, str], name: str, data: bytes, field: str = "file"
    ) -> Answer:
        parts = [
            f'--mark\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
            for k, v in fields.items()
        ]
        head = f'--mark\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, data, b"\r\n--mark--\r\n"])
        return await self.send("POST", target, body, "multipart/form-data; boundary=mark")

    async def json(self, method: str, target: str, body: Any, **headers: str) -> Answer:
        return await self.send(method, target, json.dumps(body).encode(), "application/json", headers)


@dataclass(frozen=True)
class Route:
    method: str
    path: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def names(self) -> list[str]:
        return re.findall(r"{(\w+)", self.path)

    def at(self, *values: str) -> str:
        given = iter(values)
        return re.sub(r"{[^}]*}", lambda _found: next(given), self.path)


@cache
def routes() -> list[Route]:
    """Every route of the application but the static files."""
    found = set()
    for route in whole_app().app.routes:
        for method in getattr(route, "methods", ()):
            if method not in ("OPTIONS", "HEAD") and not route.path.startswith(
                ("/static", "/pwa/{", "/api/openapi.json/")
            ):
                found.add(Route(method, route.path_format))
    return sorted(found, key=lambda r: (r.path, r.method))


def in_path(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def in_query(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@dataclass
class Form:
    """A form as a page draws it: where it goes and what is filled in."""

    page: str
    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)

    @property
    def is_real(self) -> bool:
        """Somebody types into it; a button is not a form to be drawn again."""
        return bool(self.fields.keys() - self.hidden)

    @property
    def is_long(self) -> bool:
        """More is typed into it than a reason or an amount."""
        return len(self.fields.keys() - self.hidden - self.choices) > 1


class Page(HTMLParser):
    """The links and forms of a page; `onerror` names what came through as markup."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path, self.links, self.forms, self.planted = path, list[str](), list[Form](), list[str]()
        self._area, self._choice = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {k: v or "" for k, v in attrs}
        if "onerror" in at or any(k.startswith("on") for k in at):
            self.planted.append(self.get_starttag_text() or tag)
        if tag == "a" or "hx-get" in at:
            self.links.append(at.get("href") or at.get("hx-get") or "")
        if tag == "form":
            self.forms.append(
                Form(
                    self.path,
                    at.get("action") or at.get("hx-post") or self.path,
                    at.get("method", "get").lower(),
                )
            )
        if not self.forms or "name" not in at:
            if tag == "option" and self._choice and self.forms:
                fields = self.forms[-1].fields
                if "selected" in at or not fields[self._choice]:
                    fields[self._choice] = at.get("value", "")
            return
        form, name = self.forms[-1], at["name"]
        if tag == "select":
            self._choice = name
            form.fields[name] = ""
            form.choices.add(name)
        elif tag == "textarea":
            self._area = name
            form.fields[name] = ""
        elif tag == "input" and at.get("type") == "file":
            form.files.append(name)
        elif tag == "input" and (
            at.get("type") not in ("radio", "checkbox") or "checked" in at or name not in form.fields
        ):
            form.fields[name] = at.get("value", "")
            if at.get("type") in ("radio", "checkbox", "password"):
                form.choices.add(name)
            if at.get("type") == "hidden" or "readonly" in at:
                form.hidden.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choice = ""
        if tag == "textarea" and self._area and self.forms:
            fields = self.forms[-1].fields
            fields[self._area] = fields[self._area].removeprefix("\n")  # as browsers read it
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1].fields[self._area] += data


class Crashes(logging.Handler):
    """What the application logged as its own fault."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)


def shape(address: str) -> str:
    """Addresses of one kind look alike: `/orders/SO20261208-0001?tab=x` is `/orders/SON-N?tab=`."""
    path, _mark, query = address.partition("?")
    return (
        re.sub(r"\d+", "N", path)
        + "?"
        + ",".join(sorted(pair.partition("=")[0] for pair in query.split("&")))
    )


async def walked(sender: Sender, start: str = "/", each: int = 2) -> dict[str, tuple[Answer, Page]]:
    """Every page that links lead to from `start`, at most so many of a kind, with what the browser would see there."""
    found: dict[str, tuple[Answer, Page]] = {}
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        if address in found or seen.get(shape(address), 0) >= each:
            continue
        seen[shape(address)] = seen.get(shape(address), 0) + 1
        answer = await sender.send("GET", address)
        page = Page(address, answer.text if answer.kind == "text/html" else "")
        found[address] = answer, page
        for link in page.links:
            target = address.partition("?")[0] + link if link.startswith("?") else link.partition("#")[0]
            if target.startswith("/") and not target.startswith(
                ("//", "/static", "/pwa", "/events", "/login")
            ):
                waiting.append(target)
    return found
