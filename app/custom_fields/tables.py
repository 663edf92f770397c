"""The definitions of custom fields; their values lie in the column `custom` of the things."""

from app.core import columns as c


class CustomField(c.Table, tablename="custom_fields"):
    """One more field of a kind of thing. `options` is a list of [value, its word in English]; `decimals` of a number."""

    thing = c.words(30)
    key = c.words(31)
    label = c.words(40)
    label_en = c.words(40)
    kind = c.words(10)
    unit = c.words(10)
    decimals = c.count()
    options = c.document("[]")
    required = c.flag()
    searchable = c.flag()
    in_list = c.flag()
    printed = c.flag()
    position = c.count(10)
    active = c.flag(True)
    version = c.version()


INDEXES = ("create unique index custom_fields_key on custom_fields (thing, key)",)
