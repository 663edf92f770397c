"""Rights over people, roles, devices and the house itself."""

from app.core.words import N_
from app.people.actors import Permission

SEE_PEOPLE = Permission("people:person:see", N_("See people"))
EDIT_PEOPLE = Permission("people:person:edit", N_("Edit people, teams and departments"))
EDIT_USERS = Permission("people:user:edit", N_("Edit logins and roles"))
EDIT_DEVICES = Permission("people:device:edit", N_("Enrol and revoke devices"))
EDIT_KEYS = Permission("people:key:edit", N_("Make and revoke API keys"))
RUN_HOUSE = Permission("people:house:run", N_("Run the house: clock, backup, settings"))
