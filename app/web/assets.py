"""Files of the browser: addresses carry the file's hash, so that browsers keep them for a year and never see an old one."""

import hashlib
import os
from functools import cache

from app.config import ROOT, settings

_STATIC = str(ROOT / "static")


@cache
def _address(path: str, changed: float) -> str:
    with open(f"{_STATIC}/{path}", "rb") as file:
        return f"/static/{path}?v={hashlib.sha256(file.read()).hexdigest()[:10]}"


def asset(path: str) -> str:
    """`css/base.css` → `/static/css/base.css?v=3f2a…`; a missing file is a plain address that answers 404."""
    try:
        return _address(path, 0.0 if settings.production else os.stat(f"{_STATIC}/{path}").st_mtime)
    except OSError:
        return f"/static/{path}"
