"""From our messages to mails, and from SMTP's codes to what is done about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from app.core.words import N_, Word
from app.integrations import outcomes
from app.integrations.mail.client import Answered
from app.integrations.outcomes import GIVE_UP, LATER, Outcome

GREY = timedelta(minutes=5)
"""A server that greylists wants to be asked again, not at once."""
REFUSED: Word = N_("The mail server refused it")
NOT_NOW: Word = N_("The mail server asks to try again later")
WRONG_LOGIN: Word = N_("The mail server does not take user and password")
UNKNOWN_ADDRESS: Word = N_("The mail server does not take this address")


def mail_of(
    message: dict[str, Any], html: str, sender: str, receiver: str, at: datetime, id_: str
) -> EmailMessage:
    """The mail; its Message-ID is that of the job, so that a second copy can be told from a second message."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message["title"], sender, receiver
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{id_}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    said = "\n\n".join(f"{line['text']}\n{line['url']}".rstrip() for line in message["lines"])
    mail.set_content(f"{said}\n\n-- \n{message['foot']}\n")
    mail.add_alternative(html, subtype="html")
    return mail


def letter_of(
    letter: dict[str, Any],
    papers: Sequence[tuple[str, bytes]],
    sender: str,
    receiver: str,
    at: datetime,
    id_: str,
) -> EmailMessage:
    """A letter to somebody outside: its text, and our papers (name, PDF) with it. Answers go to the person who sent it."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = letter["title"], sender, receiver
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{id_}@{sender.rpartition('@')[2]}>"
    if letter["answer_to"]:
        mail["Reply-To"] = letter["answer_to"]
    mail.set_content(letter["text"])
    for name, pdf in papers:
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    return mail


def outcome_of(no: Answered, request: Any) -> Outcome:
    """A server's no, by its code: 4xx later, 5xx never."""
    told = {"code": no.code, "said": no.said[:300], "at": no.at}
    if 400 <= no.code < 500:
        return Outcome(LATER, str(no.code), NOT_NOW, request, told, GREY)
    if no.at == "login":
        return Outcome(GIVE_UP, str(no.code), WRONG_LOGIN, request, told, ours=True)
    said = UNKNOWN_ADDRESS if no.at == "to" else REFUSED
    return Outcome(GIVE_UP, str(no.code), said, request, told, ours=True)


def no_answer(said: str, request: Any) -> Outcome:
    """After the last dot nothing was heard. SMTP has nothing to ask with, so it is not sent again by itself."""
    return Outcome(outcomes.UNKNOWN, "timeout", outcomes.NO_ANSWER, request, {"error": said})
