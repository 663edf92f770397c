"""Our own company, as it stands on every paper we send out."""

from collections.abc import Mapping
from typing import Any

from app.core import db
from app.core.refusals import STALE, Reason, Refused
from app.core.words import N_, Word
from app.documents import attachments
from app.events.log import changes, record
from app.parties.events import CompanyChanged
from app.parties.permissions import EDIT_COMPANY
from app.parties.tables import Company
from app.people.actors import Actor

SEAL_IS_NO_PICTURE = Reason("seal_is_no_picture", N_("The seal must be a PNG or JPEG picture"))
SUBJECT = "company"
LABELS: dict[str, Word] = {
    "name": N_("Name"), "name_en": N_("English name"), "tax_number": N_("Tax number"), "phone": N_("Phone"),
    "address": N_("Address"), "bank": N_("Bank"), "bank_account": N_("Bank account"),
}  # fmt: skip
"""The columns people write, with what they are called."""


async def profile() -> dict[str, Any]:
    """The company's row; empty values before it is written for the first time."""
    row = await db.one("select * from company order by id limit 1")
    return row or {"id": None, "version": 0, "seal": "", **dict.fromkeys(LABELS, "")}


async def change(
    values: Mapping[str, str], seal: tuple[str, bytes] | None = None, *, by: Actor, version: int | None = None
) -> dict[str, Any]:
    """Write the profile; `seal` is the name and bytes of a new picture. The row afterwards."""
    by.must(EDIT_COMPANY)
    before = await profile()
    if version is not None and version != before["version"]:
        raise Refused(STALE)
    if before["id"] is None:
        row = Company(version=0)
        await row.save()
        before = {**before, "id": row.id}
    wanted = dict(values)
    if seal is not None:
        if attachments.sniffed(*seal) not in ("image/png", "image/jpeg"):
            raise Refused(SEAL_IS_NO_PICTURE, "seal")
        wanted["seal"] = (await attachments.keep(*seal, (SUBJECT, before["id"]), by=by)).sha256
    sets = ", ".join(f"{column} = {{}}" for column in wanted)
    changed = await db.rows(
        f"update company set {sets}, version = version + 1 where id = {{}} and version = {{}} returning id",
        *wanted.values(), before["id"], before["version"],
    )  # fmt: skip
    if not changed:
        raise Refused(STALE)
    await _tell(before, wanted, by)
    return await profile()


async def _tell(before: Mapping[str, Any], after: Mapping[str, str], by: Actor) -> None:
    difference = changes(
        {str(label): before.get(name) for name, label in LABELS.items()},
        {str(label): after[name] for name, label in LABELS.items()},
    )
    if after.get("seal", before["seal"]) != before["seal"]:
        difference[str(N_("Seal"))] = ["", str(N_("New picture"))]
    if difference:
        await record(CompanyChanged(subject=(SUBJECT, before["id"]), changes=difference), by=by)
