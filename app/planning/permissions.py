"""Rights over schedules and calendars."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("planning:schedule:see", N_("See schedules"))
RUN = Permission("planning:schedule:run", N_("Make schedules"))
PUBLISH = Permission("planning:schedule:publish", N_("Publish schedules"))
EDIT_CALENDARS = Permission("planning:calendar:edit", N_("Edit working calendars"))
