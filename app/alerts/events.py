"""What happened with alerts. Their names begin with `alert.`, and no alert counts as a sign of life of its thing."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Changed, Event


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    name = "alert.raised"
    sentence = N_("%(level)s: %(what)s, %(label)s %(about)s (%(counts)s %(figure)s)")
    icon = "bell-ring"

    level: str
    what: str
    label: str
    about: str
    counts: str
    figure: int


@dataclass(frozen=True, kw_only=True)
class AlertRose(AlertRaised):
    """The same alert, more urgent now."""

    name = "alert.rose"
    sentence = N_("now %(level)s: %(what)s, %(label)s %(about)s (%(counts)s %(figure)s)")
    icon = "trending-up"


@dataclass(frozen=True, kw_only=True)
class AlertEased(AlertRaised):
    """The same alert, less urgent now."""

    name = "alert.eased"
    sentence = N_("eased to %(level)s: %(what)s, %(label)s %(about)s (%(counts)s %(figure)s)")
    icon = "trending-down"


@dataclass(frozen=True, kw_only=True)
class AlertReturned(AlertRaised):
    """It was put off, and what it is about is still there."""

    name = "alert.returned"
    sentence = N_("back again, %(level)s: %(what)s, %(label)s %(about)s (%(counts)s %(figure)s)")
    icon = "alarm-clock"


@dataclass(frozen=True, kw_only=True)
class AlertClosed(Event):
    name = "alert.closed"
    sentence = N_("settled by itself: %(what)s, %(label)s")
    icon = "check"

    what: str
    label: str


@dataclass(frozen=True, kw_only=True)
class AlertSnoozed(Event):
    name = "alert.snoozed"
    sentence = N_("put off until %(until)s: %(what)s, %(label)s, because %(why)s")
    icon = "alarm-clock-off"

    what: str
    label: str
    until: str
    why: str


@dataclass(frozen=True, kw_only=True)
class AlertWoken(Event):
    name = "alert.woken"
    sentence = N_("took back putting off: %(what)s, %(label)s")
    icon = "alarm-clock"

    what: str
    label: str


@dataclass(frozen=True, kw_only=True)
class RuleWritten(Changed):
    name = "alert.rule_written"
    sentence = N_("wrote the alert rule “%(what)s”")
    icon = "bell-ring"
