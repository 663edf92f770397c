"""Rules, requests and the decisions on them."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.people.tables import Person, Role, User


class ApprovalRule(c.Table, tablename="approval_rules"):
    """When [fact] [comparison] [value] … then [role] must agree. `conditions` is a JSON list of [fact, op, value]."""

    name = c.words(80)
    command = c.words(80, index=True)
    conditions = c.document("[]")
    role = c.ref(Role)
    active = c.flag(True)
    version = c.version()


class ApprovalRequest(c.Table, tablename="approval_requests"):
    """A command that waits: who asked, on which facts, and what became of it."""

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
    role = c.ref(Role)
    asked_by = c.ref(User)
    asked_at = c.instant()
    decided_by = c.ref(Person, optional=True)
    decided_at = c.instant(optional=True)
    comment = c.words(500)
    outcome = c.words(300)
    version = c.version()


INDEXES = (
    "create index approval_requests_of on approval_requests (subject_kind, subject_id, command, state)",
)
