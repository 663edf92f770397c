"""What lies at the door of the demo factory this morning: a new order, an order sent again with changes, a text from a chat."""

import io
from datetime import timedelta
from typing import Any

import xlsxwriter

from app.core import clock, db
from app.core.db import commit
from app.intake import cleaning, inbound
from app.intake.cleaning import NewRule
from app.intake.learning import UNIT, teach
from app.intake.sources import records_in
from app.people.actors import Actor

CHAT = """客户：温州力诺泵阀有限公司
订单号：阿里巴巴订单号20251201001
1、内六角 M8*25 12.9 发黑 5千支 168/千支
2、沉头螺钉 M5×16 4.8 镀锌 12千支
交期：{due}
"""
HEAD = ["序号", "物料编码", "名称规格", "数量(千支)", "单价(元/千支)", "交期"]


async def morning(by: Actor) -> None:
    """Take in three of each morning's papers."""
    alibaba = NewRule(
        name="阿里巴巴订单号",
        field="customer_order_number",
        kind="regex",
        pattern=r"阿里巴巴订单号[：:]?\s*(\d+)",
        replacement="ALI$1",
    )
    await commit(cleaning.write, alibaba, by=by)
    customer = await db.value("select id from customers where code = 'LINUO'")
    await commit(teach, customer, {(UNIT, "m"): "千件"}, by=by)
    await _take("微信.txt", CHAT.format(due=_day(20)).encode(), "paste", by)
    order = await db.one(
        "select o.id, o.customer_order_number, o.customer_name from sales_orders o where o.state = 'confirmed'"
        " and o.currency = 'CNY' and o.line_count > 1 and o.delivered_q = 0 order by o.id desc limit 1"
    )
    if order is not None:
        await _take(f"{order['customer_order_number']}_改.xlsx", await _changed(order), "file", by)


async def _take(name: str, data: bytes, channel: str, by: Actor) -> None:
    await commit(inbound.receive, await records_in(name, data), channel, name, data, by=by)


def _day(ahead: int) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


async def _changed(order: dict[str, Any]) -> bytes:
    """The order as its customer sends it again: the first line cut to half, the last one dropped."""
    lines = await db.rows(
        "select i.code, i.name, i.spec, l.quantity_q, l.price_micro, min(s.requested_date) as due from sales_order_lines l"
        " join items i on i.id = l.item join delivery_schedules s on s.line = l.id"
        " where l.\"order\" = {} and i.base_unit = '件' group by l.id, i.code, i.name, i.spec, l.quantity_q, l.price_micro"
        " order by l.id",
        order["id"],
    )
    rows: list[list[Any]] = [
        [f"{order['customer_name']} 采购订单（更改）"], [f"订单编号：{order['customer_order_number']}"], HEAD,
        *([n, x["code"], f"{x['name']} {x['spec']}", x["quantity_q"] // 1_000_000 // (2 if n == 1 else 1),
           x["price_micro"] / 10**6, str(x["due"])] for n, x in enumerate(lines[:-1], 1)),
    ]  # fmt: skip
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("订单")
    for y, row in enumerate(rows):
        sheet.write_row(y, 0, row)
    sheet.set_column(1, 5, 22)
    book.close()
    return out.getvalue()
