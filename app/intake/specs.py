"""Fastener specifications as people write them: M10*45 8.8级 达克罗 and 10x45 dacromet hex flange bolt are read alike. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.text import clean

TIMES = re.compile(r"(?<=\d)\s*[×*xX✕]\s*(?=\d)")
_THREAD = re.compile(
    r"(?<![a-z])(?P<kind>m|st|g|d|φ|ø|phi)\s*(?P<size>\d+(?:[./]\d+)*(?:×\d+(?:\.\d+)?)*)(?:\s*[-]\s*(?P<dash>\d{1,3}))?(?![\d.])"
)
_BARE = re.compile(r"(?<![\w.×/-])(\d+(?:\.\d+)?(?:×\d+(?:\.\d+)?)+)(?![\w.])")
_STEEL = re.compile(r"(?<![\d.])(3\.6|4\.6|4\.8|5\.6|5\.8|6\.8|8\.8|9\.8|10\.9|12\.9)(?!\d)")
_NUT = re.compile(r"(?<![\d.])(4|5|6|8|10|12|14)\s*级")
_STAINLESS = re.compile(r"(?<![a-z0-9])(a[24])-?\s*([5-8]0)(?!\d)|(?<!\d)(304|316)l?(?!\d)")
_HARDNESS = re.compile(r"(?<!\d)(\d{3})\s*hv", re.I)

# The canonical word and how else it is written; longer words first, so that 蓝白锌 is not read as 白锌.
FINISHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("达克罗", ("达克罗", "达克洛", "dacromet", "dacro", "锌铬涂层", "geomet", "久美特")),
    ("热镀锌", ("热浸锌", "热镀锌", "hdg", "hot dip")),
    ("蓝白锌", ("蓝白锌", "镀蓝锌", "蓝锌", "blue zinc", "镀蓝白锌")),
    ("彩锌", ("彩锌", "镀彩", "五彩锌", "yellow zinc")),
    ("黑锌", ("黑锌", "镀黑锌", "black zinc")),
    ("锌镍", ("锌镍", "zinc nickel", "zinc-nickel", "znni")),
    ("镀锌", ("镀白锌", "白锌", "镀锌", "zinc plated", "zinc", "zn")),
    ("发黑", ("发黑", "氧化黑", "black oxide", "发蓝", "黑色氧化")),
    ("磷化", ("磷化", "phosphate")),
    ("镀镍", ("镀镍", "nickel")),
    ("本色", ("本色", "光身", "plain")),
)
SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("锁紧螺母", ("自锁螺母", "锁紧螺母", "防松螺母", "尼龙螺母", "尼龙自锁", "lock nut", "nyloc")),
    ("盖形螺母", ("盖形螺母", "盖型螺母", "盖帽螺母", "cap nut", "acorn nut")),
    ("蝶形螺母", ("蝶形螺母", "wing nut")),
    ("焊接螺母", ("焊接螺母", "点焊螺母", "weld nut")),
    ("法兰螺母", ("法兰螺母", "法兰面螺母", "flange nut")),
    ("法兰螺栓", ("法兰面螺栓", "法兰螺栓", "flange bolt", "flange screw")),
    ("内六角螺钉", ("内六角", "socket head", "socket cap", "杯头")),
    ("盘头螺钉", ("盘头", "pan head")),
    ("沉头螺钉", ("沉头", "countersunk")),
    ("自攻螺钉", ("自攻", "tapping screw", "self-tapping")),
    ("弹簧垫圈", ("弹簧垫", "弹垫", "spring washer")),
    ("平垫圈", ("平垫", "flat washer", "plain washer")),
    ("开口销", ("开口销", "cotter", "split pin")),
    ("圆柱销", ("圆柱销", "dowel", "parallel pin")),
    ("铆钉", ("铆钉", "rivet")),
    ("螺柱", ("螺柱", "双头", "stud")),
    ("螺母", ("螺母", "螺帽", "nut")),
    ("螺栓", ("六角头螺栓", "六角螺栓", "螺栓", "hex bolt", "bolt")),
    ("螺钉", ("螺钉", "螺丝", "screw")),
    ("垫圈", ("垫圈", "垫片", "washer")),
)  # fmt: skip
_WIDER = {"螺栓": {"法兰螺栓"}, "螺母": {"锁紧螺母", "盖形螺母", "蝶形螺母", "焊接螺母", "法兰螺母"},
          "螺钉": {"内六角螺钉", "沉头螺钉", "盘头螺钉", "自攻螺钉"}, "垫圈": {"平垫圈", "弹簧垫圈"}}  # fmt: skip
_OF_ITS_OWN = re.compile(r"([\u3400-\u9fff]*)(?:螺母|螺帽|螺栓|螺钉|螺丝|垫圈|垫片)")
_USUAL = re.compile(
    "六角头|六角|外|头|普通|标准|高强度?|精制|粗制|十字|一字|槽|全牙|半牙|全螺纹|的|级|黑色|不锈钢|碳钢"
)
"""What stands before the word for a shape and makes no other shape of it; a finish does neither."""


_SPELLINGS = sorted(
    (s for _word, spellings in FINISHES for s in spellings if not s.isascii()), key=len, reverse=True
)


@dataclass(frozen=True)
class Spec:
    """What a description says; '' and () where it says nothing."""

    thread: str = ""
    size: tuple[str, ...] = ()
    grade: str = ""
    finish: str = ""
    shape: str = ""
    kind: str = ""  # what else makes it a shape of its own: 吊环 of 吊环螺母

    def __str__(self) -> str:
        size = "×".join(self.size)
        return " ".join(
            part for part in (f"{self.thread}{size}", self.grade, self.finish, self.shape) if part
        )


@lru_cache(maxsize=20_000)
def spec_of(text: str) -> Spec:
    """The specification inside a description, in any order and spelling."""
    said = TIMES.sub("×", clean(text[:300]).lower())
    thread, size, rest = _size(said)
    return Spec(thread, size, _grade(rest), _word(FINISHES, said), _word(SHAPES, said), _kind(said))


def _kind(said: str) -> str:
    match = _OF_ITS_OWN.search(said)
    words = match[1] if match else ""
    for spelling in _SPELLINGS:
        words = words.replace(spelling, "")
    return _USUAL.sub("", words)


def _size(said: str) -> tuple[str, tuple[str, ...], str]:
    match = _THREAD.search(said)
    if match:
        parts = match["size"].split("×")
        if match["dash"] and len(parts) == 1:
            parts.append(match["dash"])
        kind = {"phi": "φ", "ø": "φ", "d": "φ"}.get(match["kind"], match["kind"].upper())
        return kind, _plain(kind, parts), f"{said[: match.start()]} {said[match.end() :]}"
    match = _BARE.search(said)
    if match:
        return "", _plain("", match[1].split("×")), f"{said[: match.start()]} {said[match.end() :]}"
    return "", (), said


def _plain(thread: str, parts: list[str]) -> tuple[str, ...]:
    """Without trailing zeros, and a thread without its usual pitch: M10×1.5×45 is M10×45."""
    plain = [part.rstrip("0").rstrip(".") if "." in part else part for part in parts]
    if thread == "M" and len(plain) == 3:
        pitch = _COARSE.get(plain[0])
        plain = [plain[0], plain[2]] if plain[1] == pitch else plain
    return tuple(plain)


_COARSE = {"3": "0.5", "4": "0.7", "5": "0.8", "6": "1", "8": "1.25", "10": "1.5", "12": "1.75", "14": "2", "16": "2",
           "18": "2.5", "20": "2.5", "22": "2.5", "24": "3", "27": "3", "30": "3.5"}  # fmt: skip


def _grade(said: str) -> str:
    if match := _STEEL.search(said):
        return match[1]
    if match := _STAINLESS.search(said):
        return f"{match[1]}-{match[2]}" if match[1] else match[3]
    if match := _NUT.search(said):
        return match[1]
    return f"{match[1]}hv" if (match := _HARDNESS.search(said)) else ""


def _word(words: tuple[tuple[str, tuple[str, ...]], ...], said: str) -> str:
    for canonical, spellings in words:
        for spelling in spellings:
            if spelling in said and (
                not spelling.isascii() or re.search(rf"(?<![a-z]){re.escape(spelling)}(?![a-z])", said)
            ):
                return canonical
    return ""


def likeness(said: Spec, ours: Spec) -> int:
    """How surely two specifications mean the same, in percent; 0 when they contradict or no size is said."""
    if (
        not said.size
        or said.size != ours.size
        or (said.thread and ours.thread and said.thread != ours.thread)
    ):
        return 0
    points = 50
    for one, other in ((said.grade, ours.grade), (said.finish, ours.finish), (said.shape, ours.shape)):
        if one == other:
            points += (
                8 if one == said.shape == ours.shape and one in _WIDER and said.kind != ours.kind else 15
            )
        elif one and other:
            if other not in _WIDER.get(one, ()) and one not in _WIDER.get(other, ()):
                return 0
            points += 8
        else:
            points += 3
    return points
