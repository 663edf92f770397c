"""The header block: labels and values in one cell (订单编号：PO-1), in two cells, or one above the other."""

import re
from dataclasses import dataclass, field
from datetime import date

from app.core.quantities import plain
from app.core.text import clean, clean_lines, prose
from app.intake.readers import capital
from app.intake.readers.currencies import currencies_inside, currency_in
from app.intake.readers.dates import day_in
from app.intake.readers.numbers import lost_digits, number_in
from app.intake.readers.reading import Found, Problem, Raw, shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import IGNORED, LABEL_OF, LABELS, label_named

ROWS_LOOKED_AT = 300
TEXT_LOOKED_AT = 600

_NAMES = "|".join(r"\s*".join(map(re.escape, w)) for w in sorted(LABEL_OF, key=len, reverse=True))
LABEL = re.compile(
    rf"(?<![\u3400-\u9fffA-Za-z])(?P<label>{_NAMES})\.?\s*(?P<aside>[(（][^()（）]{{0,16}}[)）])?\s*[:：]",
    re.IGNORECASE,
)
ANY_LABEL = re.compile(
    r"(?:\s{2,}|[;；]\s*|\s(?=[\u3400-\u9fff]{2,8}\s*[:：]))"
    r"[^\s:：\d]{1,12}(?: [^\s:：\d]{1,10})?\s*[:：](?!//)"
)
_NEXT_POINT = re.compile(r"[;；。,，]\s*[(（]?\d{1,2}\s*[.．、)）]?$")  # 月结60天；3. before the next label
_SPACED = re.compile(rf"\s*(?P<label>{_NAMES})\s+(?P<value>(?=\S*\d)\S{{4,40}})\s*$", re.IGNORECASE)
_COMPANY = re.compile(
    r"^\s*(?P<name>.{2,60}?(?:有限责任公司|有限公司|集团公司|分公司|公司|集团|工厂|制造厂|配件厂|机械厂|五金厂|厂"
    r"|co\.?,? ?ltd\.?|pty\.? ?ltd\.?|ltd\.?|limited|gmbh|inc\.?|llc|corporation|corp\.?"
    r"|s\.a\.|b\.v\.|ag|kg))"
    r"(?=$|[\s(（—–-]|采购|订|合同|购销|purchase)", re.IGNORECASE)  # fmt: skip
_NUMBER_IN_TITLE = re.compile(
    r"(?:p\.?o\.?|order|采购订单|订单|合同)\s*(?:no\.?|number|#|编?号)?\s*[:：#]?\s*"
    r"(?P<number>(?=[a-z0-9/_-]*\d{3})[a-z0-9][a-z0-9/_-]{4,29})",
    re.IGNORECASE,
)
_INCOTERM = re.compile(
    r"(?<![A-Za-z])(EXW|FOB|FCA|CFR|CIF|CPT|CIP|DAP|DDP|DPU|DDU)(?![A-Za-z])(?:[ ,]+([A-Z][A-Za-z]+))?"
)
_DELIVERED = re.compile(r"含税送到|送货上门|送到需方|供方送货|包邮|含税含运|含运费|工厂交货|自提")
_PAYMENT = re.compile(
    r"月结\s*\d{1,3}\s*天|货到付款|款到发货|预付\s*\d{1,3}\s*%|\d{1,2}%\s*(?:定金|预付)|T/T[^,，;；。]{0,40}"
)
_RATE = re.compile(
    r"(?:税率|增值税|税|vat)[^\d%。]{0,10}(\d{1,2})(?:\.0+)?\s*[%％]|(\d{1,2})\s*[%％]\s*(?:的)?(?:增值税|税|专票|vat)",
    re.IGNORECASE,
)
_AN_ORDER_NUMBER = re.compile(r"(?=.*\d)[^\s]{1,40}")


@dataclass(slots=True)
class Header:
    found: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with the raw value that belongs to it, before it is understood."""

    field: str
    raw: Raw
    cell: str
    label: str
    sure: float


def header_in(sheet: Sheet, rows: range, totals: int | None = None, near: date | None = None) -> Header:
    """The header fields that the rows hold. In the 合计 row `totals` a bare label has no neighbour."""
    header = Header()
    rows, near = rows[:ROWS_LOOKED_AT], near or sheet.received
    candidates: dict[str, list[Labelled]] = {}
    for row in rows:
        for column in sheet.filled(row):
            for one in _labelled(sheet, row, column, rows, row == totals):
                candidates.setdefault(one.field, []).append(one)
    day = next(
        (found.value for c in candidates.get("order_date", ()) if (found := _as_date(c, near, Header()))),
        near,
    )
    for name, ones in candidates.items():
        ones.sort(key=lambda one: _rank(name, one.label))
        _settle(header, name, ones, day if isinstance(day, date) else near)
    for row in rows:
        for column in sheet.filled(row):
            value = sheet.own(row, column)
            if isinstance(value, str):
                _mentioned(header, value[:TEXT_LOOKED_AT], sheet.cell(row, column))
    _title(header, sheet, rows)
    return header


def _rank(name: str, label: str) -> int:
    words = LABELS[name]
    return words.index(label) if label in words else len(words)


def _labelled(sheet: Sheet, row: int, column: int, rows: range, beside_only: bool) -> list[Labelled]:
    value = sheet.own(row, column)
    if not isinstance(value, str):
        return []
    text = clean_lines(value)[:TEXT_LOOKED_AT]
    matches = list(LABEL.finditer(text))
    if not matches:
        name = label_named(text)
        if not name:
            return _spaced(text, sheet.cell(row, column))
        if name == IGNORED or (beside_only and name != "total_in_words"):
            return []
        return neighbour(sheet, row, column, rows, name, text, 0.93)
    found = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        name = label_named(match["label"] + (match["aside"] or "")) or label_named(match["label"])
        end = following.start() if following else len(text)
        said = text[match.end() : end]
        if other := ANY_LABEL.search(said):
            said = said[: other.start()]
        said = said.split("\n")[0] if "\n" in said.strip() and name != "remark" else said
        if not name or name == IGNORED:
            continue
        if said.strip(" _\n\t　,，;；"):
            said = _NEXT_POINT.sub("", said.strip(" _\n\t　,，;；"))
            found.append(Labelled(name, said, sheet.cell(row, column), _plain_label(match["label"]), 0.97))
        elif following is None:
            found.extend(neighbour(sheet, row, column, rows, name, match["label"], 0.95))
    return found


def _spaced(text: str, cell: str) -> list[Labelled]:
    """`单号 HB2025-01`: a label and its value parted by a space only."""
    match = _SPACED.match(text)
    name = label_named(match["label"]) if match else ""
    if not match or name not in ("customer_order_number", "order_date", "due_date"):
        return []
    return [Labelled(name, match["value"], cell, _plain_label(match["label"]), 0.85)]


def _plain_label(label: str) -> str:
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", clean(label).lower())


def neighbour(
    sheet: Sheet, row: int, column: int, rows: range, name: str, label: str, sure: float
) -> list[Labelled]:
    """The value of a label alone in its cell: the next cell to the right, or else the one below."""
    label = _plain_label(label).strip(" :")
    for right in sheet.filled(row):
        if right <= column or sheet.origin(row, right) != (row, right):
            continue
        text = sheet.text(row, right)
        if text.strip() in (":", "："):
            continue
        if _is_label(text) or right - column > 12:
            break
        return [Labelled(name, sheet.own(row, right), sheet.cell(row, right), label, sure)]
    below = sheet.own(row + 1, column) if row + 1 in rows else None
    if below is None or _is_label(shown(below)):
        return []
    return [Labelled(name, below, sheet.cell(row + 1, column), label, 0.82)]


def _is_label(text: str) -> bool:
    text = text[:TEXT_LOOKED_AT]
    return bool(label_named(text) or LABEL.match(clean_lines(text)[:TEXT_LOOKED_AT]))


def _settle(header: Header, name: str, ones: list[Labelled], near: date | None) -> None:
    """The best candidate that can be read; a second one that says something else makes it doubtful."""
    readable = [found for one in ones if (found := _understood(name, one, near, header))]
    if not readable:
        return
    best = next((found for found in readable if found.value is not None), readable[0])
    first_label = [
        f for f in readable if f.label == best.label and f.value is not None and f.value != best.value
    ]
    if name == "customer_order_number" and first_label:
        header.problems.append(
            Problem(
                "HEADER_CONTRADICTS", best.cell, {"one": best.text[:60], "other": first_label[0].text[:60]}
            )
        )
        best = Found(best.value, best.text, best.cell, 0.5, best.label)
    if name == "remark":
        words = "\n".join(dict.fromkeys(str(f.value) for f in readable))[:2000]
        best = Found(words, words, best.cell, best.confidence, best.label)
    header.found[name] = best


def _understood(name: str, one: Labelled, near: date | None, header: Header) -> Found | None:
    text = shown(one.raw).strip()[:TEXT_LOOKED_AT]
    if not text:
        return None
    if name in ("order_date", "due_date"):
        return _as_date(one, near, header)
    if name == "currency":
        return _as_currency(one, header)
    if name == "total_amount":
        number = number_in(one.raw)
        if number.value is None or number.unit:
            return None
        if number.currency and "currency" not in header.found:
            header.found["currency"] = Found(number.currency, text, one.cell, 0.9, one.label)
        return Found(number.value, text, one.cell, min(one.sure, number.sure), one.label)
    if name == "total_in_words":
        return in_words(text, one.cell, one.label)
    if name == "customer_order_number":
        return _as_order_number(one, text, header)
    value = clean(text) if name in ("phone", "trade_term") else prose(text)
    return Found(value[:500], text[:500], one.cell, one.sure, one.label) if len(value) > 1 else None


def in_words(text: str, cell: str, label: str = "") -> Found | None:
    """The amount in capitals inside a text."""
    match = capital.IN_WORDS.search(clean(text))
    amount = capital.parse(match[0]) if match else None
    return Found(amount, match[0], cell, 0.95, label) if match and amount is not None else None


def _as_date(one: Labelled, near: date | None, header: Header) -> Found | None:
    text = shown(one.raw).strip()
    day = day_in(one.raw, near, past=one.field == "order_date")
    if day.code:
        facts = {"text": text[:60]}
        if day.either:
            facts |= {"one": day.either[0].isoformat(), "other": day.either[1].isoformat()}
        header.problems.append(Problem(day.code, one.cell, facts))
    return Found(day.value, text, one.cell, min(one.sure, day.sure) if day.value else 0.0, one.label)


def _as_currency(one: Labelled, header: Header) -> Found | None:
    text = shown(one.raw).strip()[:TEXT_LOOKED_AT]
    inside = currencies_inside(text)
    code = currency_in(text) or (inside.pop() if len(inside) == 1 else "")
    if not code:
        header.problems.append(Problem("CURRENCY_UNKNOWN", one.cell, {"text": text[:60]}))
        return Found(None, text[:60], one.cell, 0.0, one.label)
    return Found(code, text, one.cell, one.sure, one.label)


def _as_order_number(one: Labelled, text: str, header: Header) -> Found | None:
    number = clean(text)
    if lost_digits(one.raw):
        header.problems.append(Problem("LONG_NUMBER", one.cell, {"text": text}))
        return Found(None, text, one.cell, 0.0, one.label)
    first = number.split(" ")[0]
    number = first if _AN_ORDER_NUMBER.fullmatch(first) else number
    if isinstance(one.raw, date) or not _AN_ORDER_NUMBER.fullmatch(number):
        return None
    return Found(number, text, one.cell, one.sure, one.label)


def _mentioned(header: Header, text: str, cell: str) -> None:
    """What a sentence in the header or footer says by the way: trade term, payment, tax rate, currency."""
    said, found = clean(text), header.found
    if match := _INCOTERM.search(said) or _DELIVERED.search(said):
        found.setdefault("trade_term", Found(match[0].strip(), match[0], cell, 0.85))
    if match := _PAYMENT.search(said):
        found.setdefault("payment_terms", Found(match[0].strip(), match[0], cell, 0.85))
    if (match := _RATE.search(said)) and (rate := number_in(match[1] or match[2]).value) is not None:
        found.setdefault("tax_rate", Found(rate / 100, plain(rate) + "%", cell, 0.9))
    if len(named := currencies_inside(said)) == 1:
        found.setdefault("currency", Found(named.pop(), text[:60], cell, 0.75))
    if "大写" in said and (amount := in_words(said, cell)):
        found.setdefault("total_in_words", amount)


def _title(header: Header, sheet: Sheet, rows: range) -> None:
    """The buyer's name as the sheet's title, and a number beside the word order in it."""
    supplier = header.found.get("supplier_name")
    for row in rows[:8]:
        for column in sheet.filled(row):
            value = sheet.own(row, column)
            if not isinstance(value, str) or _is_label(value):
                continue
            text = value[:TEXT_LOOKED_AT].strip()
            cell = sheet.cell(row, column)
            company = _COMPANY.match(text)
            if (
                company
                and "customer_name" not in header.found
                and not (supplier and company["name"] in supplier.text)
            ):
                name = " ".join(company["name"].split())
                header.found["customer_name"] = Found(name, company["name"], cell, 0.85)
            number = _NUMBER_IN_TITLE.search(text)
            if number and "customer_order_number" not in header.found:
                header.found["customer_order_number"] = Found(number["number"], number["number"], cell, 0.8)
