"""Amounts in Chinese capitals (大写), both ways: 79965.00 ↔ 柒万玖仟玖佰陆拾伍元整."""

import re
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_VALUES = {d: i for i, d in enumerate(DIGITS)} | {
    "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "貳": 2, "貮": 2, "參": 3, "叄": 3, "陸": 6, "弍": 2, "弐": 2, "壱": 1,
}  # fmt: skip
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
LIMIT = Decimal(10) ** 12

_SIGNS = "".join([*_VALUES, *_TENS, *_MYRIADS]) + "元圆圓角分整正负"
IN_WORDS = re.compile(rf"[{_SIGNS}][{_SIGNS}\s]*[元圆圓角分整正]")


def write(amount: Decimal) -> str:
    """The amount, rounded half up to 分, in capitals. Raises ValueError from 10¹² on."""
    if not amount.is_finite() or abs(amount) >= LIMIT:
        raise ValueError("amounts in words go up to 10¹²")
    fen = int((abs(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, jiao, fen = fen // 100, fen // 10 % 10, fen % 10
    words = _whole(yuan) + "元" if yuan else ""
    if jiao:
        words += DIGITS[jiao] + "角"
    if fen:
        words += ("零" if yuan and not jiao else "") + DIGITS[fen] + "分"
    else:
        words = (words or "零元") + "整"
    return ("负" if amount < 0 and words != "零元整" else "") + words


def _whole(number: int) -> str:
    words, gap = "", False
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, power)
        if not part:
            gap = gap or bool(words)
            continue
        if words and (gap or part < 1000):
            words += "零"
        words += _thousands(part) + name
        gap = False
    return words


def _thousands(number: int) -> str:
    words, gap = "", False
    for power, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words


def parse(words: str) -> Decimal | None:
    """The amount that the words say, None when they say none. Small characters (五千) are read as well."""
    text = re.sub(r"\s", "", words)[:60]
    negative, text = text.startswith("负"), text.removeprefix("负")
    match = re.fullmatch(r"(?:([^元圆圓角分]+)[元圆圓])?(?:零?(.)角)?(?:零?(.)分)?[整正]?", text)
    if not match or not any(match.groups()):
        return None
    whole, jiao, fen = (_number(part) if part else 0 for part in match.groups())
    if whole is None or jiao is None or fen is None:
        return None
    amount = Decimal(whole) + Decimal(jiao) / 10 + Decimal(fen) / 100
    return -amount if negative else amount


def _number(text: str) -> int | None:
    total = section = digit = 0
    for sign in text:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _MYRIADS:
            unit = _MYRIADS[sign]
            lower = (total if unit > 10**4 else 0) + section + digit
            total = lower * unit + (0 if unit > 10**4 else total)
            section = digit = 0
        else:
            return None
    return total + section + digit
