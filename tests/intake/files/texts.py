"""CSV, HTML, XML, PDF and pasted text."""

import io
from datetime import date
from decimal import Decimal as D
from typing import Any

from tests.intake.files.writing import HENGLI, Answer, OrderFile, rows_to_csv


def _plain_rows(number: str) -> list[list[Any]]:
    return [
        ["采购订单号", number, "", "订单日期", "2025-12-03"],
        ["客户名称", "嘉兴宏达机电有限公司", "", "币种", "人民币"],
        ["序号", "料号", "品名", "规格", "数量", "单位", "单价", "金额", "交期", "备注"],
        ["1", "00123", "螺栓", "M10×45", "1,200", "支", "0.486", "583.20", "2025-12-20", ""],
        ["2", "00124", "螺母", "M10", "12,000", "支", "0.12", "1,440.00", "2025/12/22", "蓝白锌"],
    ]


def _plain_answer(number: str) -> Answer:
    lines = [
        {"line_no": "1", "customer_item": "00123", "name": "螺栓", "spec": "M10×45", "quantity": D(1200),
            "unit": "支",
         "unit_price": D("0.486"), "price_unit": "支", "amount": D("583.20"), "due_date": date(2025, 12, 20)},
        {"line_no": "2", "customer_item": "00124", "name": "螺母", "spec": "M10", "quantity": D(12000),
            "unit": "支",
         "unit_price": D("0.12"), "price_unit": "支", "amount": D(1440), "due_date": date(2025, 12, 22),
         "remark": "蓝白锌"},
    ]  # fmt: skip
    header = {"customer_name": "嘉兴宏达机电有限公司", "customer_order_number": number,
              "order_date": date(2025, 12, 3), "currency": "CNY"}  # fmt: skip
    return Answer(header, lines)


def csv_gbk() -> OrderFile:
    """A CSV as Excel on a Chinese Windows saves it, with codes kept as ="00123"."""
    rows = [
        [f'="{v}"' if isinstance(v, str) and v.startswith("0012") else v for v in r]
        for r in _plain_rows("HD-1")
    ]
    return OrderFile("订单.csv", rows_to_csv(rows, "gb18030"), [_plain_answer("HD-1")])


def csv_utf16() -> OrderFile:
    """'Unicode text' of Excel: UTF-16 with tabs, sent as .xls."""
    return OrderFile("订单.xls", rows_to_csv(_plain_rows("HD-2"), "utf-16", "\t"), [_plain_answer("HD-2")])


def csv_semicolon() -> OrderFile:
    return OrderFile("o.csv", rows_to_csv(_plain_rows("HD-3"), "utf-8", ";"), [_plain_answer("HD-3")])


def html_as_xls() -> OrderFile:
    """What many systems export under the name .xls: HTML in GB2312, header and lines in two tables."""
    page = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
    <style>td{color:red}</style></head><body><!-- <table><tr><td>数量</td></tr></table> -->
    <h3>绍兴天工模具有限公司 采购单</h3>
    <table border=1><tr><td>采购单号：</td><td>TG-2025-1188</td><td>日期：</td><td>2025-12-05</td></tr>
    <tr><td>联系人：</td><td>王芳</td><td>交货日期：</td><td>2025-12-30</td></tr></table>
    <table border=1><tr><th rowspan=2>项次<th rowspan=2>物料编码<th rowspan=2>物料名称<th colspan=2>采购</tr>
    <tr><th>数量<br>(千只)</th><th>单价<br>(元/千只)</th></tr>
    <tr><td>1<td>TG&amp;001<td>圆柱销&nbsp;6×30<td align=right>12.5<td>180.00</tr>
    <tr><td>2<td>TG&amp;002<td>圆柱销&nbsp;8×40<td>8<td>240.00</tr>
    <tr><td colspan=3>合计<td>20.5<td></tr></table></body></html>"""
    lines = [
        {"line_no": "1", "customer_item": "TG&001", "name": "圆柱销 6×30", "quantity": D("12.5"),
            "unit": "千只",
         "unit_price": D(180), "price_unit": "千只"},
        {"line_no": "2", "customer_item": "TG&002", "name": "圆柱销 8×40", "quantity": D(8), "unit": "千只",
         "unit_price": D(240), "price_unit": "千只"},
    ]  # fmt: skip
    header = {"customer_name": "绍兴天工模具有限公司", "customer_order_number": "TG-2025-1188",
              "order_date": date(2025, 12, 5), "due_date": date(2025, 12, 30), "contact": "王芳",
              "currency": "CNY"}  # fmt: skip
    return OrderFile("采购单.xls", page.encode("gb18030"), [Answer(header, lines)])


def xml_2003() -> OrderFile:
    """Excel's XML of 2003 under the name .xls, with skipped cells and a merged title."""

    def cell(value: str, kind: str = "String", more: str = "") -> str:
        return f'<Cell{more}><Data ss:Type="{kind}">{value}</Data></Cell>'

    rows = [
        cell("丽水正大紧固件厂 采购订单", more=' ss:MergeAcross="4"'),
        cell("订单编号：LS-5512") + cell("2025-12-06T00:00:00.000", "DateTime", ' ss:Index="5"'),
        "".join(cell(t) for t in ("存货编码", "存货名称", "数量", "计量单位", "含税单价")),
        cell("LS001")
        + cell("螺栓 &lt;M10&gt;")
        + cell("1500", "Number")
        + cell("支")
        + cell("0.45", "Number"),
    ]
    body = "".join(f"<Row>{row}</Row>" for row in rows)
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="订单"><Table>{body}</Table></Worksheet></Workbook>'
    )
    line = {"customer_item": "LS001", "name": "螺栓 <M10>", "quantity": D(1500), "unit": "支",
        "unit_price": D("0.45"),
            "price_unit": "支"}  # fmt: skip
    header = {"customer_name": "丽水正大紧固件厂", "customer_order_number": "LS-5512", "tax_included": True}
    return OrderFile("LS.xls", page.encode(), [Answer(header, [line])])


def chat() -> OrderFile:
    """Text pasted from a chat."""
    text = """客户：宁波恒立工程机械有限公司
订单号：HL-25-9001
1、M10*45 8.8 达克罗 5千支 486/千支
2、M8×45 镀锌 1.2万支 单价0.0865元/支
3、开口销 4*36 60kg
交期：2025-12-20
"""
    lines = [
        {"line_no": "1", "name": "M10*45 8.8 达克罗", "quantity": D(5), "unit": "千支", "unit_price": D(486),
         "price_unit": "千支"},
        {"line_no": "2", "name": "M8×45 镀锌", "quantity": D("1.2"), "unit": "万支",
            "unit_price": D("0.0865"),
         "price_unit": "支"},
        {"line_no": "3", "name": "开口销 4*36", "quantity": D(60), "unit": "kg"},
    ]  # fmt: skip
    header = {"customer_name": HENGLI, "customer_order_number": "HL-25-9001", "due_date": date(2025, 12, 20),
              "currency": "CNY"}  # fmt: skip
    return OrderFile("微信.txt", text.encode(), [Answer(header, lines)])


def pasted_from_excel() -> OrderFile:
    """Cells pasted as text: tabs, no header block, the number in a line above."""
    text = "订单号：KX-77\n料号\t名称\t数量\t单位\t单价\nA-1\t螺栓\t3\t千支\t88\nA-2\t螺母\t4\t千支\t21.5\n"
    lines = [
        {"customer_item": "A-1", "name": "螺栓", "quantity": D(3), "unit": "千支", "unit_price": D(88),
         "price_unit": "千支"},
        {"customer_item": "A-2", "name": "螺母", "quantity": D(4), "unit": "千支", "unit_price": D("21.5"),
         "price_unit": "千支"},
    ]  # fmt: skip
    return OrderFile("", text.encode(), [Answer({"customer_order_number": "KX-77"}, lines)])


def pdf() -> OrderFile:
    """A PDF with a text layer: no rules, numbers to the right, a name that wraps."""
    from reportlab.pdfgen.canvas import Canvas

    from app.documents.fonts import fonts

    out = io.BytesIO()
    page = Canvas(out, pagesize=(595, 842))
    page.setFont(fonts().regular, 14)
    page.drawCentredString(297, 800, "无锡海通液压设备有限公司")
    page.setFont(fonts().regular, 10)
    page.drawString(40, 770, "采购订单号：HT-2025-0612")
    page.drawString(350, 770, "日期：2025-12-08")
    left, right = (40, 70, 150, 330), (420, 480, 550)
    rows = [
        ("序号", "物料编码", "名称规格", "单位", "数量", "单价", "金额"),
        ("1", "HT-100", "六角头螺栓 M12×50", "支", "2,000", "0.62", "1,240.00"),
        ("2", "HT-101", "内六角圆柱头螺钉", "支", "3,000", "0.35", "1,050.00"),
        ("3", "HT-102", "平垫圈 12", "千支", "5", "42.00", "210.00"),
    ]
    y = 740
    for row in rows:
        for x, text in zip(left, row, strict=False):
            page.drawString(x, y, text)
        for x, text in zip(right, row[4:], strict=True):
            page.drawRightString(x, y, text)
        if row[0] == "2":
            page.drawString(150, y - 12, "M8×25 12.9 发黑")
        y -= 30
    page.drawString(40, y, "合计")
    page.drawRightString(550, y, "2,500.00")
    page.drawString(40, y - 25, "付款方式：月结60天")
    page.save()
    lines = [
        {"line_no": "1", "customer_item": "HT-100", "name": "六角头螺栓 M12×50", "unit": "支",
            "quantity": D(2000),
         "unit_price": D("0.62"), "price_unit": "支", "amount": D(1240)},
        {"line_no": "2", "customer_item": "HT-101", "name": "内六角圆柱头螺钉 M8×25 12.9 发黑", "unit": "支",
         "quantity": D(3000), "unit_price": D("0.35"), "price_unit": "支", "amount": D(1050)},
        {"line_no": "3", "customer_item": "HT-102", "name": "平垫圈 12", "unit": "千支", "quantity": D(5),
         "unit_price": D(42), "price_unit": "千支", "amount": D(210)},
    ]  # fmt: skip
    header = {"customer_name": "无锡海通液压设备有限公司", "customer_order_number": "HT-2025-0612",
              "order_date": date(2025, 12, 8), "total_amount": D(2500),
              "payment_terms": "月结60天"}  # fmt: skip
    return OrderFile("HT.pdf", out.getvalue(), [Answer(header, lines)])
