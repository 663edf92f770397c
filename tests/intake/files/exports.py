"""What the customers' own systems print or export: forms of ERPs, American and German habits."""

from datetime import date
from decimal import Decimal as D

from tests.intake.files.writing import OURS, Answer, OrderFile, rows_to_csv, rows_to_xlsx


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


def kingdee() -> OrderFile:
    """A printed form of an ERP: spaced labels, addresses between them, signatures below."""
    rows = [
        ["宁波某某机电股份有限公司"],
        ["采 购 订 单"],
        ["单据编号:", "POORD000123", None, "供应商:", OURS, None, "日  期:", "2025-12-03"],
        ["地址:宁波市", None, None, "电话: 0574-88888888", None, None, "币别:", "人民币"],
        [
            "行号",
            "物料代码",
            "物料名称",
            "规格型号",
            "单位",
            "数量",
            "含税单价",
            "价税合计",
            "交货日期",
            "备注",
        ],
        [1, "01.02.0003", "螺栓", "M8*20", "PCS", 10000, 0.15, 1500, "2025-12-20", ""],
        [2, "01.02.0004", "螺母", "M8", "PCS", 10000, 0.05, 500, "2025-12-20", "环保"],
        ["合计", None, None, None, None, 20000, None, 2000],
        ["审核:张三", None, "制单:李四"],
    ]
    both = {"unit": "件", "price_unit": "件", "quantity": D(10000), "due_date": date(2025, 12, 20)}
    lines = [
        both | {"line_no": "1", "customer_item": "01.02.0003", "name": "螺栓", "spec": "M8*20",
                "unit_price": D("0.15"), "amount": D(1500)},
        both | {"line_no": "2", "customer_item": "01.02.0004", "name": "螺母", "spec": "M8",
                "unit_price": D("0.05"), "amount": D(500), "remark": "环保"},
    ]  # fmt: skip
    header = {"customer_name": "宁波某某机电股份有限公司", "customer_order_number": "POORD000123",
              "order_date": date(2025, 12, 3), "currency": "CNY", "tax_included": True,
              "supplier_name": OURS, "total_amount": D(2000)}  # fmt: skip
    return OrderFile("采购订单.xlsx", rows_to_xlsx(("Sheet1", rows)), [Answer(header, lines)])


def american() -> OrderFile:
    """Month-first dates that only one of them proves, dollar signs, everything as text."""
    rows = [
        ["ACME INC."],
        ["PO Number", "PO-2025-77", None, "Order Date", "11/25/2025"],
        ["Ship To", "12 Main St", None, "Incoterms", "EXW Ningbo"],
        ["Line", "Item Number", "Description", "Quantity", "U/M", "Unit Cost", "Ext. Price", "Required"],
        [1, "ABC-1", "SCREW, HEX M5", "1,500", "EA", "$0.12", "$180.00", "12/30/2025"],
        [2, "ABC-2", "NUT, HEX M5", "2,500", "EA", "$0.04", "$100.00", "1/5/2026"],
        [None, None, None, None, None, "Total", "$280.00"],
    ]
    lines = [
        {"line_no": "1", "customer_item": "ABC-1", "name": "SCREW, HEX M5", "quantity": D(1500), "unit": "件",
         "unit_price": D("0.12"), "price_unit": "件", "amount": D(180), "due_date": date(2025, 12, 30)},
        {"line_no": "2", "customer_item": "ABC-2", "name": "NUT, HEX M5", "quantity": D(2500), "unit": "件",
         "unit_price": D("0.04"), "price_unit": "件", "amount": D(100), "due_date": date(2026, 1, 5)},
    ]  # fmt: skip
    header = {"customer_name": "ACME INC.", "customer_order_number": "PO-2025-77",
              "order_date": date(2025, 11, 25), "delivery_address": "12 Main St", "trade_term": "EXW Ningbo",
              "currency": "USD", "total_amount": D(280)}  # fmt: skip
    return OrderFile("po.xlsx", rows_to_xlsx(("PO", rows)), [Answer(header, lines)])


def german() -> OrderFile:
    """Commas for decimals and dots for thousands, as text in a CSV."""
    rows = [
        ["Order number: 4500099887", "", "Currency: EUR"],
        ["Item", "Material", "Description", "Order quantity", "Unit", "Price per unit", "Net value"],
        ["00010", "100-200", "Bolt M6x20", "5.000", "PC", "0,12", "600,00"],
        ["00020", "100-201", "Bolt M8x20", "12.500", "PC", "0,20", "2.500,00"],
        ["", "", "", "", "", "Total net value excl. tax", "3.100,00"],
    ]
    both = {"unit": "件", "price_unit": "件"}
    lines = [
        both | {"line_no": "00010", "customer_item": "100-200", "name": "Bolt M6x20", "quantity": D(5000),
                "unit_price": D("0.12"), "amount": D(600)},
        both | {"line_no": "00020", "customer_item": "100-201", "name": "Bolt M8x20", "quantity": D(12500),
                "unit_price": D("0.2"), "amount": D(2500)},
    ]  # fmt: skip
    header = {"customer_order_number": "4500099887", "currency": "EUR", "tax_included": False,
              "total_amount": D(3100)}  # fmt: skip
    return OrderFile("order.csv", rows_to_csv(rows, delimiter=";"), [Answer(header, lines)])


def by_weight() -> OrderFile:
    """No quantity but a weight; a part whose name begins like a total."""
    rows = [
        ["编号：WX-99812"],
        ["品种", "规格", "重量(kg)", "单价", "金额"],
        ["焊接螺母", "M8", 320.5, 12, 3846],
        ["合计螺栓", "M6", 100, 5, 500],
        ["合计", None, 420.5, None, 4346],
    ]
    both = {"unit": "kg", "price_unit": "kg"}
    lines = [
        both
        | {"name": "焊接螺母", "spec": "M8", "quantity": D("320.5"), "unit_price": D(12), "amount": D(3846)},
        both | {"name": "合计螺栓", "spec": "M6", "quantity": D(100), "unit_price": D(5), "amount": D(500)},
    ]
    header = {"customer_order_number": "WX-99812", "total_amount": D(4346)}
    return OrderFile("重量.xlsx", rows_to_xlsx(("Sheet1", rows)), [Answer(header, lines)])
