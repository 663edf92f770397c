"""Rules, requests, who has to agree to them, and who stands in for whom."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.people.tables import Person, Role, User


class ApprovalRule(c.Table, tablename="approval_rules"):
    """When [fact] [comparison] [value] … then these steps. `conditions` is JSON [[fact, op, value]], `steps` [{who, mode, hours}].

    `joined`: whether all conditions must be met (and) or any (or). `own`: askers who may agree, may agree to their own.
    """

    code = c.words(40)
    name = c.words(80)
    command = c.words(80, index=True)
    conditions = c.document("[]")
    joined = c.words(3)
    steps = c.document("[]")
    own = c.flag()
    active = c.flag(True)
    version = c.version()


class ApprovalRequest(c.Table, tablename="approval_requests"):
    """A command that waits: who asked, on which facts, and what became of it.

    `terms`: the rule as it stood then, so that what waits is decided by the rule it was asked under. `follows`: the request
    that was returned and is asked again. `step`: the one whose turn it is, from 1.
    """

    number = c.code(40)
    command = c.words(80)
    subject_kind = c.words(30)
    subject_id = BigInt()
    subject_label = c.words(200)
    arguments = c.document()
    facts = c.document()
    facts_hash = c.words(64)
    state = c.words(20, index=True)
    rule = c.ref(ApprovalRule)
    terms = c.document()
    own = c.flag()
    step = c.count(1)
    follows = c.ref("self", optional=True, index=False)
    asked_by = c.ref(User)
    asked_at = c.instant()
    reminded_at = c.instant(optional=True)
    decided_by = c.ref(Person, optional=True)
    decided_at = c.instant(optional=True)
    comment = c.words(500)
    outcome = c.words(300)
    version = c.version()


class ApprovalSeat(c.Table, tablename="approval_seats"):
    """One who has to agree in a step: everybody in a role, or one user; neither while nobody could be found.

    `who` is what the rule says. `stand_in` may decide as well: a substitute, or whoever is asked when it takes too long.
    """

    request = c.ref(ApprovalRequest)
    step = c.count()
    mode = c.words(3)
    hours = c.count()
    who = c.words(80)
    added = c.flag()
    role = c.ref(Role, optional=True, index=False)
    user = c.ref(User, optional=True, index=False)
    stand_in = c.ref(User, optional=True, index=False)
    state = c.words(20)
    since = c.instant(optional=True)
    escalated_at = c.instant(optional=True)
    told_at = c.instant(optional=True)
    decided_by = c.ref(Person, optional=True, index=False)
    decided_at = c.instant(optional=True)
    comment = c.words(500)


class ApprovalDelegation(c.Table, tablename="approval_delegations"):
    """For these days (both included) `taker` decides what is put to `giver`, who may be away."""

    giver = c.ref(User)
    taker = c.ref(User)
    begins = c.day()
    ends = c.day()
    note = c.words(200)
    made_at = c.instant()
    revoked_at = c.instant(optional=True)
    version = c.version()


INDEXES = (
    "create unique index approval_rules_code on approval_rules (code)",
    "create index approval_requests_of on approval_requests (subject_kind, subject_id, command, state)",
    "create index approval_seats_role on approval_seats (role, state, request)",
    'create index approval_seats_user on approval_seats ("user", state, request)',
    "create index approval_seats_stand_in on approval_seats (stand_in, state, request)",
    "create index approval_seats_late on approval_seats (since, id)"
    " where state = 'open' and hours > 0 and escalated_at is null",
)
