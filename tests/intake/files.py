"""A small library of customers' order files: layouts as customers send them, each with its right answer.

An answer names, for each order, the header fields and for each line the fields that the file really says.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal as D
from typing import Any

import xlsxwriter
import xlwt

Fields = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    header: Fields
    lines: list[Fields]


@dataclass(frozen=True)
class OrderFile:
    name: str
    data: bytes
    answers: list[Answer]


HENGLI = "宁波恒立工程机械有限公司"
OURS = "永固五金制造有限公司"


def rows_to_xlsx(*sheets: tuple[str, list[list[Any]]], merge: list[str] = ()) -> bytes:
    """Plain rows as a workbook; dates are real dates, `merge` are ranges of the first sheet (kept values)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(r, c, datetime.combine(value, datetime.min.time()), day)
                elif isinstance(value, str) and value.startswith("=F:"):
                    page.write_formula(r, c, "=" + value[3:].partition("|")[0], None, value.partition("|")[2])
                elif isinstance(value, str):
                    page.write_string(r, c, value)
                elif value is not None:
                    page.write(r, c, value)
    first = book.worksheets()[0]
    for place in merge:
        top = sheets[0][1]
        r, c = xlsxwriter.utility.xl_cell_to_rowcol(place.split(":")[0])
        value = top[r][c] if c < len(top[r]) else None
        first.merge_range(place, "" if value is None else value)
    book.close()
    return out.getvalue()


def rows_to_xls(name: str, rows: list[list[Any]], merge: list[tuple[int, int, int, int]] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for top, bottom, left, right in merge:
        page.write_merge(top, bottom, left, right, rows[top][left])
    taken = {(r, c) for t, b, le, ri in merge for r in range(t, b + 1) for c in range(le, ri + 1)}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None or (r, c) in taken:
                continue
            page.write(r, c, value, day) if isinstance(value, date) else page.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_to_csv(rows: list[list[Any]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["" if v is None else v for v in row] for row in rows])
    return out.getvalue().encode(encoding)


def hengli() -> OrderFile:
    """The order of the mock-up: labels in one cell, a K in the headings, remarks below, a free line."""
    rows = [
        [f"{HENGLI}　采购订单"],
        [f"供方：{OURS}", None, None, "单号：HL-25-8841"],
        ["交货地：北仑区大碶街道 3 号库", None, None, "交期：2025/12/20"],
        ["序", "物料编码", "名称规格", "数量(K)", "单价/K", "备注"],
        [1, "HL-880145", "法兰面螺栓 M10*45 8.8 达克罗", 150, 486, None],
        [2, "HL-D-220", "液压接头体 G3/4", 4, 14600, "B 版图"],
        [3, "HL-910436", "开口销 4*36 镀锌", 60, 52, None],
        [4, "HL-880145", "备品 M10*45", 0.6, "免费", "随货"],
        [5, "HL-880845", "六角头螺栓 M8*45 8.8 镀锌", 5, 86.5, None],
        [],
        [None, None, "付款：月结 60 天，含税 13%"],
        [None, None, "包装：木托，贴唛头，禁用打包带"],
    ]
    lines = [
        {"line_no": "1", "customer_item": "HL-880145", "name": "法兰面螺栓 M10*45 8.8 达克罗",
            "quantity": D(150),
         "unit": "千件", "unit_price": D(486), "price_unit": "千件"},
        {"line_no": "2", "customer_item": "HL-D-220", "name": "液压接头体 G3/4", "quantity": D(4),
            "unit": "千件",
         "unit_price": D(14600), "price_unit": "千件", "remark": "B 版图"},
        {"line_no": "3", "customer_item": "HL-910436", "name": "开口销 4*36 镀锌", "quantity": D(60),
         "unit": "千件", "unit_price": D(52), "price_unit": "千件"},
        {"line_no": "4", "customer_item": "HL-880145", "name": "备品 M10*45", "quantity": D("0.6"),
            "unit": "千件",
         "unit_price": D(0), "price_unit": "千件", "remark": "随货"},
        {"line_no": "5", "customer_item": "HL-880845", "name": "六角头螺栓 M8*45 8.8 镀锌", "quantity": D(5),
         "unit": "千件", "unit_price": D("86.5"), "price_unit": "千件"},
    ]  # fmt: skip
    header = {
        "customer_name": HENGLI, "customer_order_number": "HL-25-8841", "due_date": date(2025, 12, 20),
        "supplier_name": OURS, "payment_terms": "月结 60 天，含税 13%", "tax_included": True,
        "tax_rate": D("0.13"),
        "delivery_address": "北仑区大碶街道 3 号库", "remark": "木托，贴唛头，禁用打包带",
    }  # fmt: skip
    data = rows_to_xlsx(("采购订单", rows), ("图纸清单", [["图号", "版本"], ["D-220", "B"]]))
    return OrderFile("恒立采购订单_HL-25-8841_改.xlsx", data, [Answer(header, lines)])


def contract() -> OrderFile:
    """A purchase contract: both parties side by side, 千支 in the headings, 合计 also in words."""
    rows = [
        ["工业品买卖合同"],
        ["需方：", "杭州锐捷紧固件贸易有限公司", None, None, "合同编号：", "RJ20251201-03"],
        ["供方：", OURS, None, None, "签订日期：", date(2025, 12, 1)],
        ["序号", "产品名称", "规格型号", "数量（千支）", "含税单价（元/千支）", "金额（元）", "交货日期"],
        [1, "六角头螺栓", "M8×30 8.8 镀锌", 120, 268, "=F:D5*E5|32160", date(2025, 12, 28)],
        [2, "六角螺母", "M8 8级 镀锌", 240, 96.5, "=F:D6*E6|23160", date(2025, 12, 28)],
        [3, "平垫圈", "8 200HV 镀锌", 240, 31.25, "=F:D7*E7|7500", date(2026, 1, 8)],
        ["合计", None, None, 600, None, 62820, None],
        ["合计人民币（大写）：陆万贰仟捌佰贰拾元整"],
        ["付款方式：月结30天", None, None, None, "交货地点：需方仓库"],
    ]
    lines = [
        {"line_no": "1", "name": "六角头螺栓", "spec": "M8×30 8.8 镀锌", "quantity": D(120), "unit": "千支",
         "unit_price": D(268), "price_unit": "千支", "amount": D(32160), "due_date": date(2025, 12, 28)},
        {"line_no": "2", "name": "六角螺母", "spec": "M8 8级 镀锌", "quantity": D(240), "unit": "千支",
         "unit_price": D("96.5"), "price_unit": "千支", "amount": D(23160), "due_date": date(2025, 12, 28)},
        {"line_no": "3", "name": "平垫圈", "spec": "8 200HV 镀锌", "quantity": D(240), "unit": "千支",
         "unit_price": D("31.25"), "price_unit": "千支", "amount": D(7500), "due_date": date(2026, 1, 8)},
    ]  # fmt: skip
    header = {
        "customer_name": "杭州锐捷紧固件贸易有限公司", "customer_order_number": "RJ20251201-03",
        "order_date": date(2025, 12, 1), "currency": "CNY", "tax_included": True, "total_amount": D(62820),
        "total_in_words": D(62820), "payment_terms": "月结30天", "delivery_address": "需方仓库",
        "supplier_name": OURS,
    }  # fmt: skip
    return OrderFile("合同.xlsx", rows_to_xlsx(("Sheet1", rows)), [Answer(header, lines)])


def english() -> OrderFile:
    """An export customer's order: English, USD, dates in words, a unit column, price per 1000."""
    rows = [
        ["PURCHASE ORDER"],
        ["Buyer:", "Acme Fasteners GmbH", None, "P.O. No.:", "4500118273"],
        ["Supplier:", "Yonggu Hardware", None, "Date:", "12-Nov-2025"],
        ["Trade Terms:", "FOB Ningbo", None, "Currency:", "USD"],
        ["Payment Terms:", "T/T 30 days", None, "Contact:", "Anna Weber"],
        [],
        [
            "Item",
            "Part No.",
            "Description",
            "Rev.",
            "Qty",
            "UOM",
            "Unit Price",
            "Per",
            "Amount",
            "Delivery Date",
        ],
        [
            10,
            "AF-10045-Z",
            "Hex bolt DIN 933 M10x45 8.8 zinc",
            "C",
            25000,
            "PCS",
            61.4,
            1000,
            1535,
            "15-Jan-2026",
        ],
        [
            20,
            "AF-00845-Z",
            "Hex bolt DIN 933 M8x45 8.8 zinc",
            "A",
            40000,
            "PCS",
            38.25,
            1000,
            1530,
            "15-Jan-2026",
        ],
        [None, None, "Total", None, None, None, None, None, 3065, None],
    ]
    lines = [
        {"line_no": "10", "customer_item": "AF-10045-Z", "name": "Hex bolt DIN 933 M10x45 8.8 zinc",
         "drawing_revision": "C", "quantity": D(25000), "unit": "件", "unit_price": D("61.4"),
         "price_unit": "千件", "amount": D(1535), "due_date": date(2026, 1, 15)},
        {"line_no": "20", "customer_item": "AF-00845-Z", "name": "Hex bolt DIN 933 M8x45 8.8 zinc",
         "drawing_revision": "A", "quantity": D(40000), "unit": "件", "unit_price": D("38.25"),
         "price_unit": "千件", "amount": D(1530), "due_date": date(2026, 1, 15)},
    ]  # fmt: skip
    header = {
        "customer_name": "Acme Fasteners GmbH", "customer_order_number": "4500118273",
        "order_date": date(2025, 11, 12), "trade_term": "FOB Ningbo", "currency": "USD",
        "payment_terms": "T/T 30 days", "contact": "Anna Weber", "total_amount": D(3065),
        "supplier_name": "Yonggu Hardware",
    }  # fmt: skip
    return OrderFile("PO 4500118273.xlsx", rows_to_xlsx(("PO", rows)), [Answer(header, lines)])


def two_heads() -> OrderFile:
    """Headings in two rows under merged groups; a part number merged over two deliveries."""
    rows = [
        ["台州金马汽配有限公司采购订单"],
        ["采购单号：JM-P-2512018", None, None, None, "下单日期：2025年12月1日"],
        ["序号", "物料", None, "数量", None, "价格", None, "交期"],
        [None, "料号", "名称及规格", "单位", "订购", "未税单价", "金额", None],
        [1, "JM-7781", "内六角螺钉 M6×20 12.9", "支", 30000, 0.182, 5460, "2025.12.20"],
        [2, None, None, "支", 20000, 0.182, 3640, "2026.01.10"],
        [3, "JM-7790", "弹簧垫圈 6", "支", 50000, 0.011, 550, "2025.12.20"],
        ["总计", None, None, None, 100000, None, 9650],
    ]
    merge = ["B3:C3", "D3:E3", "F3:G3", "A3:A4", "H3:H4", "B5:B6", "C5:C6"]
    screw = {"customer_item": "JM-7781", "name": "内六角螺钉 M6×20 12.9", "unit": "支",
        "unit_price": D("0.182"),
             "price_unit": "支"}  # fmt: skip
    lines = [
        screw | {"line_no": "1", "quantity": D(30000), "amount": D(5460), "due_date": date(2025, 12, 20)},
        screw | {"line_no": "2", "quantity": D(20000), "amount": D(3640), "due_date": date(2026, 1, 10)},
        {"line_no": "3", "customer_item": "JM-7790", "name": "弹簧垫圈 6", "unit": "支", "quantity": D(50000),
         "unit_price": D("0.011"), "price_unit": "支", "amount": D(550), "due_date": date(2025, 12, 20)},
    ]  # fmt: skip
    header = {
        "customer_name": "台州金马汽配有限公司", "customer_order_number": "JM-P-2512018",
        "order_date": date(2025, 12, 1), "tax_included": False, "total_amount": D(9650),
    }  # fmt: skip
    return OrderFile("金马.xlsx", rows_to_xlsx(("订单", rows), merge=merge), [Answer(header, lines)])


def old_excel() -> OrderFile:
    """An .xls with merged title, real dates, kg and a serial-number order number."""
    rows = [
        ["温州永盛标准件厂 订货单", None, None, None, None],
        ["订单编号", "YS2512-0042", None, "订货日期", date(2025, 12, 2)],
        ["品名", "规格", "数量(kg)", "单价(元/kg)", "要求交期"],
        ["自攻螺钉", "ST4.2×16", 850.5, 9.8, date(2025, 12, 18)],
        ["抽芯铆钉", "4×10 铝", 320, 21.5, date(2025, 12, 25)],
    ]
    lines = [
        {"name": "自攻螺钉", "spec": "ST4.2×16", "quantity": D("850.5"), "unit": "kg", "unit_price": D("9.8"),
         "price_unit": "kg", "due_date": date(2025, 12, 18)},
        {"name": "抽芯铆钉", "spec": "4×10 铝", "quantity": D(320), "unit": "kg", "unit_price": D("21.5"),
         "price_unit": "kg", "due_date": date(2025, 12, 25)},
    ]  # fmt: skip
    header = {"customer_name": "温州永盛标准件厂", "customer_order_number": "YS2512-0042",
              "order_date": date(2025, 12, 2), "currency": "CNY"}  # fmt: skip
    return OrderFile("订货单.xls", rows_to_xls("订货单", rows, [(0, 0, 0, 4)]), [Answer(header, lines)])


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
    <style>td{color:red}</style></head><body><!-- <table><tr><td>数量</td></tr></table> --><h3>绍兴天工模具有限公司 采购单</h3>
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


def units_in_numbers() -> OrderFile:
    """Units inside the numbers, full width, ten-thousands, prices with their own unit."""
    rows = [
        ["客户：湖州三力五金有限公司", None, "订单号：SL８８１２"],
        ["料号", "名称", "数量", "单价", "交期"],
        ["SL-01", "螺栓 M6×16", "５千支", "¥86.50/千支", "12月20日前"],
        ["SL-02", "螺母 M6", "1.2万支", "0.03元/支", "2025-12-25"],
        ["SL-03", "线材 φ6.5", "2吨", "5200元/吨", 46015],
        ["SL-04", "垫圈 6", "800kg", "11", "2026/1/5"],
    ]
    lines = [
        {"customer_item": "SL-01", "name": "螺栓 M6×16", "quantity": D(5), "unit": "千支",
            "unit_price": D("86.5"),
         "price_unit": "千支", "due_date": None},
        {"customer_item": "SL-02", "name": "螺母 M6", "quantity": D("1.2"), "unit": "万支",
            "unit_price": D("0.03"),
         "price_unit": "支", "due_date": date(2025, 12, 25)},
        {"customer_item": "SL-03", "name": "线材 φ6.5", "quantity": D(2), "unit": "吨", "unit_price": D(5200),
         "price_unit": "吨", "due_date": date(2025, 12, 24)},
        {"customer_item": "SL-04", "name": "垫圈 6", "quantity": D(800), "unit": "kg", "unit_price": D(11),
         "price_unit": "kg", "due_date": date(2026, 1, 5)},
    ]  # fmt: skip
    header = {"customer_name": "湖州三力五金有限公司", "customer_order_number": "SL8812", "currency": "CNY"}
    return OrderFile("三力.xlsx", rows_to_xlsx(("Sheet1", rows)), [Answer(header, lines)])


def flat_list() -> OrderFile:
    """A list export: the order number, customer and date stand in each line; three orders."""
    rows = [
        ["订单编号", "客户名称", "订单日期", "客户料号", "产品名称", "数量", "单位", "含税单价", "要求交期"]
    ]
    answers = []
    for n in range(1, 4):
        number, lines = f"ALI20251201{n:03}", []
        for k in range(1, 3):
            rows.append([number, f"客户{n}号", date(2025, 12, n), f"P{n}-{k}", f"螺钉 M{k + 3}", 1000 * k,
                "支", 0.5,
                         date(2025, 12, 20 + k)])  # fmt: skip
            lines.append({"customer_item": f"P{n}-{k}", "name": f"螺钉 M{k + 3}", "quantity": D(1000 * k),
                "unit": "支",
                          "unit_price": D("0.5"), "price_unit": "支", "due_date": date(2025, 12,
                          20 + k)})  # fmt: skip
        answers.append(Answer({"customer_order_number": number, "customer_name": f"客户{n}号",
                               "order_date": date(2025, 12, n), "tax_included": True}, lines))  # fmt: skip
    return OrderFile("orders.xlsx", rows_to_xlsx(("订单", rows)), answers)


def several_sheets() -> OrderFile:
    """One order on each sheet."""
    sheets, answers = [], []
    for n in (1, 2):
        rows = [[f"订单号：S-00{n}"], ["品名", "数量", "单位", "单价"], ["螺栓", 100 * n, "件", 1.5]]
        sheets.append((f"订单{n}", rows))
        answers.append(Answer({"customer_order_number": f"S-00{n}"}, [
            {"name": "螺栓", "quantity": D(100 * n), "unit": "件", "unit_price": D("1.5"),
                "price_unit": "件"}]))  # fmt: skip
    return OrderFile("多单.xlsx", rows_to_xlsx(*sheets), answers)


def stacked() -> OrderFile:
    """Two orders one under the other on a sheet, each with its header block and total."""
    rows, answers = [], []
    for n, quantity in ((1, 300), (2, 500)):
        rows += [
            ["慈溪顺达五金厂 采购订单"],
            [f"订单号：SD-{n}01", None, None, f"日期：2025-12-0{n}"],
            ["序号", "品名规格", "数量(千支)", "单价(元)", "金额"],
            [1, "沉头螺钉 M5×12", quantity, 45, quantity * 45],
            ["合计", None, quantity, None, quantity * 45],
            ["备注：急单"],
            [],
        ]
        line = {"line_no": "1", "name": "沉头螺钉 M5×12", "quantity": D(quantity), "unit": "千支",
                "unit_price": D(45), "price_unit": "千支", "amount": D(quantity * 45)}  # fmt: skip
        answers.append(Answer({"customer_order_number": f"SD-{n}01", "order_date": date(2025, 12, n),
                               "customer_name": "慈溪顺达五金厂", "total_amount": D(quantity * 45),
                               "remark": "急单", "currency": "CNY"}, [line]))  # fmt: skip
    return OrderFile("顺达.xlsx", rows_to_xlsx(("Sheet1", rows)), answers)


def pages() -> OrderFile:
    """A printed export: the heading repeats on each page with 小计, one 总计 at the end."""
    head = ["No.", "Material", "Material description", "Order Qty", "Unit", "Net price", "Per", "Net value"]
    rows: list[list[Any]] = [["Order number:", "PO-778811"], head]
    lines = []
    for n in range(1, 7):
        rows.append([n * 10, f"MAT-{n}", f"Screw {n}", 1000 * n, "PC", 35, "1000 PC", 35 * n])
        lines.append({"line_no": str(n * 10), "customer_item": f"MAT-{n}", "name": f"Screw {n}",
                      "quantity": D(1000 * n), "unit": "件", "unit_price": D(35), "price_unit": "千件",
                      "amount": D(35 * n)})  # fmt: skip
        if n == 3:
            rows += [["Subtotal", None, None, None, None, None, None, 210], head]
    rows.append(["Grand total", None, None, None, None, None, None, 735])
    answer = Answer({"customer_order_number": "PO-778811", "total_amount": D(735)}, lines)
    return OrderFile("print.xlsx", rows_to_xlsx(("Page", rows)), [answer])


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


def framework() -> OrderFile:
    """Both codes, quantities that are none (已交, 未交, 库存), price per 千支 only proven by the amount."""
    rows = [
        ["要货计划"],
        ["公司名称", "上海申通电梯部件有限公司", None, "订单编号", "ST/2025/331"],
        ["行号", "客户料号", "供应商料号", "描述", "版本", "订单数量", "已交数量", "未交数量", "单位",
            "单价", "总价", "需求日期"],
        [1, "ST-1", "FB-1045-88D", "法兰螺栓 M10×45", "B", 20000, 5000, 15000, "只", 486, 9720, date(2025,
            12, 22)],
        [2, "ST-2", "HB-0845-88Z", "六角螺栓 M8×45", "A", 5000, 0, 5000, "只", 268, 1340, date(2025, 12, 29)],
        ["合计", None, None, None, None, 25000, 5000, 20000, None, None, 11060],
    ]  # fmt: skip
    lines = [
        {"line_no": "1", "customer_item": "ST-1", "item_code": "FB-1045-88D", "name": "法兰螺栓 M10×45",
         "drawing_revision": "B", "quantity": D(20000), "unit": "只", "unit_price": D(486),
         "price_unit": "千只",
         "amount": D(9720), "due_date": date(2025, 12, 22)},
        {"line_no": "2", "customer_item": "ST-2", "item_code": "HB-0845-88Z", "name": "六角螺栓 M8×45",
         "drawing_revision": "A", "quantity": D(5000), "unit": "只", "unit_price": D(268),
         "price_unit": "千只",
         "amount": D(1340), "due_date": date(2025, 12, 29)},
    ]  # fmt: skip
    header = {"customer_name": "上海申通电梯部件有限公司", "customer_order_number": "ST/2025/331",
              "total_amount": D(11060)}  # fmt: skip
    return OrderFile("要货.xlsx", rows_to_xlsx(("计划", rows)), [Answer(header, lines)])


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


def pdf() -> OrderFile:
    """A PDF with a text layer: no rules, numbers to the right, a name that wraps."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = Canvas(out, pagesize=(595, 842))
    page.setFont("STSong-Light", 14)
    page.drawCentredString(297, 800, "无锡海通液压设备有限公司")
    page.setFont("STSong-Light", 10)
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


LAYOUTS: list[Callable[[], OrderFile]] = [
    hengli, contract, english, two_heads, old_excel, csv_gbk, csv_utf16, csv_semicolon, html_as_xls,
    units_in_numbers, flat_list, several_sheets, stacked, pages, chat, pasted_from_excel, framework,
        xml_2003, pdf,
]  # fmt: skip
