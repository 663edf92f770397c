"""Several orders in one file, and tables over several pages."""

from datetime import date
from decimal import Decimal as D
from typing import Any

from tests.intake.files.writing import Answer, OrderFile, rows_to_xlsx


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
