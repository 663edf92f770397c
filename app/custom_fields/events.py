"""What happened to custom fields."""

from app.core.words import N_
from app.events.log import MasterChanged, MasterMade


class CustomFieldDefined(MasterMade):
    name = "custom_field.defined"
    sentence = N_("defined the custom field %(what)s (%(code)s)")


class CustomFieldChanged(MasterChanged):
    name = "custom_field.changed"
    sentence = N_("changed the custom field %(what)s (%(code)s)")
