"""One mail over SMTP. What matters is the moment at which the server has all of it: before, nothing was sent; after, who knows."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

from app.integrations.wire import NoAnswer, NotReached

TIMEOUT = 20


class Answered(Exception):
    """The server said no: its code and words."""

    def __init__(self, code: int, said: bytes | str, at: str) -> None:
        self.code, self.at = code, at
        self.said = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        super().__init__(f"{code} at {at}")


def send(values: Mapping[str, str], receiver: str, mail: EmailMessage, timeout: float = TIMEOUT) -> str:
    """Hand over; the server's words. Raises Answered, NotReached (nothing was sent) or NoAnswer (it may have been)."""
    line: smtplib.SMTP | None = None
    try:
        line = _open(values, timeout)
        if values["user"]:
            _log_in(line, values["user"], values["password"])
        data = _prepared(line, values["sender"], receiver, mail)
    except Answered:
        _close(line)
        raise
    except smtplib.SMTPResponseException as error:
        _close(line)
        raise Answered(error.smtp_code, error.smtp_error, "hello") from None
    except (OSError, smtplib.SMTPException) as error:
        _close(line)
        raise NotReached(type(error).__name__) from None
    try:
        line.send(data)
        code, said = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer(type(error).__name__) from None
    finally:
        line.close()
    if code != 250:
        raise Answered(code, said, "data")
    return said.decode("utf-8", "replace")


def _close(line: smtplib.SMTP | None) -> None:
    if line is not None:
        line.close()


def _log_in(line: smtplib.SMTP, user: str, password: str) -> None:
    """Some servers answer a wrong password by hanging up at the second way of asking."""
    try:
        line.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise Answered(error.smtp_code, error.smtp_error, "login") from None
    except smtplib.SMTPServerDisconnected:
        raise Answered(535, "disconnected", "login") from None


def _open(values: Mapping[str, str], timeout: float) -> smtplib.SMTP:
    host, port = values["host"], int(values["port"])
    if values["security"] == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=ssl.create_default_context())
    line = smtplib.SMTP(host, port, timeout=timeout)
    if values["security"] == "starttls":
        line.starttls(context=ssl.create_default_context())
    return line


def _prepared(line: smtplib.SMTP, sender: str, receiver: str, mail: EmailMessage) -> bytes:
    """Up to the server's "go on": the mail as it goes over the line, dots doubled, its end marked."""
    line.ehlo_or_helo_if_needed()
    for at, (code, said) in (
        ("from", line.mail(sender)),
        ("to", line.rcpt(receiver)),
        ("data", line.docmd("DATA")),
    ):
        if code not in (250, 251, 354):
            raise Answered(code, said, at)
    body = mail.as_bytes(policy=SMTP.clone(cte_type="7bit"))
    lines = [b"." + each if each.startswith(b".") else each for each in body.split(b"\r\n")]
    return b"\r\n".join(lines).rstrip(b"\r\n") + b"\r\n.\r\n"
