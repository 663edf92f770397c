"""Rights over custom fields. Their values are seen and written with the things they belong to."""

from app.core.words import N_
from app.people.actors import Permission

EDIT = Permission("custom_fields:field:edit", N_("Define custom fields"))
