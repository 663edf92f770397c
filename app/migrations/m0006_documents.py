"""The tables of documents as they were at the beginning."""

from piccolo.columns import BigInt, Bytea, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run
from app.migrations.m0003_people import User


class Attachment(Table, tablename="attachments"):
    subject_kind = Varchar(length=30)
    subject_id = BigInt()
    name = Varchar(length=200)
    media_type = Varchar(length=100)
    size = BigInt()
    sha256 = Varchar(length=64)
    added_by = ref(User, optional=True)
    added_at = Timestamptz()


class IssuedDocument(Table, tablename="issued_documents"):
    number = Varchar(length=60, unique=True)
    kind = Varchar(length=30)
    about_kind = Varchar(length=30)
    about_id = BigInt()
    data = Text(default="{}")
    pdf = Bytea()
    sha256 = Varchar(length=64)
    language = Varchar(length=10)
    issued_by = ref(User, optional=True)
    issued_at = Timestamptz()
    corrects = ref("self", optional=True)


INDEXES = (
    "create index attachments_of on attachments (subject_kind, subject_id)",
    "create index issued_documents_of on issued_documents (about_kind, about_id)",
)


async def forwards() -> None:
    await create_table(Attachment)
    await create_table(IssuedDocument)
    await run(*INDEXES)
