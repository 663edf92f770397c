"""Where a kind of offer stands, and what of it is held back: the names in which one differs from the other."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` is the subject of its events, `head` the column by which a line names it, `written_on` that of the day whose price list
    it is laid beside, `out_at` that of the moment it went out by the command `held`, `own_fact` the column that rules look at besides
    what all offers have."""

    name: str
    path: str
    table: str
    lines: str
    head: str
    written_on: str
    out_at: str
    held: str
    own_fact: str
