"""Control totals: what will be in the books beside what the user typed from the old system, to the cent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core.money import CURRENCIES, Money
from app.core.quantities import MILLI, half_up, number, plain, shown
from app.core.refusals import Invalid, Refused
from app.core.words import N_, Word, _
from app.opening.known import Known
from app.opening.refusals import TYPED_LINE
from app.opening.rows import Kind, Row

ROWS, QUANTITY, DONE, WEIGHT, AMOUNT = "rows", "quantity", "done", "weight", "amount"
LABELS: dict[str, Word] = {
    ROWS: N_("Rows"), QUANTITY: N_("Quantity"), DONE: N_("Of it shipped or received"), WEIGHT: N_("Weight"), AMOUNT: N_("Amount"),
}  # fmt: skip
HEADS: dict[str, Word] = {
    "party": N_("Of"), "figure": N_("Figure"), "ours": N_("Here"), "typed": N_("Old system"), "difference": N_("Difference"),
    "row": N_("Row"), "cell": N_("Cell"), "column": N_("Column"), "message": N_("What to do"),
}  # fmt: skip
BY_PARTY = {"stock": (QUANTITY, WEIGHT, AMOUNT)}
"""What is typed for each party, in this order; of the other kinds only the amount."""
Figure = tuple[str, str]
"""What is summed, and in which unit or currency."""
NOTHING = ("", "-", "—", "/")


@dataclass(frozen=True)
class Difference:
    """One figure that the old system has otherwise. `party` is '' for the whole."""

    party: str
    figure: Figure
    ours: int
    typed: int

    @property
    def value(self) -> int:
        return self.ours - self.typed


def sums(rows: Iterable[Row]) -> dict[Figure, int]:
    """Σ of everything that can be summed, by unit and currency."""
    found: dict[Figure, int] = {(ROWS, ""): 0}
    for row in rows:
        found[ROWS, ""] += 1
        for figure, value in (
            ((QUANTITY, row.unit), row.quantity_q), ((DONE, row.unit), row.done_q), ((WEIGHT, "kg"), row.weight_q),
            ((AMOUNT, row.currency), row.amount),
        ):  # fmt: skip
            if value:
                found[figure] = found.get(figure, 0) + value
    return found


def by_party(kind: Kind, rows: Iterable[Row]) -> dict[str, dict[Figure, int]]:
    """The same for each item, customer, supplier or drawer."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.told[kind.party], []).append(row)
    return {party: sums(some) for party, some in sorted(grouped.items())}


def said(figure: Figure, value: int) -> str:
    """A figure in words of its unit."""
    what, unit = figure
    if what == ROWS:
        return f"{value:,}"
    return Money(value, unit).shown() if what == AMOUNT else f"{shown(value)} {unit}"


def decimal(figure: Figure, value: int) -> str:
    """A figure for programs."""
    what, unit = figure
    if what == ROWS:
        return str(value)
    return str(Money(value, unit)) if what == AMOUNT else plain(Decimal(value) / MILLI)


def name_of(figure: Figure) -> str:
    """The figure's name in forms and for programs: `amount:CNY`."""
    return ":".join(figure).rstrip(":")


def label_of(figure: Figure) -> str:
    what, unit = figure
    return _(LABELS[what]) + (f" {unit}" if unit else "")


def figure_of(name: str) -> Figure:
    what, _colon, unit = name.partition(":")
    return what, unit or {AMOUNT: "CNY", WEIGHT: "kg", QUANTITY: "件", DONE: "件"}.get(what, "")


def typed_of(given: Mapping[str, str]) -> dict[str, str]:
    """The totals in a form: what is typed for figures that exist, as typed; Invalid names what is no number."""
    wanted, refusals = {}, {}
    for name, text in given.items():
        figure = figure_of(name)
        if (
            figure[0] not in LABELS
            or (figure[0] == AMOUNT and figure[1] not in CURRENCIES)
            or not str(text).strip()
        ):
            continue
        try:
            _scaled(figure, str(text))
        except Refused as refused:
            refusals[name] = refused
        wanted[":".join(figure).rstrip(":")] = str(text).strip()[:40]
    if refusals:
        raise Invalid(refusals)
    return wanted


def _scaled(figure: Figure, text: str) -> int:
    if figure[0] == AMOUNT:
        return Money.entered(text.strip().lstrip("¥￥"), figure[1]).minor
    return half_up(Fraction(number(text)) * (1 if figure[0] == ROWS else MILLI))


def parties_of(kind: Kind, text: str, known: Known) -> dict[tuple[str, str], dict[str, str]]:
    """Pasted lines `code ⇥ figures`: {(party, currency): {what: as typed}}. Refused names the line that cannot be read."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for n, line in enumerate(text.splitlines(), 1):
        parts = [p.strip() for p in (line.split("\t") if "\t" in line else line.split())]
        if not any(parts):
            continue
        currency = parts.pop().upper() if parts[-1].upper() in CURRENCIES else ""
        wanted = BY_PARTY.get(kind.name, (AMOUNT,))
        if len(parts) < 2 or len(parts) > len(wanted) + 1:
            raise Refused(TYPED_LINE, "parties", line=n, what=line.strip()[:60])
        figures = {
            what: value for what, value in zip(wanted, parts[1:], strict=False) if value not in NOTHING
        }
        for what, value in figures.items():
            try:
                _scaled((what, currency or "CNY"), value)
            except Refused as refused:
                raise Refused(TYPED_LINE, "parties", line=n, what=refused.sentence()) from None
        found[_our_code(kind, parts[0], known), currency] = figures
    return found


def _our_code(kind: Kind, given: str, known: Known) -> str:
    named = known.things.get(kind.party)
    if named is None:
        return given
    row = named.by_code.get(given.lower())
    meant = [row] if row is not None else named.otherwise.get(given.lower(), [])
    return str(meant[0]["code"]) if len(meant) == 1 else given


def differences(kind: Kind, rows: Sequence[Row], typed: Mapping[str, Any], known: Known) -> list[Difference]:
    """What the old system has otherwise: of the whole, then party by party; none when all agrees."""
    ours, found = sums(rows), []
    for name, text in (typed.get("totals") or {}).items():
        figure = figure_of(name)
        found.append(Difference("", figure, ours.get(figure, 0), _scaled(figure, text)))
    lines = parties_of(kind, typed.get("parties") or "", known)
    if lines:
        found += _of_parties(kind, rows, lines)
    return [each for each in found if each.value]


def _of_parties(
    kind: Kind, rows: Sequence[Row], lines: Mapping[tuple[str, str], Mapping[str, str]]
) -> list[Difference]:
    """Every party that is typed, and every one that we have and nobody typed."""
    ours, found, named = by_party(kind, rows), [], {party for party, _currency in lines}
    for (party, currency), figures in lines.items():
        have = ours.get(party, {})
        for what, text in figures.items():
            figure = next(
                (f for f in have if f[0] == what and currency in ("", f[1])),
                (what, currency or figure_of(what)[1]),
            )
            found.append(Difference(party, figure, have.get(figure, 0), _scaled(figure, text)))
    for party, have in ours.items():
        if party not in named:
            found += [
                Difference(party, f, value, 0)
                for f, value in have.items()
                if f[0] in BY_PARTY.get(kind.name, (AMOUNT,))
            ]
    return sorted(found, key=lambda d: d.party)
