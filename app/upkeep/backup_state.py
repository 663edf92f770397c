"""How the last backup went, in a small file beside the house: what the red banner reads on every page."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.config import settings
from app.core import clock
from app.core.words import _

STALE = timedelta(hours=36)


def _state_file() -> Path:
    return settings.data_dir / "backup.json"


def remember(*, ok: datetime | None = None, failed: str = "") -> None:
    """Note a good copy, or why there was none."""
    state = _read_state()
    state.update({"ok_at": ok.isoformat(), "failed": ""} if ok else {"failed": failed})
    _remember_state(state)


def _remember_state(state: dict[str, Any]) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    _state_file().write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")


def _read_state() -> dict[str, Any]:
    try:
        return json.loads(_state_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def banner() -> str | None:
    """What to say in red when the last good backup is old; None when all is well."""
    state = _read_state()
    ok, began = (datetime.fromisoformat(state[k]) if state.get(k) else None for k in ("ok_at", "began_at"))
    since = ok or began
    if since is None or clock.real_now() - since < STALE:
        return None
    if ok is None:
        return _("This house has never been backed up. %(why)s", why=state.get("failed", ""))
    days = (clock.real_now() - ok).days
    return _("The last backup is %(days)s days old. %(why)s", days=days, why=state.get("failed", ""))


def house_begins() -> None:
    """Count from now: a new house need not have a backup yet."""
    if not _state_file().exists():
        _remember_state({"began_at": clock.real_now().isoformat()})
