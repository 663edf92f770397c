"""Rights over calls to third parties."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("integrations:job:see", N_("See what was sent to third parties"))
RETRY = Permission("integrations:job:retry", N_("Send to third parties again, or drop it"))
EDIT = Permission("integrations:channel:edit", N_("Set up mail and WeCom"))
