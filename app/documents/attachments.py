"""Files that people attach to things. The bytes lie in the data folder under their SHA-256, each content once."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.config import settings
from app.core import clock, db
from app.core.refusals import Refused
from app.core.rows import get
from app.core.text import clean
from app.documents.events import FileAttached
from app.documents.refusals import A_PROGRAM, EMPTY_FILE, TOO_BIG, must_see
from app.documents.tables import Attachment
from app.events.log import Subject, record, record_many
from app.people.actors import Actor

LARGEST = 20 * 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"
_SIGNS = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"), (b"\xd0\xcf\x11\xe0", "application/vnd.ms-office"), (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"), (b"Rar!", "application/vnd.rar"), (b"7z\xbc\xaf", "application/x-7z-compressed"),
)  # fmt: skip
_INSIDE_ZIP = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_IN_OFFICE = {
    ".xls": "application/vnd.ms-excel",
    ".doc": "application/msword",
    ".msg": "application/vnd.ms-outlook",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def sniffed(name: str, data: bytes) -> str:
    """The media type by the first bytes; the name only tells apart what begins alike. Refused(A_PROGRAM) for programs."""
    if data.startswith(_PROGRAMS):
        raise Refused(A_PROGRAM, "file")
    ending = Path(name).suffix.lower()
    found = next((kind for sign, kind in _SIGNS if data.startswith(sign)), "")
    if found == "application/zip":
        return _INSIDE_ZIP.get(ending, found)
    if found == "application/vnd.ms-office":
        return _IN_OFFICE.get(ending, found)
    if found:
        return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if ending in (".txt", ".csv", ".eml") and b"\x00" not in data[:4096] else UNKNOWN_TYPE


async def keep(name: str, data: bytes, subject: Subject, *, by: Actor) -> Attachment:
    """Keep a file about a thing. Refused when it is empty, above 20 MB or a program. The same file again is the same row."""
    if not data:
        raise Refused(EMPTY_FILE, "file")
    if len(data) > LARGEST:
        raise Refused(TOO_BIG, "file", limit=LARGEST // 2**20, size=f"{len(data) / 2**20:.1f}")
    called = clean(Path(name.replace("\\", "/")).name)[:200] or "file"
    media_type, digest = sniffed(called, data), hashlib.sha256(data).hexdigest()
    same = await Attachment.objects().where(
        (Attachment.subject_kind == subject[0]) & (Attachment.subject_id == subject[1]) & (Attachment.sha256 == digest)
    ).first()  # fmt: skip
    if same is not None:
        return same
    _put(digest, data)
    attachment = Attachment(
        subject_kind=subject[0], subject_id=subject[1], name=called, media_type=media_type, size=len(data), sha256=digest,
        added_by=by.user_id, added_at=clock.now(),
    )  # fmt: skip
    await attachment.save()
    await record(FileAttached(subject=subject, file=called), by=by)
    return attachment


async def also_about(id_: int, subjects: Sequence[Subject], *, by: Actor) -> None:
    """A file that is kept already is about these things too. Part of a verb's transaction."""
    file = await get(Attachment, Attachment.id == id_)
    names = (
        "subject_kind", "subject_id", "name", "media_type", "size", "sha256", "added_by", "added_at",
    )  # fmt: skip
    now = clock.now()
    await db.write_many(
        "attachments", names,
        [(kind, subject, file.name, file.media_type, file.size, file.sha256, by.user_id, now) for kind, subject in subjects],
    )  # fmt: skip
    await record_many([FileAttached(subject=subject, file=file.name) for subject in subjects], by=by)


async def attach(name: str, data: bytes, subject: Subject, *, by: Actor) -> Attachment:
    """keep(), for somebody who may see the thing."""
    must_see(subject[0], by)
    return await keep(name, data, subject, by=by)


async def fetch(id_: int, *, by: Actor) -> Attachment:
    """The file's row, for somebody who may see what it is about; otherwise it is not found."""
    found = await get(Attachment, Attachment.id == id_)
    must_see(found.subject_kind, by)
    return found


async def attached_to(subject: Subject) -> list[dict[str, Any]]:
    """The files of a thing, newest first: id, name, media_type, size, added_at."""
    return await db.rows(
        "select id, name, media_type, size, sha256, added_at from attachments where subject_kind = {} and subject_id = {} order by id desc",
        *subject,
    )


def path_of(digest: str) -> Path:
    """Where the bytes of a hash lie."""
    return settings.data_dir / "files" / digest[:2] / digest


def content(attachment: Attachment) -> bytes:
    return path_of(attachment.sha256).read_bytes()


def _put(digest: str, data: bytes) -> None:
    """Write whole or not at all: a power cut leaves no half file under a true hash."""
    path = path_of(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
