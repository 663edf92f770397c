"""Why a login, badge, device or key is not accepted."""

from app.core.refusals import Reason
from app.core.words import N_

WRONG_LOGIN = Reason("wrong_login", N_("Name or password is wrong"), 422)
LOCKED_OUT = Reason(
    "locked_out", N_("Too many wrong tries; again after %(minutes)s minutes, or ask the administrator"), 429
)
PASSWORD_SHORT = Reason("password_short", N_("At least 8 characters"))
PASSWORD_SAME = Reason("password_same", N_("The new password must differ from the old one"))
PASSWORDS_DIFFER = Reason("passwords_differ", N_("The two entries differ"))
BAD_CODE = Reason("bad_code", N_("This code is wrong, used or expired; ask for a new one"))
WRONG_PIN = Reason("wrong_pin", N_("The PIN is wrong"))
PIN_FORM = Reason("pin_form", N_("A PIN has 4 to 8 digits"))
OWN_LOGIN = Reason("own_login", N_("You cannot take this away from yourself"))
REVOKED = Reason("revoked", N_("This device was revoked"), 401)
WRONG_PASSWORD = Reason("wrong_password", N_("This is not your present password"))
LOGIN_FORM = Reason("login_form", N_("2 to 60 letters, digits, dots, hyphens or underscores"))
HAS_LOGIN = Reason("has_login", N_("%(person)s has the login %(login)s already"), 409)
NO_ROLE = Reason("no_role", N_("Choose at least one role; without one nothing is allowed"))
LAST_ADMINISTRATOR = Reason(
    "last_administrator", N_("Somebody must be left who may edit logins and roles"), 409
)
OWN_SUBSTITUTE = Reason("own_substitute", N_("Nobody stands in for themselves"))
MUST_CHANGE_PASSWORD = Reason("must_change_password", N_("Choose a password of your own first"), 403)
