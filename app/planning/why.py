"""The engine's reasons in words: why an operation stands where it stands, and where a late work order's time went."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core.words import N_, Word, _
from app.web.render import moment

SENTENCES: dict[str, Word] = {
    "at_once": N_("Starts at once: nothing is in the way"),
    "begun": N_("Began %(since)s and goes on there"),
    "pinned": N_("Set to %(at)s by the planner"),
    "release": N_("The work order is released %(until)s"),
    "material": N_("Its material arrives %(until)s"),
    "previous": N_("The step before, %(by)s, ends %(until)s"),
    "machine": N_("The machine makes %(by)s until %(until)s"),
    "tool": N_("The tool %(tool)s is in use for %(by)s until %(until)s"),
    "held": N_("Held back so that %(next)s follows within %(max_wait)s min"),
    "placed": N_("Nothing is in the way; the order of the jobs put it here"),
    "closed": N_("Nobody works there from %(since)s to %(until)s"),
    "setup": N_("Changeover of %(minutes)s min: from %(before)s to %(after)s"),
    "same_family": N_("No changeover: the machine stands in %(family)s already"),
    "only_machine": N_("The only machine that can do it"),
    "earliest": N_("This machine finishes it first; the others: %(others)s"),
    "saves_setup": N_("Others would finish sooner but need more changeover: %(others)s"),
    "chosen": N_("Others would finish sooner now: %(others)s"),
}
WHERE: dict[str, Word] = {
    "run": N_("the work itself"),
    "setup": N_("changeover"),
    "machine": N_("waiting for the machine"),
    "tool": N_("waiting for the tool"),
    "material": N_("waiting for material"),
    "release": N_("waiting for release"),
    "closed": N_("outside working hours"),
    "held": N_("held back"),
    "placed": N_("waiting in the order of jobs"),
    "pinned": N_("set by the planner"),
}
NOTHING = N_("unknown")


def said(reason: Mapping[str, Any]) -> str:
    """One stored reason as a sentence."""
    facts: dict[str, Any] = {}
    for name, value in reason.items():
        if name in ("until", "since", "at"):
            facts[name] = moment(datetime.fromisoformat(value))
        elif name == "others":
            facts[name] = (
                "、".join(f"{code} {moment(datetime.fromisoformat(end))}" for code, end in value.items())
                or "—"
            )
        elif name in ("before", "after", "family"):
            facts[name] = _family(value)
        else:
            facts[name] = value
    sentence = SENTENCES.get(reason["code"])
    try:
        return _(sentence, **facts) if sentence else reason["code"]
    except (KeyError, ValueError):
        return _(sentence) if sentence else reason["code"]


def _family(value: str) -> str:
    """A set-up family by its name; one that an item is of its own is not named by a row id."""
    return _(NOTHING) if not value else _("another product") if value.startswith("item ") else value


def spent(where: Mapping[str, int]) -> str:
    """Where the time went, the largest part first: waiting for the machine 20 h, outside working hours 12 h …"""
    parts = sorted(where.items(), key=lambda pair: -pair[1])
    return "、".join(
        f"{_(WHERE.get(code, Word(code)))} {hours(minutes)}" for code, minutes in parts if minutes
    )


def hours(minutes: int) -> str:
    """90 → 1.5 h, 4,000 → 2.8 days."""
    if abs(minutes) >= 2880:
        return _("%(n)s days", n=f"{minutes / 1440:.1f}")
    return f"{minutes} min" if abs(minutes) < 60 else f"{minutes / 60:.1f} h"
