"""Rights over work orders, reports and exceptions."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("production:work_order:see", N_("See work orders"), scoped=True)
PLAN = Permission("production:work_order:plan", N_("Make, release, hold and cancel work orders"))
REPORT = Permission("production:report:make", N_("Report production"))
CORRECT = Permission("production:report:correct", N_("Correct reports and report for others"))
SEE_EXCEPTIONS = Permission("production:exception:see", N_("See production exceptions"))
DECIDE_EXCEPTIONS = Permission(
    "production:exception:decide", N_("Acknowledge and resolve production exceptions")
)
