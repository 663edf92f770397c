"""Why a custom field is not defined so, or a value not kept."""

from app.core.refusals import Reason
from app.core.words import N_

BAD_KEY = Reason(
    "bad_key",
    N_("A key has small letters, digits and _ only, begins with a letter and has at most 31 of them"),
)
TOO_MANY_FIELDS = Reason(
    "too_many_fields", N_("%(thing)s have %(limit)s custom fields in use already; switch one off first")
)
KIND_HAS_VALUES = Reason(
    "kind_has_values",
    N_("%(count)s values are kept as “%(kind)s”; define a new field and switch this one off"),
)
OPTION_HAS_VALUES = Reason("option_has_values", N_("“%(option)s” stands in %(count)s values; it must stay"))
OPTIONS_WRONG = Reason("options_wrong", N_("Between 1 and %(limit)s different choices, one on each line"))
NO_SUCH_FIELD = Reason("no_such_field", N_("There is no custom field “%(key)s” here"))
NOT_FIELDS = Reason("not_fields", N_("Custom fields are sent as an object: their keys with their values"))
