"""What happened to papers and files."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Event


@dataclass(frozen=True, kw_only=True)
class FileAttached(Event):
    name = "file.attached"
    sentence = N_("attached %(file)s")
    icon = "paperclip"

    file: str
