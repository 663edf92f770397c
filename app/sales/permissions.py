"""Rights over sales orders."""

from app.core.words import N_
from app.people.actors import Permission

SEE = Permission("sales:order:see", N_("See sales orders"), scoped=True)
CREATE = Permission("sales:order:create", N_("Write sales orders"))
CONFIRM = Permission("sales:order:confirm", N_("Confirm sales orders"))
CANCEL = Permission("sales:order:cancel", N_("Cancel sales orders"))
CLOSE = Permission("sales:order:close", N_("Close sales orders"))
PRICE = Permission("sales:order:price", N_("See prices and amounts of sales orders"))
WAIVE = Permission(
    "sales:order:waive", N_("Open an order's gate: make before the deposit, deliver before the balance")
)
