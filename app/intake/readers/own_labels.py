"""Our custom fields of an order in its header block, under the labels that we gave them."""

import re

from app.core.text import clean_lines
from app.intake.readers.header import ANY_LABEL, LABEL, TEXT_LOOKED_AT, Labelled, neighbour
from app.intake.readers.reading import Found, shown
from app.intake.readers.sheet import Sheet
from app.intake.readers.synonyms import key
from app.intake.readers.vocabulary import OF_ORDER

_EDGES = " _\n\t　,，;；"


def own_in(sheet: Sheet, rows: range) -> dict[str, Found]:
    """Each field with what stands behind its label, in the same cell or beside it."""
    own = {
        said: name.removeprefix(OF_ORDER)
        for said, name in sheet.words.own.items()
        if name.startswith(OF_ORDER)
    }
    if not own:
        return {}
    names = "|".join(re.escape(said) for said in sorted(own, key=len, reverse=True))
    labelled = re.compile(rf"(?<![\u3400-\u9fffA-Za-z])(?P<label>{names})\s*[:：]", re.IGNORECASE)
    found: dict[str, Found] = {}
    for row in rows:
        for column in sheet.filled(row):
            value = sheet.own(row, column)
            if not isinstance(value, str):
                continue
            text = clean_lines(value)[:TEXT_LOOKED_AT]
            if key(text) in own:
                _take(found, own[key(text)], neighbour(sheet, row, column, rows, own[key(text)], text, 0.93))
                continue
            for name, said in _said(text, labelled, own):
                one = Labelled(name, said, sheet.cell(row, column), name, 0.95)
                _take(found, name, [one] if said else neighbour(sheet, row, column, rows, name, text, 0.93))
    return found


def _said(text: str, labelled: re.Pattern[str], own: dict[str, str]) -> list[tuple[str, str]]:
    """(field, what follows its label), up to the next label of any kind."""
    matches, found = list(labelled.finditer(text)), []
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        said = text[match.end() : end]
        for other in (LABEL.search(said), ANY_LABEL.search(said)):
            said = said[: other.start()] if other else said
        found.append((own[key(match["label"])], said.strip(_EDGES)))
    return found


def _take(found: dict[str, Found], name: str, ones: list[Labelled]) -> None:
    for one in ones[:1]:
        text = shown(one.raw).strip()[:TEXT_LOOKED_AT]
        if text and name not in found:
            found[name] = Found(text, text, one.cell, one.sure)
