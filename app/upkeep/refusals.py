"""Why the house is not copied or put back."""

from app.core.refusals import Reason
from app.core.words import N_

NO_PG_TOOLS = Reason("no_pg_tools", N_("%(program)s is missing: install PostgreSQL's client programs"), 500)
COPY_FAILED = Reason("copy_failed", N_("The copy could not be made: %(error)s"), 500)
COPY_BROKEN = Reason("copy_broken", N_("The copy is not whole: %(error)s"), 500)
STILL_SERVED = Reason("still_served", N_("Stop the server first: the house is open"), 409)
NOT_EMPTY = Reason(
    "not_empty", N_("There is a house already; --yes puts it aside and restores the backup"), 409
)
NO_SUCH_FILE = Reason("no_such_file", N_("There is no backup %(file)s"), 404)
