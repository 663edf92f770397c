"""A mail server on loopback (aiosmtpd) that takes mails, greylists, refuses, or falls silent before or after it has one."""

import asyncio
import email
import email.policy
import socket
from collections import deque
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "zhunjiao@example.com", "mail-password-not-to-be-seen"


class Post:
    """What arrived. `faults` are taken one per mail: `late` (kept, then silence), `greylist`, `refuse`, `busy` at the receiver."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.faults: deque[str] = deque()
        self.unknown: set[str] = set()
        self.silence = 1.0

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 user unknown"
        if self.faults and self.faults[0] == "busy":
            self.faults.popleft()
            return "450 4.2.0 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        fault = self.faults.popleft() if self.faults else ""
        if fault == "greylist":
            return "451 4.7.1 try again later"
        if fault == "refuse":
            return "554 5.7.1 message refused"
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if fault == "late":
            await asyncio.sleep(self.silence)
        return "250 2.0.0 taken"


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=good)


class Server:
    """The mail server for the time of a block."""

    def __init__(self, post: Post) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.controller = Controller(
            post,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=_knows,
            auth_require_tls=False,
            decode_data=False,
        )

    def __enter__(self) -> int:
        self.controller.start()
        return self.port

    def __exit__(self, *_error: Any) -> None:
        self.controller.stop(no_assert=True)
