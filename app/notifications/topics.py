"""What messages are about, and the ways they can take."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_, Word
from app.integrations.jobs import MAIL, TARGETS, WECOM

NOW, DIGEST, NEVER = "now", "digest", ""
HOW: dict[str, Word] = {NOW: N_("at once"), DIGEST: N_("in the daily digest"), NEVER: N_("only at the bell")}
CHANNELS: dict[str, Word] = {WECOM: TARGETS[WECOM], MAIL: TARGETS[MAIL]}


@dataclass(frozen=True)
class Topic:
    """Events by the beginnings of their names, and how one hears of them who has not chosen."""

    label: Word
    names: tuple[str, ...]
    usual: str = NOW


TOPICS: dict[str, Topic] = {
    "approval": Topic(N_("Approvals"), ("approval.",)),
    "escalation": Topic(N_("Escalated alerts"), ()),
    "alert": Topic(N_("Alerts"), ("alert.",)),
    "exception": Topic(N_("Exceptions on the floor"), ("production_exception.", "device_action."), DIGEST),
    "other": Topic(N_("Everything else"), ("",), DIGEST),
}
INSIDE = ("integration_job.",)
"""Of a channel that fails nobody is told by a channel."""


def topic_of(event: dict[str, Any]) -> str:
    """The topic of an event; '' when it never leaves the house."""
    name = event["name"]
    if name.startswith(INSIDE):
        return ""
    if name.startswith("alert.") and event["facts"].get("level") == "Escalated":
        return "escalation"
    return next(key for key, topic in TOPICS.items() if any(name.startswith(n) for n in topic.names))
