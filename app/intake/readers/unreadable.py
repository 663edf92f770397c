"""The closed list of reasons for which a file cannot be read, each with its sentence."""

from app.core.words import N_, Word, _
from app.intake.readers.reading import Grid

REASONS: dict[str, Word] = {
    "EMPTY": N_("The file is empty"),
    "TOO_LARGE": N_("The file is larger than %(limit)s MB; send the order without its pictures"),
    "TOO_MANY_ROWS": N_("The table has more than %(limit)s rows; split the file"),
    "TOO_MANY_COLUMNS": N_("The table is wider than %(limit)s columns; delete what is far to the right"),
    "TRUNCATED": N_("The file is incomplete; it was cut off on the way, ask for it again"),
    "DAMAGED": N_("The file is damaged; open it, save it again and send that"),
    "ENCRYPTED": N_("The file needs a password; save it without one and send it again"),
    "NOT_A_SPREADSHEET": N_("This is not a table but %(kind)s; Excel, CSV, PDF and pasted text can be read"),
    "ZIP_BOMB": N_("The file unpacks to far more than an order needs and was not opened"),
    "XML_BOMB": N_("The file contains definitions that an order never needs and was not opened"),
    "UNREADABLE_ENCODING": N_("The characters of this file cannot be read; save it as UTF-8 or as .xlsx"),
    "NO_TEXT": N_("This PDF is a picture without text; type the order or ask for the Excel file"),
    "NO_TABLE": N_("No order table was found: a heading with part number or name and quantity is missing"),
    "TWO_TABLES": N_("%(first)s and %(second)s are two different tables; it is not clear which is the order"),
}
KINDS: dict[str, Word] = {
    "picture": N_("a picture"),
    "archive": N_("an archive"),
    "document": N_("a text document"),
    "binary": N_("a file of another kind"),
    "binary sheet": N_("a binary workbook (.xlsb)"),
    "open document": N_("an OpenDocument file"),
}


class Unreadable(Exception):
    """A file that gives no order. `sheets` shows the source where it could at least be opened.

    `tables`: where two tables contend, each by its headings, as a vocabulary passes one over."""

    def __init__(
        self, code: str, sheets: tuple[Grid, ...] = (), tables: tuple[str, ...] = (), **facts: str | int
    ) -> None:
        super().__init__(code)
        self.code, self.sheets, self.tables, self.facts = code, sheets, tables, facts

    def sentence(self) -> str:
        """The reason in the reader's language."""
        return _(REASONS[self.code], **self.facts)
