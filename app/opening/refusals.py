"""Why opening data is not taken, booked or taken back."""

from app.core.refusals import Reason
from app.core.words import N_
from app.intake.readers.problems import SENTENCES

NO_HEADING = Reason("no_heading", N_("No row names the columns needed: %(columns)s"))
UNREADABLE = Reason("unreadable", N_("%(why)s"))
NO_ROWS = Reason("no_rows", N_("There is no row under the column heads"))
TOO_MANY_ROWS = Reason("too_many_rows", N_("At most %(limit)s rows in one file"))
NO_FILE = Reason("file_missing", N_("Choose a file"))
TWICE = Reason("key_twice", N_("“%(key)s” stands in this file already, in row %(row)s"))
SEVERAL = Reason("several_known", N_("“%(given)s” means several: %(codes)s; write our code"))
UNIT_CONTRADICTS = Reason(
    "unit_contradicts", N_("“%(text)s” and the unit beside it, %(unit)s, contradict each other")
)
MORE_THAN_ORDERED = Reason("more_than_ordered", N_("%(shipped)s is more than what was ordered: %(ordered)s"))
NOTHING_OPEN = Reason("nothing_open", N_("All of %(number)s is shipped already; leave it out"))
NOTHING_OWED = Reason("nothing_owed", N_("Nothing is open of it: leave the row out"))
NOT_ONE_HEAD = Reason(
    "not_one_head", N_("“%(given)s” differs from row %(row)s of the same order: “%(first)s”")
)
LINE_PRICE_MISSING = Reason("line_price_missing", N_("The price is missing; a free line says so in its kind"))
BEFORE = Reason("date_before", N_("Lies before %(what)s, %(day)s"))
NO_RATE = Reason("no_rate", N_("There is no exchange rate for %(currency)s; write it beside the amount"))
WEIGHT_FAR_OFF = Reason(
    "weight_far_off",
    N_(
        "%(weight)s kg for %(quantity)s %(unit)s is %(percent)s %% off the item's piece weight; is the unit right?"
    ),
)
NOT_ENOUGH_LEFT = Reason(
    "not_enough_left", N_("Only %(left)s %(unit)s of it are left there; the rest was moved already")
)
TOTALS_DIFFER = Reason("totals_differ", N_("The totals do not agree with the old system: %(what)s"), 409)
TYPED_LINE = Reason("typed_line", N_("Line %(line)s: %(what)s"))
HAS_PROBLEMS = Reason("has_problems", N_("%(n)s problems are in the file; mend it and drop it again"), 409)
COMPLETED = Reason("opening_complete", N_("The opening is complete; it must be opened again first"), 409)
BOOKING_NOW = Reason("booking_now", N_("%(number)s is being booked at this moment"), 409)
REAL_POSTINGS = Reason("real_postings", N_("It cannot be taken back as a whole any more: %(what)s"), 409)
NOTHING_TAKEN = Reason("nothing_taken", N_("No opening data is in the books"), 409)
CHANGED_MEANWHILE = Reason(
    "changed_meanwhile", N_("The books changed since this was checked; look at it again"), 409
)
BACK_IN_OPENING = Reason("back_in_opening", N_("This posting is opening stock; take it back under 开账"), 409)

READING = {code: Reason(f"cell_{code.lower()}", SENTENCES[code]) for code in (
    "UNIT_UNKNOWN", "NOT_A_NUMBER", "NUMBER_TOO_LARGE", "NUMBER_AMBIGUOUS", "LONG_NUMBER", "NO_RESULT", "NOT_A_DATE",
    "DATE_AMBIGUOUS", "YEAR_MISSING", "CURRENCY_UNKNOWN",
)}  # fmt: skip
"""What can be wrong with a cell, as the intake says it of customers' files."""
