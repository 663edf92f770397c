"""What the house holds, found by convention: every capability's `permissions`, `events`, `refusals`, `states`, `tables`."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

import app

Class = TypeVar("Class")


@cache
def modules(name: str) -> tuple[ModuleType, ...]:
    """The module of this name in each capability, in alphabetical order of capability."""
    found = []
    for package in sorted(m.name for m in pkgutil.iter_modules(app.__path__) if m.ispkg):
        inside = importlib.import_module(f"app.{package}")
        if any(m.name == name for m in pkgutil.iter_modules(inside.__path__)):
            found.append(importlib.import_module(f"app.{package}.{name}"))
    return tuple(found)


def instances(name: str, kind: type) -> Iterator[tuple[ModuleType, Any]]:
    """Every instance of `kind` that stands in a module of this name."""
    for module in modules(name):
        for thing in vars(module).values():
            if isinstance(thing, kind):
                yield module, thing


def classes(name: str, base: type[Class]) -> Iterator[type[Class]]:
    """Every subclass of `base` defined in a module of this name."""
    for module in modules(name):
        for thing in vars(module).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, base)
                and thing is not base
                and thing.__module__ == module.__name__
            ):
                yield thing
