"""A backup is made while the house runs, opened before it counts, and put back with nothing lost."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.config import settings
from app.core import clock, db, migrations
from app.core.db import DB
from app.core.refusals import Refused
from app.core.words import _
from app.upkeep import backup, backup_state, keys
from app.upkeep.stopping import being_served, marked_as_serving

pytestmark = pytest.mark.usefixtures("own_house")


@pytest.fixture
async def served(nothing: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated house with an administrator, and its data folder."""
    monkeypatch.setattr(settings, "data_dir", tmp_path / "data")
    monkeypatch.setattr(settings, "backup_dir", str(tmp_path / "usb"))
    await migrations.migrate()
    await keys.first_administrator()
    (settings.data_dir / "files" / "ab").mkdir(parents=True)
    (settings.data_dir / "files" / "ab" / "abcd").write_bytes(b"drawing")
    return tmp_path


async def test_a_backup_put_back_is_the_house_of_that_moment(served: Path) -> None:
    path = await backup.back_up()
    assert (served / "usb" / "files" / "ab" / "abcd").read_bytes() == b"drawing"
    await db.rows("update users set login = 'changed'")
    (settings.data_dir / "files" / "ab" / "abcd").unlink()
    await DB.close()
    with pytest.raises(Refused) as refused:
        await backup.restore(path)
    assert refused.value.reason.code == "not_empty"
    await backup.restore(path, replace=True)
    await DB.open()
    assert await db.value("select login from users") == "admin"
    assert (settings.data_dir / "files" / "ab" / "abcd").read_bytes() == b"drawing"


async def test_nothing_is_restored_under_a_running_server(served: Path) -> None:
    path = await backup.back_up()
    assert not being_served()
    with marked_as_serving(), pytest.raises(Refused) as refused:
        await backup.restore(path, replace=True)
    assert refused.value.reason.code == "still_served"


@pytest.mark.skipif(db.on_postgres(), reason="pg_restore reads what pg_dump wrote")
@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "text"])
async def test_a_broken_copy_is_never_taken_for_a_backup(served: Path, harm: str) -> None:
    path = await backup.back_up()
    content = path.read_bytes()
    flipped = content[:30_000] + bytes(b ^ 255 for b in content[30_000:60_000]) + content[60_000:]
    path.write_bytes({"cut": content[:50_000], "flipped": flipped, "empty": b"", "text": b"hello"}[harm])
    with pytest.raises(Refused) as refused:
        backup.check(path)
    assert refused.value.reason.code == "copy_broken"


async def test_only_the_newest_fourteen_are_kept(served: Path) -> None:
    (served / "usb").mkdir()
    suffix = "dump" if db.on_postgres() else "sqlite"
    for day in range(1, 20):
        (served / "usb" / f"zhunjiao-202601{day:02d}-020000.{suffix}").touch()
    path = await backup.back_up()
    assert len(list((served / "usb").glob("zhunjiao-*"))) == backup.KEPT and path.exists()


async def test_a_red_banner_tells_when_the_last_good_backup_is_old(served: Path, monkeypatch) -> None:
    backup_state.house_begins()
    assert backup_state.banner() is None
    later = clock.real_now() + timedelta(days=3)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert backup_state.banner() == _("This house has never been backed up. %(why)s", why="")
    await backup.back_up()
    assert backup_state.banner() is None
    monkeypatch.setattr(clock, "real_now", lambda: later + timedelta(days=4))
    assert "4" in (backup_state.banner() or "")


async def test_a_backup_that_fails_says_why_and_leaves_nothing(served: Path, monkeypatch) -> None:
    (served / "blocked").write_text("a file, not a folder")
    with pytest.raises(Refused) as refused:
        await backup.back_up(served / "blocked")
    assert refused.value.reason.code == "copy_failed"
    assert json.loads((settings.data_dir / "backup.json").read_text())["failed"]
