"""How much may go on a line. Pure."""


def most(quantity_q: int, over_percent: int) -> int:
    """The most that closes a line without a person's word: the quantity and its over-delivery, rounded down."""
    return quantity_q + quantity_q * over_percent // 100


def still_to_write(quantity_q: int, delivered_q: int, on_notes_q: int) -> int:
    """What of an order line is neither delivered nor on an open note."""
    return max(quantity_q - delivered_q - on_notes_q, 0)


def room(
    note_q: int, picked_q: int, ordered_q: int, delivered_q: int, elsewhere_q: int, over_percent: int
) -> int:
    """What may still be picked for a note's line, within the tolerance of the line and of the whole order line.

    `elsewhere_q` is picked for the same order line on other open notes.
    """
    on_note = most(note_q, over_percent) - picked_q
    on_order = most(ordered_q, over_percent) - delivered_q - elsewhere_q - picked_q
    return max(min(on_note, on_order), 0)
