"""The house itself: imports go down, and every event, permission, reason and state is complete."""

import ast
from pathlib import Path

import pytest

from app.config import ROOT
from app.core import house
from app.core.refusals import Reason
from app.core.states import Look
from app.events.log import Event, kinds_of_event
from app.people.actors import Permission
from app.people.grants import all_permissions
from app.people.roles import ROLES
from tasks.commands import COMMANDS
from tasks.reactions import REACTIONS

LAYERS = (
    ("core", "config"), ("events",), ("people",), ("approvals",), ("documents",), ("custom_fields",), ("catalog", "parties"), ("pricing",),
    ("stock",), ("sales",), ("inquiries",), ("offers",), ("quotations",), ("frameworks",), ("intake",), ("amendments",),
    ("production",), ("planning", "delivery"), ("billing",),
    ("opening",), ("alerts",), ("integrations",), ("notifications", "insight"),
)  # fmt: skip
EDGES = {
    "pages",
    "api",
    "lists",
    "masters",
    "master_pages",
    "export",
    "imports",
    "scanning",
    "offline",
    "portal",
    "home",
    "help",
    "web",
    "entering",
    "why",
    "sending",
}  # what is typed comes in, what is said goes out
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def imports_of(path: Path) -> set[str]:
    """The capabilities a file imports. `people/actors.py` (who acts, and what a right is) lies below all of them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "app.people.actors":
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "app":
            found |= {alias.name for alias in node.names}
    return found


def is_edge(path: Path) -> bool:
    parts = path.relative_to(ROOT / "app").with_suffix("").parts
    return any(part in EDGES or part.endswith("_pages") for part in parts)


def test_imports_go_down() -> None:
    upward = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        capability = path.relative_to(ROOT / "app").parts[0]
        if is_edge(path) or capability not in RANK:
            continue
        for other in imports_of(path):
            if RANK.get(other, -1) > RANK[capability] or other in EDGES:
                upward.append(f"{path.relative_to(ROOT)} imports app.{other}")
    assert upward == []


def test_nothing_in_the_app_imports_the_tasks_but_its_roots() -> None:
    roots = {"main.py", "cli.py"}
    for path in sorted((ROOT / "app").rglob("*.py")):
        text = path.read_text()
        capability = path.relative_to(ROOT / "app").parts[0]
        if path.name in roots or capability in ("upkeep", "demo", "help", "home"):
            continue
        assert "from tasks" not in text and "import tasks" not in text, path


@pytest.mark.parametrize("name", sorted(kinds_of_event()))
def test_every_event_has_a_name_of_its_own_and_a_sentence_of_its_facts(name: str) -> None:
    cls = kinds_of_event()[name]
    assert cls.sentence and "." in name and name == name.lower()
    facts = dict.fromkeys(cls.__dataclass_fields__, "x")  # type: ignore[attr-defined]
    assert "%(" not in cls.sentence % facts


def test_no_two_events_share_a_name() -> None:
    classes = [c for c in house.classes("events", Event) if c.name]  # type: ignore[attr-defined]
    assert len(classes) == len({c.name for c in classes})  # type: ignore[attr-defined]


def test_every_reason_has_a_code_of_its_own() -> None:
    seen: dict[str, str] = {}
    for module, reason in house.instances("refusals", Reason):
        if reason.code in seen and seen[reason.code] != reason.sentence:
            raise AssertionError(f"{reason.code} stands in {module.__name__} with another sentence")
        seen[reason.code] = reason.sentence


def test_every_state_has_a_word_and_a_kind() -> None:
    kinds = {"todo", "run", "ok", "warn", "bad", "chg", "pause", "draft"}
    for module in house.modules("states"):
        looks = getattr(module, "LOOKS", {}).values()
        assert all(isinstance(look, Look) and look.label and look.kind in kinds for look in looks), (
            module.__name__
        )
        for sources, target in getattr(module, "MOVES", {}).values():
            assert {*sources, target} <= set(module.LOOKS), module.__name__


def test_roles_grant_only_rights_that_exist() -> None:
    known = {p.code for p in all_permissions()}
    granted = {g.partition("=")[0] for _label, text in ROLES.values() if text != "*" for g in text.split()}
    assert granted - known == set()


def test_every_right_is_declared_once() -> None:
    declared = {id(p): p for _module, p in house.instances("permissions", Permission)}
    codes = [p.code for p in declared.values()]
    assert len(codes) == len(set(codes))
    assert all(code.count(":") == 2 for code in codes)


def test_every_reaction_answers_an_event_that_exists() -> None:
    assert set(REACTIONS) <= set(kinds_of_event())
    assert all("." in name for name in COMMANDS)
