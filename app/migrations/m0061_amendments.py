"""A change of an order may be written by hand, with its cause and reason; who writes and confirms orders may."""

from piccolo.columns import Varchar

from app.core import db
from app.core.columns import ref
from app.core.migrations import add_column
from app.migrations.m0003_people import User

PERMISSION, ROLES = "amendments:order:amend", ("sales", "admin")


async def forwards() -> None:
    await add_column("change_requests", "cause", Varchar(length=20, default=""))
    await add_column("change_requests", "reason", Varchar(length=300, default=""))
    await add_column("change_requests", "asked_by", ref(User, optional=True))
    names = ", ".join(f"'{role}'" for role in ROLES)
    await db.rows(
        "insert into grants (role, permission, scope) select r.id, {}, 'all' from roles r"
        f" where r.code in ({names}) and not exists (select 1 from grants g where g.role = r.id and g.permission = {{}})",
        PERMISSION, PERMISSION,
    )  # fmt: skip
