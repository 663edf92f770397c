"""Rules get steps with seats instead of one role; requests remember the rule they were asked under; delegations."""

import json

from piccolo.columns import Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core import db
from app.core.columns import ref
from app.core.migrations import add_column, create_table, run
from app.migrations.m0003_people import Person, Role, User
from app.migrations.m0004_approvals import ApprovalRequest


class ApprovalSeat(Table, tablename="approval_seats"):
    request = ref(ApprovalRequest)
    step = Integer(default=0)
    mode = Varchar(length=3, default="")
    hours = Integer(default=0)
    who = Varchar(length=80, default="")
    added = Boolean(default=False)
    role = ref(Role, optional=True, index=False)
    user = ref(User, optional=True, index=False)
    stand_in = ref(User, optional=True, index=False)
    state = Varchar(length=20, default="")
    since = Timestamptz(null=True, default=None)
    escalated_at = Timestamptz(null=True, default=None)
    told_at = Timestamptz(null=True, default=None)
    decided_by = ref(Person, optional=True, index=False)
    decided_at = Timestamptz(null=True, default=None)
    comment = Varchar(length=500, default="")


class ApprovalDelegation(Table, tablename="approval_delegations"):
    giver = ref(User)
    taker = ref(User)
    begins = Date()
    ends = Date()
    note = Varchar(length=200, default="")
    made_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


INDEXES = (
    "create index approval_seats_role on approval_seats (role, state, request)",
    'create index approval_seats_user on approval_seats ("user", state, request)',
    "create index approval_seats_stand_in on approval_seats (stand_in, state, request)",
    "create index approval_seats_open on approval_seats (state, since)",
)
SEAT_OF = {"pending": "open", "granted": "approved", "done": "approved", "failed": "approved",
           "rejected": "rejected", "withdrawn": "passed"}  # fmt: skip


async def forwards() -> None:
    await create_table(ApprovalSeat)
    await create_table(ApprovalDelegation)
    await run(*INDEXES)
    await add_column("approval_rules", "code", Varchar(length=40, default=""))
    await add_column("approval_rules", "joined", Varchar(length=3, default=""))
    await add_column("approval_rules", "steps", Text(default="[]"))
    await add_column("approval_rules", "own", Boolean(default=False))
    await add_column("approval_requests", "terms", Text(default="{}"))
    await add_column("approval_requests", "own", Boolean(default=False))
    await add_column("approval_requests", "step", Integer(default=1))
    await add_column("approval_requests", "follows", ref("self", optional=True, index=False))
    await add_column("approval_requests", "reminded_at", Timestamptz(null=True, default=None))
    await _one_step_each()
    await run("create unique index approval_rules_code on approval_rules (code)")
    for table in ("approval_rules", "approval_requests"):
        await run(f"drop index {table}_role", f'alter table {table} drop column "role"')
    await _let_them_delegate()


async def _let_them_delegate() -> None:
    """Those who are asked to agree may say who does it while they are away."""
    await db.rows(
        "insert into grants (role, permission, scope) select id, 'approvals:delegation:make', 'all' from roles"
        " where code in ('admin', 'boss', 'finance', 'pmc', 'purchasing', 'sales')"
    )


async def _one_step_each() -> None:
    """The role of a rule becomes its one step; every request gets the rule it was asked under and one seat."""
    rules = await db.rows(
        "select r.id, r.name, r.conditions, o.code from approval_rules r join roles o on o.id = r.role order by r.id"
    )
    terms = {}
    for rule in rules:
        steps = [{"who": [f"role:{rule['code']}"], "mode": "one", "hours": 0}]
        await db.rows(
            "update approval_rules set code = {}, joined = 'and', steps = {} where id = {}",
            f"RU{rule['id']}", json.dumps(steps), rule["id"],
        )  # fmt: skip
        terms[rule["id"]] = json.dumps(
            {
                "name": rule["name"],
                "conditions": json.loads(rule["conditions"]),
                "joined": "and",
                "steps": steps,
            },
            ensure_ascii=False,
        )
    requests = await db.rows(
        "select a.*, o.code as role_code from approval_requests a join roles o on o.id = a.role order by a.id"
    )
    for each in requests:
        await db.rows(
            "update approval_requests set terms = {} where id = {}", terms[each["rule"]], each["id"]
        )
        await db.rows(
            "insert into approval_seats (request, step, mode, hours, who, added, role, state, since, decided_by, decided_at,"
            " comment) values ({}, 1, 'one', 0, {}, {}, {}, {}, {}, {}, {}, {})",
            each["id"], f"role:{each['role_code']}", False, each["role"], SEAT_OF[each["state"]], each["asked_at"],
            each["decided_by"], each["decided_at"], each["comment"],
        )  # fmt: skip
