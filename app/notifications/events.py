"""What happened with messages."""

from dataclasses import dataclass

from app.core.words import N_
from app.events.log import Changed


@dataclass(frozen=True, kw_only=True)
class ChoicesMade(Changed):
    name = "notifications.chosen"
    sentence = N_("chose what %(what)s hears by which way")
    icon = "bell"


@dataclass(frozen=True, kw_only=True)
class RobotWritten(Changed):
    name = "group_robot.written"
    sentence = N_("set up the group robot “%(what)s”")
    icon = "users"
