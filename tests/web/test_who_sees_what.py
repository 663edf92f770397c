"""Who sees and does what: visitors and people without rights nothing, and nobody a secret, a foreign price or live markup."""

import io
import json
import re

import openpyxl
import pytest

from app.core import db
from app.people.grants import all_permissions
from tests import make
from tests.web.busy import Busy, open_ended, sender_of
from tests.web.hostile import GOOD, TEXTS, Sender, in_query, routes, walked

OPEN_TO_VISITORS = {
    "/login", "/language", "/t/{secret}", "/q/{code}", "/Q/{code}", "/setup", "/setup/ca.crt", "/setup/scanner",
    "/health", "/floor", "/scan", "/enrol", "/service-worker.js",
    "/manifest.webmanifest", "/robots.txt", "/favicon.ico", "/pwa/shell.js", "/static/office.css", "/api/v1/devices/enrol",
}  # fmt: skip
OF_DEVICES = {"/api/v1/device/snapshot", "/api/v1/device/scans"}
OPEN_TO_EVERYBODY = {
    "/", "/me", "/me/password", "/help", "/help/{key}", "/notices", "/inbox", "/search", "/cmdk", "/events/stream", "/codes", "/_ui",
    "/api/openapi.json", "/api/docs", "/_map", "/api/v1/approvals", "/api/v1/scans", "/notices/{notice}", "/notices/read",
    "/todos", "/api/v1/todos",
}  # fmt: skip


pytestmark = pytest.mark.once


async def test_a_visitor_reaches_only_what_is_open(busy_house: Busy) -> None:
    for route in routes():
        for place in busy_house.places(route, 1) or [route.at(*["1"] * len(route.names))]:
            answer = await busy_house.visitor.send(route.method, place, b"{}" if route.is_api else b"")
            if route.path not in OPEN_TO_VISITORS:
                assert answer.status == (
                    303 if route.method == "GET" and not route.path.startswith(("/api/", "/events")) else 401
                ), f"{route}: {answer.status}"
                assert route.is_api or not answer.body or answer.status == 401
            assert answer.status < 500


async def test_somebody_without_rights_sees_and_does_nothing(busy_house: Busy) -> None:
    seen, before = [], await db.value("select count(*) from events")
    for route in routes():
        if (
            open_ended(route)
            or route.path in OPEN_TO_VISITORS | OPEN_TO_EVERYBODY
            or route.path.startswith("/me/")
            or route.path == "/logout"
        ):
            continue
        for place in busy_house.places(route, 2):
            body = json.dumps(GOOD).encode() if route.is_api else b""
            answer = await busy_house.nobody.send(route.method, place, body)
            if answer.status not in (
                (403, 404)
                if route.method == "GET" and route.path not in OF_DEVICES
                else (400, 401, 403, 404, 422)
            ):
                seen.append(f"{route.method} {place}: {answer.status}")
    assert seen == []
    assert await db.value("select count(*) from events") == before


@pytest.mark.slow
async def test_no_name_becomes_markup_or_template_anywhere(busy_house: Busy) -> None:
    pages = await busy_house.pages()
    assert len(pages) > 80
    assert [(p, page.planted[:1]) for p, (_a, page) in pages.items() if page.planted] == []
    assert [p for p, (a, _page) in pages.items() if "alert(1)&#34;&gt;49" in a.text] == []
    assert sum("{{7*7}}" in a.text for a, _page in pages.values()) > 30
    assert [(p, a.status) for p, (a, _page) in pages.items() if a.status >= 400] == []


@pytest.mark.slow
async def test_no_answer_holds_a_secret(busy_house: Busy) -> None:
    secrets = [row["password_hash"] for row in await db.rows("select password_hash from users")]
    for table, column in (("people", "badge_hash"), ("people", "pin_hash"), ("login_sessions", "token_hash"), ("devices", "token_hash"),
                          ("api_keys", "key_hash"), ("share_links", "token_hash")):  # fmt: skip
        secrets += [
            row["secret"]
            for row in await db.rows(f"select {column} as secret from {table} where length({column}) > 8")
        ]
    assert len(secrets) > 10
    pages = await busy_house.pages()
    texts = {address: answer.text for address, (answer, _page) in pages.items()}
    for route in routes():
        if route.is_api and route.method == "GET":
            for place in busy_house.places(route, 1):
                texts[place] = (await busy_house.omni.send("GET", place)).text
    assert [a for a, text in texts.items() if any(s in text for s in secrets) or "$argon2" in text] == []


@pytest.mark.slow
async def test_who_may_not_see_prices_sees_none_anywhere(busy_house: Busy) -> None:
    priced = ("sales:order:price", "billing:", "intake:", "approvals:", "people:", "events:", "catalog:item")
    role = await db.value(
        "insert into roles (code, name, active, version) values ('blind', '看不到价', {}, 1) returning id",
        True,
    )
    pairs = [(role, p.code, "all") for p in all_permissions() if not p.code.startswith(priced)]
    async with db.DB.transaction():
        await db.write_many("grants", ("role", "permission", "scope"), pairs)
    blind = await sender_of(await make.user("blind", "看不到价", role))
    price = re.compile(r"268\.60|32,?232\.00|3223200|28,?523")
    pages = await walked(blind)
    shown = {a for a, (answer, _page) in pages.items() if price.search(answer.text)}
    for route in routes():
        if route.method == "GET" and not open_ended(route):
            for place in busy_house.places(route, 2):
                answer = await blind.send("GET", place)
                if price.search(answer.text) or (
                    answer.kind == "application/pdf" and "confirmation" in place
                ):
                    shown.add(place)
    assert any("/orders/SO" in a for a in pages)
    assert shown == set()


@pytest.mark.parametrize("cookie", ["session=", "session=%00", "session=" + "a" * 9000,
                                    'session="\\";;==', "flash=%5B%7B%22text%22:%201e999%7D%5D; session=x",
                                    "session=\xff\xfe", "device=x; session=y", "language=../../x; theme=<"])  # fmt: skip
async def test_a_garbled_cookie_is_no_login(busy_house: Busy, cookie: str) -> None:
    for address, status in (
        ("/orders", 303),
        ("/api/v1/items", 401),
        ("/login", 200),
        ("/floor", 200),
        ("/api/v1/device/snapshot", 401),
    ):
        assert (await Sender({"cookie": cookie}).send("GET", address)).status == status


async def test_a_session_that_ended_and_a_revoked_key_open_nothing(busy_house: Busy) -> None:
    await db.rows("update login_sessions set ends_at = began_at")
    assert (await busy_house.omni.send("GET", "/orders")).status == 303
    for word in ("", "x", "a" * 9000, "\xff"):
        assert (await Sender({"authorization": f"Bearer {word}"}).send("GET", "/api/v1/items")).status == 401


async def test_one_key_means_one_thing_to_each_sender(busy_house: Busy) -> None:
    """The same again is answered again, another body is refused, and somebody else's key is another key."""
    order, omni = {"customer": "HENGLI", "due_date": "2026-12-30", "lines": [
        {"item": "FB-M10X45-88D", "quantity": "5", "unit": "千支", "unit_price": "268", "price_unit": "千支"}
    ]}, busy_house.omni  # fmt: skip
    sent = {"idempotency-key": "one-key"}
    first = await omni.json("POST", "/api/v1/sales-orders", order, **sent)
    again = await omni.json("POST", "/api/v1/sales-orders", order, **sent)
    assert (
        first.status == again.status == 201
        and first.body == again.body
        and "idempotency-replayed" in again.headers
    )
    other = await omni.json("POST", "/api/v1/sales-orders", {**order, "remark": "x"}, **sent)
    assert other.status == 422 and json.loads(other.body)["code"] == "key_reused"
    xiaolan = await sender_of(busy_house.world.xiaolan)
    hers = await xiaolan.json("POST", "/api/v1/sales-orders", order, **sent)
    assert hers.status == 201 and json.loads(hers.body)["number"] != json.loads(first.body)["number"]


async def test_what_was_seen_before_it_changed_is_refused(busy_house: Busy) -> None:
    omni = busy_house.omni
    for version in ("0", "999999999", "x", '"-1"', "9" * 30):
        for address in ("/api/v1/items/FB-M10X45-88D", "/api/v1/customers/HENGLI", "/api/v1/bins/A-01-01"):
            answer = await omni.json("PATCH", address, {"name": "x"}, **{"if-match": version})
            assert answer.status == 409 and json.loads(answer.body)["detail"], (version, address)


@pytest.mark.slow
async def test_a_file_has_a_head_for_each_column_and_text_in_it_is_never_a_formula(busy_house: Busy) -> None:
    await db.rows("update customers set name = {}, short_name = {}", TEXTS["formula"], "=1+1")
    for route in routes():
        if route.path.endswith("export.xlsx"):
            for place in busy_house.places(route, 1):
                answer = await busy_house.omni.send("GET", place)
                assert answer.status == 200 and answer.headers["content-disposition"].startswith("attachment")
                cells = [
                    c
                    for row in openpyxl.load_workbook(io.BytesIO(answer.body)).active.iter_rows()
                    for c in row
                ]
                assert [c.value for c in cells if c.data_type == "f"] == [], place
                heads = [c.value for c in cells if c.row == 1]
                assert all(heads) and len(set(heads)) == len(heads), (place, heads)


async def test_a_kept_file_is_handed_out_as_a_download_of_its_own_name(busy_house: Busy) -> None:
    for id_ in busy_house.names["attachments"]:
        answer = await busy_house.omni.send("GET", f"/attachments/{id_}")
        assert answer.status == 200 and answer.headers["content-disposition"].startswith(
            "attachment; filename*="
        )
        assert (
            answer.headers["x-content-type-options"] == "nosniff"
            and "<" not in answer.headers["content-disposition"]
        )
        assert answer.kind not in ("text/html", "image/svg+xml", "text/xml")


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "///evil.example",
    ],
)
async def test_nothing_leads_to_another_site(busy_house: Busy, there: str) -> None:
    omni, item = busy_house.omni, "FB-M10X45-88D"
    answers = [
        await omni.send("GET", f"/login?next={in_query(there)}"),
        await omni.form("/language", {"language": "en", "next": there}),
        await omni.form("/views", {"name": "a", "list": "orders", "path": there, "query": "q=1"}),
        await omni.form("/receipts/nothing/reverse", {}, referer=f"http://test{there}"),
        await omni.form("/me/preferences", {"theme": "dark", "next": there}, referer=f"http://test{there}"),
        await omni.form(f"/items/{item}", {"name": there}, referer=f"http://test{there}"),
    ]
    for answer in answers:
        to = answer.headers.get("location", "/").replace("\\", "/")
        assert to.startswith("/") and not to.startswith("//"), to


@pytest.mark.slow
async def test_every_answer_tells_the_browser_what_it_may_do(busy_house: Busy) -> None:
    for route in routes():
        if route.method == "GET" and not open_ended(route):
            for place in busy_house.places(route, 1):
                headers = (await busy_house.omni.send("GET", place)).headers
                assert (
                    "script-src 'self'" in headers["content-security-policy"]
                    and headers["x-content-type-options"] == "nosniff"
                ), place
                assert headers.get("x-frame-options") == "DENY" or route.path.startswith(("/t/", "/pwa/")), (
                    place
                )
