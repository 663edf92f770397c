"""The tables of people as they were at the beginning."""

from piccolo.columns import Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from app.core.columns import ref
from app.core.migrations import create_table, run


class Department(Table, tablename="departments"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    active = Boolean(default=True)
    version = Integer(default=1)


class Role(Table, tablename="roles"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    active = Boolean(default=True)
    version = Integer(default=1)


class Team(Table, tablename="teams"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    department = ref(Department, optional=True)
    active = Boolean(default=True)
    version = Integer(default=1)


class Grant(Table, tablename="grants"):
    role = ref(Role)
    permission = Varchar(length=80)
    scope = Varchar(length=10)


class Person(Table, tablename="people"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    department = ref(Department, optional=True)
    team = ref(Team, optional=True)
    phone = Varchar(length=40)
    leads_team = Boolean()
    heads_department = Boolean()
    badge_hash = Varchar(length=64, index=True)
    pin_hash = Varchar(length=200)
    pin_failures = Integer()
    pin_locked_until = Timestamptz(null=True, default=None)
    substitute = ref("self", optional=True)
    active = Boolean(default=True)
    version = Integer(default=1)


class Device(Table, tablename="devices"):
    code = Varchar(length=60, unique=True)
    name = Varchar(length=80)
    kind = Varchar(length=20)
    team = ref(Team, optional=True)
    language = Varchar(length=10)
    token_hash = Varchar(length=64, index=True)
    enrol_hash = Varchar(length=64, index=True)
    enrol_until = Timestamptz(null=True, default=None)
    enrolled_at = Timestamptz(null=True, default=None)
    seen_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class User(Table, tablename="users"):
    person = ref(Person)
    login = Varchar(length=60, unique=True)
    password_hash = Varchar(length=200)
    language = Varchar(length=10)
    theme = Varchar(length=10)
    failures = Integer()
    locked_until = Timestamptz(null=True, default=None)
    must_change_password = Boolean()
    settings = Text(default="{}")
    active = Boolean(default=True)
    version = Integer(default=1)


class ApiKey(Table, tablename="api_keys"):
    user = ref(User)
    name = Varchar(length=80)
    key_hash = Varchar(length=64, unique=True)
    made_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)


class LoginSession(Table, tablename="login_sessions"):
    token_hash = Varchar(length=64, unique=True)
    user = ref(User)
    agent = Varchar(length=200)
    address = Varchar(length=60)
    began_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz(index=True)


class UserRole(Table, tablename="user_roles"):
    user = ref(User)
    role = ref(Role)


INDEXES = (
    "create unique index grants_once on grants (role, permission)",
    'create unique index user_roles_once on user_roles ("user", role)',
    "create unique index people_badges on people (badge_hash) where badge_hash <> ''",
)


async def forwards() -> None:
    await create_table(Department)
    await create_table(Role)
    await create_table(Team)
    await create_table(Grant)
    await create_table(Person)
    await create_table(Device)
    await create_table(User)
    await create_table(ApiKey)
    await create_table(LoginSession)
    await create_table(UserRole)
    await run(*INDEXES)
