"""A payment term as the file says it (月结60天), held against what is agreed with the customer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.text import clean
from app.core.words import N_
from app.intake.proposal import Cell, Remark
from app.intake.readers import capital
from app.intake.records import Record
from app.parties.terms import DELIVERY, Terms, agreed

OTHERWISE = N_("The file says “%(said)s”; agreed with this customer: %(agreed)s")
UNHELD = N_("The file says “%(said)s”; left empty it is as agreed with the customer")
SETTLED = N_("The file says “%(said)s”; settled so for this customer before")
NOT_UNDERSTOOD = N_("The file says “%(said)s”")
SHOWN = 60  # characters of what the file says
_WORDS = re.compile(r"[〇一二两三四五六七八九十百]+(?=\s*(?:天|日|%))")
_DAYS = re.compile(r"(\d{1,3})\s*(?:天|日(?![结对截前])|days?)|net\s*(\d{1,3})")
_MONTHLY = re.compile(r"月结|月底|月末|次月|\beom\b|month.?end|end of (?:the |following )?month")
_DELIVERY = re.compile(
    r"货到|到货|收货|发货后|交货后|送货后|(?:after|from|of) (?:the )?(?:delivery|shipment|receipt)|\bcod\b|cash on delivery"
)
_AT_ONCE = re.compile(r"货到付款|现结|现款|\bcod\b|cash on delivery")
_CLOSING = re.compile(r"(\d{1,2})\s*[日号]\s*(?:结账|结帐|对账|对帐|截止|截单)")
_DEPOSIT = re.compile(
    r"(\d{1,3})\s*%\s*(?:的)?\s*(?:t/t )?(?:定金|订金|预付|deposit|advance|in advance|down)"
    r"|(?:预付|定金|订金|deposit|advance)[^\d%]{0,6}(\d{1,3})\s*%"
)
_BEFORE = re.compile(r"款到发货|先款后货|带款提货|cash in advance|payment in advance|prepa(?:id|yment)")


@dataclass(frozen=True)
class Said:
    """What a term says of days, of where they are counted from, of the closing day and of a deposit in percent."""

    days: int | None = None
    from_delivery: bool | None = None
    closing_day: int | None = None
    deposit: int | None = None


def said_in(text: str) -> Said:
    said = _WORDS.sub(lambda m: str(capital.parse(m[0] + "元") or m[0]), clean(text).lower()[:200])
    days, closing, deposit = _DAYS.search(said), _CLOSING.search(said), _DEPOSIT.search(said)
    at_once = _AT_ONCE.search(said) is not None
    delivery = _DELIVERY.search(said) is not None and not _MONTHLY.search(said)
    return Said(
        days=int(days[1] or days[2]) if days else 0 if at_once else None,
        from_delivery=True if delivery else False if _MONTHLY.search(said) else None,
        closing_day=int(closing[1]) if closing else None,
        deposit=100 if _BEFORE.search(said) else int(deposit[1] or deposit[2]) if deposit else None,
    )


def differs(said: Said, customer: Mapping[str, Any]) -> bool:
    """Whether something of it is agreed otherwise; what it leaves open is not."""
    terms = Terms.of(customer)
    held = (
        (said.days, terms.payment_days),
        (said.from_delivery, terms.counted_from == DELIVERY),
        (said.closing_day, terms.closing_day),
        (None if said.deposit is None else said.deposit * 100, customer["deposit_percent"]),
    )
    return any(one is not None and one != other for one, other in held)


def cells(facts: Record, customer: Mapping[str, Any] | None, settled: str | None = None) -> dict[str, Cell]:
    """The fields of the term, where the file says one that is not the customer's own; proposed is what is agreed, or how it was
    `settled` before: "60 delivery", '' for as agreed."""
    fact = facts.get("payment_terms")
    if not fact or not fact["value"]:
        return {}
    days, written, said = Cell(cell=fact["cell"]), fact["value"][:SHOWN], said_in(fact["value"])
    if customer is None:
        days.doubt(UNHELD, said=written)
        return {"payment_days": days, "terms_from": Cell()}
    before, _space, start = (settled or "").partition(" ")
    days.value = before or str(customer["payment_days"])
    if said == Said():
        days.note = Remark(NOT_UNDERSTOOD, {"said": written})
    elif not differs(said, customer):
        return {}
    elif settled is not None:
        days.note = Remark(SETTLED, {"said": written})
    else:
        days.doubt(OTHERWISE, said=written, agreed=agreed(customer))
    return {"payment_days": days, "terms_from": Cell(start or customer["terms_from"])}
