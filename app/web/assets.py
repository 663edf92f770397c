"""Files of the browser: addresses carry the file's hash, so that browsers keep them for a year and never see an old one.

Modules ask for one another by relative addresses, which carry nothing. Their folder carries the hash of all of them instead.
"""

import hashlib
import os
from functools import cache, lru_cache

from app.config import ROOT, settings

_STATIC = str(ROOT / "static")
_MODULES = "/static/js/"


@cache
def _address(path: str, changed: float) -> str:
    with open(f"{_STATIC}/{path}", "rb") as file:
        return f"/static/{path}?v={hashlib.sha256(file.read()).hexdigest()[:10]}"


OFFICE = ("tokens", "base", "layout", "control", "record", "table", "form")
"""The styles of every office page, in the order of their layers: sent as one file, which is smaller and one trip."""


def office_sheet() -> str:
    """The address of the styles of every office page."""
    return f"/static/office.css?v={_sheet(_changed())[0]}"


def office_styles() -> str:
    return _sheet(_changed())[1]


def _changed() -> float:
    """When one of them was changed last; in production nothing changes."""
    return (
        0.0 if settings.production else max(os.stat(f"{_STATIC}/css/{name}.css").st_mtime for name in OFFICE)
    )


def module(name: str) -> str:
    """`app` → `/static/js/~3f2a…/app.js`."""
    return f"{_MODULES}~{_version()}/{name}.js"


def file_behind(path: str) -> tuple[str, bool]:
    """The path of a module's file, and whether its address carries the hash of now; other paths are as they were."""
    if not path.startswith(f"{_MODULES}~"):
        return path, False
    version, _, name = path.removeprefix(f"{_MODULES}~").partition("/")
    return _MODULES + name, version == _version()


def _version() -> str:
    if settings.production:
        return _hash_of_modules(0.0)
    with os.scandir(_STATIC + "/js") as files:
        return _hash_of_modules(max(file.stat().st_mtime for file in files))


@lru_cache(1)
def _hash_of_modules(changed: float) -> str:
    found = hashlib.sha256()
    for file in sorted((ROOT / "static/js").glob("*.js")):
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:10]


@lru_cache(1)
def _sheet(changed: float) -> tuple[str, str]:
    """The hash and the text."""
    parts = []
    for name in OFFICE:
        with open(f"{_STATIC}/css/{name}.css", encoding="utf-8") as file:
            parts.append(file.read())
    text = "\n".join(parts)
    return hashlib.sha256(text.encode()).hexdigest()[:10], text


def asset(path: str) -> str:
    """`css/base.css` → `/static/css/base.css?v=3f2a…`; a missing file is a plain address that answers 404."""
    try:
        return _address(path, 0.0 if settings.production else os.stat(f"{_STATIC}/{path}").st_mtime)
    except OSError:
        return f"/static/{path}"
