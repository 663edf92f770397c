"""Rules that say what must not be forgotten, and the alerts they raised."""

from piccolo.columns import BigInt

from app.core import columns as c
from app.people.tables import Person, Role, User


class AlertRule(c.Table, tablename="alert_rules"):
    """One sentence: of which `kind`, for which `customer_level` and `stage` ('' = any), from which figure on.

    `notice`, `warning`, `escalation` are days or working hours, as the kind counts; None = this level is not used.
    `owner`: keeper (who looks after the thing), role or person; `role` also stands in for a keeper who is missing.
    """

    kind = c.words(40)
    name = c.words(80)
    customer_level = c.words(10)
    stage = c.words(30)
    notice = BigInt(null=True, default=None)
    warning = BigInt(null=True, default=None)
    escalation = BigInt(null=True, default=None)
    owner = c.words(10)
    role = c.ref(Role, optional=True, index=False)
    person = c.ref(Person, optional=True, index=False)
    escalation_role = c.ref(Role, optional=True, index=False)
    active = c.flag(True)
    version = c.version()


class Alert(c.Table, tablename="alerts"):
    """A thing that somebody must look at now. `since` and `due` are what its figure is counted from."""

    rule = c.ref(AlertRule, index=False)
    kind = c.words(40)
    subject_kind = c.words(30)
    subject_id = BigInt()
    sales_order = BigInt(null=True, default=None)
    customer = BigInt(null=True, default=None)
    label = c.words(80)
    about = c.words(200)
    href = c.words(200)
    level = c.count(1)
    since = c.instant(optional=True)
    due = c.day(optional=True)
    figure = BigInt(default=0)
    owner_person = c.ref(Person, optional=True, index=False)
    owner_role = c.ref(Role, optional=True, index=False)
    escalation_role = c.ref(Role, optional=True, index=False)
    raised_at = c.instant()
    level_at = c.instant()
    snoozed_until = c.instant(optional=True)
    snoozed_why = c.words(200)
    snoozed_by = c.ref(User, optional=True, index=False)
    closed_at = c.instant(optional=True)
    version = c.version()


INDEXES = (
    "create unique index alerts_open on alerts (kind, subject_kind, subject_id) where closed_at is null",
    "create index alerts_of_order on alerts (sales_order, closed_at)",
    "create index alerts_by_level on alerts (closed_at, level, id)",
)
