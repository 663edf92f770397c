"""What happened with calls to third parties."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Changed, Event


@dataclass(frozen=True, kw_only=True)
class JobFailed(Event):
    """Given up, or without an answer; told once a day for one cause."""

    name = "integration_job.failed"
    sentence = N_("could not send by %(target)s: %(label)s (%(code)s %(said)s)")
    icon = "triangle-alert"

    target: str
    label: str
    code: str
    said: str


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    name = "integration_job.retried"
    sentence = N_("sends again by %(target)s: %(label)s")
    icon = "rotate-ccw"

    target: str
    label: str


@dataclass(frozen=True, kw_only=True)
class JobDropped(Event):
    name = "integration_job.dropped"
    sentence = N_("will not send any more by %(target)s: %(label)s")
    icon = "ban"

    target: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ChannelSet(Changed):
    name = "channel.set"
    sentence = N_("set up %(what)s")
    icon = "cog"


@dataclass(frozen=True, kw_only=True)
class ChannelTested(Event):
    name = "channel.tested"
    sentence = N_("sent a test by %(target)s to %(receiver)s")
    icon = "send"

    target: str
    receiver: str
