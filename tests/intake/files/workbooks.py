"""One order in one workbook, as customers lay it out."""

from datetime import date
from decimal import Decimal as D

from tests.intake.files.writing import HENGLI, OURS, Answer, OrderFile, rows_to_xls, rows_to_xlsx


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
