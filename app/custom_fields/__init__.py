"""What this factory keeps beside what every factory keeps (自定义字段): defined in a page, asked in forms, found in lists.

A field belongs to one kind of thing and has a key that never changes. Its values lie in the thing's own row, in the JSON
column `custom`; a field that is switched off keeps them.
"""
