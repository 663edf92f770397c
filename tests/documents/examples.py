"""What the floor gets, one believable sheet of each kind: the story of the mock-ups."""

from app.documents.sheets import (
    Badge,
    BinLabel,
    Company,
    Label,
    Party,
    Traveller,
    TravellerOperation,
)
from app.scanning import codes

HOST = "192.168.10.20:8443"


def scan(kind: str, id: int) -> str:
    return codes.url(HOST, codes.make_for_id(kind, id))


COMPANY = Company(
    name="永固五金制造有限公司",
    english_name="Yonggu Hardware Manufacturing Co., Ltd.",
    address="嘉兴市海盐县百步镇工业路 66 号",
    phone="0573-0000 6688",
    tax_number="91330424MA2B000000",
    bank="中国工商银行海盐百步支行",
    bank_account="1204 0700 0900 0012 345",
)
CUSTOMER = Party(
    name="苏州永昌五金有限公司",
    address="苏州市吴中区木渎镇金枫南路 88 号 2 号门",
    contact="周建平",
    phone="139 0000 2217",
    tax_number="91320506MA1X000000",
)
OPERATIONS = (
    ("10", "拉丝", "拉丝机 02", "线径 9.65 ±0.02"),
    ("20", "冷镦", "多工位冷镦机 07", "头部高 6.4 +0.2/-0；首筐首检"),
    ("30", "搓丝", "搓丝机 03", "通止规每 30 分钟一次"),
    ("40", "清洗", "清洗线", ""),
    ("50", "调质热处理", "网带炉 01", "8.8 级 HRC 24–30"),
    ("60", "硬度抽检", "检验室", "每炉批 5 支"),
    ("70", "外协镀锌", "海盐宏达电镀", "蓝白锌 8 μm；发收过磅"),
    ("80", "除氢", "烘箱 02", "镀后 4 小时内"),
    ("90", "膜厚检验", "检验室", ""),
    ("100", "光学筛选", "筛选机 04", "头部、牙型全检"),
    ("110", "包装", "包装线 01", "500 支/盒，4 盒/箱"),
    ("120", "入库", "成品仓", ""),
)
TRAVELLER = Traveller(
    company=COMPANY,
    number="WO20251205-0003",
    qr=scan("W", 20103),
    item="FS-M10-45-8.8-ZN",
    description="六角头螺栓 M10×45 8.8 级 镀蓝白锌 GB/T 5783",
    quantity="120.000 千支",
    quantity_echo="= 120,000 支\n≈ 3,012 kg",
    due="12-18 周四",
    customer="宁波恒立机械有限公司",
    sales_order="SO20251201-0017",
    drawing="HL-B1045",
    drawing_revision="C",
    material="SWRCH35K φ9.65",
    heat="25H3308 / 卷 07",
    lot="B2512-0118",
    rush=True,
    note="客户要求头部无油污，随货材质书 1 份。",
    printed="刘洋 2025-12-08 14:36",
    operations=tuple(
        TravellerOperation(
            sequence=sequence,
            name=name,
            qr=scan("O", 700100 + i),
            machine=machine,
            start=f"12-{9 + i:02} 08:00",
            note=note,
        )
        for i, (sequence, name, machine, note) in enumerate(OPERATIONS)
    ),
)
OPERATION = TRAVELLER.operations[0]
LABEL = Label(
    company=COMPANY.name,
    title="框卡",
    sequence="7 / 16",
    item="FS-M10-45-8.8-ZN",
    description="六角头螺栓 M10×45 8.8 级 镀蓝白锌 GB/T 5783",
    quantity="7.552 千支",
    quantity_echo="= 7,552 支",
    weight="净重 188.8 kg",
    qr=scan("C", 88123),
    code=codes.make_for_id("C", 88123),
    lot="B2512-0118",
    heat="25H3308",
    customer="宁波恒立机械",
    customer_item="HL-20045-ZN",
    order="SO20251201-0017",
    date="2025-12-08",
    inspector="陈静",
    barcode="HL-20045-ZN",
)
BIN = BinLabel(
    bin="A-03-12",
    warehouse="成品仓",
    qr=scan("B", 4711),
    code=codes.make_for_id("B", 4711),
    note="螺栓 M8–M12\n限重 1,200 kg",
)
BADGE = Badge(
    company=COMPANY.name,
    name="徐卫国",
    number="0217",
    team="冷镦二组",
    job="操作工",
    qr=codes.url(HOST, codes.make("P", "7QK2M9ZX4TB8WD")),
)
