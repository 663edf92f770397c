"""The right to read everything that happens."""

from app.core.words import N_
from app.people.actors import Permission

READ_FEED = Permission("events:event:see", N_("Read the feed of all events"))
