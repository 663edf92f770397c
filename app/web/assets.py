"""Files of the browser: addresses carry the file's hash, so that browsers keep them for a year and never see an old one."""

import hashlib
from functools import cache

from app.config import ROOT, settings


@cache
def _stamp(path: str, changed: float) -> str:
    return hashlib.sha256((ROOT / "static" / path).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """`css/base.css` → `/static/css/base.css?v=3f2a…`; a missing file is a plain address that answers 404."""
    file = ROOT / "static" / path
    try:
        changed = 0.0 if settings.production else file.stat().st_mtime
        return f"/static/{path}?v={_stamp(path, changed)}"
    except OSError:
        return f"/static/{path}"
