"""Files people attached and documents the house issued. Both are kept for ever, with their hash."""

from piccolo.columns import BigInt, Bytea

from app.core import columns as c
from app.people.tables import User


class Attachment(c.Table, tablename="attachments"):
    """A file about a thing; the bytes lie in the data folder under their SHA-256."""

    subject_kind = c.words(30)
    subject_id = BigInt()
    name = c.words(200)
    media_type = c.words(100)
    size = BigInt()
    sha256 = c.words(64)
    added_by = c.ref(User, optional=True)
    added_at = c.instant()


class IssuedDocument(c.Table, tablename="issued_documents"):
    """A printed document with the data it was drawn from. A correction is a new one that refers to the old."""

    number = c.code(60)
    kind = c.words(30)
    about_kind = c.words(30)
    about_id = BigInt()
    data = c.document()
    pdf = Bytea()
    sha256 = c.words(64)
    language = c.words(10)
    issued_by = c.ref(User, optional=True)
    issued_at = c.instant()
    corrects = c.ref("self", optional=True)


INDEXES = (
    "create index attachments_of on attachments (subject_kind, subject_id)",
    "create index issued_documents_of on issued_documents (about_kind, about_id)",
)
