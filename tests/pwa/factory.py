"""A small factory for the device pages: what a snapshot says, and the codes on its paper."""

import copy
import hashlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(letter: str, body: str) -> str:
    """The scan code for a letter and a body (check character by ISO 7064 MOD 37,36)."""
    product = 36
    for character in letter + body:
        product = ((product + ALPHABET.index(character)) % 36 or 36) * 2 % 37
    return letter + body + ALPHABET[(37 - product) % 36]


WANG_BADGE, ZHOU_BADGE = code("P", "7QH2M4T9KD3WX8RB"), code("P", "2ZTR8WQ6M1NCK5YD")


def person(id_: str, name: str, badge: str, machines: list[str]) -> dict:
    hashed = hashlib.sha256(badge[1:-1].encode()).hexdigest()
    return {"id": id_, "name": name, "initials": name[0], "badge_hash": hashed, "machines": machines}


def job(work_order: str, seq: int, **facts) -> dict:
    return {
        "operation": f"{work_order}/{seq}", "work_order": work_order, "seq": seq, "operation_name": "冷镦",
        "item": "FB-M10-45", "item_name": "六角法兰面螺栓 M10×45", "spec": "8.8 级 光坯", "customer": "宁波恒立",
        "machine": None, "planned_start": "2026-11-22T08:00:00+08:00", "planned_end": "2026-11-22T16:00:00+08:00",
        "state": "ready", "quantity": "120000", "good": "0", "scrap": "0", "unit": "件", "unit_label": "支",
        "report_by": "weight", "weight_per_thousand": "40.20", "presets": [], "per_basket": "7500",
        "due_date": "2026-12-18", "setup_minutes": 150, "previous_done": True,
        "scan": code("O", f"{work_order[-4:]}{seq}"), **facts,
    }  # fmt: skip


def snapshot() -> dict:
    """Four cold headers of Wang, a CNC and a packing bench, two delivery notes, one receipt."""
    jobs = [
        job("WO20261122-0001", 10, machine="CH03", state="running", good="52500", scrap="0"),
        job("WO20261122-0004", 10, machine="CH05", item_name="六角法兰面螺母 M12 10 级", customer="徐州中拓", quantity="105000",
            planned_start="2026-11-22T09:00:00+08:00", weight_per_thousand="31.70", due_date="2026-12-05", previous_done=False, state="waiting"),
        job("WO20261122-0006", 10, machine="CH06", item_name="内六角螺钉 M12×60 12.9", customer="苏州力达", quantity="30000", per_basket="3000",
            planned_start="2026-11-22T10:00:00+08:00", state="paused", good="6000", weight_per_thousand="62.40", due_date="2026-11-27"),
        job("WO20261122-0005", 10, machine="CH04", item_name="六角头螺栓 M8×30 8.8", customer="京东工业品", quantity="90000", per_basket="5000",
            planned_start="2026-11-22T13:00:00+08:00", weight_per_thousand="17.80", due_date="2026-12-01"),
        job("WO20261122-0007", 10, machine="CH03", item_name="六角法兰面螺栓 M10×45 追加", quantity="30000", planned_start="2026-11-23T08:00:00+08:00"),
        job("WO20261122-0002", 20, machine="CNC1", operation_name="车削", item="SP-08", item_name="非标轴套 φ8×20", spec="303 不锈钢", customer="上海精仪",
            quantity="500", per_basket=None, report_by="pieces", weight_per_thousand=None, presets=[10, 50], unit_label="只", state="running", good="70", due_date="2026-11-30"),
    ]  # fmt: skip
    picks = [
        {"delivery_note": "DN20261122-0001", "customer": "宁波恒立", "scan": code("D", "51"), "lines": [
            {"line": 1, "item": "FB-M10-45", "item_name": "六角法兰面螺栓 M10×45", "quantity": "4000", "picked": "0", "unit": "支", "bin": "A-03-12",
             "lots": [{"lot": "B2611-0417", "scan": code("L", "417"), "bin": "A-03-12", "available": "3200"},
                      {"lot": "B2611-0502", "scan": code("L", "502"), "bin": "A-03-14", "available": "5000"}]},
            {"line": 2, "item": "FN-M12", "item_name": "六角法兰面螺母 M12 10 级", "quantity": "2000", "picked": "0", "unit": "支", "bin": "B-01-02",
             "lots": [{"lot": "B2611-0388", "scan": code("L", "388"), "bin": "B-01-02", "available": "2600"}]},
        ]},
        {"delivery_note": "DN20261122-0002", "customer": "苏州力达", "scan": code("D", "52"), "lines": [
            {"line": 1, "item": "SS-M12-60", "item_name": "内六角螺钉 M12×60 12.9", "quantity": "3000", "picked": "0", "unit": "支", "bin": "C-02-01",
             "lots": [{"lot": "B2611-0611", "scan": code("L", "611"), "bin": "C-02-01", "available": "3000"}]},
        ]},
    ]  # fmt: skip
    machines = [("CH03", "冷镦 3 号"), ("CH05", "冷镦 5 号"), ("CH06", "冷镦 6 号"), ("CH04", "冷镦 4 号"), ("CNC1", "数控 1 号")]
    built = {
        "device": {"id": "7", "name": "冷镦区平板", "kind": "tablet", "team": "冷镦班"},
        "cursor": "1", "taken_at": "2026-11-22T14:36:00+08:00", "clock": "2026-11-22T14:36:00+08:00", "language": "zh_CN",
        "people": [person("11", "王建国", WANG_BADGE, ["CH03", "CH05", "CH06", "CH04"]), person("12", "周敏", ZHOU_BADGE, ["CNC1"])],
        "machines": [{"code": code_, "name": name, "group": name[:2]} for code_, name in machines],
        "jobs": jobs,
        "bins": [{"code": name, "name": name, "scan": code("B", name.replace("-", ""))} for name in ("A-03-12", "A-03-14", "B-01-02", "C-02-01")],
        "picks": picks,
        "receipts": [{"work_order": "WO20261120-0009", "item": "FB-M8-30", "item_name": "六角头螺栓 M8×30 8.8 蓝白锌", "done": "7552", "received": "0", "unit": "支", "scan": code("W", "209")}],
        "scrap_reasons": [{"code": code_, "label": label} for code_, label in (("setup", "调机料"), ("crack", "开裂"), ("underfill", "缺肉"), ("size", "尺寸"), ("other", "其他"))],
        "pause_reasons": [{"code": code_, "label": label} for code_, label in (("material", "待料"), ("meal", "吃饭"), ("machine", "设备"), ("shift", "交班"))],
    }  # fmt: skip
    return copy.deepcopy(built)
