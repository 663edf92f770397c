"""The columns of open orders, and the words that may stand in them."""

from app.core.words import N_
from app.opening.columns import Column

YES_OR_NO = {"是": "yes", "含税": "yes", "y": "yes", "yes": "yes", "true": "yes", "1": "yes", "否": "no", "不含税": "no", "未税": "no",
             "n": "no", "no": "no", "false": "no", "0": "no"}  # fmt: skip
COLUMNS = (
    Column("number", N_("Order number in the old system"), "销售订单号, 订单号, 单据编号, 订单编号, 单据号, 旧订单号, so no, order no",
           required=True,
           hint=N_("Kept and found by search; rows of one number are one order"), examples=("SEORD004512", "SEORD004512")),
    Column("line_no", N_("Line"), "行号, 分录号, 序号, 行, entry, line no, item no",
           hint=N_("Empty: counted in the order of the rows"), examples=("1", "2")),
    Column("customer", N_("Customer"), "客户编码, 客户代码, 客户, 购货单位, 客户名称, customer code, 购货单位代码", required=True,
           hint=N_("Our code, the code of the old system, or the name"), examples=("HENGLI", "HENGLI")),
    Column("customer_order_number", N_("Customer's order number"), "客户订单号, 客户单号, 客户po, po, 采购订单号, 合同号, 对方单据号",
           examples=("PO-2026-118", "")),
    Column("item", N_("Item"), "物料编码, 料号, 物料代码, 存货编码, 产品编码, 产品代码, 物料, 商品编码, item code, part no",
           hint=N_("This, or the customer's part number"), examples=("FB-M10X45-88D", "")),
    Column("customer_item", N_("Customer's part number"), "客户料号, 客户物料编码, 客户编号, 对应代码, 对方料号", examples=("", "HL-25-8841")),
    Column("quantity", N_("Ordered"), "订单数量, 数量, 订货数量, 订购数量, 销售数量, ordered, qty, order qty", required=True,
           hint=N_("With its unit beside it, in its head or in the cell"), examples=("100", "50")),
    Column("unit", N_("Unit"), "计量单位, 单位, 销售单位, uom", hint=N_("件, 千件, 千支, kg, 吨 …"), examples=("千支", "千支")),
    Column("shipped", N_("Shipped by now"), "已发数量, 已出库数量, 已交数量, 累计出库数量, 出库数量, 关联数量, 已发货数量, shipped, delivered qty",
           hint=N_("In the same unit; empty: nothing"), examples=("40", "")),
    Column("unit_price", N_("Unit price"), "含税单价, 单价, 价格, 销售单价, price",
           hint=N_("As the order says it, up to 6 decimals"), examples=("268.00", "268.00")),
    Column("price_unit", N_("Price unit"), "计价单位, 价格单位, 单价单位, price per",
           hint=N_("Empty: the unit of the quantity"), examples=("千支", "千支")),
    Column("tax_rate", N_("Tax rate %"), "税率, 税率%, 税率(%), tax", hint=N_("Empty: the customer's"), examples=("13", "13")),
    Column("tax_included", N_("Prices include tax"), "是否含税, 价格含税, 含税, tax included",
           hint=N_("Yes or no; empty: the customer's"), examples=("是", "")),
    Column("due_date", N_("Due date"), "交货日期, 交期, 客户交期, 要求交期, 要货日期, 预计交期, delivery date",
           required=True, examples=("2026-12-20", "2026-12-25")),
    Column("order_date", N_("Order date"), "订单日期, 日期, 制单日期, 下单日期, 单据日期, date", examples=("2026-11-02", "")),
    Column("currency", N_("Currency"), "币别, 币种", hint=N_("Empty: the customer's"), examples=("CNY", "")),
    Column("rate", N_("Exchange rate"), "汇率, 汇率cny, exchange rate", hint=N_("CNY for one unit; empty: the newest"), examples=("", "")),
    Column("salesperson", N_("Salesperson"), "业务员, 销售员, 职员, 跟单员", hint=N_("Number or name of a person; empty: you"), examples=("", "")),
    Column("kind", N_("Kind of line"), "行类型, 类型, 订单类型", hint=N_("正常, 样品, 免费补货, 备品, 寄售; empty: 正常"), examples=("", "")),
    Column("remark", N_("Remark"), "备注, 摘要, 说明", examples=("", "")),
)  # fmt: skip
HEAD = ("customer", "customer_order_number", "order_date", "currency", "rate", "salesperson", "tax_included")
"""What holds for a whole order; the rest for a line."""
