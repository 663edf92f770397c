"""Our house as it signs its papers."""

from app.core import db
from app.core.words import _
from app.documents import attachments
from app.documents.sheets import Company


async def letterhead() -> Company:
    """Name, address, bank and seal from the company's page."""
    row = await db.one("select * from company order by id limit 1")
    if row is None:
        return Company(name=_("(no company profile yet)"))
    seal = attachments.path_of(row["seal"]) if row["seal"] else None
    return Company(
        name=row["name"], english_name=row["name_en"], address=row["address"], phone=row["phone"],
        tax_number=row["tax_number"], bank=row["bank"], bank_account=row["bank_account"],
        seal=seal.read_bytes() if seal is not None and seal.exists() else b"",
    )  # fmt: skip
