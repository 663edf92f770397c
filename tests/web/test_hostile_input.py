"""Whatever anybody sends to any address: a clear sentence, nothing lost, never a fault of our own."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

import pytest

from app.core import ids
from app.web import input as web_input
from tests.web.busy import RUNS_THE_ENGINE, Busy, open_ended
from tests.web.hostile import (
    BROKEN_BODIES,
    GOOD,
    LINE,
    MARK,
    ODD,
    QUICK,
    TEXTS,
    Answer,
    Crashes,
    Form,
    Page,
    Route,
    in_path,
    in_query,
    routes,
)  # fmt: skip

pytestmark = pytest.mark.slow
VALUES = [*ODD.items(), *((q, TEXTS[q]) for q in QUICK)]
ONCE_MORE = pytest.mark.parametrize(
    "thorough", [pytest.param(False, id="some"), pytest.param(True, marks=pytest.mark.soak, id="all")]
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUERY = ("q", "state", "customer", "due_from", "due_to", "from", "until", "salesperson", "item", "kind", "level", "active", "team", "badge",
         "bin", "lot", "why", "document", "number", "flagged", "below_zero", "department", "work_center", "warehouse", "lang", "next",
         "topics", "code", "quantity", "unit", "unit_price", "price_unit", "operation", "machine", "subject", "name", "line", "day", "month",
         "lines", "days", "calendar", "order", "view", "tab", "currency", "tax_rate", "text", "scan", "person", "user")  # fmt: skip


def wrong(answer: Answer, route: Route, speaks: str = "zh") -> str:
    """What is wrong with an answer, '' when it is as it must be."""
    if answer.status >= 500:
        return f"{answer.status}"
    if route.is_api and answer.status >= 400:
        if answer.kind != "application/problem+json":
            return f"{answer.status} is {answer.kind}"
        said = json.loads(answer.body)
        if not said.get("detail") or not said.get("code"):
            return f"{answer.status} says nothing: {said}"
        if speaks == "zh" and not CHINESE.search(said["detail"]):
            return f"not in Chinese: {said['detail']}"
        if speaks == "en" and CHINESE.search(re.sub("“.*?”", "", said["detail"])):
            return f"not in English: {said['detail']}"
    elif answer.status >= 400 and answer.kind == "text/html" and not CHINESE.search(answer.text):
        return f"{answer.status} not in Chinese"
    return ""


class Faults:
    """What was found, with where."""

    def __init__(self, crashes: Crashes, thorough: bool = False) -> None:
        self.found: dict[str, str] = {}
        self.thorough, self.turn = thorough, 0
        self.crashes, self.sent = crashes, 0

    def some(self, values: Sequence[Any], few: int) -> Sequence[Any]:
        """A few of the values, others at each place asked; all of them in the thorough run."""
        self.turn += few
        return (
            [values[(self.turn + i) % len(values)] for i in range(min(few, len(values)))]
            if not self.thorough
            else values
        )

    def note(self, route: Route, what: str, answer: Answer, speaks: str = "zh") -> None:
        self.sent += 1
        fault = wrong(answer, route, speaks)
        if fault:
            last = (
                self.crashes.told[-1].strip().splitlines()[-1]
                if self.crashes.told and answer.status >= 500
                else ""
            )
            self.found.setdefault(f"{route.method} {route.path}: {fault} {last}"[:300], what)

    def report(self) -> None:
        assert self.sent
        assert not self.found, "\n".join(f"{fault}  ← {what}" for fault, what in sorted(self.found.items()))


@ONCE_MORE
async def test_a_hostile_name_in_any_address_is_kindly_not_found(busy_house: Busy, thorough: bool) -> None:
    faults = Faults(busy_house.crashes, thorough)
    for route in routes():
        if not route.names or open_ended(route):
            continue
        for value in faults.some(list(TEXTS), 4):
            values = [in_path(TEXTS[value][:300])] * len(route.names)
            speaks = {"accept-language": "en" if route.is_api else "zh"}
            body = b"{}" if route.is_api else b""
            answer = await busy_house.omni.send(route.method, route.at(*values), body, headers=speaks)
            faults.note(route, value, answer, speaks["accept-language"])
    faults.report()


@ONCE_MORE
async def test_a_hostile_query_to_any_address_is_answered(busy_house: Busy, thorough: bool) -> None:
    faults = Faults(busy_house.crashes, thorough)
    for route in routes():
        if route.method != "GET" or open_ended(route):
            continue
        for place in busy_house.places(route, 1):
            for name in faults.some(list(TEXTS), 1):
                value = in_query(TEXTS[name][:2000])
                queries = [
                    "&".join(f"{n}={value}" for n in QUERY),
                    *(f"{n}={value}" for n in ("limit", "sort", "after", "cursor")),
                ]
                for query in faults.some(queries, 2):
                    faults.note(
                        route, f"{name}: {query[:60]}", await busy_house.omni.send("GET", f"{place}?{query}")
                    )
    faults.report()


@ONCE_MORE
async def test_a_body_that_is_no_body_is_refused_everywhere(busy_house: Busy, thorough: bool) -> None:
    faults = Faults(busy_house.crashes, thorough)
    for route in routes():
        if route.method == "GET" or open_ended(route) or route.path == "/logout":
            continue
        for place in busy_house.places(route, 1):
            for what, (kind, body) in faults.some(list(BROKEN_BODIES.items()), 3):
                faults.note(route, what, await busy_house.omni.send(route.method, place, body, kind))
    faults.report()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The names of the fields that a handler looks for in what was sent."""
    names: set[str] = set()

    class Listening(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Any:
            names.add(name)
            return super().get(name, default)

        def __contains__(self, name: object) -> bool:
            names.add(str(name))
            return super().__contains__(name)

    begin = web_input.Input.__init__

    def listen(self: Any, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        self.values = Listening(self.values)

    monkeypatch.setattr(web_input.Input, "__init__", listen)
    yield names


@ONCE_MORE
async def test_every_field_of_the_api_bears_every_kind_of_value(
    busy_house: Busy, asked: set[str], thorough: bool
) -> None:
    faults, omni = Faults(busy_house.crashes, thorough), busy_house.omni
    for route in routes():
        if route.method == "GET" or not route.is_api or open_ended(route):
            continue
        for place in busy_house.places(route, 1):
            asked.clear()
            await omni.json(
                route.method, place, {"lines": [{}], "moves": [{}], "allocations": [{}], "scrap": [{}]}
            )
            fields = sorted(asked)[:60]
            good = {name: GOOD.get(name, "a") for name in fields}
            for name, (what, value) in ((n, v) for n in fields for v in faults.some(VALUES, 3)):
                bodies = [{**good, name: value}]
                if name in LINE:
                    bodies += [
                        {**good, name_: [{**LINE, name: value}]}
                        for name_ in fields
                        if isinstance(GOOD.get(name_), list)
                    ]
                for body, speaks in zip(bodies, cycle(("zh", "en")), strict=False):
                    answer = await omni.json(route.method, place, body, **{"accept-language": speaks})
                    faults.note(route, f"{name}: {what}", answer, speaks)
    faults.report()


def forms_of(pages: dict[str, tuple[Answer, Page]]) -> list[Form]:
    """One form of each kind that changes something."""
    kinds: dict[str, Form] = {}
    for _answer, page in pages.values():
        for form in page.forms:
            if form.method == "post" and form.action not in ("/logout", *RUNS_THE_ENGINE):
                kinds.setdefault(re.sub(r"\d+", "N", form.action), form)
    return list(kinds.values())


@ONCE_MORE
async def test_every_field_of_every_form_bears_every_value_and_keeps_what_was_typed(
    busy_house: Busy, thorough: bool
) -> None:
    faults, omni = Faults(busy_house.crashes, thorough), busy_house.omni
    lost: list[str] = []
    for form in forms_of(await busy_house.pages()):
        route = Route("POST", re.sub(r"\d+", "N", form.action))
        for field_ in faults.some(
            [n for n in sorted(form.fields) if n != "_key" and not re.search("-[1-9][0-9]*-", n)], 3
        ):
            for what in faults.some(list(TEXTS), 1):
                given = {**form.fields, field_: TEXTS[what], "_key": ids.key()}
                answer = await omni.form(form.action, given, referer=f"http://test{form.page}")
                faults.note(route, f"{field_}: {what}", answer)
                if answer.status == 303 and "%22bad%22" in "".join(answer.cookies) and form.is_long:
                    lost.append(f"{route.path}: all of it ({field_}: {what})")
                elif answer.status == 422 and form.is_real:
                    lost += [
                        f"{route.path} {name} ({field_}: {what})" for name in kept_not(form, given, answer)
                    ]
    faults.found |= dict.fromkeys(sorted(set(lost))[:400], "what was typed is lost")
    faults.report()


@ONCE_MORE
async def test_a_hostile_name_of_a_field_is_no_field(busy_house: Busy, thorough: bool) -> None:
    """`lines-²-quantity`, and a number of line that no machine counts to."""
    faults, omni = Faults(busy_house.crashes, thorough), busy_house.omni
    for form in forms_of(await busy_house.pages()):
        parts = [name.split("-", 2) for name in form.fields if re.fullmatch("[a-z_]+-0-.+", name)]
        names = [f"{part[0]}-{{}}-{part[2]}" for part in parts] or [
            f"{name}-{{}}" for name in form.fields if name != "_key"
        ]
        for name in faults.some(names, 1) if names else ():
            for odd in faults.some(("²", "٣", "9" * 5000, "-1", "", "1e3"), 2):
                given = {**form.fields, name.format(odd): "1", "_key": ids.key()}
                answer = await omni.form(form.action, given, referer=f"http://test{form.page}")
                faults.note(Route("POST", form.action), f"{name} {odd[:9]}", answer)
    faults.report()


def kept_not(form: Form, given: dict[str, str], answer: Answer) -> list[str]:
    """The fields whose text is gone from the form as it was drawn again."""
    again = [f for f in Page(form.page, answer.text).forms if f.action == form.action]
    if not again:
        return []  # the thing moved on and cannot be written any more
    drawn = again[0].fields
    return [
        name for name, value in given.items()
        if name not in form.hidden and name in form.fields and value.strip() and len(value) < 50 and value.isalnum() and drawn.get(name, "") != value
        and name not in form.choices and not name.endswith("_percent")
    ]  # fmt: skip


UPLOADS: dict[str, tuple[str, bytes]] = {
    "empty": ("a.xlsx", b""), "gzip bomb": ("a.xlsx", gzip.compress(b"0" * 20_000_000)), "a cut workbook": ("a.xlsx", b"PK\x03\x04" + b"\0" * 400),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000), "a web page": ("a.xls", b"<html><table><tr><td>x</table>"), "NUL": ("a\x00.csv", b"a,\x00\n"),
    "utf-16": ("a.csv", "编码,名称\nA,b\n".encode("utf-16")), "gbk": ("a.csv", "编码,名称\nA,螺栓\n".encode("gbk")), "path": ("../../../etc/passwd", b"root"), "markup": (MARK.replace('"', "'"), b"x"),
    "a program": ("a.pdf", b"MZ\x90\x00"), "a picture": ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100), "a cut picture": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff" * 17),
    "a paper": ("a.pdf", b"%PDF-1.7\n"), "ten thousand lines": ("a.csv", b"code,name\n" + b"x,y\n" * 10_000), "a formula": ("a.csv", "编码,名称\n=1+1,@SUM(A1)\n".encode()),
    "long name": ("长" * 300 + ".csv", b"a"), "text": ("a.txt", ("订单号 １２３\n" + MARK).encode()),
}  # fmt: skip


async def test_no_uploaded_file_breaks_anything(busy_house: Busy) -> None:
    faults = Faults(busy_house.crashes, thorough=True)
    forms = [f for f in forms_of(await busy_house.pages()) if f.files]
    assert len(forms) > 5
    ways = [(f.action, {**f.fields, "apply": ""}) for f in forms]
    ways += [(r.path, {}) for r in routes() if "/imports/" in r.path] + [
        ("/api/v1/scan-photos", {}),
        ("/api/v1/inbound-orders", {}),
        ("/codes", {}),
    ]
    for address, fields in ways:
        for what, (name, data) in UPLOADS.items():
            for field_ in ("file", "picture") if "codes" in address or "photos" in address else ("file",):
                answer = await busy_house.omni.upload(
                    address, {**fields, "_key": ids.key()}, name, data, field_
                )
                faults.note(Route("POST", address), what, answer)
    faults.report()
