"""Nothing is left half said: events, rights, pages and words are complete in both languages."""

import re

from app.core.words import catalogue
from app.events.log import kinds_of_event
from app.people.grants import all_permissions
from app.people.roles import ROLES
from app.web.menu import MENU
from tests.browse import browser_of
from tests.world import World

ENTRIES = [entry for _, entries in MENU for entry in entries]
FACT = re.compile(r"%\((\w+)\)")
TABLET_SHELLS = {"/scan"}


def test_every_event_says_itself_in_both_languages() -> None:
    for name, kind in sorted(kinds_of_event().items()):
        facts, chinese = FACT.findall(kind.sentence), catalogue("zh_CN").get(kind.sentence, "")
        assert kind.sentence and chinese, name
        assert set(FACT.findall(chinese)) <= set(facts) <= set(kind.__dataclass_fields__), name


def test_every_right_has_a_label_in_both_languages() -> None:
    for permission in all_permissions():
        assert re.fullmatch(r"[a-z_]+:[a-z_]+:[a-z_]+", permission.code)
        assert permission.label in catalogue("zh_CN"), permission.code


def test_every_role_grants_only_what_exists_and_every_right_is_granted_to_somebody() -> None:
    known = {p.code for p in all_permissions()}
    granted = {text.partition("=")[0] for _, grants in ROLES.values() for text in grants.split()} - {"*"}
    assert granted <= known, granted - known


async def test_every_entry_of_the_menu_opens_with_a_title_in_both_languages(world: World) -> None:
    async with browser_of(world.admin) as client:
        for language in ("zh_CN", "en"):
            await client.post("/me/preferences", data={"language": language})
            for entry in ENTRIES:
                page = await client.get(entry.href)
                title = re.search(r"<title>\s*([^·\s].*?)\s*</title>", page.text, re.S)
                assert page.status_code == 200 and title, entry.href
                assert "<h1" in page.text or entry.href in TABLET_SHELLS, entry.href


async def test_who_may_not_neither_sees_an_entry_nor_opens_its_page(world: World) -> None:
    async with browser_of(world.nobody) as client:
        workplace = (await client.get("/")).text
        for entry in ENTRIES:
            if entry.permission:
                assert (await client.get(entry.href)).status_code == 403, entry.href
                assert f'data-menu="{entry.key}"' not in workplace
