"""The gate: nobody gets in without a name, nothing is changed from elsewhere, every answer carries its headers."""

import re

import pytest

from tests.browse import browser_of, program_of, visitor
from tests.make import PASSWORD
from tests.world import World


async def test_a_visitor_is_sent_to_log_in_and_comes_back_to_where_he_was_going(world: World) -> None:
    async with visitor() as client:
        answer = await client.get("/orders?state=confirmed")
        assert (
            answer.status_code == 303
            and answer.headers["location"] == "/login?next=%2Forders%3Fstate%3Dconfirmed"
        )
        given = {"login": "xiaolan", "password": PASSWORD, "next": "/orders?state=confirmed"}
        answer = await client.post("/login", data=given)
        assert answer.headers["location"] == "/orders?state=confirmed"
        assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=lax" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_logging_in_never_leads_to_another_site(world: World, address: str) -> None:
    async with visitor() as client:
        answer = await client.post("/login", data={"login": "xiaolan", "password": PASSWORD, "next": address})
        assert answer.headers["location"] == "/"


async def test_a_wrong_password_keeps_the_name_and_says_so_at_the_field(world: World) -> None:
    async with visitor() as client:
        answer = await client.post("/login", data={"login": "xiaolan", "password": "wrong"})
        assert (
            answer.status_code == 422
            and 'value="xiaolan"' in answer.text
            and 'aria-invalid="true"' in answer.text
        )


async def test_the_api_answers_a_stranger_with_a_problem(world: World) -> None:
    async with visitor() as client:
        answer = await client.get("/api/v1/sales-orders")
        assert answer.status_code == 401 and answer.json()["code"] == "unauthorized"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403), ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403), ({"Origin": "http://test"}, 303), ({"Sec-Fetch-Site": "same-origin"}, 303), ({}, 303),
    ],
)  # fmt: skip
async def test_a_form_from_another_site_is_refused(
    world: World, headers: dict[str, str], status: int
) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.post("/logout", headers=headers)
        assert answer.status_code == status


async def test_an_unknown_address_has_a_kind_page_in_the_readers_language(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        answer = await client.get("/no/such/page")
        assert answer.status_code == 404 and "这里没有" in answer.text
    async with program_of(world.xiaolan) as client:
        answer = await client.get("/api/v1/no-such-thing", headers={"Accept-Language": "en"})
        assert answer.status_code == 404 and answer.json()["title"] == "There is nothing here"


async def test_every_answer_carries_the_security_headers(world: World) -> None:
    async with visitor() as client:
        for path in ("/login", "/static/css/tokens.css", "/nowhere", "/floor"):
            answer = await client.get(path)
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"


async def test_modules_are_kept_for_as_long_as_none_of_them_changes(world: World) -> None:
    async with visitor() as client:
        module = re.findall(r'src="(/static/js/~\w+/)(\w+\.js)"', (await client.get("/login")).text)[0]
        for asked, kept in (
            ("".join(module), "public, max-age=31536000, immutable"),
            (f"{module[0]}words.js", "public, max-age=31536000, immutable"),
            ("/static/js/~0123456789/words.js", "no-cache"),
            ("/static/js/words.js", "no-cache"),
        ):
            answer = await client.get(asked)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, kept), asked
        assert (await client.get(f"{module[0]}nothing.js")).status_code == 404


async def test_a_revoked_key_opens_nothing(world: World) -> None:
    from app.core import clock, db

    async with program_of(world.admin) as client:
        assert (await client.get("/cmdk")).status_code == 200
        await db.rows("update api_keys set revoked_at = {}", clock.real_now())
        assert (await client.get("/api/v1/sales-orders")).status_code == 401


async def test_what_a_flash_cookie_says_is_text_never_markup(world: World) -> None:
    async with browser_of(world.xiaolan) as client:
        client.cookies.set("flash", "%5B%7B%22kind%22%3A%22ok%22%2C%22text%22%3A%22%3Cscript%3E%22%7D%5D")
        answer = await client.get("/search?q=nothing")
        assert "&lt;script&gt;" in answer.text and "<script>" not in answer.text.replace("<script ", "")


@pytest.mark.parametrize("cookie", ["%5B1%2C2%5D", "{", "%00", "[[[[", "null"])
async def test_a_broken_cookie_breaks_nothing(world: World, cookie: str) -> None:
    async with browser_of(world.xiaolan) as client:
        client.cookies.set("flash", cookie)
        assert (await client.get("/search")).status_code == 200


async def test_the_styles_of_the_office_come_as_one_file_that_browsers_keep(world: World) -> None:
    async with browser_of(world.chenzong) as browser:
        address = re.findall(r'href="(/static/office\.css\?v=[0-9a-f]{10})"', (await browser.get("/")).text)
        assert len(address) == 1
        sheet = await browser.get(address[0])
    assert sheet.status_code == 200 and sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert sheet.text.index("@font-face") < sheet.text.index(".tbl")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://test/inbox/AP1?do=return", "%2Finbox%2FAP1%3Fdo%3Dreturn"),
        ("https://evil.example/x", "%2F"),
        ("", "%2F"),
    ],
)
async def test_who_is_logged_out_meanwhile_logs_in_and_comes_back_to_the_form(
    world: World, referer: str, back: str
) -> None:
    by_hand = {"Accept": "text/html,application/xhtml+xml", "Referer": referer}
    async with visitor() as client:
        answer = await client.post("/inbox/AP1/approve", headers=by_hand)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={back}")
        for script in ({"HX-Request": "true", **by_hand}, {"Accept": "*/*"}):
            assert (await client.post("/inbox/AP1/approve", headers=script)).status_code == 401
        assert (await client.post("/api/v1/approvals/AP1/approve", headers=by_hand)).status_code == 401
