"""What an item costs us, and who sees it; finance keeps it."""

from piccolo.columns import BigInt

from app.core import db
from app.core.migrations import add_column

GRANTS = {
    "catalog:cost:see": ("admin", "finance", "boss"),
    "catalog:item:see": ("finance",),
    "catalog:item:edit": ("finance",),
}


async def forwards() -> None:
    await add_column("items", "cost_micro", BigInt(default=0))
    for right, roles in GRANTS.items():
        for role in roles:
            await db.rows(
                "insert into grants (role, permission, scope) select r.id, {}, 'all' from roles r where r.code = {}"
                " and not exists (select 1 from grants g where g.role = r.id and g.permission = {})",
                right, role, right,
            )  # fmt: skip
