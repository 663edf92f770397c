"""Files of opening data as an old system exports them, and a way to send them through the pages' own verbs."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from app.core.db import commit
from app.core.refusals import Refused
from app.opening import files
from app.opening.kinds import KINDS
from app.opening.tables import OpeningImport
from app.people.actors import Actor

STOCK = ("物料代码", "仓位", "批号", "结存数量", "单位", "重量(kg)", "金额")
ORDERS = (
    "单据编号",
    "行号",
    "购货单位",
    "客户订单号",
    "产品代码",
    "数量",
    "单位",
    "已发数量",
    "含税单价",
    "交货日期",
)
PURCHASES = ("采购订单号", "行号", "供应商", "物料", "采购数量", "单位", "已收数量", "单价", "交货日期")
RECEIVABLES = ("发票号", "客户", "未收金额", "币别", "单据日期", "到期日")
BILLS = ("票据号", "出票人", "承兑银行", "前手", "票面金额", "出票日期", "到期日", "状态")


def xlsx(heads: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet(title)
    for y, row in enumerate((heads, *rows)):
        for x, value in enumerate(row):
            if value is not None and value != "":
                sheet.write(y, x, value) if not isinstance(value, str) else sheet.write_string(y, x, value)
    book.close()
    return file.getvalue()


async def dropped(
    kind: str, data: bytes, by: Actor, whole: bool = False, typed: dict[str, Any] | None = None
) -> OpeningImport:
    """A file that somebody dropped, kept and checked."""
    checked = await files.read(KINDS[kind], data, whole)
    return (await commit(files.keep, kind, f"{kind}.xlsx", data, whole, checked, typed or {}, by=by)).value


async def booked(
    kind: str, data: bytes, by: Actor, whole: bool = False, typed: dict[str, Any] | None = None
) -> OpeningImport:
    """The same, booked; raises what refuses it."""
    row = await dropped(kind, data, by, whole, typed)
    row, refused = await files.run(row.number, by=by, patience=600)
    if refused is not None:
        raise refused
    return row


async def refused(kind: str, data: bytes, by: Actor, **more: Any) -> Refused:
    try:
        await booked(kind, data, by, **more)
    except Refused as refusal:
        return refusal
    raise AssertionError("it was booked")
