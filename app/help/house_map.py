"""What the house declares, read from the declarations themselves. Nothing here is written by hand, so nothing is out of date."""

import dataclasses
import importlib
from typing import Any

from app.config import settings
from app.core import house
from app.core.refusals import Reason
from app.core.words import _
from app.events.log import kinds_of_event
from app.people.grants import all_permissions
from app.piccolo_app import all_tables

SECRET = ("url", "key", "secret", "password")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Permissions, events, refusals, actions of devices, reactions, commands, scheduled work, settings and tables."""
    return {
        "permissions": [{"code": p.code, "label": _(p.label), "scoped": p.scoped} for p in all_permissions()],
        "events": _events(), "refusals": _refusals(), "actions": _actions(), "reactions": _reactions(),
        "commands": _commands(), "schedule": _schedule(), "settings": _settings(), "tables": _tables(),
    }  # fmt: skip


def _events() -> list[dict[str, Any]]:
    return [
        {"name": name, "sentence": _(cls.sentence), "facts": ", ".join(f.name for f in dataclasses.fields(cls) if f.name not in ("subject", "also"))}
        for name, cls in sorted(kinds_of_event().items())
    ]  # fmt: skip


def _refusals() -> list[dict[str, Any]]:
    found = {reason.code: reason for _module, reason in house.instances("refusals", Reason)}
    return [
        {"code": code, "sentence": _(found[code].sentence), "status": found[code].status}
        for code in sorted(found)
    ]


def _actions() -> list[dict[str, Any]]:
    actions = importlib.import_module("app.offline.actions").ACTIONS
    return [{"name": name, "does": _(action.label)} for name, action in sorted(actions.items())]


def _above(module: str) -> Any:
    """A module of tasks/: it stands above the pages, which is why it is looked up by name."""
    return importlib.import_module(f"tasks.{module}")


def _reactions() -> list[dict[str, Any]]:
    table = _above("reactions").REACTIONS
    return [
        {"event": event, "name": name, "does": _said(reaction)}
        for event, each in sorted(table.items())
        for name, reaction in each.items()
    ]


def _commands() -> list[dict[str, Any]]:
    return [{"name": name, "does": _said(verb)} for name, verb in sorted(_above("commands").COMMANDS.items())]


def _schedule() -> list[dict[str, Any]]:
    return [{"name": p.name, "at": p.when, "does": _said(p.work)} for p in _above("schedule").SCHEDULE]


def _settings() -> list[dict[str, Any]]:
    """The settings as this process has them; what may hold a password is not shown."""
    return [
        {
            "name": f.name,
            "value": "•••"
            if any(word in f.name for word in SECRET) and getattr(settings, f.name)
            else str(getattr(settings, f.name)),
        }
        for f in dataclasses.fields(settings)
    ]


def _tables() -> list[dict[str, Any]]:
    return [
        {
            "name": t._meta.tablename,
            "what": _said(t),
            "columns": ", ".join(c._meta.name for c in t._meta.columns),
        }
        for t in sorted(all_tables(), key=lambda t: t._meta.tablename)
    ]


def _said(thing: Any) -> str:
    """The first line of the docstring of a function or class of ours."""
    text = (getattr(thing, "__doc__", "") or "").strip().split("\n")[0]
    return text if getattr(thing, "__module__", "").startswith(("app", "tasks")) else ""
