"""Rights over delivery notes."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("delivery:note:see", N_("See delivery notes"))
CREATE = Permission("delivery:note:create", N_("Write and cancel delivery notes"))
PICK = Permission("delivery:note:pick", N_("Pick for delivery notes"))
POST = Permission("delivery:note:post", N_("Post delivery notes"))
REVERSE = Permission("delivery:note:reverse", N_("Reverse delivery notes"))
