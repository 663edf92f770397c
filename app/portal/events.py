"""What happened to progress links."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class LinkMade(Event):
    name = "share_link.made"
    sentence = N_("gave the customer a progress link for %(number)s until %(until)s")
    icon = "share-2"

    number: str
    until: str


@dataclass(frozen=True, kw_only=True)
class LinkRevoked(Event):
    name = "share_link.revoked"
    sentence = N_("ended the progress link …%(hint)s for %(number)s")
    icon = "unlink"

    number: str
    hint: str
