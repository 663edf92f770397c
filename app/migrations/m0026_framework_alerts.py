"""A house that has its alert rules already gets those about framework orders too; a new one plants them with the others."""

from app.core import db

RULES = (
    ("call_off", "要货没有下成订单", 10, 7, 3), ("framework", "框架协议快到期", 60, 30, 7), ("framework_used", "框架协议快用完", 0, 40, None),
)  # fmt: skip


async def forwards() -> None:
    if not await db.value("select 1 from migrations where name = 'm0045_alerts'"):
        return
    for kind, name, notice, warning, escalation in RULES:
        await db.rows(
            "insert into alert_rules (kind, name, customer_level, stage, notice, warning, escalation, owner, role, escalation_role,"
            " active, version) select {}, {}, '', '', {}, {}, {}, 'keeper', s.id, b.id, {}, 1 from roles s, roles b"
            " where s.code = 'sales' and b.code = 'boss' and exists (select 1 from alert_rules)",
            kind, name, notice, warning, escalation, True,
        )  # fmt: skip
