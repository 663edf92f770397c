"""Eighteen layouts, each of which can be made for any order: the same customer's first file and the second one.

The right answer of a file is the order it was made from.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.intake import standard
from tests.intake.files.writing import OURS, rows_to_csv, rows_to_xls, rows_to_xlsx


@dataclass(frozen=True)
class Line:
    """`theirs` the customer's part number, `ours` our code; the quantity in 千支, the price per 千支."""

    theirs: str
    ours: str
    name: str
    spec: str
    thousands: Decimal
    price: Decimal
    due: date

    @property
    def pieces(self) -> int:
        return int(self.thousands * 1000)

    @property
    def amount(self) -> Decimal:
        return self.thousands * self.price

    @property
    def each(self) -> Decimal:
        return (self.price / 1000).normalize()


@dataclass(frozen=True)
class Order:
    customer: str
    number: str
    lines: tuple[Line, ...]
    currency: str = "CNY"

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


Made = tuple[str, bytes]
Layout = Callable[[Order], Made]


def _f(value: Decimal) -> float:
    return float(value)


def label_block(o: Order) -> Made:
    rows = [[f"{o.customer}　采购订单"], [f"供方：{OURS}", None, None, f"单号：{o.number}"],
            ["序", "物料编码", "名称规格", "数量(K)", "单价/K", "交期", "备注"],
            *([n, x.theirs, f"{x.name} {x.spec}", _f(x.thousands), _f(x.price), x.due, None] for n, x in enumerate(o.lines, 1)),
            [], [None, None, "付款：月结 60 天，含税 13%"]]  # fmt: skip
    return "采购订单.xlsx", rows_to_xlsx(("采购订单", rows), ("图纸清单", [["图号", "版本"], ["D-1", "B"]]))


def contract(o: Order) -> Made:
    rows = [["工业品买卖合同"], ["需方：", o.customer, None, None, "合同编号：", o.number], ["供方：", OURS],
            ["序号", "产品编号", "产品名称", "规格型号", "数量（千支）", "含税单价（元/千支）", "金额（元）", "交货日期"],
            *([n, x.theirs, x.name, x.spec, _f(x.thousands), _f(x.price), _f(x.amount), x.due] for n, x in enumerate(o.lines, 1)),
            ["合计", None, None, None, None, None, _f(o.total)], ["付款方式：月结30天"]]  # fmt: skip
    return "合同.xlsx", rows_to_xlsx(("Sheet1", rows))


def english(o: Order) -> Made:
    rows = [["PURCHASE ORDER"], ["Buyer:", o.customer, None, "P.O. No.:", o.number], ["Currency:", o.currency], [],
            ["Item", "Part No.", "Description", "Qty", "UOM", "Unit Price", "Per", "Amount", "Delivery Date"],
            *([n * 10, x.theirs, f"{x.name} {x.spec}", x.pieces, "PCS", _f(x.price), 1000, _f(x.amount), x.due.strftime("%d-%b-%Y")]
              for n, x in enumerate(o.lines, 1)),
            [None, None, "Total", None, None, None, None, _f(o.total)]]  # fmt: skip
    return f"PO {o.number}.xlsx", rows_to_xlsx(("PO", rows))


def two_heads(o: Order) -> Made:
    rows = [[f"{o.customer}采购订单"], [f"采购单号：{o.number}"], ["序号", "物料", None, "数量", None, "价格", None, "交期"],
            [None, "料号", "名称及规格", "单位", "订购", "含税单价", "金额", None],
            *([n, x.theirs, f"{x.name} {x.spec}", "支", x.pieces, _f(x.each), _f(x.amount), x.due.strftime("%Y.%m.%d")]
              for n, x in enumerate(o.lines, 1))]  # fmt: skip
    return "订单.xlsx", rows_to_xlsx(("订单", rows), merge=["B3:C3", "D3:E3", "F3:G3", "A3:A4", "H3:H4"])


def old_excel(o: Order) -> Made:
    rows = [[f"{o.customer} 订货单", None, None, None, None], ["订单编号", o.number],
            ["物料编码", "品名", "数量(万支)", "单价(元/万支)", "要求交期"],
            *([x.theirs, x.name, _f(x.thousands / 10), _f(x.price * 10), x.due] for x in o.lines)]  # fmt: skip
    return "订货单.xls", rows_to_xls("订货单", rows, [(0, 0, 0, 4)])


def _table(o: Order) -> list[list[Any]]:
    return [["采购订单号", o.number, "", "客户名称", o.customer],
            ["序号", "料号", "品名", "规格", "数量", "单位", "单价", "金额", "交期"],
            *([str(n), x.theirs, x.name, x.spec, f"{x.pieces:,}", "支", str(x.each), f"{x.amount:,.2f}", x.due.isoformat()]
              for n, x in enumerate(o.lines, 1))]  # fmt: skip


def csv_gbk(o: Order) -> Made:
    rows = [[f'="{v}"' if v in {x.theirs for x in o.lines} else v for v in row] for row in _table(o)]
    return "订单.csv", rows_to_csv(rows, "gb18030")


def csv_utf16(o: Order) -> Made:
    return "订单.xls", rows_to_csv(_table(o), "utf-16", "\t")


def german(o: Order) -> Made:
    def comma(value: Decimal) -> str:
        return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")

    rows = [[f"Order number: {o.number}", f"Customer: {o.customer}", f"Currency: {o.currency}"],
            ["Item", "Material", "Description", "Order quantity", "Unit", "Price per 1000 PC", "Net value", "Delivery date"],
            *([f"{n}0", x.theirs, x.name, f"{x.pieces:,}".replace(",", "."), "PC", comma(x.price), comma(x.amount),
               x.due.strftime("%d.%m.%Y")] for n, x in enumerate(o.lines, 1))]  # fmt: skip
    return "order.csv", rows_to_csv(rows, delimiter=";")


def html(o: Order) -> Made:
    lines = "".join(
        f"<tr><td>{n}<td>{x.theirs}<td>{x.name}&nbsp;{x.spec}<td align=right>{x.thousands}<td>{x.price}<td>{x.due}</tr>"
        for n, x in enumerate(o.lines, 1)
    )
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
        f"<h3>{o.customer} 采购单</h3><table border=1><tr><td>采购单号：</td><td>{o.number}</td></tr></table><table border=1>"
        "<tr><th>项次<th>物料编码<th>物料名称<th>数量<br>(千只)<th>单价<br>(元/千只)<th>交货日期</tr>"
        f"{lines}<tr><td colspan=3>合计<td>{sum(x.thousands for x in o.lines)}<td><td></tr></table></body></html>"
    )
    return "采购单.xls", page.encode("gb18030")


def pdf(o: Order) -> Made:
    from reportlab.pdfgen.canvas import Canvas

    from app.documents.fonts import fonts

    out = io.BytesIO()
    page = Canvas(out, pagesize=(595, 842))
    page.setFont(fonts().regular, 10)
    page.drawString(40, 800, f"{o.customer} 采购订单")
    page.drawString(40, 780, f"订单编号：{o.number}")
    columns = (40, 85, 165, 370, 410, 455, 510)
    heads = ("序号", "物料编码", "名称规格", "单位", "数量", "单价", "交期")
    for x, text in zip(columns, heads, strict=True):
        page.drawString(x, 750, text)
    for n, line in enumerate(o.lines, 1):
        texts = (
            str(n),
            line.theirs,
            f"{line.name} {line.spec}",
            "千支",
            str(line.thousands),
            f"{line.price:.2f}",
            line.due.isoformat(),
        )
        for x, text in zip(columns, texts, strict=True):
            page.drawString(x, 750 - 25 * n, text)
    page.save()
    return "PO.pdf", out.getvalue()


def chat(o: Order) -> Made:
    lines = "\n".join(
        f"{n}、{x.name} {x.spec.replace('×', '*')} {x.thousands}千支 {x.price}/千支"
        for n, x in enumerate(o.lines, 1)
    )
    return "", f"客户：{o.customer}\n订单号：{o.number}\n{lines}\n交期：{o.lines[0].due}\n".encode()


def units_in_numbers(o: Order) -> Made:
    rows = [[f"客户：{o.customer}", None, f"订单号：{o.number}"], ["料号", "名称", "数量", "单价", "交期"],
            *([x.theirs, f"{x.name} {x.spec}", f"{x.thousands}千支", f"¥{x.price}/千支", x.due.strftime("%Y/%m/%d")] for x in o.lines)]  # fmt: skip
    return "三力.xlsx", rows_to_xlsx(("Sheet1", rows))


def without_units(o: Order) -> Made:
    """Nowhere a unit: thousands, as this customer always means."""
    rows = [["客户名称", o.customer, None, "订单号", o.number], ["料号", "名称", "数量", "单价", "交期"],
            *([x.theirs, x.name, _f(x.thousands), _f(x.price), x.due] for x in o.lines)]  # fmt: skip
    return "要货.xlsx", rows_to_xlsx(("Sheet1", rows))


def own_word_for_a_unit(o: Order) -> Made:
    rows = [["客户名称", o.customer, None, "订单号", o.number], ["料号", "名称", "数量", "单位", "单价(元/千支)", "交期"],
            *([x.theirs, x.name, _f(x.thousands), "M", _f(x.price), x.due] for x in o.lines)]  # fmt: skip
    return "M.xlsx", rows_to_xlsx(("Sheet1", rows))


STRANGE = {
    "要的东西": "customer_item",
    "叫啥": "name",
    "要几个(千支)": "quantity",
    "啥价钱(元/千支)": "unit_price",
    "啥时候要": "due_date",
}


def strange_headings(o: Order) -> Made:
    rows = [[f"单号：{o.number}", None, f"{o.customer}"], list(STRANGE),
            *([x.theirs, x.name, _f(x.thousands), _f(x.price), x.due] for x in o.lines)]  # fmt: skip
    return "奇怪.xlsx", rows_to_xlsx(("Sheet1", rows))


def nickname(o: Order) -> Made:
    """A customer who calls itself otherwise than we do, with part numbers we have not seen."""
    rows = [["恒立老厂 采购单"], [f"单号：{o.number}"], ["序号", "零件号", "品名", "规格", "数量(千件)", "单价(元/千件)", "交期"],
            *([n, f"LC-{x.theirs}", x.name, x.spec, _f(x.thousands), _f(x.price), x.due] for n, x in enumerate(o.lines, 1))]  # fmt: skip
    return "老厂.xlsx", rows_to_xlsx(("Sheet1", rows))


def descriptions(o: Order) -> Made:
    """No part numbers, and words of the customer's own."""
    rows = [[f"{o.customer} 采购单"], [f"单号：{o.number}"], ["品名", "数量(千支)", "单价(元/千支)", "交期"],
            *([f"老样子{x.ours[-3:]}", _f(x.thousands), _f(x.price), x.due] for x in o.lines)]  # fmt: skip
    return "老样子.xlsx", rows_to_xlsx(("Sheet1", rows))


def template(o: Order) -> Made:
    rows = [{"customer_name": o.customer, "customer_order_number": o.number, "customer_item": x.theirs, "quantity": str(x.thousands),
             "unit": "千支", "unit_price": str(x.price), "price_unit": "千支", "due_date": x.due.isoformat()} for x in o.lines]  # fmt: skip
    return "", standard.rows_as_text(rows)


LAYOUTS: tuple[Layout, ...] = (
    label_block, contract, english, two_heads, old_excel, csv_gbk, csv_utf16, german, html, pdf, chat, units_in_numbers,
    without_units, own_word_for_a_unit, strange_headings, nickname, descriptions, template,
)  # fmt: skip
