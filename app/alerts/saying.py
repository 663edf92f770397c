"""Rules in sentences: "Nothing moves on an order of A customers, any stage: reminder from 6 working hours, …"."""

from typing import Any

from app.alerts.kinds import DAYS_LATE, DAYS_LEFT, HOURS, KINDS, LEVELS
from app.alerts.levels import thresholds
from app.alerts.rules import KEEPER, PERSON
from app.alerts.states import ESCALATION
from app.alerts.states import LEVELS as LOOKS
from app.core import db
from app.core.words import N_, Word, _

COLUMNS = (
    "r.*, o.code as role_code, o.name as role_name, p.code as person_code, p.name as person_name, b.code as boss_code,"
    " b.name as boss_name, (select count(*) from alerts a where a.rule = r.id and a.closed_at is null) as open"
)
SOURCE = (
    "alert_rules r left join roles o on o.id = r.role left join people p on p.id = r.person"
    " left join roles b on b.id = r.escalation_role"
)
SELECT = f"select {COLUMNS} from {SOURCE}"

THRESHOLDS: dict[str, Word] = {
    DAYS_LEFT: N_("%(level)s below %(n)s days left"), DAYS_LATE: N_("%(level)s from %(n)s days later"),
    HOURS: N_("%(level)s from %(n)s working hours"),
}  # fmt: skip


async def rules() -> list[dict[str, Any]]:
    """All rules with their sentences, by what they are about."""
    order = list(KINDS)
    found = [r for r in await db.rows(f"{SELECT} order by r.id") if r["kind"] in KINDS]
    found.sort(key=lambda r: order.index(r["kind"]))
    return [{**rule, "words": in_words(rule), "what": _(KINDS[rule["kind"]].label)} for rule in found]


def in_words(rule: dict[str, Any]) -> str:
    """The whole rule as one sentence."""
    kind = KINDS[rule["kind"]]
    stage = (kind.stages or {}).get(rule["stage"])
    facts = {
        "level": dict(LEVELS).get(rule["customer_level"], LEVELS[0][1]),
        "stage": stage[0] if stage else "",
    }
    when = _(kind.sentence, **facts)
    levels = _(", ").join(
        _(THRESHOLDS[kind.counts], level=LOOKS[level].label, n=figure) for level, figure in thresholds(rule)
    )
    return _("%(when)s: %(levels)s; %(who)s hears of it", when=when, levels=levels or "—", who=_who(rule))


def _who(rule: dict[str, Any]) -> str:
    if rule["owner"] == PERSON:
        who = rule["person_name"] or "…"
    elif rule["owner"] == KEEPER:
        who = _("who looks after it, else %(role)s", role=rule["role_name"] or "…")
    else:
        who = rule["role_name"] or "…"
    used = any(level == ESCALATION for level, _figure in thresholds(rule))
    return (
        _("%(who)s, on escalation also %(boss)s", who=who, boss=rule["boss_name"])
        if used and rule["boss_name"]
        else who
    )
