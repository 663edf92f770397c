"""The invented people, customers, machines and products of the demo factory. Data only."""

from typing import Any

COMPANY = {
    "name": "浙江瓯江紧固件有限公司",
    "name_en": "Zhejiang Oujiang Fasteners Co., Ltd.",
    "tax_number": "91330300DEMO000001",
    "address": "浙江省温州市瓯海区经济开发区示范路 88 号",
    "phone": "0577-8600 0000",
    "bank": "示范银行温州瓯海支行",
    "bank_account": "0000 1111 2222 3333",
}
PASSWORD = "zhunjiao"

# login, name, role, department, team: one of every role; the password is PASSWORD for all.
USERS = (
    ("xiaolan", "陈晓岚", "sales", "SALES", ""),
    ("linzhi", "林芝", "export", "SALES", ""),
    ("xujing", "徐静", "merchandiser", "SALES", ""),
    ("liuyang", "刘洋", "pmc", "PMC", ""),
    ("heyong", "何勇", "purchasing", "PMC", ""),
    ("sunqiang", "孙强", "outside", "PMC", ""),
    ("tiejun", "赵铁军", "leader", "PROD", "HEADING"),
    ("jianguo", "王建国", "worker", "PROD", "HEADING"),
    ("qianfu", "钱福", "toolkeeper", "PROD", "HEADING"),
    ("wufang", "吴芳", "quality", "QC", ""),
    ("xiuying", "李秀英", "warehouse", "STORE", "STORE"),
    ("zhangli", "张丽", "clerk", "PROD", ""),
    ("zhoumin", "周敏", "finance", "FIN", ""),
    ("chenzong", "陈国栋", "boss", "OFFICE", ""),
    ("admin", "管理员", "admin", "OFFICE", ""),
)
DEPARTMENTS = (
    ("OFFICE", "总经办"), ("SALES", "销售部"), ("PMC", "PMC 部"), ("PROD", "生产部"), ("QC", "品质部"), ("STORE", "仓储部"), ("FIN", "财务部"),
)  # fmt: skip
TEAMS = (
    ("HEADING", "冷镦组", "PROD"), ("ROLLING", "搓牙组", "PROD"), ("HEATING", "热处理组", "PROD"), ("CNC", "数控组", "PROD"),
    ("PRESS", "冲压组", "PROD"), ("PACKING", "筛选包装组", "PROD"), ("STORE", "成品仓", "STORE"),
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英",
    "建华", "志强", "小红", "海燕", "国庆", "春梅", "立新", "玉兰", "文斌", "晓东",
)  # fmt: skip

# code, name, calendar, machines, machine name, team
WORK_CENTERS = (
    ("HEAD", "冷镦", "two_shifts", 12, "冷镦机", "HEADING"),
    ("ROLL", "搓牙", "two_shifts", 8, "搓牙机", "ROLLING"),
    ("TAP", "攻丝", "two_shifts", 4, "攻丝机", "ROLLING"),
    ("PRESS", "冲压", "day", 4, "冲床", "PRESS"),
    ("CNC", "数控车", "two_shifts", 5, "数控车床", "CNC"),
    ("HEAT", "热处理", "around_the_clock", 2, "网带炉", "HEATING"),
    ("PLATE", "表面处理（外协）", "outside", 1, "外协电镀", ""),
    ("SORT", "光学筛选", "two_shifts", 4, "筛选机", "PACKING"),
    ("PACK", "包装", "day", 3, "包装线", "PACKING"),
)

# Steps: operation, work center, set-up minutes, seconds per 1,000 pieces, reported by
ROUTES = {
    "bolt": (
        ("冷镦", "HEAD", 150, 750, "weight"), ("搓牙", "ROLL", 60, 500, "weight"), ("热处理", "HEAT", 20, 240, "weight"),
        ("达克罗", "PLATE", 0, 300, "weight"), ("筛选", "SORT", 15, 200, "weight"), ("包装", "PACK", 10, 150, "pieces"),
    ),
    "nut": (
        ("冷镦", "HEAD", 180, 600, "weight"), ("攻丝", "TAP", 45, 900, "weight"), ("镀锌", "PLATE", 0, 300, "weight"),
        ("包装", "PACK", 10, 150, "pieces"),
    ),
    "washer": (("冲压", "PRESS", 60, 250, "weight"), ("镀锌", "PLATE", 0, 300, "weight"), ("包装", "PACK", 10, 120, "pieces")),
    "pin": (("数控车", "CNC", 90, 18_000, "pieces"), ("筛选", "SORT", 15, 400, "pieces"), ("包装", "PACK", 10, 200, "pieces")),
}  # fmt: skip

# code, name, route, diameters, lengths (0 = none), grade and finish, ¥ per kg
FAMILIES = (
    (
        "FB",
        "六角法兰面螺栓",
        "bolt",
        (5, 6, 8, 10, 12, 14),
        (16, 20, 25, 30, 35, 40, 45, 50, 60, 70),
        ("8.8 达克罗", "88D"),
        10.5,
    ),
    (
        "HB",
        "六角头螺栓",
        "bolt",
        (6, 8, 10, 12, 16, 20),
        (25, 30, 40, 50, 60, 80, 100),
        ("8.8 镀锌", "88Z"),
        9.2,
    ),
    (
        "SC",
        "内六角圆柱头螺钉",
        "bolt",
        (4, 5, 6, 8, 10, 12),
        (10, 16, 20, 25, 30, 40, 50),
        ("12.9 发黑", "129B"),
        12.8,
    ),
    ("ST", "双头螺柱", "bolt", (10, 12, 16, 20), (60, 80, 100, 120), ("8.8 镀锌", "88Z"), 10.0),
    ("CS", "沉头十字螺钉", "bolt", (4, 5, 6), (10, 12, 16, 20, 25, 30), ("4.8 镀锌", "48Z"), 11.4),
    ("FN", "法兰面螺母", "nut", (5, 6, 8, 10, 12, 16), (0,), ("8 级 镀锌", "8Z"), 11.0),
    ("LN", "尼龙自锁螺母", "nut", (5, 6, 8, 10, 12), (0,), ("8 级 镀锌", "8Z"), 14.5),
    ("HN", "六角螺母", "nut", (6, 8, 10, 12, 16, 20), (0,), ("8 级 发黑", "8B"), 8.6),
    ("WA", "平垫圈", "washer", (5, 6, 8, 10, 12, 16, 20), (0,), ("200HV 镀锌", "200Z"), 8.0),
    ("SW", "弹簧垫圈", "washer", (5, 6, 8, 10, 12, 16), (0,), ("65Mn 发黑", "65B"), 9.5),
    ("PN", "台阶销轴", "pin", (8, 10, 12, 16), (20, 30, 40, 50, 60), ("45 钢 调质", "45T"), 38.0),
)
WIRES = (
    ("W-35K-705", "线材 SWRCH35K φ7.05"), ("W-35K-850", "线材 SWRCH35K φ8.50"), ("W-435-1080", "线材 SCM435 φ10.80"),
    ("W-10B21-560", "线材 10B21 φ5.60"), ("W-ML08-440", "线材 ML08Al φ4.40"),
)  # fmt: skip
SERVICES = (("SV-MOULD", "模具费"), ("SV-FREIGHT", "运费"))

# code, name, short name, level, currency, payment days, closing day
CUSTOMERS = (
    ("HENGLI", "宁波恒立工程机械有限公司", "宁波恒立", "A", "CNY", 30, 25),
    ("JINGGONG", "苏州精工汽车部件有限公司", "苏州精工", "A", "CNY", 60, 25),
    ("SHUNDA", "杭州顺达电梯配件有限公司", "杭州顺达", "A", "CNY", 30, 0),
    ("LINUO", "温州力诺泵阀有限公司", "温州力诺", "B", "CNY", 30, 25),
    ("NORDIC", "Nordic Fixings AB", "Nordic Fixings", "A", "EUR", 45, 0),
    ("BAYLINE", "Bayline Hardware Inc.", "Bayline", "B", "USD", 60, 0),
)
ABROAD = {
    "NORDIC": ("Karin Holm", "+46 31 700 0000", "Exempelgatan 12, 411 00 Göteborg, Sweden"),
    "BAYLINE": ("Dana Cole", "+1 555 010 0000", "12 Sample Street, Oakland, CA 94600, USA"),
}
"""Contact, telephone and address of those who are not in China."""
PLACES = ("杭州", "宁波", "温州", "台州", "嘉兴", "苏州", "无锡", "常州", "上海", "金华", "绍兴", "湖州")
BRANDS = ("华泰", "永固", "东方", "新锐", "宏达", "双鸟", "三立", "万邦", "正泽", "海天", "金鼎", "远航")
TRADES = ("机械", "电梯", "汽车部件", "农机", "电器", "钢构", "光伏支架", "泵业", "家具五金", "电动工具")
PLATERS = {"达克罗": "瑞安涂覆", "镀锌": "亮洁电镀"}
"""Who gives a part its finish, by the finish."""
CUSTOM_FIELDS: tuple[dict[str, Any], ...] = (
    {"thing": "customer", "key": "invoice_note", "label": "开票抬头备注", "label_en": "Invoice note", "printed": True},
    {"thing": "sales_order", "key": "rush", "label": "是否加急", "label_en": "Rush", "kind": "choice", "searchable": True, "printed": True,
     "options": (("普通", "Normal"), ("加急", "Rush"), ("特急", "Express"))},
    {"thing": "item", "key": "plater", "label": "表面处理厂家", "label_en": "Plater", "searchable": True, "printed": True},
)  # fmt: skip
SUPPLIERS = (
    ("WIRE-01", "张家港兴港线材有限公司", "兴港线材", "material"), ("WIRE-02", "江阴宏远金属制品有限公司", "宏远金属", "material"),
    ("PLATE-01", "温州亮洁电镀有限公司", "亮洁电镀", "outside"), ("PLATE-02", "瑞安达克罗涂覆厂", "瑞安涂覆", "outside"),
    ("TOOL-01", "东莞精冲模具有限公司", "精冲模具", "tooling"), ("BOX-01", "瓯海纸箱包装厂", "瓯海纸箱", "other"),
)  # fmt: skip
