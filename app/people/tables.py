"""People, their logins, roles, devices and keys. Secrets are kept as fingerprints only."""

from app.core import columns as c


class Department(c.Table, tablename="departments"):
    code = c.code()
    name = c.words(80)
    active = c.flag(True)
    version = c.version()


class Team(c.Table, tablename="teams"):
    code = c.code()
    name = c.words(80)
    department = c.ref(Department, optional=True)
    active = c.flag(True)
    version = c.version()


class Person(c.Table, tablename="people"):
    """Somebody who works here, with or without a login."""

    code = c.code()
    name = c.words(80)
    department = c.ref(Department, optional=True)
    team = c.ref(Team, optional=True)
    phone = c.words(40)
    leads_team = c.flag()
    heads_department = c.flag()
    badge_hash = c.words(64, index=True)
    pin_hash = c.words(200)
    pin_failures = c.count()
    pin_locked_until = c.instant(optional=True)
    substitute = c.ref("self", optional=True)
    active = c.flag(True)
    version = c.version()


class User(c.Table, tablename="users"):
    """A login of a person."""

    person = c.ref(Person)
    login = c.code()
    password_hash = c.words(200)
    language = c.words(10)
    theme = c.words(10)
    failures = c.count()
    locked_until = c.instant(optional=True)
    must_change_password = c.flag()
    settings = c.document()
    active = c.flag(True)
    version = c.version()


class Role(c.Table, tablename="roles"):
    code = c.code()
    name = c.words(80)
    active = c.flag(True)
    version = c.version()


class Grant(c.Table, tablename="grants"):
    """A permission in a role, with its scope: own, team or all."""

    role = c.ref(Role, index=False)
    permission = c.words(80)
    scope = c.words(10)


class UserRole(c.Table, tablename="user_roles"):
    user = c.ref(User, index=False)
    role = c.ref(Role)


class LoginSession(c.Table, tablename="login_sessions"):
    """A browser that is logged in; its cookie's secret is kept as a fingerprint."""

    token_hash = c.code(64)
    user = c.ref(User)
    agent = c.words(200)
    address = c.words(60)
    began_at = c.instant()
    seen_at = c.instant()
    ends_at = c.instant(index=True)


class Device(c.Table, tablename="devices"):
    """A tablet or PDA. It is let in by a code shown once as a QR, and can be revoked at any moment."""

    code = c.code()
    name = c.words(80)
    kind = c.words(20)
    team = c.ref(Team, optional=True)
    language = c.words(10)
    token_hash = c.words(64, index=True)
    enrol_hash = c.words(64, index=True)
    enrol_until = c.instant(optional=True)
    enrolled_at = c.instant(optional=True)
    seen_at = c.instant(optional=True)
    revoked_at = c.instant(optional=True)
    version = c.version()


class ApiKey(c.Table, tablename="api_keys"):
    """A program's key with the rights of its user; shown once, kept as a fingerprint."""

    user = c.ref(User)
    name = c.words(80)
    key_hash = c.code(64)
    made_at = c.instant()
    used_at = c.instant(optional=True)
    revoked_at = c.instant(optional=True)


INDEXES = (
    "create unique index grants_once on grants (role, permission)",
    'create unique index user_roles_once on user_roles ("user", role)',
    "create unique index people_badges on people (badge_hash) where badge_hash <> ''",
)
