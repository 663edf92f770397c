"""What a person must look at in a file that was read: the closed list, each with its sentence."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.words import N_, Word, _
from app.intake.readers.reading import Problem

SENTENCES: dict[str, Word] = {
    "QUANTITY_MISSING": N_("The quantity is missing"),
    "UNIT_MISSING": N_("“%(text)s” has no unit: 支 and 千支 are a thousandfold apart"),
    "UNIT_UNKNOWN": N_("The unit “%(text)s” is not known"),
    "UNIT_CONTRADICTS": N_("“%(text)s” and the unit of its column, %(unit)s, contradict each other"),
    "PRICE_UNIT_CONTRADICTS": N_("“%(text)s” and the unit of its column, %(unit)s, contradict each other"),
    "NOT_A_NUMBER": N_("“%(text)s” cannot be read as a number"),
    "NUMBER_TOO_LARGE": N_("“%(text)s” is too large to be right"),
    "NUMBER_NEGATIVE": N_("“%(text)s” is less than 0"),
    "NUMBER_AMBIGUOUS": N_("“%(text)s” can mean %(one)s or %(other)s"),
    "LONG_NUMBER": N_("“%(text)s” has lost its last digits: Excel keeps only 15; ask for it as text"),
    "NO_RESULT": N_("The formula here has no result; open the file in Excel and save it"),
    "NOT_A_DATE": N_("“%(text)s” cannot be read as a date"),
    "DATE_AMBIGUOUS": N_("“%(text)s” can mean %(one)s or %(other)s"),
    "YEAR_MISSING": N_("“%(text)s” has no year"),
    "CURRENCY_UNKNOWN": N_("The currency “%(text)s” is not known"),
    "CURRENCY_CONTRADICTS": N_("The file names two currencies: %(one)s and %(other)s"),
    "ORDER_NUMBER_MISSING": N_("The file does not say the customer's order number"),
    "HEADER_CONTRADICTS": N_("The file says “%(one)s” and also “%(other)s”"),
    "COLUMN_TWICE": N_("Two columns could be meant here: one says “%(one)s”, the other “%(other)s”"),
    "AMOUNT_DIFFERS": N_("Quantity × price is %(expected)s, the file says %(written)s"),
    "TOTAL_DIFFERS": N_("The lines add up to %(expected)s, the file says %(written)s"),
    "QUANTITY_TOTAL_DIFFERS": N_("The quantities add up to %(expected)s, the file says %(written)s"),
    "WORDS_DIFFER": N_("In words it is %(words)s, in figures %(written)s"),
    "ROW_NOT_READ": N_("This row was not taken as a line: “%(text)s”"),
}


FIGURES = ("expected", "written")


def readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a problem for people: figures in groups of three."""
    return {name: f"{Decimal(value):,f}" if name in FIGURES else value for name, value in facts.items()}


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    return _(SENTENCES[problem.code], **readable(problem.facts))
