"""Currencies as files name them."""

import re
from functools import lru_cache

from app.core.text import clean

# ¥ is CNY in this house; yen are written JPY or 日元.
CURRENCIES: dict[str, tuple[str, ...]] = {
    "CNY": ("¥", "元", "rmb", "cny", "人民币", "rmb¥", "圆", "元人民币", "人民币元", "cny¥", "元整"),
    "USD": ("$", "usd", "us$", "美元", "美金", "us dollar", "usd$"),
    "EUR": ("€", "eur", "欧元", "euro"),
    "GBP": ("£", "gbp", "英镑"),
    "HKD": ("hk$", "hkd", "港币", "港元"),
    "JPY": ("jpy", "日元", "日币", "yen"),
    "TWD": ("nt$", "twd", "ntd", "新台币", "台币"),
}
_CODES = {name: code for code, names in CURRENCIES.items() for name in names}
_INSIDE = re.compile(
    r"人民币|美元|美金|欧元|英镑|港币|港元|日元|新台币|us\$|hk\$|nt\$|[¥€£$]"
    r"|(?<![a-z])(?:rmb|cny|usd|eur|gbp|hkd|jpy|twd|ntd)(?![a-z])"
)


def currency_in(text: str) -> str:
    """The ISO code when the text is a currency and nothing else, otherwise ''."""
    return _currency_in(text) if len(text) <= 40 else ""


@lru_cache(maxsize=1024)
def _currency_in(text: str) -> str:
    return _CODES.get(clean(text).lower().replace(" ", "").strip(":.()"), "")


def currencies_inside(text: str) -> set[str]:
    """All currencies that a longer text speaks of."""
    return {_CODES[word] for word in _INSIDE.findall(clean(text).lower())}
