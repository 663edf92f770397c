"""The words customers use for each field, as table headings and as labels of the header block.

Words are in the form of `key()`: half width, lower case, no spaces beside Chinese. `IGNORED` and `OTHER` name
what looks like a field and is none (已交数量, 供方电话), so that it is not taken for one.
"""

import re
from functools import lru_cache

from app.core.text import clean
from app.intake.readers.units import unit_in
from app.intake.readers.vocabulary import NONE, Vocabulary

IGNORED = "ignored"
WEIGHT = "weight"  # the quantity, where a table has no other


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


COLUMNS: dict[str, tuple[str, ...]] = {
    "line_no": _list("""
        序号, 序, 行号, 项次, 项目号, 行项目, 项号, no, no., item no, line, line no, sn, s/n, seq, pos, #,
        行, 项, 编号
    """),
    "customer_item": _list("""
        客户料号, 客户物料编码, 客户物料号, 客户编码, 客户产品编码, 客户品号, 物料编码, 物料代码, 物料编号,
        物料号, 料号, 品号, 产品编码, 产品编号, 产品代码, 零件号, 零件编号, 零件图号, 件号, 存货编码,
        存货代码, 商品编码, 商品编号, 商品代码, 货号, 材料编码, 编码, 图号, 图纸号, 产品图号, part no,
        part number, part #, p/n, pn, material, 物料, material no, material number, material code, item code,
        item number, customer part no, customer part number, customer item,
        customer pn, cust pn, customer p/n, cust p/n, your part no, product code, article no, sku,
        sku编码, drawing no
    """),
    "item_code": _list("""
        我方料号, 本厂料号, 供应商料号, 供方料号, 供应商物料编码, 供应商物料号, 供应商产品编码, 厂家型号,
        厂家料号, 贵司料号, 贵方料号, 卖方料号, 供应商编码, supplier part no, vendor part no, supplier p/n,
        our part no, mfr part no, supplier item
    """),
    "name": _list("""
        名称, 品名, 产品名称, 物料名称, 物料描述, 零件名称, 存货名称, 商品名称, 货物名称, 货品名称,
        材料名称, 名称规格, 品名规格, 名称及规格, 品名及规格, 名称/规格, 品名/规格, 产品名称及规格,
        产品名称规格, 物料名称及规格, 产品, 货物, 描述, 产品描述, 品名规格型号, 名称规格型号, name,
        description, desc, item, product, product name, part name, item description, 短文本, short text, description of goods,
        goods description, material description, commodity, 项目名称, 标的,
        品种, 品种名称
    """),
    "spec": _list("""
        规格, 型号, 规格型号, 型号规格, 产品规格, 物料规格, 规格描述, 规格/型号, 规格尺寸, 尺寸, spec,
        specification, specifications, size, model, model no, type
    """),
    "drawing_revision": _list("""
        版本, 版次, 图纸版本, 图纸版次, 图号版本, 图纸版本号, 版本号, rev, revision, rev., drawing rev,
        drawing revision, dwg rev, ver, version
    """),
    "quantity": _list("""
        数量, 订单数量, 订购数量, 采购数量, 订货数量, 需求数量, 购买数量, 订单量, 采购量, 订货量, 需求量,
        需求数, 订购数, 采购数, 订单数, 订货数, 要货量, 订购量,
        要货数量, 本次数量, 下单数量, 交货数量, 计划数量, 购货数量, 件数, 数量合计, qty, quantity,
        order qty, order quantity, po qty, q'ty, qnty, ordered qty
    """),
    "unit": _list("""
        单位, 计量单位, 采购单位, 数量单位, 基本单位, 主计量单位, 订单单位, unit, uom, u/m, unit of measure,
        um,
        主计量, 计量, units
    """),
    "unit_price": _list("""
        单价, 含税单价, 价格, 采购单价, 未税单价, 不含税单价, 无税单价, 订单单价, 成交价, 净价, 千支单价,
        含税价, 不含税价, unit price, price, u/price, net price, u.price, price per unit,
        unit cost, cost, 原币单价, 原币含税单价, 原币无税单价
    """),
    "price_unit": _list("""
        计价单位, 价格单位, 单价单位, 价格基数, 单价基数, 每, per, price unit, price per, price uom,
        pricing unit
    """),
    "amount": _list("""
        金额, 总金额, 含税金额, 价税合计, 总价, 小计, 合计, 合计金额, 金额小计, 未税金额, 不含税金额,
        无税金额, 总额, 货款, amount, total, total price, line total, total amount, net value, ext price,
        extended price, value, subtotal,
        ext price, extended, extended cost, net amount, 原币价税合计, 原币金额, 原币无税金额
    """),
    "due_date": _list("""
        交期, 交货期, 交货日期, 要求交期, 要求交货日期, 到货日期, 要求到货日期, 需求日期, 计划到货日期,
        交付日期, 客户交期, 要货日期, 预计交期, 送货日期, 交货时间, 要求到货, 要求交货, 要求交期, 交货日, 纳期, 到料日期, 希望交期, due date,
        delivery date, ship date, required date, delivery, eta, etd, need date, request date,
        requested date, req date, del. date,
        required, date required, need by, promise date, 交货, 计划交期, 到货
    """),
    "kind": _list("""
        行类型, 行类别, 行性质, line type, line kind, kind of line
    """),
    "remark": _list("""
        备注, 说明, 备考, 附注, 备注说明, 要求, 特殊要求, remark, remarks, note, notes, comment, comments
    """),
    "customer_order_number": _list("""
        订单号, 采购订单号, 采购单号, 订单编号, 客户订单号, 客户单号, 合同号, 合同编号, po, po no,
        po number, po#, order no, order number, p/o no, 单号, 采购订单, 阿里巴巴订单号, 客户po, 客户po号,
        客户采购单号
    """),
    "customer_name": _list("""
        客户, 客户名称, 客户简称, 公司名称, 买家公司, customer, customer name, buyer, 采购方
    """),
    "order_date": _list("""
        订单日期, 下单日期, 采购日期, 订货日期, 制单日期, 单据日期, order date, po date, 下单时间
    """),
    "currency": _list("""
        币种, 币别, 货币, currency, curr, cur, ccy
    """),
    "trade_term": _list("""
        贸易条款, 贸易条件, 交货条件, incoterms, trade term, trade terms
    """),
    "contact": _list("""
        联系人, 采购员, contact, buyer name
    """),
    "delivery_address": _list("""
        收货地址, 交货地址, 送货地址, delivery address, ship to
    """),
    WEIGHT: _list("""
        重量, 净重, 总重, 总重量, 订货重量, weight, net weight, total weight
    """),
    IGNORED: _list("""
        已交数量, 未交数量, 已送数量, 欠交数量, 累计数量, 库存数量, 库存, 现有库存, 最小起订量, 起订量, moq,
        最小包装数量, 最小包装, 包装数量, 每箱数量, 装箱数量, 箱数, 已收数量, 入库数量, 发货数量, 实收数量,
        实发数量, 单重, 毛重, 单位重量, 单件重量, gross weight, 税率,
        税额, 税金, tax, tax rate, vat, 含税税额, 折扣, discount, 材质, 表面处理, 颜色, material grade,
        finish, surface, 品牌, 产地, 仓库, 库位, 批号, 申请人, 项目, 旧料号, 历史单价, 上次单价, 参考价,
        图片, picture, photo, 辅助数量, 辅助单位, 辅单位, 箱, 体积
    """),
}  # fmt: skip
HEADER_ONLY = {"customer_order_number", "customer_name", "order_date", "currency", "trade_term", "contact",
               "delivery_address"}  # fmt: skip

LABELS: dict[str, tuple[str, ...]] = {
    "customer_name": _list("""
        需方, 需方名称, 买方, 买方名称, 甲方, 采购方, 采购单位, 购货单位, 购货方, 订货单位, 订购单位, 客户,
        客户名称, 公司名称, 采购公司, 定作方, 需方单位, buyer, the buyer, purchaser, customer,
        customer name, bill to, sold to, ordered by, company, 需方(甲方), 甲方(需方)
    """),
    "customer_order_number": _list("""
        订单号, 订单编号, 订单号码, 采购订单号, 采购订单编号, 采购单号, 采购单编号, 采购编号, 单号,
        单据编号, 单据号, 合同号, 合同编号, 合同编码, 客户订单号, 客户单号, 编号, 订购单号, 订货单号,
        采购合同号, 采购合同编号, 阿里巴巴订单号, 客户po, po号, po编号, po no, po number, p.o. no, p.o.no,
        p.o. number, p/o no, po, p.o, order no, order number, purchase order no, purchase order number,
        purchase order, contract no, po#, po #, order #, 订单no, 采购订单,
        采购订单号码, 订单编码, 采购单编码, 需求单号
    """),
    "order_date": _list("""
        订单日期, 下单日期, 下单日, 订单日, 订购日期, 订货日期, 采购日期, 签订日期, 签约日期, 签订时间, 制单日期, 单据日期,
        日期, 下单时间, 合同日期, 开单日期, date, order date, po date, date of order, issue date, p.o. date,
        document date, date issued
    """),
    "due_date": _list("""
        交期, 交货期, 交货日期, 交货时间, 要求交期, 要求交货日期, 到货日期, 要求到货日期, 交付日期,
        送货日期, 交货期限, 客户交期, 到货时间, 需求日期, due date, delivery date, delivery time,
        required date, ship date, delivery, shipment date, date required, requested delivery date
    """),
    "currency": _list("""
        币种, 币别, 货币, 结算币种, currency
    """),
    "trade_term": _list("""
        贸易条款, 贸易条件, 贸易术语, 价格条款, 价格条件, 交货条件, 成交方式, trade term, trade terms,
        incoterms, incoterm, price term, price terms, delivery term, delivery terms, terms of delivery
    """),
    "payment_terms": _list("""
        付款方式, 付款条件, 付款, 结算方式, 结算, 付款条款, 结款方式, 账期, payment, payment term,
        payment terms, terms of payment, terms,
        结算方式及期限, 付款方式及期限, 结算方式及时间, 付款方式及时间
    """),
    "contact": _list("""
        联系人, 采购员, 采购, 需方联系人, 采购联系人, 经办人, 业务员, 采购负责人, contact, contact person,
        attn buyer, buyer name, purchasing agent
    """),
    "phone": _list("""
        联系电话, 需方电话, 手机, phone, mobile
    """),
    "delivery_address": _list("""
        交货地点, 交货地, 交货地址, 收货地址, 送货地址, 送货地点, 收货地, 到货地点, ship to, deliver to,
        delivery address, shipping address, delivery place
    """),
    "supplier_name": _list("""
        供方, 供方名称, 供应商, 供应商名称, 卖方, 卖方名称, 乙方, 供货单位, 供货方, 销售方, 承揽方, 供货商,
        厂商, to, supplier, vendor, seller, the seller, 供方(乙方), 乙方(供方)
    """),
    "remark": _list("""
        备注, 说明, 附注, 特别说明, 包装, 包装要求, 其他要求, 技术要求, remark, remarks, note, notes,
        packing, packaging, special instructions
    """),
    "total_amount": _list("""
        合计, 总计, 合计金额, 总金额, 订单金额, 订单总额, 合同金额, 合同总额, 金额合计, 价税合计, 总价,
        小写, 合计小写, 合计(小写), 人民币小写, total, total amount, grand total, total value
    """),
    "total_in_words": _list("""
        大写, 合计大写, 合计(大写), 总计(大写), 人民币大写, 人民币(大写), 合计人民币大写, 金额大写,
        大写金额, 合计人民币(大写), 总金额(大写), 合计人民币, 金额(大写), 价税合计(大写)
    """),
    IGNORED: _list("""
        电话, 传真, 地址, 邮编, 邮箱, 税号, 开户行, 开户银行, 银行账号, 账号, 帐号, 网址, 页码, 页次, 页,
        制单, 制单人, 审核, 审核人, 批准, 核准, 签字, 盖章, 代表, 版本, tel, fax, add, address, email,
        e-mail, mail, attn, page, from, ref, bank, account, 供方联系人, 税率, 部门, 项目, 项目名称,
        供应商编码, 供应商代码, 供应商电话, 供方电话, 质量标准, 验收标准, 运输方式, 运费, 发票, 签章,
        法定代表人, 委托代理人, 法人, 编制, 会签, 日期(签), 打印时间, 打印日期, 状态
    """),
}  # fmt: skip

TOTAL = re.compile(
    r"^(?:(?:合计|总计|共计|累计|总额|订单合计)(?=$|[\s:(,\d¥]|[合总]?金额|人民币|数量|[大小]写|合计|rmb)"
    r"|(?:grand total|total|sum)(?=$|[\s:(,\d$€¥]))"
)
SUBTOTAL = re.compile(r"^(?:小计|sub-?total|本页小计|本页合计|page total)")
TAXED = re.compile(r"(?<!不)含税|价税|(?:incl\w*\.?|with) ?(?:tax|vat)|(?:tax|vat) ?incl")
UNTAXED = re.compile(r"不含税|未税|无税|税前|(?:excl\w*\.?|without) ?(?:tax|vat)|(?:tax|vat) ?excl")
_BESIDE_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])")
_PRICE_PER = re.compile(r"(?:unit |net )?price per (.+)")  # price per 1000 pc
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")

COLUMN_OF = {word.replace(".", ""): field for field, words in reversed(COLUMNS.items()) for word in words}
LABEL_OF = {word: field for field, words in reversed(LABELS.items()) for word in words}
_DOTLESS_LABEL_OF = {word.replace(".", ""): field for word, field in LABEL_OF.items()}
_LONGEST_FIRST = sorted(COLUMN_OF, key=len, reverse=True)
_WITHIN = [w for w in _LONGEST_FIRST if len(w) >= (5 if w.isascii() else 2)]


def key(text: str) -> str:
    """The form in which words are compared."""
    return _BESIDE_CHINESE.sub("", clean(text).lower()).strip(" :*.;·_")


def column_named(text: str, words: Vocabulary = NONE) -> tuple[str, float, tuple[str, ...]]:
    """Field, certainty and hints of a table heading: '数量（千支）' → ('quantity', 1.0, ('千支',))."""
    if words.columns and (meant := words.columns.get(key(text))):
        return meant, 1.0, tuple(h.strip() for h in _BRACKETS.findall(key(text)))
    usual = _column_named(text)
    if usual[0] in ("", IGNORED) and (own := words.own.get(key(text))):
        return own, 1.0, ()
    return usual


@lru_cache(maxsize=8192)
def _column_named(text: str) -> tuple[str, float, tuple[str, ...]]:
    whole = key(text).replace(".", "")
    if not whole or len(whole) > 40:
        return "", 0.0, ()
    if whole in COLUMN_OF:
        return COLUMN_OF[whole], 0.85 if whole == "item" else 1.0, ()
    hints = tuple(h.strip() for h in _BRACKETS.findall(whole))
    bare = key(_BRACKETS.sub(" ", whole))
    if bare in COLUMN_OF:
        return COLUMN_OF[bare], 1.0, hints
    if (per := _PRICE_PER.fullmatch(bare)) and (unit_in(per[1]) or per[1].isdigit()):
        return "unit_price", 1.0, (*hints, per[1])
    left, slash, right = bare.partition("/")
    if slash and key(left) in COLUMN_OF:
        return COLUMN_OF[key(left)], 0.95, (*hints, right)
    for word in _WITHIN:
        if word in bare and (not word.isascii() or re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", bare)):
            rest = bare.replace(word, " ", 1).strip(" /")
            return (
                COLUMN_OF[word],
                0.9 if len(word) * 2 >= len(bare) or not rest.isalnum() else 0.85,
                (*hints, rest),
            )
    if LABEL_OF.get(bare) == "customer_order_number":
        return "customer_order_number", 0.95, hints
    first = re.split(r"[ /]", bare)[0]
    if first in COLUMN_OF and not bare.isascii():
        return COLUMN_OF[first], 0.9, (*hints, bare.removeprefix(first).strip(" /"))
    return "", 0.0, ()


@lru_cache(maxsize=8192)
def label_named(text: str) -> str:
    """The header field that the text names and nothing else, '' when it names none."""
    whole = key(text).replace(".", "")
    if len(whole) > 40:
        return ""
    return _DOTLESS_LABEL_OF.get(whole) or _DOTLESS_LABEL_OF.get(key(_BRACKETS.sub(" ", whole)), "")
