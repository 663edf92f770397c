"""No page leads a person where they may not go: every link that each role of the demo factory is shown opens."""

import html
import re
from collections import Counter

import httpx
import pytest

from app.core import db
from app.demo import names
from app.people import logins
from tests.browse import browser_of

pytestmark = [pytest.mark.slow, pytest.mark.once]
NOT_PAGES = re.compile(r"^/(static|pwa|t|attachments|floor|scan|api)\b|^//|\.(pdf|xlsx)\b")
MOST = 150


def _kind(address: str) -> str:
    """Addresses that differ only in a number or code are of one kind."""
    path, _mark, query = address.partition("?")
    asked = ",".join(sorted(pair.partition("=")[0] for pair in query.split("&")))
    return f"{re.sub(r'[A-Z]{1,3}[0-9][A-Z0-9-]*|[0-9]+', '#', path)}?{asked}"


async def _refused(client: httpx.AsyncClient) -> list[str]:
    """The links that do not open, with the page that shows them. Help explains to everybody what others do."""
    wrong, kinds, waiting, shown_by = [], Counter[str](), ["/"], {"/": ""}
    while waiting and len(shown_by) < MOST * 4:
        here = waiting.pop(0)
        answer = await client.get(here, follow_redirects=True)
        if answer.status_code >= 400:
            wrong.append(f"{answer.status_code} {here} from {shown_by[here]}")
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for found in re.findall(r'href="(/[^"#]*)', answer.text):
            link = html.unescape(found)
            if NOT_PAGES.search(link) or link in shown_by or link.startswith("/help"):
                continue
            kinds[_kind(link)] += 1
            if kinds[_kind(link)] <= 2:
                shown_by[link] = here
                waiting.append(link)
    return wrong


async def test_every_link_that_a_role_is_shown_opens(demo: None) -> None:
    wrong: dict[str, list[str]] = {}
    for login, *_rest in names.USERS:
        user = await db.value("select id from users where login = {}", login)
        actor = await logins.actor_of_user(user)
        assert actor is not None
        async with browser_of(actor) as client:
            if found := await _refused(client):
                wrong[login] = found
    assert wrong == {}
