"""A quotation that went out is mailed with its PDF, if its sender named an address. A job: the house sends it when it can."""

from app.core import db
from app.core.rows import get
from app.core.words import _, speaking
from app.integrations import jobs
from app.people.actors import HOUSE
from app.quotations.pages.paper import issue, language_of
from app.quotations.tables import Quotation


async def mail_out(quotation_id: int) -> None:
    """A reaction to `quotation.sent`: the paper on the shelf, and a letter with it."""
    quotation = await get(Quotation, Quotation.id == quotation_id)
    language = language_of(quotation)
    paper = await issue(quotation, language, by=HOUSE)
    if not quotation.sent_to:
        return
    seller = await db.one(
        'select p.name, n.mail from people p join users u on u.person = p.id left join notification_choices n on n."user" = u.id'
        " where p.id = {} order by u.id limit 1",
        quotation.salesperson or 0,
    )  # fmt: skip
    name, mail = (seller["name"], seller["mail"] or "") if seller else ("", "")
    company = await db.one("select name, name_en from company order by id limit 1")
    house = ((company["name_en"] if language == "en" else "") or company["name"]) if company else ""
    with speaking(language):
        letter = {
            "title": _("Quotation %(number)s", number=quotation.number), "papers": [paper.id], "answer_to": mail,
            "text": "\n\n".join((
                quotation.contact or quotation.customer_name,
                _("Please find attached our quotation %(number)s. It is valid until %(day)s.",
                  number=quotation.number, day=quotation.valid_until.isoformat()),
                "\n".join(filter(None, (name, house))),
            )),
        }  # fmt: skip
    label = f"{quotation.number} · {quotation.customer_name}"
    payload = {"to": quotation.sent_to, "letter": letter}
    await jobs.write(jobs.MAIL, "quotation", f"quotation:{quotation.id}", label, quotation.sent_to, payload)
