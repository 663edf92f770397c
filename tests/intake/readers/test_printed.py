"""Orders that were written for people's eyes: grouped headings, printed tables, chats; nothing of them is lost or shifted."""

import io
from datetime import date
from decimal import Decimal as D

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.intake.readers import ReadLine, read
from tests.intake.files import rows_to_xlsx

RECEIVED = date(2026, 11, 28)


def said(line: ReadLine, *names: str) -> list[object]:
    return [line.fields[name].value if name in line.fields else None for name in names]


def test_a_heading_whose_first_row_only_names_groups_is_read_with_it() -> None:
    rows = [
        ["单号：HC-7", None, None, None, "日期：2026年11月28日"],
        ["序", "料件资料", None, "订购", None, "要求到货", None],
        [None, "料号", "品名", "数量", "单位", "日期", "备注"],
        [1, "HC-1", "螺栓", "1.2万", "PCS", "12月15日前", "急"],
    ]
    merge = ["A1:D1", "A2:A3", "B2:C2", "D2:E2", "F2:G2"]
    [line] = read("o.xlsx", rows_to_xlsx(("S", rows), merge=merge)).orders[0].lines
    assert said(line, "customer_item", "quantity", "unit", "due_date", "remark") == [
        "HC-1", D(12000), "件", date(2026, 12, 15), "急",
    ]  # fmt: skip


def test_a_price_that_is_merged_over_several_lines_is_the_price_of_each() -> None:
    rows = [
        ["订单号", "PO-1"],
        ["料号", "数量", "单位", "单价"],
        ["A-1", 5, "支", 0.5],
        [None, 3, "支", None],
    ]
    lines = read("o.xlsx", rows_to_xlsx(("S", rows), merge=["A3:A4", "D3:D4"])).orders[0].lines
    assert [said(line, "customer_item", "quantity", "unit_price") for line in lines] == [
        ["A-1", D(5), D("0.5")], ["A-1", D(3), D("0.5")],
    ]  # fmt: skip


def test_a_price_per_thousand_in_figures_is_per_thousand() -> None:
    rows = [["PO no", "PO-1"], ["Part no", "Qty", "Unit", "Price per 1000"], ["A-1", 5000, "pcs", 48.6]]
    [line] = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].lines
    assert said(line, "unit_price", "price_unit") == [D("48.6"), "千件"]


def test_a_label_that_ends_in_a_dot_is_read_in_one_cell_with_its_value() -> None:
    rows = [["P.O. No.: NF-1"], ["Part no", "Qty", "Unit"], ["A-1", 5, "pcs"]]
    header = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].header
    assert header["customer_order_number"].value == "NF-1"


def test_an_order_number_beside_each_line_may_be_called_as_in_a_header() -> None:
    rows = [["PO号", "SKU", "采购数量", "单位"], ["PO261128", "00045", 5, "个"]]
    assert (
        read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].header["customer_order_number"].value
        == "PO261128"
    )


def test_a_table_printed_as_text_keeps_its_columns_where_a_cell_is_empty() -> None:
    text = """采购订单
客户名称：江阴华西特钢制品有限公司        订单号：4500091234
项目   物料        短文本                     数量    单位   净价      每   交货日期
00010  100023451   螺栓,六角,M16x80,10.9     2,500   PC    2,150.00  1000  15.12.2026
00020  100023452                             2,500   PC      480.00  1000  15.12.2026
"""
    order = read("o.txt", text.encode("utf-16")).orders[0]
    assert order.header["customer_order_number"].value == "4500091234"
    assert [
        said(line, "customer_item", "name", "quantity", "unit_price", "price_unit") for line in order.lines
    ] == [
        ["100023451", "螺栓,六角,M16x80,10.9", D(2500), D("2150.00"), "千件"],
        ["100023452", None, D(2500), D("480.00"), "千件"],
    ]
    assert {line.fields["due_date"].value for line in order.lines} == {date(2026, 12, 15)}


def test_numbers_set_to_the_right_do_not_flow_into_the_next_column_of_a_pdf() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 9)
    canvas.drawString(40, 740, "采购单号：JL-93")
    for x, heading in (
        (40, "序号"),
        (65, "物料代码"),
        (140, "名称及规格"),
        (280, "数量"),
        (325, "单位"),
        (365, "单价"),
    ):
        canvas.drawString(x, 710, heading)
    for x, text in (
        (40, "1"),
        (65, "JL.05.0012"),
        (140, "六角头螺栓 M10×45 8.8 达克罗"),
        (325, "支"),
        (365, "0.486"),
    ):
        canvas.drawString(x, 690, text)
    canvas.drawRightString(318, 690, "5,000")
    canvas.save()
    [line] = read("o.pdf", page.getvalue()).orders[0].lines
    assert said(line, "customer_item", "quantity", "unit", "unit_price", "name") == [
        "JL.05.0012", D(5000), "支", D("0.486"), "六角头螺栓 M10×45 8.8 达克罗",
    ]  # fmt: skip


def test_a_chat_says_by_when_in_passing() -> None:
    text = "订单号 PC1128\n1、M8*30 内六角 12.9 发黑 1.2万支 0.32元/支\n2、M10螺母 30kg 12月25日交\n12月10号前要，送到厂里"
    order = read("x.txt", text.encode(), received=RECEIVED).orders[0]
    assert order.header["due_date"].value == date(2026, 12, 10)
    assert [said(line, "name", "due_date") for line in order.lines] == [
        ["M8*30 内六角 12.9 发黑", None], ["M10螺母", date(2026, 12, 25)],
    ]  # fmt: skip


def test_a_point_of_a_list_is_no_part_of_what_stands_before_it() -> None:
    rows = [
        ["订单号", "PO-1"],
        ["料号", "数量", "单位"],
        ["A-1", 5, "支"],
        ["1.税率13%；2.结算方式：月结60天；3.交货地点：厦门市"],
    ]
    header = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].header
    assert (header["payment_terms"].value, header["delivery_address"].value) == ("月结60天", "厦门市")


def test_western_accents_are_not_taken_for_chinese() -> None:
    text = "Customer;Müller GmbH\nPO no;4711\nPart no;Quantity;Unit\nM-1;500;pcs\nM-2;600;pcs\n"
    assert read("o.csv", text.encode("cp1252")).orders[0].header["customer_name"].value == "Müller GmbH"


def test_no_line_of_a_chat_is_lost_and_one_that_cannot_be_read_is_named() -> None:
    text = """订单号：I-1
HC-10-2201*5000支
六角螺母M10 要5千只，单价95/千只
另外加急发20kg平垫M8
M10*45支 12.9 多少钱
"""
    order = read("x.txt", text.encode()).orders[0]
    assert [said(line, "name", "quantity", "unit") for line in order.lines] == [
        ["HC-10-2201", D(5000), "支"], ["六角螺母M10", D(5), "千只"], ["另外加急发 平垫M8", D(20), "kg"],
    ]  # fmt: skip
    assert [(problem.code, problem.cell) for problem in order.problems] == [("ROW_NOT_READ", "TXT!A5")]


def test_an_order_printed_on_two_pages_is_one_order() -> None:
    page = [["采购订单 编号：K-2026-7"], ["料号", "名称", "数量", "单位"]]
    rows = [*page, ["K-1", "螺栓", 5, "支"], ["本页小计", None, 5], [None], *page, ["K-2", "螺母", 6, "支"]]
    [order] = read("o.xlsx", rows_to_xlsx(("S", rows))).orders
    assert [said(line, "customer_item", "quantity") for line in order.lines] == [["K-1", D(5)], ["K-2", D(6)]]


def test_a_description_below_the_last_line_is_not_lost() -> None:
    rows = [
        ["订单号：H-1"],
        ["名称", "数量", "单位"],
        ["六角螺母", 5, "支"],
        ["M10 8级 镀锌"],
        ["以下空白"],
        ["合 计", 5],
    ]
    order = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0]
    assert [(problem.code, problem.cell) for problem in order.problems] == [("ROW_NOT_READ", "S!A4")]


def test_a_unit_that_is_said_once_above_the_table_is_that_of_its_lines() -> None:
    rows = [
        ["订单号 BB-26-01", "单位：千支  币种：人民币"],
        ["产品编号", "规格", "数量", "单价"],
        ["K1", "M10×45", 5, 486],
    ]
    order = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0]
    assert said(order.lines[0], "unit", "price_unit") == ["千支", "千支"] and not order.doubtful()


def test_the_same_number_of_two_customers_in_a_list_is_two_orders() -> None:
    head = ["客户", "客户订单号", "料号", "数量", "单位"]
    rows = [
        head,
        ["甲厂", "F-1", "A-1", 5, "支"],
        ["甲厂", "F-1", "A-2", 6, "支"],
        ["乙厂", "F-1", "B-1", 7, "支"],
    ]
    orders = read("o.xlsx", rows_to_xlsx(("S", rows))).orders
    assert [(o.header["customer_name"].value, len(o.lines)) for o in orders] == [("甲厂", 2), ("乙厂", 1)]


def test_a_number_with_another_number_in_brackets_is_asked_about() -> None:
    rows = [
        ["订单号：G-1"],
        ["料号", "数量", "单位"],
        ["K1", "5000（含备品100）", "支"],
        ["K2", "5000（急）", "支"],
    ]
    lines = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0].lines
    assert [line.fields["quantity"].doubtful for line in lines] == [True, False]


def test_a_table_drawn_with_lines_has_no_line_of_dashes() -> None:
    text = "订单号：E-1\n| 料号 | 数量 | 单位 |\n|---|---|---|\n| K1 | 5000 | 支 |\n| K2 | 6000 | 支 |\n"
    order = read("x.txt", text.encode()).orders[0]
    assert [said(line, "customer_item", "quantity") for line in order.lines] == [
        ["K1", D(5000)],
        ["K2", D(6000)],
    ]
    assert order.problems == []


def test_a_customers_part_number_in_english_is_not_his_name() -> None:
    rows = [
        ["PO: HH-1"],
        ["Item", "Customer PN", "Desc", "Qty", "UoM", "Cur"],
        ["10", "K1", "bolt", 5, "EA", "USD"],
    ]
    order = read("o.xlsx", rows_to_xlsx(("S", rows))).orders[0]
    assert said(order.lines[0], "customer_item") == ["K1"] and order.header["currency"].value == "USD"
